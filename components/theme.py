"""Colours and marks by vocabulary code, light and dark.

Two hues say direction, one says denial; everything else is ink on paper. Fill says
how far a transfer got, a dashed frame that a party denies it, shape the stance. So
each reading survives greyscale.
"""

from dataclasses import dataclass

FONT = "Source Sans, Source Sans Pro, sans-serif"
NARROW_BELOW = 760  # px of the main column


@dataclass(frozen=True, slots=True)
class Palette:
    """Colour tokens of one mode; contrast is checked by a test."""

    name: str
    paper: str
    panel: str
    card: str
    band: str
    ink: str
    ink2: str
    ink3: str
    strong: str
    rule: str
    grid: str
    iran_russia: str
    iran_russia_text: str
    on_iran_russia: str
    russia_iran: str
    russia_iran_text: str
    on_russia_iran: str
    deny: str
    third: str
    third_tint: str
    known: str
    known_rule: str

    def direction(self, code: str) -> str:
        """Mark colour of a direction."""
        return {"iran-russia": self.iran_russia, "russia-iran": self.russia_iran}.get(
            code, self.third
        )

    def direction_text(self, code: str) -> str:
        """Text colour of a direction."""
        return {
            "iran-russia": self.iran_russia_text,
            "russia-iran": self.russia_iran_text,
        }.get(code, self.ink2)

    def on_direction(self, code: str) -> str:
        """Colour of text that stands on a direction's solid mark."""
        return {"iran-russia": self.on_iran_russia, "russia-iran": self.on_russia_iran}.get(
            code, self.paper
        )


LIGHT = Palette(
    name="light",
    paper="#FBFAF7",
    panel="#F2EFE8",
    card="#FFFFFF",
    band="#F3F0E9",
    ink="#14171B",
    ink2="#4A5057",
    ink3="#666C73",
    strong="#8A857A",
    rule="#D8D3C7",
    grid="#E8E4DB",
    iran_russia="#B65A0A",
    iran_russia_text="#9A4C06",
    on_iran_russia="#FFFFFF",
    russia_iran="#1B4B8A",
    russia_iran_text="#1B4B8A",
    on_russia_iran="#FFFFFF",
    deny="#A8124F",
    third="#6E747B",
    third_tint="#D3D3D1",
    known="#FFF3D1",
    known_rule="#9A7412",
)
DARK = Palette(
    name="dark",
    paper="#14171A",
    panel="#1E2226",
    card="#191C20",
    band="#1A1E22",
    ink="#ECEAE4",
    ink2="#BDBCB7",
    ink3="#979A9C",
    strong="#6F7478",
    rule="#363B40",
    grid="#272B30",
    iran_russia="#F2AE63",
    iran_russia_text="#F2AE63",
    on_iran_russia="#14171A",
    russia_iran="#6FA3E6",
    russia_iran_text="#85B3EE",
    on_russia_iran="#14171A",
    deny="#F27AA8",
    third="#9BA0A5",
    third_tint="#474B50",
    known="#3A3014",
    known_rule="#D9AE3C",
)


def palette(mode: str | None) -> Palette:
    """The tokens of a mode; light unless `dark` is asked for."""
    return DARK if mode == "dark" else LIGHT


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure is to be drawn.

    Attributes:
        palette: Colour tokens.
        is_narrow: True where the main column is under `NARROW_BELOW` pixels.
    """

    palette: Palette = LIGHT
    is_narrow: bool = False


_SEEN = 3.0  # contrast that a mark needs

# Fill by reach (see `data.queries.ledger.reach`).
FILLS = {"arrived": "solid", "under_way": "half", "alleged": "hatched", "promised": "hollow"}

STANCE_SYMBOLS = {
    "asserts": "circle",
    "confirms": "diamond",
    "estimates": "square",
    "denies": "x",
    "declines": "line-ew",
}
_STAGE_OPENNESS = {
    "discussed": "-open",
    "agreed": "-open",
    "cancelled": "-open",
    "licensed_production": "-open-dot",
    "in_delivery": "-open-dot",
    "delivered": "",
}


def stance_symbol(stance: str, stage: str | None) -> str:
    """Plotly symbol of a statement: shape by stance, fill by the stage spoken of.

    Args:
        stance: Stance code.
        stage: Stage code; None for statements on events, drawn solid.

    Returns:
        A Plotly marker symbol.
    """
    if stance == "declines":
        return "line-ew-open"
    openness = _STAGE_OPENNESS.get(stage or "delivered", "")
    if stance == "denies":
        return "x-open" if openness == "-open" else "x"
    return STANCE_SYMBOLS.get(stance, "circle") + openness


def mix(first: str, second: str, weight: float) -> str:
    """Blends two `#rrggbb` colours; `weight` is the first one's share."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a * weight + b * (1 - weight)):02x}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """Contrast of two `#rrggbb` colours as the WCAG reckon it, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def quiet(colour: str, paper: str) -> str:
    """A mark's colour as pale as it may be and still be seen: 3 to 1 on its ground.

    Args:
        colour: The mark's own colour.
        paper: What it stands on.

    Returns:
        `#rrggbb`; the colour itself where that is no stronger.
    """
    shades = (mix(colour, paper, weight / 100) for weight in range(45, 100, 5))
    return next((shade for shade in shades if contrast(shade, paper) >= _SEEN), colour)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgba(colour: str, alpha: float) -> str:
    """A `#rrggbb` colour with an alpha channel, as CSS writes it."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{alpha:.3f})"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
