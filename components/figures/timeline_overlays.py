"""What lies over and under the rows of the timeline: eras, denials, the curtain."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from components.figures.draft import Draft
from components.figures.lettering import shifted, text_width, wrapped
from components.figures.timeline_clusters import Cluster, clustered, joined, listed
from components.figures.timeline_marks import Marks
from components.figures.timeline_rows import Window, bounds, middle
from components.text import date_words, day_words, plotly
from data.load import records

_BESIDE = 0.66  # of the width, where evidence stands beside the chart
_APART = 22.0  # px between two crosses of a row
# Name, a shorter one, first day, and the day by which the name could be known: an
# as-known timeline must not tell what comes. A test holds the days against the ledger's events.
ERAS = (
    ("Before 2015", "", date.min, date.min),
    ("UN embargo, until Oct 2020", "UN embargo", date(2015, 1, 1), date(2015, 7, 20)),
    ("After the embargo", "No embargo", date(2020, 10, 18), date(2020, 10, 18)),
    ("Since the full-scale invasion", "Invasion", date(2022, 2, 24), date(2022, 2, 24)),
    ("After the treaty", "Treaty", date(2025, 1, 17), date(2025, 1, 17)),
    ("After the June 2025 war", "After June 2025", date(2025, 6, 24), date(2025, 6, 24)),
)


def eras(draft: Draft, window: Window, as_of: date | None, *, is_tall: bool) -> None:
    """Draws the bands of the eras and the names that fit.

    Args:
        draft: The figure.
        window: The time shown.
        as_of: The as-known day; names given later are left out.
        is_tall: True where the years stand between the names and the plot.
    """
    tokens = draft.look.palette
    stops = [start for _, _, start, _ in ERAS[1:]] + [date.max]
    for number, ((name, short, start, told), stop) in enumerate(zip(ERAS, stops, strict=True)):
        low, high = window.clip(start), window.clip(stop)
        if low >= high:
            continue
        if number % 2:
            draft.shape(
                type="rect",
                x0=low.isoformat(),
                x1=high.isoformat(),
                y0=0,
                y1=1,
                yref="paper",
                fillcolor=tokens.band,
                line={"width": 0},
                layer="below",
            )
        room = window.width(low, high) - 3
        # The long name leaves room for a chart that evidence beside it makes narrower.
        rooms = ((name, _BESIDE * room), (short, room))
        fits = [words for words, most in rooms if words and text_width(words, 11) < most]
        if fits and (as_of is None or told <= as_of):
            above = {"y": 1, "yref": "paper", "yshift": 29 if is_tall else 12, "xshift": 3}
            draft.note(fits[0], x=low.isoformat(), **above, font={"color": tokens.ink3, "size": 11})


def denials_in(denials: pd.DataFrame, window: Window) -> dict[str, list[tuple[date, Any]]]:
    """Denials in the window by transfer.

    Args:
        denials: `denials`.
        window: The time shown.

    Returns:
        Day and row of each, by transfer.
    """
    found: dict[str, list[tuple[date, Any]]] = {}
    for row in records(denials):
        span = bounds(row, "said_date")
        if span is not None and window.holds(day := middle(span)):
            found.setdefault(row.transfer_id, []).append((day, row))
    return found


def draw_denials(
    draft: Draft,
    marks: Marks,
    denied: Mapping[str, list[tuple[date, Any]]],
    placed_at: Mapping[str, Sequence[float]],
) -> None:
    """Draws a cross per denial; one beside a day mark drops below it.

    Args:
        draft: The figure.
        marks: What the rows drew.
        denied: `denials_in`.
        placed_at: Middles of each transfer's rows.
    """
    tokens = draft.look.palette
    crosses: list[tuple[Cluster, float]] = []
    for key, said in denied.items():
        gathered = clustered(said, marks.window, _APART)
        for y in placed_at.get(key, ()):
            for cluster in gathered:
                is_beside = marks.is_near_day_mark(cluster.day, y)
                crosses.append((cluster, y + 1.1 * marks.half if is_beside else y))
    if not crosses:
        return
    at = {
        "x": [cluster.day.isoformat() for cluster, _ in crosses],
        "y": [y for _, y in crosses],
    }
    # Paper around each cross parts it from the bar under it.
    under = {"symbol": "x-thin-open", "size": 10, "color": tokens.paper}
    under["line"] = {"color": tokens.paper, "width": 5.5}
    draft.scatter(**at, mode="markers", marker=under, hoverinfo="skip")
    over = {"symbol": "x-thin-open", "size": 9, "color": tokens.deny}
    over["line"] = {"color": tokens.deny, "width": 2.4}
    draft.scatter(
        **at,
        mode="markers+text",
        marker=over,
        text=[f"{len(cluster.rows)}" if len(cluster.rows) > 1 else "" for cluster, _ in crosses],
        textposition="middle right",
        textfont={"size": 11, "color": tokens.deny, "shadow": _halo(tokens.paper)},
        customdata=[
            joined(cluster, [row.statement_id for row in cluster.rows]) for cluster, _ in crosses
        ],
        hovertext=[_denial_hover(cluster) for cluster, _ in crosses],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _denial_hover(cluster: Cluster) -> str:
    if len(cluster.rows) > 1:
        names = [f"{date_words(row.said_date)}: {row.speaker}" for row in cluster.rows]
        return listed(f"Denied {len(cluster.rows)} times", names)
    row = cluster.rows[0]
    head = f"<b>Denied</b> by {plotly(row.speaker, 80)}<br>{date_words(row.said_date)}<br>"
    return head + wrapped(row.summary or "")


def _halo(paper: str) -> str:
    """Paper around small text that stands on a bar."""
    return ", ".join(f"{x}px {y}px 2px {paper}" for x in (-1, 0, 1) for y in (-1, 0, 1))


def curtain(draft: Draft, window: Window, y: float) -> None:
    """Hatches the days after the as-known day; there is nothing behind it to hide.

    Args:
        draft: The figure.
        window: The time shown.
        y: Foot of the plot.
    """
    tokens = draft.look.palette
    left = window.clip(window.end).isoformat()
    right = shifted(window.last, window.days(6)).isoformat()
    draft.scatter(
        x=[left, right, right, left, left],
        y=[y + 2, y + 2, -4, -4, y + 2],
        fill="toself",
        mode="none",
        hoverinfo="skip",
        fillcolor=tokens.paper,
        fillpattern={
            "shape": "/",
            "fgcolor": tokens.grid,
            "bgcolor": tokens.paper,
            "size": 9,
            "solidity": 0.16,
            "fillmode": "replace",
        },
    )
    line = {"color": tokens.known_rule, "width": 2}
    draft.shape(type="line", x0=left, x1=left, y0=0, y1=1, yref="paper", line=line)
    words = f"As known on {day_words(window.end)}"
    is_left = window.width(window.end, window.last) > text_width(words, 13) + 10
    draft.note(
        f"<b>{words}</b>",
        x=left,
        y=1,
        yref="paper",
        yshift=-11,
        xshift=6 if is_left else -6,
        xanchor="left" if is_left else "right",
        bgcolor=tokens.paper,
        font={"color": draft.look.palette.ink},
    )
