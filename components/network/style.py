"""How kinds of tie and kinds of actor are drawn, in the graph, its key and its exports.

Colour never speaks alone: a kind of tie has its own dash pattern and end, a kind of
actor its own shape.
"""

from dataclasses import dataclass
from math import log2

from components.network.kinds import ARMS, BELONGS, SEVERAL, STRIKES
from components.theme import Palette

# Shape of each kind of actor as vis-network names it, and as text.
SHAPES = {
    "state": ("dot", "●"),
    "state_body": ("square", "■"),
    "armed_group": ("triangle", "▲"),
    "organisation": ("hexagon", "⬢"),
    "company": ("triangleDown", "▼"),
    "person": ("diamond", "◆"),
    "unnamed": ("star", "★"),
}
_OTHER_SHAPE = ("star", "★")
_SMALLEST, _LARGEST = 0.7, 1.4  # radius of a mark, in parts of the sheet's


@dataclass(frozen=True, slots=True)
class TieStyle:
    """How a kind of tie is drawn.

    Attributes:
        colour: `#rrggbb`.
        dashes: Lengths of dash and gap in pixels; empty for a solid line.
        end: Mark at its end: `arrow`, `bar`, `circle`, or "" for none.
        is_weighted: True if more evidence makes it thicker.
    """

    colour: str
    dashes: tuple[float, ...]
    end: str
    is_weighted: bool = True


def tie_style(
    kind: str, palette: Palette, direction: str = "", is_promise: bool = False
) -> TieStyle:
    """The style of a kind of tie.

    Args:
        kind: Relation kind, or one of `kinds`; an unknown kind is a thin line.
        palette: Colour tokens.
        direction: Direction code of arms.
        is_promise: True for arms that are only promised: a dotted line.

    Returns:
        Colour, dash pattern and end.
    """
    ink, thin = palette.ink2, palette.ink3
    return {
        ARMS: TieStyle(palette.direction(direction), (2, 3) if is_promise else (), "arrow"),
        "proxy_support": TieStyle(ink, (12, 5), "arrow"),
        "sanctions": TieStyle(ink, (5, 4), "bar"),
        STRIKES: TieStyle(palette.deny, (6, 3, 1.5, 3), "arrow"),
        "hostility": TieStyle(palette.deny, (1.5, 5), ""),
        "alliance": TieStyle(ink, (), ""),
        "mediation": TieStyle(thin, (1, 4), "arrow"),
        "membership": TieStyle(thin, (), "circle"),
        "trade": TieStyle(thin, (9, 4, 2, 4), ""),
        "diplomacy": TieStyle(thin, (1, 7), ""),
        SEVERAL: TieStyle(ink, (16, 2), ""),
        BELONGS: TieStyle(palette.strong, (), "", is_weighted=False),
    }.get(kind, TieStyle(thin, (3, 1), ""))


def tie_width(weight: int, kind: str, style: TieStyle) -> float:
    """Width of a line in pixels: by how much evidence it has, arms a little wider."""
    if not style.is_weighted:
        return 1.2
    width = 1 + 0.75 * log2(min(weight, 500) + 1)
    return round(width * (1.3 if kind == ARMS else 0.8), 1)


def shape(kind: str) -> str:
    """Shape of a kind of actor, as vis-network names it."""
    return SHAPES.get(kind, _OTHER_SHAPE)[0]


def shape_mark(kind: str) -> str:
    """Shape of a kind of actor, as a character."""
    return SHAPES.get(kind, _OTHER_SHAPE)[1]


def mark_size(weight: int, size: float) -> float:
    """Radius of an actor's mark: by how much evidence its ties have.

    Args:
        weight: Pieces of evidence.
        size: Radius of a middling mark on the sheet.
    """
    share = min(1.0, log2(weight + 1) / log2(257))
    return round(size * (_SMALLEST + (_LARGEST - _SMALLEST) * share), 1)


def largest_size(size: float) -> float:
    """The largest radius that `mark_size` gives."""
    return size * _LARGEST
