"""The marks of the charts as small SVG pictures for text and tables."""

import base64
from functools import lru_cache

from components.theme import FILLS, Palette

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
_WIDTH, _HEIGHT = 22, 14


@lru_cache(maxsize=512)
def tile(
    palette: Palette,
    direction: str,
    reach: str,
    *,
    is_contested: bool = False,
    is_cancelled: bool = False,
) -> str:
    """The box of a transfer: colour by direction, fill by reach, dashed if contested.

    Args:
        palette: Colour tokens.
        direction: Direction code.
        reach: Reach code.
        is_contested: Draws the dashed frame.
        is_cancelled: Draws the diagonal.

    Returns:
        SVG as a data URI.
    """
    colour, paper = palette.direction(direction), palette.paper
    fill = FILLS[reach]
    ground = {"solid": colour, "hatched": "url(#p)"}.get(fill, paper)
    frame = (
        f'stroke="{palette.deny}" stroke-width="1.8" stroke-dasharray="3 2"'
        if is_contested
        else f'stroke="{colour}" stroke-width="1.5"'
    )
    parts = [
        _HEAD.format(w=_WIDTH, h=_HEIGHT),
        '<defs><pattern id="p" width="4.6" height="4.6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="4.6" height="4.6" fill="{paper}"/>'
        f'<rect width="1.7" height="4.6" fill="{colour}"/></pattern></defs>',
        f'<rect x="1.2" y="1.2" width="{_WIDTH - 2.4:g}" height="{_HEIGHT - 2.4:g}" '
        f'fill="{ground}" {frame}/>',
    ]
    if fill == "half":
        parts.append(f'<rect x="1.2" y="7.8" width="{_WIDTH - 2.4:g}" height="5" fill="{colour}"/>')
    if is_cancelled:
        path = f"M1 {_HEIGHT - 1}L{_WIDTH - 1} 1"
        parts.append(f'<path d="{path}" stroke="{colour}" stroke-width="1.6"/>')
    return _uri("".join([*parts, "</svg>"]))


@lru_cache(maxsize=512)
def stance(palette: Palette, code: str, stage: str | None = "delivered") -> str:
    """The mark of a statement: shape by stance, fill by the stage spoken of.

    Args:
        palette: Colour tokens.
        code: Stance code, or `both` for asserts and denies side by side.
        stage: Stage code.

    Returns:
        SVG as a data URI.
    """
    ink, paper, deny = palette.ink, palette.paper, palette.deny
    is_full = stage in (None, "delivered")
    has_dot = stage in ("in_delivery", "licensed_production")
    fill = ink if is_full else paper
    dot = f'<circle cx="7" cy="7" r="1.5" fill="{ink}"/>' if has_dot else ""
    style = f'fill="{fill}" stroke="{ink}" stroke-width="1.6"'
    cross = "M2.5 2.5L11.5 11.5M11.5 2.5L2.5 11.5"
    thin = f'<path d="M3.2 3.2L10.8 10.8M10.8 3.2L3.2 10.8" stroke="{paper}" stroke-width="1.3"/>'
    hollow_cross = not (is_full or has_dot)
    drawn = {
        "asserts": f'<circle cx="7" cy="7" r="4.6" {style}/>{dot}',
        "confirms": f'<path d="M7 1L13 7L7 13L1 7Z" {style}/>{dot}',
        "estimates": f'<rect x="2.6" y="2.6" width="8.8" height="8.8" {style}/>{dot}',
        "denies": f'<path d="{cross}" stroke="{deny}" stroke-width="{4 if hollow_cross else 2.8}"/>'
        + (thin if hollow_cross else ""),
        "declines": f'<path d="M1.5 7H12.5" stroke="{palette.ink3}" stroke-width="2.6"/>',
        "both": f'<circle cx="4.6" cy="7" r="3.4" fill="{ink}"/>'
        f'<path d="M8 4L13 10M13 4L8 10" stroke="{deny}" stroke-width="2"/>',
    }
    return _uri(_HEAD.format(w=14, h=14) + drawn.get(code, drawn["asserts"]) + "</svg>")


@lru_cache(maxsize=128)
def tie(colour: str, dash: str = "", end: str = "") -> str:
    """A line of the network's legend.

    Args:
        colour: `#rrggbb`.
        dash: SVG dash array, or "" for solid.
        end: `arrow`, `bar`, `circle` or "".

    Returns:
        SVG as a data URI.
    """
    ends = {
        "arrow": f'<path d="M23 3L32 7L23 11Z" fill="{colour}"/>',
        "bar": f'<path d="M31 2V12" stroke="{colour}" stroke-width="2.4"/>',
        "circle": f'<circle cx="29" cy="7" r="3" fill="{colour}"/>',
    }
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<path d="M1 7H{25 if end else 33}" stroke="{colour}" stroke-width="2.6"{dashes}/>'
    return _uri(_HEAD.format(w=34, h=14) + line + ends.get(end, "") + "</svg>")


def image(uri: str, alt: str = "") -> str:
    """A glyph as a Markdown image; leave `alt` empty where the word follows."""
    return f"![{alt}]({uri})"


def _uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
