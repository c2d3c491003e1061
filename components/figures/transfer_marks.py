"""What the figures of transfers share: fills, words beside a mark, hover words."""

from datetime import date
from typing import Any

from components.figures.draft import CLEAR
from components.figures.lettering import bounds_words
from components.text import count_words, date_words, plain, plotly, range_words
from components.theme import FILLS, Palette, rgba

DIRECTIONS = {
    "iran-russia": "Iran → Russia",
    "russia-iran": "Russia → Iran",
    "other": "Other directions",
}
# The order in which fills stand beside each other, furthest reach first.
REACH_ORDER = {"arrived": 0, "under_way": 1, "alleged": 2, "promised": 3}
REACH_WORDS = {
    "arrived": "arrived",
    "under_way": "under way",
    "alleged": "alleged",
    "promised": "promised only",
}
_ARRIVING = ("licensed_production", "in_delivery", "delivered")
_PROMISES = ("discussed", "agreed", "cancelled")
_DOUBTED = ("contested", "single_source")
_Ends = tuple[float, float]


def code_words(code: str) -> str:
    """A code as its words: `single_source` is `single source`."""
    return code.replace("_", " ")


def fill(row: Any) -> str:
    """Fill of a row of `transfer_table`: `solid`, `half`, `hatched` or `hollow`."""
    return FILLS.get(row.reach_code, "hollow")


def stage_fill(stage_code: str, standing_code: str | None) -> str:
    """Fill of one stage by how well it is supported.

    Args:
        stage_code: Which stage.
        standing_code: Its standing, or None where nobody speaks of it.

    Returns:
        `solid`, `half`, `hatched` or `hollow`.
    """
    if standing_code in (None, "denied") or stage_code in _PROMISES:
        return "hollow"
    if standing_code in _DOUBTED:
        return "hatched"
    return "solid" if stage_code == "delivered" else "half"


def contested_frame(x: _Ends, y: _Ends, palette: Palette) -> dict[str, Any]:
    """The dashed frame of what is contested, as a shape."""
    dashes = {"color": palette.deny, "width": 2, "dash": "5px,3px"}
    return _box_shape(x, y, type="rect", line=dashes, fillcolor=CLEAR)


def half_strip(x: _Ends, y: _Ends, colour: str) -> dict[str, Any]:
    """The strip at the foot of a half-filled box, as a shape; `y` from foot to top."""
    foot, top = y
    strip = (foot, foot + (top - foot) * 0.4)
    return _box_shape(x, strip, type="rect", line={"width": 0}, fillcolor=colour)


def cancelled_stroke(x: _Ends, y: _Ends, colour: str) -> dict[str, Any]:
    """The diagonal of what was called off, as a shape."""
    return _box_shape(x, y, type="line", line={"color": colour, "width": 1.2})


def _box_shape(x: _Ends, y: _Ends, **style: Any) -> dict[str, Any]:
    return {"x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], **style}


def is_arriving(row: Any) -> bool:
    """True if something of the transfer is said to have arrived, and not only denied."""
    return row.stage_code in _ARRIVING and row.standing_code != "denied"


def _short(numbers: Any) -> str:
    return range_words(numbers.low, numbers.high).replace(" or more", "+")


def value_words(row: Any) -> str:
    """What arrived of what was promised, as the words beside a mark.

    Args:
        row: A row of `transfer_table`.

    Returns:
        E.g. `2–6 of 24`, `some of 6,000+`, `0 of 24–50`, `none seen`, `talks only`; `≠` goes before
        what is contested and `×` before what was cancelled. Not escaped; holds
        nothing from data but numbers.
    """
    promised = _short(row.promised)
    if row.standing_code == "denied":
        return "only denied"
    if is_arriving(row):
        arrived = _short(row.arrived)
        words = f"{arrived or 'some'} of {promised}" if promised else arrived
        words = words or "number not known"
    elif row.stage_code == "discussed":
        words = "talks only"
    else:
        nothing = "cancelled" if row.stage_code == "cancelled" else "none seen"
        words = f"0 of {promised}" if promised else nothing
    before = {"contested": "≠ "}.get(row.standing_code, "")
    return before + ("× " if row.stage_code == "cancelled" else "") + words


def hover_words(row: Any, dated: tuple[str, ...] = ()) -> str:
    """Hover label of a transfer, escaped.

    Args:
        row: A row of `transfer_table`.
        dated: Further lines in words of ours.

    Returns:
        Lines joined by `<br>`.
    """
    voices = count_words(row.asserting_count, "speaker says", "speakers say") + " so"
    if row.denying_count:
        voices += f", {row.denying_count:,} {'denies' if row.denying_count == 1 else 'deny'} it"
    return "<br>".join(
        (
            f"<b>{plotly(row.name, 80)}</b>",
            f"{plotly(row.supplier, 60)} → {plotly(row.recipient, 60)}",
            f"{code_words(row.stage_code).capitalize()} · {code_words(row.standing_code)}",
            f"Arrived: {value_words(row)}",
            *dated,
            f"{count_words(row.statement_count, 'statement')} · {voices}",
        )
    )


def span_words(
    label: str,
    span: tuple[date, date] | None,
    text: str | None = None,
    speaker: str | None = None,
) -> tuple[str, ...]:
    """A line that dates a turn, or none where its day isn't known.

    Args:
        label: The turn.
        span: Its bounds.
        text: Its day as EDTF text, which is more exact about what isn't known.
        speaker: Who dates it.

    Returns:
        E.g. `Promised: about August 2022, says Dmitry Peskov`; escaped.
    """
    if span is None:
        return ()
    says = f", says {plotly(speaker, 60)}" if speaker else ""
    return (f"{label}: {date_words(text) if text else bounds_words(*span)}{says}",)


def alt_name(row: Any) -> str:
    """Name of a transfer for alternative text, which is never markup."""
    return plain(row.name, 80)


def bar_marker(kind: str, colour: str, palette: Palette, width: float = 1.4) -> dict[str, Any]:
    """Marker of a bar by fill.

    Args:
        kind: `solid`, `hatched` or `hollow`.
        colour: Colour of the direction.
        palette: Colour tokens.
        width: Outline in pixels.

    Returns:
        A Plotly marker.
    """
    marker: dict[str, Any] = {
        "color": colour if kind == "solid" else palette.paper,
        "line": {"color": colour, "width": width},
    }
    if kind == "hatched":  # a pattern shows only on a marker with a colour of its own
        marker["pattern"] = {
            "shape": "/",
            "fgcolor": colour,
            "bgcolor": palette.paper,
            "size": 6,
            "solidity": 0.3,
            "fillmode": "replace",
        }
    return marker


def fade(
    x: tuple[Any, Any], y: float, half: float, colour: str, alpha: float, *, rises: bool
) -> dict[str, Any]:
    """A box that fades: one trace, since a gradient spans its whole trace.

    Args:
        x: Left and right edge.
        y: Middle of the row.
        half: Half of the box's height.
        colour: `#rrggbb`.
        alpha: Strength at the strong end.
        rises: True if the right end is the strong one.

    Returns:
        A scatter trace without its type.
    """
    left, right = x
    low, high = (0.0, alpha) if rises else (alpha, 0.0)
    return {
        "x": [left, right, right, left, left],
        "y": [y - half, y - half, y + half, y + half, y - half],
        "fill": "toself",
        "mode": "none",
        "hoverinfo": "skip",
        "fillgradient": {
            "type": "horizontal",
            "colorscale": [[0, rgba(colour, low)], [1, rgba(colour, high)]],
        },
    }
