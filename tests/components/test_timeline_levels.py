"""The packed timeline: lanes, tracks, folding, counts, and how much is drawn of how much."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.figures.timeline import draw_timeline, timeline, window_of
from components.figures.timeline_clusters import JOINT, MOST_JOINED, clustered
from components.figures.timeline_labels import LANE_CODE
from components.figures.timeline_lanes import REST, edges, grouped, packed
from components.figures.timeline_overlays import ERAS
from components.figures.timeline_plan import timeline_plan
from components.figures.timeline_rows import Window, lines_in
from data.load import load_dataset
from tests.components.test_figures_timeline import lanes_of
from tests.components.transfer_fixture import (
    DENIED,
    FULL,
    HAPPENED,
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

DAY = date(2021, 7, 1)


def view_frame(*rows):
    frame = pd.DataFrame(
        [(f"view-{n}", who, "No position", day, "Says so.") for n, (who, day) in enumerate(rows)],
        columns=["view_id", "person", "position", "said_date", "summary"],
    )
    for end in ("earliest", "latest"):
        frame[f"said_date_{end}"] = pd.to_datetime(frame["said_date"]).astype("datetime64[s]")
    return frame


def planned(pairs, *, denied=DENIED, happened=HAPPENED, views=None, look=LOOKS[0], **given):
    table, spans = frames(*pairs)
    first, last = given.pop("first", WINDOW["first"]), given.pop("last", WINDOW["last"])
    window = window_of(first, last, given.pop("as_of", None), look)
    lanes = given.pop("lanes", lanes_of(table))
    return timeline_plan(
        *(table, spans, denied, happened),
        window=window,
        lanes=lanes,
        look=look,
        views=views,
        **given,
    )


def scatters(figure):
    return [trace for trace in figure.data if trace.type == "scatter"]


def summary(figure):
    """A figure in a few lines: what is drawn how often, and from when to when."""
    found = {}
    for trace in figure.data:
        if trace.type == "bar":
            if trace.hovertext:
                kind, days = "clickable", []
            elif trace.marker.pattern.shape:
                kind, days = "hatched bar", list(trace.base)
            else:
                is_tints = isinstance(trace.marker.color, tuple)
                kind, days = "fade" if is_tints else "solid bar", list(trace.base)
            marks = len(trace.y)
        elif trace.mode == "lines":
            kind, days = f"line {trace.line.dash}", [day for day in trace.x if day]
            marks = sum(day is None for day in trace.x)
        elif trace.mode == "text":
            kind, days, marks = "name", [], len(trace.text)
        else:
            kind, days, marks = trace.marker.symbol, list(trace.x), len(trace.x)
        count, seen = found.get(kind, (0, []))
        found[kind] = (count + marks, seen + [str(day)[:10] for day in days])
    return "\n".join(
        f"{kind} {count}" + (f": {min(days)} – {max(days)}" if days else "")
        for kind, (count, days) in sorted(found.items())
    )


def test_golden_summary_of_the_packed_timeline():
    figure = draw_timeline(planned(FULL, views=view_frame(("Jane Doe", "2024-05-05"))), None)
    assert (
        summary(figure)
        == """\
asterisk-open 1: 2025-06-19 – 2025-06-19
circle-open 1: 2025-01-17 – 2025-01-17
clickable 12
diamond 10: 2021-11-15 – 2025-01-16
diamond-open 1: 2024-07-01 – 2024-07-01
diamond-open-dot 1: 2023-09-02 – 2023-09-02
diamond-x-open 1: 2024-09-04 – 2024-09-04
fade 16: 2022-08-01 – 2024-06-23
hatched bar 1: 2022-08-31 – 2022-08-31
line 1.5px,2.5px 10: 2021-11-01 – 2022-12-31
line 1px,5px 1: 2025-01-16 – 2025-06-01
line 5px,3px 4: 2022-08-31 – 2024-06-01
line solid 21: 2021-11-30 – 2026-04-30
name 9
solid bar 2: 2022-04-11 – 2023-03-31
square-open 1: 2024-05-05 – 2024-05-05
triangle-right 3: 2026-04-30 – 2026-04-30
x-thin-open 5: 2022-01-16 – 2024-09-11"""
    )


def test_nothing_and_one():
    empty = draw_timeline(planned((), denied=DENIED[:0], happened=HAPPENED[:0]), None)
    assert empty.layout.height == 160
    plan = planned(FULL[:1], denied=DENIED[:0], happened=HAPPENED[:0])
    assert plan.drawn_words() == "1 of 1 transfer falls in these days. Nothing is left out."
    assert Counter(ids(draw_timeline(plan, None)))["shahed"] == 1


@pytest.mark.parametrize("look", LOOKS)
def test_every_transfer_stands_once_on_tracks(look):
    figure = timeline(
        *frames(*FULL),
        DENIED,
        HAPPENED,
        lanes=lanes_of(frames(*FULL)[0]),
        as_of=None,
        look=look,
        **WINDOW,
    )
    check(figure)
    counts = Counter(ids(figure))
    assert all(counts[row["transfer_id"]] == 1 for row, _ in FULL)
    names = next(t for t in scatters(figure) if t.mode == "text")
    assert len(names.text) == len(FULL)
    # Past the end of the axis Plotly would leave a name out.
    assert max(names.x) <= figure.layout.xaxis.range[1]


spans_of_days = st.tuples(st.integers(0, 1500), st.integers(0, 900))


@settings(max_examples=60, deadline=None)
@given(st.lists(spans_of_days, max_size=40), st.floats(0, 200))
def test_no_two_on_a_track_touch(given_days, label):
    pairs = []
    for number, (start, length) in enumerate(given_days):
        low = DAY + timedelta(start)
        day, end = (low, low), (low + timedelta(length),) * 2
        pairs.append(transfer(f"t{number}", arrival=day, arrival_end=end))
    table, spans = frames(*pairs)
    window = Window(WINDOW["first"], WINDOW["last"], WINDOW["last"], 500)
    lines = lines_in(table, spans, DENIED[:0], window)
    tracks = packed(lines, window, lambda _: label)
    assert sorted(id(line) for track in tracks for line in track) == sorted(map(id, lines))
    for track in tracks:
        for left, right in pairwise(track):
            assert edges(left, window)[1] + label < edges(right, window)[0]


@given(st.lists(st.integers(0, 1700), max_size=80), st.floats(1, 60))
def test_clusters_hold_every_row_once(days, apart):
    window = Window(WINDOW["first"], WINDOW["last"], WINDOW["last"], 500)
    dated = [(DAY + timedelta(day), n) for n, day in enumerate(sorted(days))]
    found = clustered(dated, window, apart)
    assert [row for cluster in found for row in cluster.rows] == [n for _, n in dated]
    for left, right in pairwise(found):
        assert window.width(left.first, right.first) >= apart


def test_small_lanes_share_the_last_one():
    table, spans = frames(*(transfer(f"t{n:02}", arrival=("2023-01-01",) * 2) for n in range(20)))
    window = window_of(**WINDOW, as_of=None, look=LOOKS[0])
    lines = lines_in(table, spans, DENIED[:0], window)
    lanes = lanes_of(table, "system")
    found = grouped(lines, lanes, most=5)
    assert [lane.code for lane in found][-1] == REST
    assert len(found) == 5
    assert found[-1].label == "16 others"
    assert sum(len(lane.lines) for lane in found) == 20


def test_a_lane_folds_into_counts_and_opens_again():
    plan = planned(FULL, folded=["iran-russia"])
    figure = draw_timeline(plan, None)
    assert not {"shahed", "fath"} & set(ids(figure))
    assert {"su-35", "yak"} <= set(ids(figure))
    assert "4 counted in folded lanes" in plan.drawn_words()
    heads = [key for key in ids(figure) if key.startswith(LANE_CODE)]
    assert heads == ["lane:iran-russia", "lane:russia-iran", "lane:other"]
    spans = [key for key in ids(figure) if key.startswith("days:")]
    assert "days:2022-07-01/2022-09-30" in spans
    hovers = [h for t in figure.data for h in (t.hovertext or ()) if "Click to zoom in" in h]
    assert "<b>quarter 1 of 2025</b><br>1 promised<br>Click to zoom in" in hovers
    told = "<b>quarter 3 of 2024</b><br>1 said to have arrived, 1 denial<br>Click to zoom in"
    assert told in hovers


def test_a_transfer_in_two_lanes_keeps_both_its_marks():
    table, _ = frames(*FULL)
    both = pd.concat([lanes_of(table, "supplier"), lanes_of(table, "recipient")])
    plan = planned(FULL, lanes=both)
    figure = draw_timeline(plan, None)
    assert Counter(ids(figure))["yak"] == 2
    assert "9 stand in two lanes, once under each party" in plan.drawn_words()
    for trace in figure.data:
        assert len(set(trace.ids or ())) == len(trace.ids or ())
    assert any("R→I Yak" in text for text in texts(figure))


def test_rough_days_have_whiskers_and_hover_says_who_and_how_exactly():
    row, turns = transfer(
        "jets", stage_code="agreed", promise=("2023-03-01", "2023-03-31"), open_days=900.0
    )
    table, spans = frames((row, turns))
    plain = summary(
        timeline(
            table,
            spans,
            DENIED[:0],
            HAPPENED[:0],
            lanes=lanes_of(table),
            as_of=None,
            look=LOOKS[0],
            **WINDOW,
        )
    )
    spans["promise_date"] = "2023-03~"
    spans["promise_statement_id"] = "jets-said"
    spans["promise_speaker"] = "A <b>minister</b>"
    figure = timeline(
        *(table, spans, DENIED[:0], HAPPENED[:0]),
        lanes=lanes_of(table),
        as_of=None,
        look=LOOKS[0],
        **WINDOW,
    )
    assert summary(figure).count("line solid") == plain.count("line solid") == 1
    assert summary(figure) != plain
    assert [i for t in figure.data for i in (t.ids or ())] == ["promise:jets-said"]
    hover = next(t.hovertext[0] for t in figure.data if t.customdata and "jets" in t.customdata)
    assert "Promised: about March 2023, says A &lt;b&gt;minister&lt;/b&gt;" in hover.split("<br>")


def test_contested_is_a_dashed_frame():
    arrival = {"arrival": ("2022-01-01",) * 2, "arrival_end": ("2024-01-01",) * 2}
    for standing, count in (("contested", 1), ("single_source", 0), ("acknowledged", 0)):
        pairs = [transfer("x", standing_code=standing, **arrival)]
        figure = draw_timeline(planned(pairs, denied=DENIED[:0]), None)
        dashed = [t for t in scatters(figure) if t.mode == "lines" and t.line.dash == "5px,3px"]
        assert len(dashed) == count


def many_marks():
    """2,000 transfers, 1,500 denials, 1,000 events and 500 views: 5,000 marks and more."""
    pairs = [
        transfer(
            f"t{n:04}",
            direction_code=("iran-russia", "russia-iran", "other")[n % 3],
            stage_code="agreed" if n % 2 else "delivered",
            promise=(DAY + timedelta(n % 1500),) * 2,
            arrival=(None, None) if n % 2 else (DAY + timedelta(n % 1500 + 90),) * 2,
        )
        for n in range(2000)
    ]
    said = denials(
        *(
            (n, (f"t{n:04}", "Ministry", (DAY + timedelta(n % 1700)).isoformat(), "No."))
            for n in range(1500)
        )
    )
    happened = events(
        *(
            (f"e{n}", f"Event {n}", ("sanction", "strike", "visit")[n % 3], *(day,) * 3, "")
            for n in range(1000)
            for day in [(DAY + timedelta(n % 1700)).isoformat()]
        )
    )
    views = view_frame(
        *((f"Person {n}", (DAY + timedelta(n % 1700)).isoformat()) for n in range(500))
    )
    return pairs, said, happened, views


def test_5000_marks_are_counted_not_cut():
    pairs, said, happened, views = many_marks()
    plan = planned(pairs, denied=said, happened=happened, views=views)
    figure = draw_timeline(plan, None)
    check(figure)
    assert figure.layout.height < 1600
    assert len(figure.to_json()) < 400_000
    assert all(lane.level == "folded" for lane in plan.lanes)
    counted = sum(b.counts["promised"] for lane in plan.lanes for b in lane.bins)
    assert counted == 2000
    assert sum(b.counts["denied"] for lane in plan.lanes for b in lane.bins) == 1500
    assert sum(row.count for row in plan.events) == 1500
    assert plan.drawn_words().startswith(
        "2,000 of 2,000 transfers fall in these days: 0 drawn one by one, 2,000 counted"
    )
    # A mark of many hands on their ids, or their days.
    assert all(len(key.split(JOINT)) <= MOST_JOINED for key in ids(figure))
    # Zooming in opens the bins.
    near = planned(
        *(pairs,),
        denied=said,
        happened=happened,
        views=views,
        first=date(2022, 3, 1),
        last=date(2022, 3, 8),
        opened=["iran-russia"],
    )
    assert near.lanes[0].level == "packed"


def test_centuries_and_ties():
    pairs = [
        transfer("old", promise=("1900-01-01", "1999-12-31"), stage_code="agreed"),
        *(transfer(key, arrival=("2023-05-05",) * 2) for key in "cab"),
    ]
    for first in (date(1, 1, 1), date(1890, 1, 1)):
        plan = planned(pairs, denied=DENIED[:0], first=first, last=date(9999, 12, 31))
        check(draw_timeline(plan, None))
    plan = planned(pairs, denied=DENIED[:0])
    rows = [each.line.row.transfer_id for lane in plan.lanes for each in lane.placed]
    assert rows == ["old", "a", "b", "c"]


@pytest.mark.parametrize(
    ("zoom", "first", "labels"),
    [
        ("year", date(2021, 1, 1), ["2021", "2022", "2023", "2024"]),
        ("quarter", date(2022, 7, 1), ["Q3 2022", "Q4", "Q1 2023", "Q2"]),
        ("month", date(2023, 11, 1), ["Nov 2023", "Dec", "Jan 2024", "Feb"]),
        ("year", date(2024, 3, 1), ["Mar 2024", "Apr", "May", "Jun"]),
    ],
)
def test_ticks_follow_the_zoom(zoom, first, labels):
    plan = planned(FULL, first=first, last=date(2024, 10, 31))
    axis = draw_timeline(plan, None, zoom).layout.xaxis
    assert list(axis.ticktext)[:4] == labels


def test_eras_begin_on_the_days_of_their_events():
    days = load_dataset().events.set_index("event_id")["event_date"]
    begins = {name: start for name, _, start, _ in ERAS}
    assert begins["After the embargo"].isoformat() == days["un-arms-embargo-expiry-2020-10-18"]
    assert begins["After the treaty"].isoformat() == days["treaty-signed-2025-01-17"]
    assert days["israel-iran-war-2025-06"].endswith(begins["After the June 2025 war"].isoformat())
    assert days["unscr-2231-adopted-2015-07-20"] == ERAS[1][3].isoformat()
    assert all(told >= start for _, _, start, told in ERAS)
