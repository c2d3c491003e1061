"""The small pictures: sound SVG, drawn from our colours alone, one per meaning."""

import base64
import re
import xml.etree.ElementTree as ET

import pytest

from components.glyphs import image, stance, tie, tile
from components.theme import DARK, FILLS, LIGHT
from data.load import load_dataset
from data.package import FOLDER

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"rect", "circle", "path", "pattern", "defs"}
HEAD = "data:image/svg+xml;base64,"
DIRECTIONS = ("iran-russia", "russia-iran", "other")
VOCABULARIES = load_dataset(FOLDER).vocabularies
STANCES = (*VOCABULARIES["stances"]["code"], "both")
STAGES = (None, *VOCABULARIES["stages"]["code"])

TILES = {
    (tokens.name, direction, reach, contested, cancelled): tile(
        tokens, direction, reach, is_contested=contested, is_cancelled=cancelled
    )
    for tokens in (LIGHT, DARK)
    for direction in DIRECTIONS
    for reach in FILLS
    for contested in (False, True)
    for cancelled in (False, True)
}
MARKS = {
    (tokens.name, code, stage): stance(tokens, code, stage)
    for tokens in (LIGHT, DARK)
    for code in STANCES
    for stage in STAGES
}
TIES = {
    (dash, end): tie(LIGHT.deny, dash, end)
    for dash in ("", "5,4")
    for end in ("", "arrow", "bar", "circle")
}


@pytest.mark.parametrize("uri", [*TILES.values(), *MARKS.values(), *TIES.values()])
def test_glyph_is_well_formed_svg_within_its_frame(uri):
    assert uri.startswith(HEAD)
    root = ET.fromstring(base64.b64decode(uri.removeprefix(HEAD), validate=True))
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    shapes = list(root.iter())[1:]
    assert shapes
    for shape in shapes:
        assert shape.tag.removeprefix(SVG) in DRAWN
        for name, value in shape.attrib.items():
            assert not name.startswith("on")
            assert "http" not in value
            if name in ("fill", "stroke"):
                assert re.fullmatch(r"#[0-9A-F]{6}|url\(#p\)", value), value
    ids = {shape.get("id") for shape in shapes}
    for shape in shapes:
        if shape.get("fill", "").startswith("url("):
            assert shape.get("fill")[5:-1] in ids


def test_every_meaning_of_a_box_has_a_picture_of_its_own():
    assert len(set(TILES.values())) == len(TILES)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_stance_has_a_picture_of_its_own(name):
    for stage in ("agreed", "in_delivery", "delivered"):
        drawn = {MARKS[name, code, stage] for code in STANCES}
        assert len(drawn) == len(STANCES)
    for code in ("asserts", "confirms", "estimates"):
        stages = {MARKS[name, code, stage] for stage in ("agreed", "in_delivery", "delivered")}
        assert len(stages) == 3
    assert MARKS[name, "denies", "agreed"] != MARKS[name, "denies", "delivered"]


def test_every_kind_of_line_has_a_picture_of_its_own():
    assert len(set(TIES.values())) == len(TIES)


def test_image_is_markdown():
    assert image(TIES["", ""], "a tie") == f"![a tie]({TIES['', '']})"
    assert not re.search(r"[\s()<>]", TIES["", ""])
