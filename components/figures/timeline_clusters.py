"""Marks that would overlap, gathered into counts that open on zooming in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components.figures.timeline_rows import Window, middle
from components.text import count_words, plotly

JOINT = "~"  # between the ids behind one mark; no id holds it
MOST_JOINED = 200  # ids that a mark hands on; a larger one hands on its days
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Cluster:
    """Rows behind one mark.

    Attributes:
        first: Day of the first.
        last: Day of the last.
        rows: The rows, by day.
    """

    first: date
    last: date
    rows: tuple[Any, ...]

    @property
    def day(self) -> date:
        """Where the mark stands."""
        return middle((self.first, self.last))


def clustered(dated: Sequence[tuple[date, Any]], window: Window, apart: float) -> list[Cluster]:
    """Gathers what stands closer than a mark is wide.

    Args:
        dated: Days and rows, by day.
        window: The time shown.
        apart: Pixels from the first of a mark's rows to the first of the next mark's.

    Returns:
        Every row in exactly one cluster, from left to right.
    """
    found: list[list[tuple[date, Any]]] = []
    for pair in dated:
        if found and window.width(found[-1][0][0], pair[0]) < apart:
            found[-1].append(pair)
        else:
            found.append([pair])
    return [Cluster(pairs[0][0], pairs[-1][0], tuple(row for _, row in pairs)) for pairs in found]


def joined(cluster: Cluster, ids: Sequence[str]) -> str:
    """What a click on a cluster hands on: its ids, or its days where they are too many."""
    if len(ids) <= MOST_JOINED:
        return JOINT.join(ids)
    return span_code(cluster.first, cluster.last)


def span_code(first: date, last: date) -> str:
    """Days as a click hands them on."""
    return f"days:{first.isoformat()}/{last.isoformat()}"


def listed(head: str, names: Sequence[str]) -> str:
    """Hover label of a cluster: how many, the first names, and how many more.

    Args:
        head: What they are, escaped.
        names: Their names, from data.

    Returns:
        Lines joined by `<br>`.
    """
    lines = [f"<b>{head}</b>", *(plotly(name, 70) for name in names[:_NAMED])]
    if len(names) > _NAMED:
        lines.append(f"… and {count_words(len(names) - _NAMED, 'more', 'more')}")
    lines.append("Click to list them; zoom in to part them")
    return "<br>".join(lines)
