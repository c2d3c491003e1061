"""Mirrored boxes, timeline, density strip, promise and arrival, on hand-built frames."""

from collections import Counter
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.density import density_strip, density_strip_alt
from components.figures.lettering import bounds_words, stacked, text_width, time_ticks
from components.figures.mirrored import mirrored_boxes, mirrored_boxes_alt
from components.figures.promise import promise_and_arrival, promise_and_arrival_alt
from components.figures.registry import FIGURES
from components.figures.timeline import timeline, timeline_alt
from components.figures.transfer_marks import value_words
from components.theme import DARK, LIGHT, Look
from data.queries.ledger import QuantityRange, reach

CATEGORIES = pd.DataFrame(
    {
        "code": ["missile", "uav", "air_defence", "combat_aircraft"],
        "label": ["Missiles", "Drones", "Air defence", "Combat aircraft"],
        "order": [2.0, 1.0, 3.0, 4.0],
    }
)
LOOKS = [Look(tokens, is_narrow) for tokens in (LIGHT, DARK) for is_narrow in (False, True)]
WINDOW = {"first": date(2021, 7, 1), "last": date(2026, 4, 30)}
TURNS = ("talk", "promise", "arrival", "arrival_end")
HOSTILE = "<img src=x onerror=alert(1)> \u202egnp.exe [link](javascript:1) " + "x" * 10_000


def numbers(low=None, high=None):
    return QuantityRange(low, high, "", (), ())


def transfer(key, **given):
    """A transfer as the table has it, and its turns: `promise="2023-01-01"` or a pair."""
    turns = {}
    for turn in TURNS:
        low, high = given.pop(turn, (None, None))
        turns |= {f"{turn}_earliest": pd.Timestamp(low), f"{turn}_latest": pd.Timestamp(high)}
    stage = given.setdefault("stage_code", "delivered")
    standing = given.setdefault("standing_code", "acknowledged")
    supplier, recipient = {"russia-iran": ("Russia", "Iran")}.get(
        given.setdefault("direction_code", "iran-russia"), ("Iran", "Russia")
    )
    row = {
        "transfer_id": key,
        "name": key.title(),
        "short_name": key.title()[:18],
        "system": key.title(),
        "supplier": supplier,
        "recipient": recipient,
        "mode_code": "sale",
        "category_code": "uav",
        "unit_code": "pieces",
        "reach_code": reach(stage, standing),
        "promised": numbers(),
        "arrived": numbers(),
        "promised_on": turns["promise_earliest"],
        "open_days": float("nan"),
        "last_said": pd.Timestamp("2025-06-01"),
        "statement_count": 3,
        "asserting_count": 2,
        "denying_count": 1 if standing == "contested" else 0,
        "source_count": 3,
        "reasons": (),
    }
    return row | given, {"transfer_id": key, **turns}


def frames(*pairs):
    table = pd.DataFrame([row for row, _ in pairs], columns=list(transfer("x")[0]))
    spans = pd.DataFrame([turns for _, turns in pairs], columns=list(transfer("x")[1]))
    spans = spans.astype(dict.fromkeys(spans.columns[1:], "datetime64[s]"))
    return table, spans


def denials(*rows):
    columns = ["statement_id", "transfer_id", "speaker", "stage_code", "said_date", "summary"]
    given = [(f"deny-{n}", key, who, "delivered", day, said) for n, (key, who, day, said) in rows]
    frame = pd.DataFrame(given, columns=columns)
    for end in ("earliest", "latest"):
        frame[f"said_date_{end}"] = pd.to_datetime(frame["said_date"]).astype("datetime64[s]")
    return frame


def events(*rows):
    columns = ["event_id", "name", "kind_code", "event_date", "low", "high", "summary"]
    frame = pd.DataFrame(list(rows), columns=columns)
    for end, name in (("earliest", "low"), ("latest", "high")):
        frame[f"event_date_{end}"] = pd.to_datetime(frame.pop(name)).astype("datetime64[s]")
    return frame


FULL = (
    transfer(
        "shahed",
        standing_code="contested",
        promised=numbers(1700, None),
        arrived=numbers(400, 4600),
        promise=("2022-07-01", "2022-07-31"),
        arrival=("2022-08-01", "2022-08-31"),
        arrival_end=("2024-06-01", "2024-06-30"),
    ),
    transfer(
        "alabuga",
        stage_code="licensed_production",
        promised=numbers(6000, 6000),
        promise=("2022-11-01", "2022-11-30"),
        arrival=("2023-03-01", "2023-03-31"),
    ),
    transfer(
        "fath",
        category_code="missile",
        standing_code="contested",
        arrived=numbers(200, 220),
        arrival=("2024-09-04", "2024-09-04"),
        arrival_end=("2024-09-04", "2024-09-04"),
    ),
    transfer(
        "launchers",
        category_code="missile",
        stage_code="discussed",
        standing_code="single_source",
        talk=("2025-01-01", "2025-01-31"),
    ),
    transfer(
        "su-35",
        category_code="combat_aircraft",
        direction_code="russia-iran",
        stage_code="agreed",
        promised=numbers(24, 50),
        promise=("2023-03-10", "2023-03-10"),
        open_days=1147.0,
    ),
    transfer(
        "yak",
        category_code="combat_aircraft",
        direction_code="russia-iran",
        stage_code="in_delivery",
        promised=numbers(24, 24),
        arrived=numbers(2, 6),
        promise=("2022-01-01", "2022-12-31"),
        arrival=("2023-09-02", "2023-09-02"),
        arrival_end=("2023-09-02", "2023-09-02"),
    ),
    transfer(
        "s-300",
        category_code="air_defence",
        direction_code="russia-iran",
        promised=numbers(4, 4),
        arrived=numbers(4, 4),
        promise=("2021-11-01", "2021-11-30"),
        arrival=("2022-04-11", "2022-04-11"),
        arrival_end=("2022-10-01", "2022-10-31"),
    ),
    transfer(
        "pmu-1",
        category_code="air_defence",
        direction_code="russia-iran",
        stage_code="cancelled",
        promised=numbers(5, 5),
        promise=("2022-01-01", "2022-01-31"),
    ),
    transfer("belarus", direction_code="other", arrival=("2023-01-01", "2023-01-01")),
)
DENIED = denials(
    (1, ("shahed", "Peskov", "2022-08-30", "No.")),
    (2, ("fath", "Araghchi", "2024-09-11", "Iran delivered none.")),
)
HAPPENED = events(
    ("treaty", "Treaty signed", "treaty", "2025-01-17", "2025-01-17", "2025-01-17", "Signed."),
    ("war", "War", "war", "2025-06-13/2025-06-24", "2025-06-13", "2025-06-24", ""),
    ("plant", "Plant opens", "production", "2024", "2024-01-01", "2024-12-31", ""),
    ("early", "Before", "sanction", "2010-06", "2010-06-01", "2010-06-30", ""),
)


def drawn(pairs, *, denied=DENIED, happened=HAPPENED, look=LOOKS[0], **given):
    table, spans = frames(*pairs)
    settings = {"as_of": None, "lanes": "direction", "categories": CATEGORIES, **WINDOW, **given}
    return timeline(table, spans, denied, happened, look=look, **settings)


def ids(figure):
    return [key for trace in figure.data for key in (trace.customdata or ())]


def texts(figure):
    noted = [note.text for note in figure.layout.annotations]
    return noted + [t for trace in figure.data for t in (getattr(trace, "text", None) or ())]


def values(figure):
    """Right-hand values of a wide timeline by row name."""
    trace = next(t for t in figure.data if t.type == "scatter" and t.mode == "text")
    names = figure.layout.yaxis.ticktext
    return {n: v.strip("\u00a0") for n, v in zip(names, trace.text, strict=True)}


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


def check(figure):
    """Every mark lies inside its axes, and nothing is left unescaped."""
    assert isinstance(figure, go.Figure)
    assert figure.layout.height >= 150
    assert "<img" not in figure.to_json().replace("\\u003c", "<")
    assert "\u202e" not in "".join(texts(figure))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("count", [0, 1, len(FULL)])
def test_every_transfer_is_clickable_once(count, look):
    pairs = FULL[:count]
    table, _ = frames(*pairs)
    keys = Counter(table["transfer_id"])
    sided = {k for k in keys if k != "belarus"}
    rows = drawn(pairs, look=look, happened=HAPPENED[:0], denied=DENIED[:0])
    for figure, expected in (
        (mirrored_boxes(table, CATEGORIES, look), sided),
        (promise_and_arrival(table, look), sided - {"launchers"}),
        (rows, set(keys)),
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
    assert [t for t in texts(figure) if "<b>" in t] == [
        "<b>Iran → Russia</b>",
        "<b>Russia → Iran</b>",
        "<b>Other directions</b>",
    ]
    assert "37 months open" in texts(figure)
    symbols = Counter()
    for trace in figure.data:
        if trace.type == "scatter" and trace.mode == "markers":
            symbols[trace.marker.symbol] += len(trace.x)
    assert symbols["triangle-right"] == 3  # Alabuga runs on; Su-35 and Yak are awaited
    assert symbols["diamond-x-open"] == 1
    assert symbols["x-thin-open"] == 2 * 2 + 1  # a cross is two marks; one was cancelled
    assert {"treaty", "war"} <= set(ids(figure))
    assert not {"plant", "early"} & set(ids(figure))
    assert {"deny-1", "deny-2"} <= set(ids(figure))
    by_category = drawn(FULL, lanes="category")
    heads = [t for t in texts(by_category) if "<b>" in t]
    assert heads == [
        f"<b>{w}</b>" for w in ("Drones", "Missiles", "Air defence", "Combat aircraft")
    ]


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
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_after_the_as_known_day(as_of, look):
    figure = drawn(FULL, as_of=as_of, look=look)
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
    assert "Iran under attack" not in texts(figure)
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
    settings = {"as_of": None, "lanes": "direction", "categories": CATEGORIES, **WINDOW}
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


def test_ties_on_one_day_go_by_name_whatever_the_order():
    day = ("2023-05-05", "2023-05-05")
    pairs = [transfer(key, arrival=day, arrival_end=day) for key in ("c", "a", "b")]
    for order in (pairs, pairs[::-1]):
        assert list(values(drawn(order))) == ["A", "B", "C"]
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
        (drawn(pairs, look=look, denied=DENIED[:0], happened=HAPPENED[:0]), 300),
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
    said = denials((1, ("bad", HOSTILE, "2023-02-01", HOSTILE)))
    happened = events(
        ("e", HOSTILE, "visit", "2023-01-05", "2023-01-05", "2023-01-05", HOSTILE),
    )
    table, _ = frames(pair)
    for figure in (
        drawn([pair], denied=said, happened=happened, look=look, lanes="category"),
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


def test_alternative_texts():
    table, spans = frames(*FULL)
    window = {**WINDOW, "as_of": None}
    assert mirrored_boxes_alt(table, CATEGORIES) == (
        "Mirrored boxes of 8 transfers by category; Iran to Russia on the left, 4; Russia to Iran "
        "on the right, 4. Iran to Russia: 1 under way, 2 alleged and 1 promised only, 2 of them "
        "contested, most often drones (2); Russia to Iran: 1 arrived, 1 under way and 2 promised "
        "only, most often combat aircraft (2)."
    )
    assert timeline_alt(table, spans, DENIED, **window) == (
        "Timeline of 9 transfers, July 2021 to April 2026: 4 from Iran to Russia, 4 from "
        "Russia to Iran, 1 in other directions. 6 arrived or are said to have, 2 denials are "
        "marked; the longest open promise is Su-35, 37 months."
    )
    assert promise_and_arrival_alt(table) == (
        "Paired bars of the share of each promise that arrived, for 7 transfers, 3 from Iran to "
        "Russia and 4 from Russia to Iran. Of 2 nothing is said to have come (Su-35 among them), "
        "of 1 all, of 1 a part; for 3 a number is missing."
    )
    assert density_strip_alt(quarters(2, 0, 7, 1), **WINDOW) == (
        "Bar strip of 10 statements per quarter, 2022 to 2022. The fullest is quarter 3 of 2022 "
        "with 7; quarters in the window hold 10."
    )
    for alt in (
        mirrored_boxes_alt(table[:0], CATEGORIES),
        timeline_alt(table[:0], spans[:0], DENIED[:0], **window),
        promise_and_arrival_alt(table[:0]),
        density_strip_alt(quarters()[:0], **WINDOW),
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
