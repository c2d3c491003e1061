"""The course of a status: turns on the ladder of stages, cut at the as-known day."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from components.figures.course_plan import Spoken
from components.figures.status_course import status_course, status_course_alt
from components.theme import DARK, LIGHT, Look
from data.assessment import Assessment
from data.history import StatusChange, known_history
from data.load import load_dataset, records
from data.package import FOLDER
from data.queries.record import related, statements_about
from data.selection import Selection

LOOKS = [Look(p, is_narrow=n) for p in (LIGHT, DARK) for n in (False, True)]


@pytest.fixture(scope="module")
def ledger():
    return load_dataset(FOLDER)


def course_of(ledger, transfer_id, as_of=None, look=None):
    """Figure, alternative text and turns of a transfer as its page shows them."""
    selected = Selection(as_of=as_of).apply(ledger)
    turns = known_history(selected.base, transfer_id, as_of)
    rows = statements_about(selected, transfer_id)
    deliveries = related(selected, transfer_id)["deliveries"]
    until = as_of or ledger.cut_off_date
    figure = status_course(
        turns,
        ledger.vocabularies["stages"],
        "russia-iran",
        False,
        look or Look(),
        until=until,
        spoken={row.statement_id: Spoken(row.speaker, row.summary) for row in records(rows)},
        deliveries=deliveries,
    )
    return figure, status_course_alt(turns, until=until, deliveries=deliveries), turns, deliveries


def boxes(figure):
    """The drawn stretches as (rung, first day, last day, hatched, outline width)."""
    names = list(figure.layout.yaxis.ticktext)
    places = list(figure.layout.yaxis.tickvals)
    return [
        (
            names[places.index(trace.y[0])],
            date.fromordinal(round(trace.base[0])),
            date.fromordinal(round(trace.base[0] + trace.x[0])),
            trace.marker.pattern.shape == "/",
            trace.marker.line.width,
        )
        for trace in figure.data
        if trace.type == "bar" and trace.customdata is None
    ]


def shown(figure):
    return [key for t in figure.data if t.customdata is not None for key in t.customdata]


def frames(figure):
    return [shape for shape in figure.layout.shapes if shape.line.dash == "5px,3px"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("transfer", ["su-35", "fath-360", "shahed-before-war", "bastion"])
def test_each_turn_and_each_claimed_arrival_is_there_once(ledger, transfer, look):
    figure, alt, turns, deliveries = course_of(ledger, transfer, look=look)
    dated = deliveries["delivered_date_earliest"].notna()
    expected = [turn.causes[0] for turn in turns] + deliveries.loc[dated, "statement_id"].tolist()
    assert Counter(shown(figure)) == Counter(expected)
    assert len(boxes(figure)) == len(turns)
    assert [box[1] for box in boxes(figure)] == [turn.day for turn in turns]
    assert alt.endswith(".")
    assert alt.count(". ") == 1
    assert "_" not in alt


def test_a_box_holds_until_the_next_turn_and_the_last_until_the_as_known_day(ledger):
    figure, *_ = course_of(ledger, "su-35", date(2024, 6, 1))
    found = boxes(figure)
    assert found[-1][0] == "Agreed"
    assert found[-1][2] == date(2024, 6, 1)
    assert [box[2] for box in found[:-1]] == [box[1] for box in found[1:]]


def test_the_su_35_stays_agreed_and_hollow(ledger):
    figure, alt, *_ = course_of(ledger, "su-35")
    assert {box[0] for box in boxes(figure)} == {"Discussed", "Agreed"}
    assert not frames(figure)
    assert "agreed, acknowledged from 11 March 2023" in alt
    assert "delivered" not in alt


def test_fath_360_turns_to_a_contested_delivery(ledger):
    figure, alt, *_ = course_of(ledger, "fath-360")
    rung, start, _, is_hatched, outline = boxes(figure)[-1]
    assert (rung, start, is_hatched, outline) == ("Delivered", date(2024, 9, 6), True, 0)
    assert len(frames(figure)) == 1
    assert "delivered, contested from 6 September 2024" in alt
    assert "Claimed<br>arrivals" in str(figure.layout.yaxis.ticktext) or "Claimed arrivals" in str(
        figure.layout.yaxis.ticktext
    )


def test_fath_360_before_it_was_said_to_be_delivered(ledger):
    figure, alt, turns, _ = course_of(ledger, "fath-360", date(2024, 9, 1))
    assert max(turn.day for turn in turns) <= date(2024, 9, 1)
    assert "elivered" not in alt
    assert not [box for box in boxes(figure) if box[0] == "Delivered"]
    assert figure.layout.xaxis.range[1] < date(2024, 10, 1).toordinal()


def test_the_drones_are_denied_then_admitted(ledger):
    figure, alt, *_ = course_of(ledger, "shahed-before-war")
    denied, admitted = boxes(figure)
    assert denied[0] == admitted[0] == "Delivered"
    bars = [t for t in figure.data if t.type == "bar" and t.customdata is None]
    assert [bar.marker.color for bar in bars] == [LIGHT.paper, LIGHT.russia_iran]
    assert bars[0].marker.line.color == LIGHT.strong
    assert "only denied (delivered) from 13 September 2022" in alt
    assert "acknowledged after denial from 5 November 2022" in alt
    words = " ".join(note.text for note in figure.layout.annotations)
    assert "× only denied" in words


def test_one_statement_is_one_box(ledger):
    figure, alt, *_ = course_of(ledger, "bastion")
    assert len(boxes(figure)) == 1
    assert "1 turn known" in alt


def change(day, stage, standing, because, before=None):
    status = stage and Assessment("t", stage, standing, because, (), ())
    return StatusChange(day, before, status, because)


NO_DELIVERIES = pd.DataFrame(
    columns=[
        *("delivered_date", "delivered_date_earliest", "delivered_date_latest"),
        *("statement_id", "quantity_low", "quantity_high", "quantity_as_stated"),
    ]
)


def drawn(ledger, turns, spoken=None, until=date(2023, 1, 1), look=None):
    return status_course(
        turns,
        ledger.vocabularies["stages"],
        "iran-russia",
        False,
        look or Look(),
        until=until,
        spoken=spoken or {},
        deliveries=NO_DELIVERIES,
    )


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_without_turns_one_sentence_stands_in_its_place(ledger, look):
    figure = drawn(ledger, (), look=look)
    assert not figure.data
    assert [n.text for n in figure.layout.annotations] == [
        "No statement that counts was public by this day."
    ]
    assert status_course_alt((), until=date(2023, 1, 1), deliveries=NO_DELIVERIES).startswith("An")


def test_a_lone_denial_is_a_hollow_grey_box(ledger):
    figure = drawn(ledger, (change(date(2022, 9, 13), "delivered", "denied", ("s",)),))
    (bar,) = [t for t in figure.data if t.type == "bar" and t.customdata is None]
    assert (bar.marker.color, bar.marker.line.color) == (LIGHT.paper, LIGHT.strong)
    assert not frames(figure)
    assert shown(figure) == ["s"]


def test_a_turn_on_the_as_known_day_is_still_seen(ledger):
    day = date(2023, 1, 1)
    figure = drawn(ledger, (change(day, "agreed", "acknowledged", ("s",)),), until=day)
    (bar,) = [t for t in figure.data if t.type == "bar" and t.customdata is None]
    assert bar.x[0] > 0


def test_a_retraction_leaves_a_gap(ledger):
    first = change(date(2022, 1, 1), "agreed", "single_source", ("s",))
    gone = change(date(2022, 6, 1), None, None, ("r",), first.after)
    figure = drawn(ledger, (first, gone))
    ((_, _, end, _, _),) = boxes(figure)
    assert end == date(2022, 6, 1)
    assert shown(figure) == ["s", "r"]
    alt = status_course_alt((first, gone), until=date(2023, 1, 1), deliveries=NO_DELIVERIES)
    assert "nothing that counts is left from 1 June 2022" in alt


def test_half_cancelled_and_hostile(ledger):
    under_way = change(date(2022, 1, 1), "in_delivery", "corroborated", ("s",))
    off = change(date(2022, 6, 1), "cancelled", "acknowledged", ("r",), under_way.after)
    evil = "<img src=x onerror=alert(1)>"
    figure = drawn(ledger, (under_way, off), {k: Spoken(evil, evil) for k in ("s", "r")})
    assert [box[0] for box in boxes(figure)] == ["In delivery", "Cancelled"]
    kinds = Counter(shape.type for shape in figure.layout.shapes)
    assert kinds == {"rect": 1, "line": 1}
    told = [n.text for n in figure.layout.annotations]
    told += [text for t in figure.data for text in t.hovertext or ()]
    assert any("&lt;img" in text for text in told)
    assert not any("<img" in text for text in told)
