"""Contrast of the colours, and that no two meanings look the same."""

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from components.theme import (
    DARK,
    FILLS,
    LIGHT,
    STANCE_SYMBOLS,
    contrast,
    mix,
    palette,
    quiet,
    rgba,
    stance_symbol,
)

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
TEXT, MARK = 4.5, 3.0
# Read as text, on the page, beside it and on cards.
TEXTS = ("ink", "ink2", "ink3", "iran_russia_text", "russia_iran_text", "deny")
# Drawn as marks, or as borders of what can be used.
MARKS = ("iran_russia", "russia_iran", "deny", "third", "strong", "known_rule", "ink", "ink2")


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize("ground", ["paper", "panel", "card", "band"])
@pytest.mark.parametrize("token", TEXTS)
def test_text_is_readable(tokens, token, ground):
    assert contrast(getattr(tokens, token), getattr(tokens, ground)) >= TEXT


@BOTH
@pytest.mark.parametrize("ground", ["paper", "panel", "card", "band"])
@pytest.mark.parametrize("token", MARKS)
def test_marks_stand_out(tokens, token, ground):
    assert contrast(getattr(tokens, token), getattr(tokens, ground)) >= MARK


@BOTH
@pytest.mark.parametrize("token", MARKS)
def test_marks_of_what_does_not_count_are_paler_and_still_seen(tokens, token):
    colour = getattr(tokens, token)
    pale = quiet(colour, tokens.paper)
    assert MARK <= contrast(pale, tokens.paper) <= contrast(colour, tokens.paper)


@BOTH
def test_text_on_marks_and_on_the_as_known_band_is_readable(tokens):
    for code in ("iran-russia", "russia-iran"):
        assert contrast(tokens.on_direction(code), tokens.direction(code)) >= TEXT
        assert contrast(tokens.direction_text(code), tokens.paper) >= TEXT
    assert contrast(tokens.on_direction("other"), tokens.direction("other")) >= MARK
    assert contrast(tokens.ink, tokens.known) >= TEXT


@BOTH
def test_the_two_directions_are_told_apart(tokens):
    """Other parties are grey; the two hues differ from each other and from denial."""
    colours = [tokens.direction(code) for code in ("iran-russia", "russia-iran", "other")]
    assert len({*colours, tokens.deny}) == 4
    for first, second in combinations((*colours[:2], tokens.deny), 2):
        apart = sum(
            abs(int(first[at : at + 2], 16) - int(second[at : at + 2], 16)) for at in (1, 3, 5)
        )
        assert apart > 100


@BOTH
def test_streamlit_paints_with_the_same_colours(tokens):
    theme = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][tokens.name]
    assert theme["backgroundColor"] == tokens.paper
    assert theme["secondaryBackgroundColor"] == tokens.panel
    assert theme["textColor"] == tokens.ink
    assert theme["orangeTextColor"] == tokens.iran_russia_text
    assert theme["blueTextColor"] == tokens.russia_iran_text
    assert theme["redTextColor"] == tokens.deny
    assert theme["yellowBackgroundColor"] == tokens.known
    for hue in ("orange", "blue", "red", "yellow", "gray"):
        pair = (theme[f"{hue}TextColor"], theme[f"{hue}BackgroundColor"])
        assert contrast(*pair) >= TEXT, hue


@BOTH
def test_tokens_are_colours(tokens):
    for name in tokens.__dataclass_fields__:
        if name != "name":
            assert re.fullmatch(r"#[0-9A-F]{6}", getattr(tokens, name)), name


def test_mode_falls_back_to_light():
    assert palette("dark") is DARK
    assert palette("light") is palette(None) is palette("sepia") is LIGHT


def test_mixing_and_alpha():
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#123456", "#FFFFFF", 1) == "#123456"
    assert rgba("#FF8000", 0.25) == "rgba(255,128,0,0.250)"


def test_every_meaning_has_a_shape_of_its_own():
    assert len(set(FILLS.values())) == len(FILLS) == 4
    assert len(set(STANCE_SYMBOLS.values())) == len(STANCE_SYMBOLS)
    for stage in ("agreed", "in_delivery", "delivered"):
        shapes = [stance_symbol(stance, stage) for stance in STANCE_SYMBOLS]
        assert len(set(shapes)) == len(shapes)
    fills = [stance_symbol("asserts", stage) for stage in ("agreed", "in_delivery", "delivered")]
    assert len(set(fills)) == 3
    assert stance_symbol("denies", "agreed") != stance_symbol("denies", "delivered")
    assert stance_symbol("asserts", None) == stance_symbol("asserts", "delivered")
