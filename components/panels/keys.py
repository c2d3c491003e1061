"""The keys of marks inside reading lines: what fills, frames and shapes mean."""

from components.glyphs import image, stance, tile
from components.theme import Palette


def tile_key(palette: Palette) -> str:
    """What the boxes of transfers mean, as Markdown of ours."""

    def box(reach: str, *, is_contested: bool = False) -> str:
        return image(tile(palette, "other", reach, is_contested=is_contested))

    return (
        f"{box('arrived')} arrived {box('under_way')} under way {box('alleged')} alleged "
        f"{box('promised')} promised only {box('alleged', is_contested=True)} a party denies it"
    )


def stance_key(palette: Palette, *, has_stages: bool = True) -> str:
    """What the marks of statements mean, as Markdown of ours.

    Args:
        palette: Colour tokens.
        has_stages: Whether stages are spoken of, which fill the marks; not of events.
    """

    def mark(code: str, stage: str = "delivered") -> str:
        return image(stance(palette, code, stage))

    stances = (
        f"{mark('asserts')} asserts {mark('confirms')} confirms {mark('estimates')} estimates "
        f"{mark('denies')} denies {mark('declines')} will not or cannot confirm"
    )
    if not has_stages:
        return stances
    return (
        f"{stances} — filled: arrived {mark('asserts')}, ring with dot: on its way "
        f"{mark('asserts', 'in_delivery')}, hollow: promised {mark('asserts', 'agreed')}"
    )
