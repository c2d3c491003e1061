"""Mirrored amounts: bars, whiskers and scales, on hand-built frames and the whole ledger."""

import random
from collections import Counter

import pytest

from components.figures.amounts import mirrored_amounts, mirrored_amounts_alt
from components.figures.mirrored import mirrored_boxes, mirrored_boxes_alt
from components.theme import LIGHT
from data.load import load_dataset
from data.queries.ledger import transfer_table
from data.selection import Selection
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

WIDE, NARROW = LOOKS[0], LOOKS[1]
# A golden summary: what the chart of the full frame is made of.
SUMMARY = {
    "iran hollow": 2,  # promises of Shahed drones and Alabuga
    "iran hatched": 2,  # Shahed drones and Fath, both contested
    "russia hollow": 5,  # Su-35, Yak-130 (promise and frame of what is under way), S-300, PMU-1
    "russia solid": 2,  # S-300, and the foot of the Yak-130
    "whisker parts": 14,
    "arrows": 1,  # 1,700 or more Shahed drones
    "dashed": 2,
    "diagonals": 1,
}
ALT = (
    "Mirrored bars of 7 transfers with numbers in pieces; Iran to Russia on the left, 3; Russia to "
    "Iran on the right, 4. Greatest number Iran to Russia: Alabuga, some of 6,000; Russia to Iran: "
    "Su-35, 0 of 24–50."
)
DRAWN = {"shahed", "alabuga", "fath", "su-35", "yak", "s-300", "pmu-1"}


def amounts(table, look=WIDE, unit="pieces", by="category"):
    return mirrored_amounts(table, CATEGORIES, look, unit=unit, by=by)


def carried(figure):
    """Numbers of each bar by id, as the chart hands them on."""
    return {key: tuple(rest) for key, *rest in figure.data[-1].customdata}


def summary(figure):
    """A figure in a few lines: what of each kind there is, in a colour's name."""
    names = {LIGHT.iran_russia: "iran", LIGHT.russia_iran: "russia"}
    found = Counter()
    for trace in figure.data[:-1]:
        if trace.type == "bar":
            colour = trace.marker.line.color or trace.marker.color
            is_solid = trace.marker.color == colour or trace.marker.line.width == 0
            kind = "hatched" if trace.marker.pattern.shape else "solid" if is_solid else "hollow"
            found[f"{names.get(colour, 'strip')} {kind}"] += len(trace.x)
        elif trace.mode == "lines":
            found["whisker parts"] += trace.x.count(None)
        elif trace.mode == "markers":
            found["arrows"] += len(trace.x)
    dashed = [s for s in figure.layout.shapes if s.type == "rect"]
    diagonal = [
        s for s in figure.layout.shapes if s.type == "line" and s.x0 != s.x1 and s.y0 != s.y1
    ]
    return dict(found) | {"dashed": len(dashed), "diagonals": len(diagonal)}


def bar_of(figure):
    """Shares of the scale that boxes reach, those of the promise first."""
    bars = [trace for trace in figure.data[:-1] if trace.type == "bar"]
    return [round(share, 3) for trace in bars for share in trace.x]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("by", ["category", "system"])
@pytest.mark.parametrize("count", [0, 1, len(FULL)])
def test_every_number_is_drawn_and_clickable_once(count, by, look):
    table, _ = frames(*FULL[:count])
    figure = amounts(table, look, by=by)
    check(figure)
    if count == 0:
        assert figure.layout.height == 160
        return
    drawn = carried(figure)
    rows = {row.transfer_id: row for row in table.itertuples()}
    assert set(drawn) == (DRAWN & set(rows))
    for key, given in drawn.items():
        row = rows[key]
        assert given == (row.promised.low, row.promised.high, row.arrived.low, row.arrived.high)


def test_summary_of_the_full_frame():
    table, _ = frames(*FULL)
    assert summary(amounts(table)) == SUMMARY
    assert summary(amounts(table[::-1])) == SUMMARY, "whatever the order of rows"


def test_bars_reach_the_lowest_number_on_the_scale_of_their_group():
    pair = transfer("x", promised=numbers(40, 50), arrived=numbers(10, 20))
    assert bar_of(amounts(frames(pair)[0])) == [0.8, 0.2]
    # A greater number of the same category makes both shorter, of another one it doesn't.
    beside = transfer("y", direction_code="russia-iran", arrived=numbers(100, 100))
    figure = amounts(frames(pair, beside)[0])
    assert sorted(bar_of(figure)) == [0.1, 0.4, 1.0]
    elsewhere = transfer("y", category_code="missile", arrived=numbers(100, 100))
    assert {0.8, 0.2} <= set(bar_of(amounts(frames(pair, elsewhere)[0])))
    # By system each has its own scale.
    assert {0.8, 0.2} <= set(bar_of(amounts(frames(pair, beside)[0], by="system")))


@pytest.mark.parametrize("look", [WIDE, NARROW])
@pytest.mark.parametrize(
    ("given", "parts", "arrows", "bars"),
    [
        ({"arrived": numbers(6, 6)}, 0, 0, 1),
        ({"arrived": numbers(2, 6)}, 3, 0, 1),
        ({"arrived": numbers(None, 6)}, 2, 0, 0),
        ({"arrived": numbers(6, None)}, 2, 1, 1),
        ({"arrived": numbers(0, 0)}, 0, 0, 0),
        ({"promised": numbers(0, None), "stage_code": "agreed"}, 2, 1, 0),
        ({"promised": numbers(2, 6), "arrived": numbers(1, 3)}, 6, 0, 2),
    ],
)
def test_ranges_are_whiskers_and_open_ends_arrows(given, parts, arrows, bars, look):
    figure = amounts(frames(transfer("x", **given))[0], look)
    check(figure)
    found = summary(figure)
    assert found.get("whisker parts", 0) == parts
    assert found.get("arrows", 0) == arrows
    # No whisker or arrow runs into the words beside it, or out of a phone.
    lines = [t for t in figure.data if t.type == "scatter"]
    words = [abs(x) for t in lines if t.mode == "text" for x in t.x]
    ends = [abs(x) for t in lines if t.mode != "text" for x in t.x if x is not None]
    assert max(ends, default=0) <= max(words)
    assert sum(n for kind, n in found.items() if kind.startswith("iran ")) == bars


@pytest.mark.parametrize("by", ["category", "system"])
def test_sides_and_units(by):
    table, _ = frames(
        transfer("left", arrived=numbers(5, 5)),
        transfer("right", direction_code="russia-iran", arrived=numbers(5, 5)),
        transfer("shells", arrived=numbers(5e6, 5e6), unit_code="rounds"),
        transfer("wordless"),
        transfer("belarus", direction_code="other", arrived=numbers(5, 5)),
    )
    figure = amounts(table, by=by)
    hits = figure.data[-1]
    assert set(carried(figure)) == {"left", "right"}
    for (key, *_), base, width in zip(hits.customdata, hits.base, hits.x, strict=True):
        assert (base + width <= 0) if key == "left" else (base >= 0)
    assert set(carried(amounts(table, unit="rounds", by=by))) == {"shells"}
    assert "5,000,000" in " ".join(texts(amounts(table, unit="rounds", by=by)))


def test_ties_go_by_name_whatever_the_order():
    pairs = [transfer(key, arrived=numbers(7, 7)) for key in "cab"]
    for order in (pairs, pairs[::-1]):
        figure = amounts(frames(*order)[0])
        assert ids(figure)[0][0] == "a"
        assert figure.to_json() == amounts(frames(*pairs)[0]).to_json()


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_the_whole_ledger(look):
    dataset = load_dataset()
    table = transfer_table(Selection().apply(dataset))
    categories = dataset.vocabularies["categories"]
    shuffled = table.sample(frac=1, random_state=random.Random(7).randrange(99))
    for by in ("category", "system"):
        for unit in dataset.vocabularies["units"]["code"]:
            figure = mirrored_amounts(table, categories, look, unit=unit, by=by)
            check(figure)
            keys = list(carried(figure)) if figure.data else []
            assert len(keys) == len(set(keys))
            assert set(table.set_index("transfer_id").loc[keys, "unit_code"]) <= {unit}
            # Within its axes, and of a size that a phone can take.
            assert all(0 <= x <= 1.08 for t in figure.data[:-1] if t.type == "bar" for x in t.x)
            assert len(figure.to_json()) < 90_000
            again = mirrored_amounts(shuffled, categories, look, unit=unit, by=by)
            assert again.to_json() == figure.to_json()
        boxes = mirrored_boxes(table, categories, look, by)
        check(boxes)
        assert len(ids(boxes)) == (table["direction_code"] != "other").sum()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("by", ["category", "system"])
def test_hostile_names_stay_text(look, by):
    named = dict.fromkeys(("name", "short_name", "system", "supplier", "category_code"), HOSTILE)
    table, _ = frames(transfer("bad", **named, arrived=numbers(1, 2)))
    for figure in (amounts(table, look, by=by), mirrored_boxes(table, CATEGORIES, look, by)):
        check(figure)
        assert len(figure.to_json()) < 40_000
    assert "\u202e" not in mirrored_amounts_alt(table, "pieces", "pieces")


def test_boxes_by_system_have_a_row_per_system():
    table, _ = frames(*FULL)
    figure = mirrored_boxes(table, CATEGORIES, WIDE, "system")
    systems = [row.system for row in table.itertuples() if row.direction_code != "other"]
    assert [t for t in texts(figure) if t in systems].count("Su-35") >= 1
    assert set(texts(figure)) >= set(systems)
    assert "by system" in mirrored_boxes_alt(table, CATEGORIES, "system")


def test_alternative_text():
    table, _ = frames(*FULL)
    assert mirrored_amounts_alt(table, "pieces", "pieces") == ALT
    assert mirrored_amounts_alt(table, "rounds", "rounds").startswith("Empty chart. ")
