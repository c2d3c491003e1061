"""Timeline and density strip, on hand-built frames."""

import re
from collections import Counter
from datetime import date

import pandas as pd
import pytest

from components.figures.density import density_strip, density_strip_alt
from components.figures.timeline import timeline, timeline_alt
from components.figures.transfer_marks import DIRECTIONS
from tests.components.transfer_fixture import (
    CATEGORIES,
    DENIED,
    FULL,
    HAPPENED,
    HOSTILE,
    LOOKS,
    WINDOW,
    check,
    denials,
    events,
    frames,
    ids,
    texts,
    transfer,
)

ORDER = dict.fromkeys(CATEGORIES.sort_values("order")["code"])


def lanes_of(table, lanes="direction"):
    """`transfer_lanes` of a hand-built table."""
    codes = table[f"{lanes}_code"] if lanes in ("direction", "category") else table[lanes]
    known = {"direction": DIRECTIONS, "category": dict(CATEGORIES[["code", "label"]].to_numpy())}
    order = {"direction": dict.fromkeys(DIRECTIONS), "category": ORDER}.get(lanes, {})
    rank = {code: float(n) for n, code in enumerate(order)}
    return pd.DataFrame(
        {
            "transfer_id": table["transfer_id"],
            "lane": codes,
            "label": [known.get(lanes, {}).get(code, code) for code in codes],
            "order": [rank.get(code, float("nan")) for code in codes],
        },
        columns=["transfer_id", "lane", "label", "order"],
    )


def drawn(pairs, *, denied=DENIED, happened=HAPPENED, look=LOOKS[0], lanes="direction", **given):
    """A timeline with a row each, unless asked for otherwise."""
    table, spans = frames(*pairs)
    settings = {"as_of": None, "rows": "each", **WINDOW, **given}
    settings["lanes"] = lanes_of(table, lanes)
    return timeline(table, spans, denied, happened, look=look, **settings)


def values(figure):
    """Right-hand values of a wide timeline by row name."""
    trace = next(t for t in figure.data if t.type == "scatter" and t.mode == "text")
    names = figure.layout.yaxis.ticktext
    return {n: v.strip("\u00a0") for n, v in zip(names, trace.text, strict=True)}


def heads(figure):
    """Lane heads without markup."""
    plain = (re.sub(r"<[^>]+>", "", t) for t in texts(figure) if t.startswith("<b>"))
    return [" ".join(words.split()) for words in plain]


def test_values_beside_the_timeline():
    assert values(drawn(FULL)) == {
        "Shahed": "≠ 400–4,600 of 1,700+",
        "Alabuga": "some of 6,000",
        "Fath": "≠ 200–220",
        "Launchers": "talks only",
        "S-300": "4 of 4",
        "Yak": "2–6 of 24",
        "Pmu-1": "× 0 of 5",
        "Su-35": "0 of 24–50",
        "Belarus": "number not known",
    }


def test_timeline_marks_and_lanes():
    figure = drawn(FULL)
    assert heads(figure) == ["Iran → Russia 4", "Russia → Iran 4", "Other directions 1"]
    assert "37 months open" in texts(figure)
    symbols = Counter()
    for trace in figure.data:
        if trace.type == "scatter" and "markers" in trace.mode:
            symbols[trace.marker.symbol] += len(trace.x)
    assert symbols["triangle-right"] == 3  # Alabuga runs on; Su-35 and Yak are awaited
    assert symbols["diamond-x-open"] == 1
    assert symbols["x-thin-open"] == 2 * 2 + 1  # a cross is two marks; one was cancelled
    assert {"treaty", "war", "plant"} <= set(ids(figure))
    assert "early" not in ids(figure)
    assert {"deny-1", "deny-2"} <= set(ids(figure))
    by_category = drawn(FULL, lanes="category")
    assert heads(by_category) == ["Drones 3", "Missiles 2", "Air defence 2", "Combat aircraft 2"]


def test_hover_keeps_the_precision_of_dates():
    hits = next(t for t in drawn(FULL).data if t.customdata and "yak" in t.customdata)
    hover = hits.hovertext[hits.customdata.index("yak")]
    assert hover.split("<br>") == [
        "<b>Yak</b>",
        "Russia → Iran",
        "In delivery · acknowledged",
        "Arrived: 2–6 of 24",
        "Promised: 2022",
        "First arrival: 2 September 2023",
        "3 statements · 2 speakers say so",
    ]


@pytest.mark.parametrize("as_of", [date(2022, 10, 1), date(2024, 9, 9)])
@pytest.mark.parametrize("look", LOOKS[::3])
@pytest.mark.parametrize("rows", ["packed", "each"])
def test_nothing_after_the_as_known_day(as_of, look, rows):
    figure = drawn(FULL, as_of=as_of, look=look, rows=rows)
    curtain = next(t for t in figure.data if t.type == "scatter" and t.fillpattern.shape)
    for trace in figure.data:
        if trace.type == "scatter" and trace.mode != "text" and trace is not curtain:
            assert all(x <= as_of.isoformat() for x in trace.x if x)
        elif trace.type == "bar" and trace.customdata is None:
            spans = zip(trace.base, trace.x, strict=True)
            assert all(
                pd.Timestamp(b) + pd.Timedelta(w, "ms") <= pd.Timestamp(as_of) for b, w in spans
            )
    for event in ("war", "treaty"):
        assert event not in ids(figure)
    for name in ("After the treaty", "After the June 2025 war", "After June 2025"):
        assert name not in texts(figure)
    assert curtain.x[0] == as_of.isoformat()
    # In 2022 neither the missiles nor the Su-35 were known of.
    if as_of.year == 2022:
        assert not {"fath", "su-35"} & set(ids(figure))


def test_rows_outside_the_window_are_left_out():
    figure = drawn(FULL, first=date(2021, 7, 1), last=date(2022, 6, 30))
    assert set(ids(figure)) == {"s-300", "yak", "pmu-1"}
    assert drawn(FULL, first=date(1990, 1, 1), last=date(1991, 1, 1)).layout.height == 160
    assert drawn(FULL, first=date(2025, 1, 1), last=date(2024, 1, 1)).layout.height == 160


def test_a_transfer_that_is_only_denied_stands_at_its_denials():
    pairs = [transfer("fath", standing_code="denied", stage_code="delivered")]
    figure = drawn(pairs)
    assert set(ids(figure)) >= {"fath", "deny-2"}
    assert values(figure) == {"Fath": "only denied"}


def test_a_day_of_cancellation_ends_the_box():
    row, turns = transfer("pmu-1", stage_code="cancelled", promise=("2022-01-01", "2022-01-31"))
    table, spans = frames((row, turns))
    for end in ("earliest", "latest"):
        spans[f"cancel_{end}"] = pd.Series([pd.Timestamp("2024-09-22")], dtype="datetime64[s]")
    settings = {"as_of": None, "lanes": lanes_of(table), "rows": "each", **WINDOW}
    figure = timeline(table, spans, DENIED[:0], HAPPENED[:0], look=LOOKS[0], **settings)
    cross = next(t for t in figure.data if t.type == "scatter" and t.marker.symbol == "x-thin-open")
    assert list(cross.x) == ["2024-09-22"]


@pytest.mark.parametrize("look", LOOKS)
def test_open_ends_and_centuries(look):
    pairs = [
        transfer("open", arrival=("2022-01-01", None), arrival_end=(None, "2023-01-01")),
        transfer("long", promise=("1900-01-01", "1999-12-31"), stage_code="agreed"),
        transfer("never", promise=(None, None), arrival=(None, None)),
    ]
    for first, last in (
        (date(1900, 1, 1), date(2026, 4, 30)),
        (date(1, 1, 1), date(9999, 12, 31)),
        (date(2022, 1, 1), date(2022, 1, 3)),
    ):
        figure = drawn(pairs, first=first, last=last, look=look, denied=DENIED[:0])
        check(figure)
        assert {"open", "long"} <= set(ids(figure))
        assert "never" not in ids(figure)
        assert 1 <= len(figure.layout.xaxis.tickvals) <= 14


def quarters(*counts):
    start = pd.period_range("2022Q1", periods=len(counts), freq="Q").to_timestamp()
    return pd.DataFrame({"quarter": start, "count": list(counts)})


@pytest.mark.parametrize("look", LOOKS)
def test_density_strip(look):
    figure = density_strip(
        quarters(2, 0, 7, 1), first=date(2022, 8, 1), last=date(2026, 4, 30), look=look
    )
    assert list(figure.data[0].y) == [2, 0, 7, 1]
    tokens = look.palette
    assert list(figure.data[0].marker.color) == [tokens.third_tint] * 2 + [tokens.ink2] * 2
    assert figure.layout.dragmode == "select"
    assert "7" in texts(figure)
    empty = density_strip(quarters()[:0], **WINDOW, look=look)
    assert empty.layout.height == 160


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [0, 1, len(FULL)])
def test_every_transfer_is_clickable_once(count, look):
    pairs = FULL[:count]
    figure = drawn(pairs, look=look, happened=HAPPENED[:0], denied=DENIED[:0])
    check(figure)
    assert Counter(ids(figure)) == Counter(row["transfer_id"] for row, _ in pairs)


def test_ties_on_one_day_go_by_name_whatever_the_order():
    day = ("2023-05-05", "2023-05-05")
    pairs = [transfer(key, arrival=day, arrival_end=day) for key in ("c", "a", "b")]
    for order in (pairs, pairs[::-1]):
        assert list(values(drawn(order))) == ["A", "B", "C"]


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
    figure = drawn(pairs, look=look, denied=DENIED[:0], happened=HAPPENED[:0])
    check(figure)
    assert len(set(ids(figure))) == len(ids(figure)) == 300


@pytest.mark.parametrize("look", LOOKS)
def test_hostile_names_stay_text(look):
    given = dict.fromkeys(("name", "short_name", "system", "supplier", "recipient"), HOSTILE)
    pair = transfer("bad", **given, promise=("2023-01-01", "2023-01-01"), category_code=HOSTILE)
    said = denials((1, ("bad", HOSTILE, "2023-02-01", HOSTILE)))
    happened = events(
        ("e", HOSTILE, "visit", "2023-01-05", "2023-01-05", "2023-01-05", HOSTILE),
    )
    figure = drawn([pair], denied=said, happened=happened, look=look, lanes="category")
    check(figure)
    assert len(figure.to_json()) < 40_000


def test_alternative_texts():
    table, spans = frames(*FULL)
    window = {**WINDOW, "as_of": None}
    assert timeline_alt(table, spans, DENIED, **window) == (
        "Timeline of 9 transfers, July 2021 to April 2026: 4 from Iran to Russia, 4 from "
        "Russia to Iran, 1 in other directions. 6 arrived or are said to have, 2 denials are "
        "marked; the longest open promise is Su-35, 37 months."
    )
    assert density_strip_alt(quarters(2, 0, 7, 1), **WINDOW) == (
        "Bar strip of 10 statements per quarter, 2022 to 2022. The fullest is quarter 3 of 2022 "
        "with 7; quarters in the window hold 10."
    )
    for alt in (
        timeline_alt(table[:0], spans[:0], DENIED[:0], **window),
        density_strip_alt(quarters()[:0], **WINDOW),
    ):
        assert alt.startswith("Empty chart. ")
