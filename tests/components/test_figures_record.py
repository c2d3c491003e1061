"""Figures of the record, views and statements pages, on frames made by hand."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from components.figures.ladder import stage_ladder, stage_ladder_alt
from components.figures.lane_plan import default_spacing
from components.figures.lanes import statement_lanes, statement_lanes_alt
from components.figures.matrix import matrix_alt, matrix_chart
from components.figures.positions import positions_alt, positions_chart
from components.figures.quantities import quantities_alt, quantities_chart
from components.figures.quantity_lines import main_unit
from components.theme import DARK, LIGHT, Look
from data import dates
from data.assessment import Assessment, StageSupport

LOOKS = [Look(p, is_narrow=n) for p in (LIGHT, DARK) for n in (False, True)]
LOOK_NAMES = [f"{look.palette.name}-{'narrow' if look.is_narrow else 'wide'}" for look in LOOKS]
HOSTILE = ("<img src=x onerror=alert(1)>", "\u202eevil\u202c", "N" * 10_000, "a & b <b>x</b>")
GROUPS = {
    "supplier": "Supplier: Iran",
    "recipient": "Recipient: Russia",
    "government": "Other governments and bodies",
    "other": "Media and researchers",
}
STAGES = pd.DataFrame(
    {
        "code": [
            *("discussed", "agreed", "licensed_production"),
            *("in_delivery", "delivered", "cancelled"),
        ],
        "label": [
            *("Discussed", "Agreed", "Licensed production"),
            *("In delivery", "Delivered", "Cancelled"),
        ],
        "order": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    }
)
POSITIONS = pd.DataFrame(
    {
        "code": ["yes", "no", "deeper", "none"],
        "label": ["It will", "It will not", "Deepening", "No position"],
        "order": [1.0, 2.0, 3.0, 4.0],
        "question_code": ["support", "support", "tie", "none"],
    }
)


@pytest.fixture(params=LOOKS, ids=LOOK_NAMES)
def look(request):
    return request.param


def bounds(edtf):
    if edtf is None:
        return pd.NaT, pd.NaT
    found = dates.parse(edtf)
    return tuple(
        pd.NaT if day is None else pd.Timestamp(day) for day in (found.earliest, found.latest)
    )


def statement(number, said="2024-09-06", **changes):
    row = {
        "statement_id": f"s{number}",
        "speaker_id": f"p{number}",
        "speaker": f"Speaker {number}",
        "group_code": "other",
        "said_date": said,
        "published_date": "2024-09-10",
        "stance_code": "asserts",
        "stage_code": "delivered",
        "is_prospective": False,
        "credibility_code": "3",
        "derived_from_id": None,
        "retracts_id": None,
        "summary": "Says so.",
        "publisher": "Reuters",
        "grade": "B3",
    } | changes
    for column in ("said_date", "published_date"):
        row[f"{column}_earliest"], row[f"{column}_latest"] = bounds(row[column])
    return row


def frame_of(rows, columns=None):
    frame = pd.DataFrame(rows, columns=columns)
    for column in frame.columns:
        if column.endswith(("_earliest", "_latest")):
            frame[column] = pd.to_datetime(frame[column]).astype("datetime64[s]")
    return frame


STATEMENT_COLUMNS = list(statement(0))
FULL = [
    statement(
        1,
        "2024-09-06",
        speaker_id="iran",
        speaker="Tehran",
        group_code="supplier",
        stance_code="denies",
    ),
    statement(
        2,
        "2024-09-06",
        speaker_id="iran",
        speaker="Tehran",
        group_code="supplier",
        stance_code="denies",
        stage_code="agreed",
    ),
    statement(3, "2024-09", group_code="recipient", stance_code="declines"),
    statement(
        4, "2024-09-10", group_code="government", stance_code="confirms", credibility_code="1"
    ),
    statement(5, "2024-09-11", group_code="government", derived_from_id="s4"),
    statement(6, "2025-01/..", stance_code="estimates", stage_code="in_delivery"),
    statement(7, "2023?", credibility_code="5"),
    statement(8, None, stage_code="agreed", is_prospective=True),
    statement(9, "2025-03-01", stage_code="delivered", is_prospective=True),
    statement(10, "2025-04-01", retracts_id="s9", stance_code="denies"),
]
LANES = {
    "full": FULL,
    "one": [statement(1)],
    "open-ended": [statement(1, "../2022"), statement(2, "2022/.."), statement(3, "2023")],
    "century": [statement(1, "1800/2100"), statement(2, "1979-11"), statement(3, "2024-01-01")],
    "ties": [statement(n, speaker_id="one", speaker="One", said="2024-09-06") for n in range(12)],
    "hostile": [
        statement(n, speaker=text, summary=text, publisher=text) for n, text in enumerate(HOSTILE)
    ],
    "500": [
        statement(
            n,
            f"{2003 + n % 20}-{1 + n % 12:02}-{1 + n % 28:02}",
            speaker_id=f"p{n % 60}",
            derived_from_id=f"s{n - 7}" if n % 9 == 8 else None,
        )
        for n in range(500)
    ],
}


def customdata(figure):
    return [
        key for trace in figure.data if trace.customdata is not None for key in trace.customdata
    ]


def texts(figure):
    """Everything a reader can see or hover over."""
    found = [note.text for note in figure.layout.annotations]
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        found += [str(text) for text in axis.ticktext or ()]
    for trace in figure.data:
        found += [str(text) for text in trace.hovertext or ()]
    return found


def assert_harmless(figure):
    for text in texts(figure):
        assert "<img" not in text
        assert "\u202e" not in text
        assert len(text) < 1500


def assert_two_sentences(words):
    assert words.endswith(".")
    assert words.count(". ") == 1
    assert "_" not in words


# ── lanes ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("spacing", ["order", "scale"])
@pytest.mark.parametrize("name", LANES)
def test_lanes_draw_each_statement_once(name, spacing, look):
    rows = frame_of(LANES[name])
    figure = statement_lanes(rows, GROUPS, spacing, look)
    assert Counter(customdata(figure)) == Counter(rows["statement_id"])
    assert_harmless(figure)
    assert_two_sentences(statement_lanes_alt(rows, GROUPS, spacing))


def test_lanes_without_rows_say_so(look):
    rows = frame_of([], STATEMENT_COLUMNS)
    figure = statement_lanes(rows, GROUPS, "order", look)
    assert [note.text for note in figure.layout.annotations] == [
        "No statements known by this date."
    ]
    assert not figure.data
    assert_two_sentences(statement_lanes_alt(rows, GROUPS, "order"))


def test_lanes_marks_say_stance_stage_and_credibility():
    figure = statement_lanes(frame_of(FULL), GROUPS, "order", Look())
    marks = figure.data[-1]
    seen = {
        key: (symbol, size, colour == LIGHT.ink)
        for key, symbol, size, colour in zip(
            marks.customdata,
            marks.marker.symbol,
            marks.marker.size,
            marks.marker.color,
            strict=True,
        )
    }
    assert seen == {
        "s1": ("x", 11, False),
        "s2": ("x-open", 11, False),
        "s3": ("line-ew-open", 12, False),
        "s4": ("diamond", 15, True),
        "s5": ("circle", 7, True),
        "s6": ("square-open-dot", 11, True),
        "s7": ("circle", 9, False),
        "s8": ("circle-open", 12, True),
        "s9": ("circle-open", 9, False),
        "s10": ("x", 11, False),
    }


def test_lanes_hover_says_what_is_apart():
    figure = statement_lanes(frame_of(FULL), GROUPS, "order", Look())
    hover = dict(zip(figure.data[-1].customdata, figure.data[-1].hovertext, strict=True))
    assert "(also claimed)" in hover["s7"]
    assert "(later withdrawn)" in hover["s9"]
    assert "(repeats another statement)" in hover["s5"]
    assert hover["s8"].split("<br>")[1:3] == [
        "asserts: agreed, yet to come",
        "published 10 September 2024",
    ]
    assert hover["s3"].split("<br>")[1:3] == ["declines to confirm: delivered", "September 2024"]


def test_lanes_days_are_as_precise_as_the_data():
    figure = statement_lanes(frame_of(FULL), GROUPS, "order", Look())
    labels = [text.replace("<br>", " ") for text in figure.layout.xaxis.ticktext]
    assert "in 2023" in labels
    assert "6 Sep 2024" in labels
    assert not any(text.startswith(("1 Jul", "2 Jul")) for text in labels)


@pytest.mark.parametrize("name", LANES)
def test_lanes_labels_do_not_meet(name):
    figure = statement_lanes(frame_of(LANES[name]), GROUPS, "order", Look())
    axis = figure.layout.xaxis
    pixels = 460 / (axis.range[1] - axis.range[0])
    apart = [b - a for a, b in zip(axis.tickvals, axis.tickvals[1:], strict=False)]
    assert all(step * pixels >= 18 for step in apart)


def test_lanes_marks_of_one_day_stand_side_by_side():
    for spacing in ("order", "scale"):
        marks = statement_lanes(frame_of(LANES["ties"]), GROUPS, spacing, Look()).data[-1]
        assert len(set(marks.x)) == len(marks.x)


def test_lanes_are_25_pixels_a_speaker():
    rows = frame_of([statement(n) for n in range(60)])
    figure = statement_lanes(rows, GROUPS, "order", Look())
    assert 60 * 25 < figure.layout.height < 60 * 25 + 120


def test_lanes_alt():
    rows = frame_of(FULL)
    assert statement_lanes_alt(rows, GROUPS, "scale") == (
        "10 statements by 9 speakers, one line each, drawn to scale: Supplier: Iran 2, Recipient: "
        "Russia 1, Other governments and bodies 2, Media and researchers 5. 6 say that a stage "
        "was reached, 3 deny it, 1 declines to confirm."
    )


def test_lanes_start_in_order_when_most_fall_together():
    crowded = [statement(n, f"2024-09-{10 + n:02}") for n in range(6)]
    assert default_spacing(frame_of([*crowded, statement(9, "2020")])) == "order"
    assert default_spacing(frame_of([statement(n, f"20{10 + n}-05-01") for n in range(9)])) == (
        "scale"
    )
    assert default_spacing(frame_of([statement(1)])) == "order"
    assert default_spacing(frame_of([], STATEMENT_COLUMNS)) == "order"


# ── ladder ───────────────────────────────────────────────────────────────────────────────────────


def support(stage, standing, asserting=(), denying=()):
    return StageSupport(stage, standing, tuple(asserting), tuple(denying), ())


CONTESTED = Assessment(
    "t",
    "delivered",
    "contested",
    ("s1",),
    (
        support("discussed", "corroborated", ("s1", "s2", "s3")),
        support("agreed", "corroborated", ("s1", "s2")),
        support("licensed_production", "corroborated", ("s1", "s2")),
        support("in_delivery", "corroborated", ("s1", "s2")),
        support("delivered", "contested", ("s1",), ("d1", "d2")),
        support("cancelled", None),
    ),
    (),
)
CANCELLED = Assessment(
    "t",
    "cancelled",
    "acknowledged",
    ("s1",),
    (
        support("discussed", "acknowledged", ("s2",)),
        support("agreed", "acknowledged", ("s2",)),
        support("licensed_production", None),
        support("in_delivery", "denied", (), ("d1",)),
        support("delivered", "denied", (), ("d1",)),
        support("cancelled", "acknowledged", ("s1",)),
    ),
    (),
)
ONLY_DENIED = Assessment(
    "t",
    "delivered",
    "denied",
    ("d1",),
    tuple(
        support(stage, "denied" if stage == "delivered" else None, (), ("d1",))
        for stage in STAGES["code"]
    ),
    (),
)


def boxes(figure):
    return [
        "hatched"
        if bar.marker.pattern.shape
        else "hollow"
        if bar.marker.color in (LIGHT.paper, DARK.paper)
        else "solid"
        for bar in figure.data
    ]


def test_ladder_fills_each_step_by_its_own_standing(look):
    figure = stage_ladder(CONTESTED, STAGES, "iran-russia", False, look)
    assert boxes(figure) == ["hollow", "hollow", "hatched", "hatched"]
    frames = [s for s in figure.layout.shapes if s.line.color == look.palette.deny]
    assert [frame.x0 < 3 < frame.x1 for frame in frames] == [True]
    assert figure.layout.height == 132
    words = [note.text for note in figure.layout.annotations]
    assert words[:2] == ["Discussed", "3 say so"]
    assert words[-2] == "<b>Delivered</b>"
    assert words[-1].startswith("1 says so<br>")
    assert "× 2 deny it" in words[-1]


def test_ladder_draws_the_licence_and_cancelled_only_where_they_belong():
    def codes(assessment, has_licence):
        figure = stage_ladder(assessment, STAGES, "russia-iran", has_licence, Look())
        return customdata(figure)

    assert codes(CONTESTED, True) == list(STAGES["code"][:5])
    assert codes(CANCELLED, False) == [
        *("discussed", "agreed", "in_delivery", "delivered", "cancelled"),
    ]


def test_ladder_that_is_only_denied_reaches_nothing(look):
    figure = stage_ladder(ONLY_DENIED, STAGES, "other", False, look)
    assert boxes(figure) == ["hollow"] * 4
    assert all(shape.line.width < 3 for shape in figure.layout.shapes)


def test_ladder_counts_speakers_where_it_knows_them():
    names = {"s1": HOSTILE[0], "s2": HOSTILE[0], "s3": "B", "d1": HOSTILE[1], "d2": HOSTILE[2]}
    figure = stage_ladder(CONTESTED, STAGES, "iran-russia", True, Look(), names)
    assert figure.layout.annotations[1].text == "2 say so"
    assert_harmless(figure)
    assert "1 speakers" not in stage_ladder_alt(CONTESTED, STAGES, "iran-russia", True)


def test_ladder_alt():
    assert stage_ladder_alt(CONTESTED, STAGES, "iran-russia", False) == (
        "Ladder of 4 stages of a transfer from Iran to Russia: discussed, agreed, in delivery and "
        "delivered. The stage shown is delivered, contested: 1 statement says so, 2 deny it."
    )
    assert_two_sentences(stage_ladder_alt(ONLY_DENIED, STAGES, "other", False))
    assert_two_sentences(stage_ladder_alt(None, STAGES, "other", False))


def test_ladder_without_a_status_says_so(look):
    assert not stage_ladder(None, STAGES, "other", False, look).data


# ── quantities ───────────────────────────────────────────────────────────────────────────────────

QUANTITY_COLUMNS = [
    *("statement_id", "speaker", "turn", "low", "high", "words"),
    *("stance_code", "unit_code", "said_date", "counts"),
]


def quantity(number, low, high, words="", **changes):
    return (
        dict(
            zip(
                QUANTITY_COLUMNS,
                (
                    f"q{number}",
                    f"Speaker {number}",
                    "arrived",
                    low,
                    high,
                    words,
                    "asserts",
                    "pieces",
                    "2024-09",
                    True,
                ),
                strict=True,
            )
        )
        | changes
    )


def quantity_frame(rows):
    frame = pd.DataFrame(rows, columns=QUANTITY_COLUMNS)
    frame[["low", "high"]] = frame[["low", "high"]].astype("float64")
    return frame


def denial(number, words="none: denied"):
    return quantity(number, 0, 0, words, stance_code="denies", unit_code=None)


QUANTITIES = {
    "full": [
        quantity(1, 200, 220, "200 to 220"),
        quantity(2, 200, None, "at least 200"),
        quantity(3, None, 50, "up to 50", counts=False),
        quantity(4, 220, 220, "220"),
        quantity(5, None, None, "hundreds", unit_code=None, said_date=None),
        quantity(6, 0, 0, "none seen", stance_code="estimates"),
        quantity(7, 24, 24, "not 24", stance_code="denies"),
        denial(8, "0 of 24"),
        *(denial(n) for n in range(9, 15)),
        quantity(20, 3, 3, "three batteries", unit_code="systems"),
        quantity(21, 99, 99, "99 ordered", turn="promised"),
    ],
    "one": [quantity(1, 3, 3, "three")],
    "only words": [quantity(1, None, None, "many", unit_code=None)],
    "only denials": [denial(n) for n in range(3)],
    "hostile": [quantity(n, n, n + 1, t, speaker=t) for n, t in enumerate(HOSTILE)],
    "500": [quantity(n, n * 1e6, n * 2e6, f"{n} millions") for n in range(500)],
}


@pytest.mark.parametrize("name", QUANTITIES)
def test_quantities_draw_each_statement_of_the_unit_once(name, look):
    frame = quantity_frame(QUANTITIES[name])
    unit = main_unit(frame, "arrived")
    figure = quantities_chart(frame, "arrived", unit, "iran-russia", look)
    drawn = frame[(frame["turn"] == "arrived") & (frame["unit_code"] != "systems")]
    assert Counter(customdata(figure)) == Counter(drawn["statement_id"])
    assert_harmless(figure)
    assert_two_sentences(quantities_alt(frame, "arrived", unit))


def test_quantities_without_rows_say_so(look):
    frame = quantity_frame([])
    assert main_unit(frame, "arrived") is None
    figure = quantities_chart(frame, "arrived", None, "other", look)
    assert figure.layout.annotations[0].text == "No speaker gives a number."
    assert_two_sentences(quantities_alt(frame, "arrived", None))


def test_quantities_marks():
    frame = quantity_frame(QUANTITIES["full"])
    marks = quantities_chart(frame, "arrived", "pieces", "iran-russia", Look()).data[-1]
    seen = list(zip(marks.y, marks.x, marks.marker.symbol, strict=True))
    assert seen == [
        (0, 200, "line-ns-open"),
        (0, 220, "line-ns-open"),
        (1, 200, "circle"),
        (2, 50, "line-ns-open"),
        (3, 220, "circle"),
        (5, 0, "circle"),
        (6, 24, "x-thin-open"),
        (7, 0, "x-thin-open"),
        (8, 0, "x-thin-open"),
    ]
    inks = dict(zip(marks.y, marks.marker.color, strict=True))
    assert inks[0] == LIGHT.iran_russia
    assert inks[2] not in (LIGHT.iran_russia, LIGHT.deny)
    assert inks[8] == LIGHT.deny


def test_quantities_without_a_number_have_no_scale():
    frame = quantity_frame(QUANTITIES["only words"])
    figure = quantities_chart(frame, "arrived", None, "other", Look())
    assert tuple(figure.layout.xaxis.tickvals) == (0,)
    assert any(note.text == "no number" for note in figure.layout.annotations)


def test_quantities_alt():
    frame = quantity_frame(QUANTITIES["full"])
    assert quantities_alt(frame, "arrived", "pieces") == (
        "Dot and range chart of how many are said to have arrived, in pieces, one row per "
        "statement. 5 statements give numbers between 0 and 220; 7 statements deny it altogether; "
        "1 statement in other units left out."
    )


# ── positions ────────────────────────────────────────────────────────────────────────────────────


def view(number, said="2024-05-03", position="yes", **changes):
    low, high = bounds(said)
    return {
        "view_id": f"v{number}",
        "person": f"Person {number}",
        "position_code": position,
        "said_date": said,
        "said_date_earliest": low,
        "said_date_latest": high,
        "summary": "Judges so.",
    } | changes


VIEWS = {
    "full": [
        view(1),
        view(2, "2024-05-20", "no"),
        view(3, "2024?", "deeper"),
        view(4, "2024-05-04"),
    ],
    "one": [view(1)],
    "open-ended": [view(1, "2022/.."), view(2, "../2021")],
    "century": [view(1, "1800/2100"), view(2, "2024")],
    "ties": [view(n) for n in range(40)],
    "hostile": [view(n, person=t, summary=t) for n, t in enumerate(HOSTILE)],
    "500": [
        view(n, f"{2000 + n % 25}-0{1 + n % 9}", ("yes", "no", "deeper")[n % 3]) for n in range(500)
    ],
}


@pytest.mark.parametrize("has_officials", [False, True])
@pytest.mark.parametrize("name", VIEWS)
def test_positions_draw_each_view_once(name, has_officials, look):
    frame = frame_of(VIEWS[name])
    if has_officials:
        frame["is_official"] = [n % 2 == 0 for n in range(len(frame))]
    figure = positions_chart(frame, POSITIONS, look, [(date(2024, 5, 1), HOSTILE[0])])
    assert Counter(customdata(figure)) == Counter(frame["view_id"])
    symbols = {symbol for trace in figure.data for symbol in trace.marker.symbol}
    assert ("square" in symbols) == has_officials
    assert figure.layout.height < 2400
    assert_harmless(figure)
    assert_two_sentences(positions_alt(frame, POSITIONS))


def test_positions_without_views_say_so(look):
    frame = frame_of([], list(view(0)))
    assert not positions_chart(frame, POSITIONS, look).data
    assert_two_sentences(positions_alt(frame, POSITIONS))


def test_positions_stack_by_month_and_leave_vague_days_hollow():
    figure = positions_chart(frame_of(VIEWS["full"]), POSITIONS, Look())
    yes, no, deeper = figure.data
    assert list(yes.customdata) == ["v1", "v4"]
    assert yes.x[0] == yes.x[1]
    assert yes.y[0] > yes.y[1]
    assert yes.marker.color[0] == LIGHT.third
    assert deeper.marker.color[0] == LIGHT.paper
    assert list(no.customdata) == ["v2"]


def test_positions_show_no_turn_beyond_the_axis():
    turns = [(date(2024, 3, 1), "Seen"), (date(2031, 1, 1), "Later")]
    figure = positions_chart(
        frame_of(VIEWS["full"]), POSITIONS, Look(), turns, until=date(2025, 1, 1)
    )
    words = [note.text for note in figure.layout.annotations]
    assert "Seen" in words
    assert "Later" not in words


def test_positions_alt():
    assert positions_alt(frame_of(VIEWS["full"]), POSITIONS) == (
        "Dot chart over time of 4 views, a row per answer to two questions, stacked by month. "
        "Will Russia help Iran: It will 2, It will not 1; Where is the tie going: Deepening 1."
    )


# ── matrix ───────────────────────────────────────────────────────────────────────────────────────

MATRIX_COLUMNS = ["transfer_id", "transfer", "side_id", "side", "stances", "statement_ids"]


def matrix_frame(cells):
    rows = [
        (
            transfer,
            f"Transfer {transfer}",
            side,
            side.title(),
            stances,
            tuple(f"{transfer}-{side}-{n}" for n in range(len(stances))),
        )
        for transfer, side, stances in cells
    ]
    return pd.DataFrame(rows, columns=MATRIX_COLUMNS)


CELLS = [
    ("a", "iran", ("denies", "asserts")),
    ("a", "russia", ("declines",)),
    ("a", "others", ("asserts",)),
    ("a", "france", ("asserts",)),
    ("b", "iran", ("asserts",)),
    ("b", "united-states", ("asserts", "denies", "declines")),
    ("c", "united-states", ("asserts",)),
]
BY_DIRECTION = {"iran-russia": ["a", "c"], "russia-iran": ["b"]}


def test_matrix_orders_columns_and_names_cells(look):
    figure = matrix_chart(matrix_frame(CELLS), BY_DIRECTION, look)
    labels = [text.replace("<br>", "") for text in figure.layout.xaxis.ticktext]
    assert labels == ["Iran", "Russia", "United-States", "France", "Others"]
    assert Counter(customdata(figure)) == {
        "a|iran": 2,
        "a|russia": 1,
        "a|others": 1,
        "a|france": 1,
        "b|iran": 1,
        "b|united-states": 3,
        "c|united-states": 1,
    }
    assert list(figure.layout.yaxis.ticktext) == ["Transfer a", "Transfer c", "Transfer b"]


def test_matrix_fills_by_stage_where_it_is_told():
    frame = matrix_frame(CELLS)
    plain = matrix_chart(frame, BY_DIRECTION, Look()).data[0].marker.symbol
    assert set(plain) == {"circle", "x", "line-ew-open"}
    frame["stages"] = [("agreed",) * len(stances) for stances in frame["stances"]]
    told = matrix_chart(frame, BY_DIRECTION, Look()).data[0].marker.symbol
    assert set(told) == {"circle-open", "x-open", "line-ew-open"}


def test_matrix_of_nothing_or_of_much(look):
    empty = matrix_frame([])
    assert not matrix_chart(empty, BY_DIRECTION, look).data
    assert not matrix_chart(matrix_frame(CELLS), {}, look).data
    assert_two_sentences(matrix_alt(empty, BY_DIRECTION))
    many = matrix_frame([(f"t{n}", "iran", ("asserts",)) for n in range(500)])
    named = {"other": [f"t{n}" for n in range(500)]}
    assert len(customdata(matrix_chart(many, named, look))) == 500


def test_matrix_escapes_names(look):
    frame = matrix_frame([("a", f"side-{n}", ("asserts",)) for n in range(len(HOSTILE))])
    frame["side"] = HOSTILE
    frame["transfer"] = HOSTILE[0]
    assert_harmless(matrix_chart(frame, BY_DIRECTION, look))


def test_matrix_alt():
    assert matrix_alt(matrix_frame(CELLS), BY_DIRECTION) == (
        "Matrix of 3 transfers down and 5 sides of speakers across, the two parties first. "
        "2 transfers are both asserted and denied; 7 of 15 cells hold a statement."
    )
