"""Mirrored boxes, promise and arrival, on hand-built frames; lettering; the registry."""

from collections import Counter
from datetime import date

import pytest

from components.figures.lettering import bounds_words, stacked, text_width, time_ticks
from components.figures.mirrored import mirrored_boxes, mirrored_boxes_alt
from components.figures.promise import promise_and_arrival, promise_and_arrival_alt
from components.figures.registry import FIGURES
from components.figures.transfer_marks import value_words
from components.theme import LIGHT
from tests.components.transfer_fixture import (
    CATEGORIES,
    FULL,
    HOSTILE,
    LOOKS,
    check,
    frames,
    ids,
    numbers,
    texts,
    transfer,
)


def fills(figure, tokens):
    """Boxes or bars by direction and fill, clickable ones left out."""
    colours = {tokens.iran_russia: "iran", tokens.russia_iran: "russia"}
    found = Counter()
    for trace in figure.data:
        if trace.type == "bar" and trace.customdata is None and trace.width != 33 * 0.4:
            line, body = trace.marker.line.color, trace.marker.color
            kind = "hatched" if trace.marker.pattern.shape else "solid" if body == line else "open"
            found[f"{colours[line]} {kind}"] += len(trace.x)
    return dict(found)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [0, 1, len(FULL)])
def test_every_transfer_is_clickable_once(count, look):
    pairs = FULL[:count]
    table, _ = frames(*pairs)
    keys = Counter(table["transfer_id"])
    sided = {k for k in keys if k != "belarus"}
    for figure, expected in (
        (mirrored_boxes(table, CATEGORIES, look), sided),
        (promise_and_arrival(table, look), sided - {"launchers"}),
    ):
        check(figure)
        assert Counter(ids(figure)) == Counter(dict.fromkeys(expected, 1))


def test_boxes_by_direction_and_fill():
    table, _ = frames(*FULL)
    figure = mirrored_boxes(table, CATEGORIES, LOOKS[0])
    assert fills(figure, LIGHT) == {
        "iran open": 2,  # Alabuga, half filled by a strip at its foot, and the launchers
        "iran hatched": 2,
        "russia open": 3,
        "russia solid": 1,
    }
    dashed = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert len(dashed) == 2
    assert {shape.line.dash for shape in dashed} == {"5px,3px"}
    diagonals = [s for s in figure.layout.shapes if s.type == "line" and s.y0 != s.y1]
    assert len(diagonals) == 1
    named = [t for t in texts(figure) if t in set(CATEGORIES["label"])]
    assert named == ["Drones", "Missiles", "Air defence", "Combat aircraft"]


@pytest.mark.parametrize("look", LOOKS)
def test_full_rows_of_boxes_wrap(look):
    pairs = [
        transfer(f"t{n}", direction_code=("iran-russia", "russia-iran")[n % 2]) for n in range(300)
    ]
    table, _ = frames(*pairs)
    figure = mirrored_boxes(table, CATEGORIES, look)
    hits = figure.data[-1]
    low, high = figure.layout.xaxis.range
    assert (high - low) <= 16.5
    assert all(low <= b and b + w <= high for b, w in zip(hits.base, hits.x, strict=True))
    assert max(hits.y) + hits.width / 2 <= figure.layout.yaxis.range[0]
    places = {(round(b, 3), y) for b, y in zip(hits.base, hits.y, strict=True)}
    assert len(places) == 300


def test_the_order_of_rows_changes_nothing():
    table, backwards = frames(*FULL)[0], frames(*FULL[::-1])[0]
    for function in (
        lambda t: mirrored_boxes(t, CATEGORIES, LOOKS[0]),
        lambda t: promise_and_arrival(t, LOOKS[0]),
    ):
        assert function(table).to_json() == function(backwards).to_json()


@pytest.mark.parametrize("look", LOOKS)
def test_300_rows(look):
    pairs = [
        transfer(
            f"t{n:03}",
            direction_code=("iran-russia", "russia-iran", "other")[n % 3],
            category_code=("uav", "missile", "submarine")[n % 3],
            stage_code=("agreed", "delivered", "in_delivery")[n % 3],
            promise=("2022-01-01", "2022-01-31"),
            arrival=("2023-01-01", "2023-03-31") if n % 3 else (None, None),
        )
        for n in range(300)
    ]
    table, _ = frames(*pairs)
    for figure, count in (
        (mirrored_boxes(table, CATEGORIES, look), 200),
        (promise_and_arrival(table, look), 200),
    ):
        check(figure)
        assert len(set(ids(figure))) == len(ids(figure)) == count


@pytest.mark.parametrize("look", LOOKS)
def test_hostile_names_stay_text(look):
    given = {
        "name": HOSTILE,
        "short_name": HOSTILE,
        "system": HOSTILE,
        "supplier": HOSTILE,
        "recipient": HOSTILE,
    }
    pair = transfer("bad", **given, promise=("2023-01-01", "2023-01-01"), category_code=HOSTILE)
    table, _ = frames(pair)
    for figure in (
        mirrored_boxes(table, CATEGORIES, look),
        promise_and_arrival(table, look),
    ):
        check(figure)
        assert len(figure.to_json()) < 40_000
    for alt in (mirrored_boxes_alt(table, CATEGORIES), promise_and_arrival_alt(table)):
        assert "\u202e" not in alt
        assert len(alt) < 600


def test_promise_bars():
    table, _ = frames(*FULL)
    figure = promise_and_arrival(table, LOOKS[0])
    assert fills(figure, LIGHT) == {
        "iran open": 1,
        "iran hatched": 2,
        "iran solid": 1,
        "russia open": 4,
        "russia solid": 2,
        "russia hatched": 1,
    }
    assert [key for key in ids(figure) if key in ("su-35", "pmu-1", "yak", "s-300")] == [
        *("su-35", "pmu-1", "yak", "s-300"),
    ]
    assert {"Promised number not known", "Number that arrived not known"} <= set(texts(figure))
    yak = next(t for t in figure.data if t.type == "bar" and t.marker.pattern.shape and t.x[0] < 24)
    assert yak is not None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"arrived": numbers(0, 0), "promised": numbers(4, 4)}, "0 of 4"),
        ({"arrived": numbers(None, 50)}, "up to 50"),
        ({"stage_code": "agreed"}, "none seen"),
        ({"stage_code": "cancelled", "standing_code": "contested"}, "≠ × cancelled"),
        ({"stage_code": "discussed", "standing_code": "denied"}, "only denied"),
    ],
)
def test_value_words(given, words):
    table, _ = frames(transfer("x", **given))
    assert value_words(next(table.itertuples())) == words


def test_share_of_a_promise_stays_within_the_box():
    table, _ = frames(
        transfer("more", promised=numbers(10, 10), arrived=numbers(20, 40)),
        transfer("zero", promised=numbers(0, 0), arrived=numbers(1, 1)),
    )
    figure = promise_and_arrival(table, LOOKS[0])
    low, high = figure.layout.xaxis.range
    for trace in figure.data:
        if trace.type == "bar":
            assert all(low <= b and b + w <= high for b, w in zip(trace.base, trace.x, strict=True))


def test_alternative_texts():
    table, _ = frames(*FULL)
    assert mirrored_boxes_alt(table, CATEGORIES) == (
        "Mirrored boxes of 8 transfers by category; Iran to Russia on the left, 4; Russia to Iran "
        "on the right, 4. Iran to Russia: 1 under way, 2 alleged and 1 promised only, 2 of them "
        "contested, most often drones (2); Russia to Iran: 1 arrived, 1 under way and 2 promised "
        "only, most often air defence (2)."
    )
    assert promise_and_arrival_alt(table) == (
        "Paired bars of the share of each promise that arrived, for 7 transfers, 3 from Iran to "
        "Russia and 4 from Russia to Iran. Of 2 nothing is said to have come (Su-35 among them), "
        "of 1 all, of 1 a part; for 3 a number is missing."
    )
    for alt in (
        mirrored_boxes_alt(table[:0], CATEGORIES),
        promise_and_arrival_alt(table[:0]),
    ):
        assert alt.startswith("Empty chart. ")


def test_lettering():
    assert stacked("S-300PMU-2", 59, 12) == "S-300<br>PMU-2"
    assert stacked("Kit of Aug 2024", 59, 12) == "Kit of<br>Aug 2024"
    assert all(text_width(line, 12) < 64 for line in stacked("x" * 99, 59, 12).split("<br>"))
    assert bounds_words(date(2022, 1, 1), date(2024, 12, 31)) == "2022 to 2024"
    assert bounds_words(date(2024, 2, 1), date(2024, 2, 29)) == "February 2024"
    ticks = time_ticks(date(2022, 1, 1), date(2022, 6, 30), 700)
    assert [label for _, label in ticks][:2] == ["Jan 2022", "Feb 2022"]


def test_registry_names_are_unique_and_described():
    names = [entry.name for entry in FIGURES]
    assert len(names) == len(set(names))
    for entry in FIGURES:
        assert entry.question.endswith("?")
        assert entry.counting_rule.endswith(".")
        assert callable(entry.function)
        assert callable(entry.alt)
