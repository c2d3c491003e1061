"""Standings of events: the rules of transfers, and what differs for those at odds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.claims import Claim, event_claims_of
from data.event_assessment import (
    assess_event,
    assess_events,
    event_assessment_frame,
)
from data.load import load_dataset
from data.package import FOLDER
from data.standing import standing_of
from tests.data.strategies import claim_lists

DAYS = st.dates(date(2022, 1, 1), date(2024, 12, 31))
WHEN = date(2024, 1, 1)


def claim(number, stance, voice, day=1, *, is_party=False, **more):
    values = {
        "statement_id": f"s{number}",
        "subject_id": "e",
        "voice": voice,
        "party": voice if is_party else None,
        "stance": stance,
        "stage": "",
        "known_from": date(2023, 1, day),
        "effective": date(2023, 1, day),
    }
    return Claim(**(values | more))


def own(number, stance, voice, day=1):
    return claim(number, stance, voice, day, is_party=True)


CASES = {
    "one speaker": ([claim(1, "asserts", "paper")], "single_source", {"s1"}),
    "two speakers": (
        [claim(1, "asserts", "paper"), claim(2, "estimates", "institute")],
        "corroborated",
        {"s1", "s2"},
    ),
    "its own word": (
        [own(1, "confirms", "iran"), claim(2, "asserts", "x")],
        "acknowledged",
        {"s1"},
    ),
    "two parties at odds": (
        [own(1, "asserts", "e3"), own(2, "denies", "iran")],
        "contested",
        {"s1", "s2"},
    ),
    "an onlooker denies what a party owns": (
        [own(1, "asserts", "iran"), claim(2, "denies", "x")],
        "acknowledged",
        {"s1"},
    ),
    "a party comes round": (
        [own(1, "denies", "iran", 1), own(2, "confirms", "iran", 5)],
        "acknowledged_after_denial",
        {"s1", "s2"},
    ),
    "one party comes round, another doesn't": (
        [
            own(1, "denies", "iran", 1),
            own(2, "confirms", "iran", 5),
            own(3, "denies", "russia", 6),
        ],
        "contested",
        {"s1", "s2", "s3"},
    ),
    "a party denies what others say": (
        [claim(1, "asserts", "a"), claim(2, "asserts", "b"), own(3, "denies", "iran")],
        "contested",
        {"s1", "s2", "s3"},
    ),
    "who is acted on owns nothing": (
        [claim(1, "asserts", "kyiv", is_party=True, is_target=True)],
        "single_source",
        {"s1"},
    ),
    "who is acted on can deny": (
        [own(1, "asserts", "e3"), claim(2, "denies", "iran", is_party=True, is_target=True)],
        "contested",
        {"s1", "s2"},
    ),
    "only denied": ([own(1, "denies", "iran")], "denied", {"s1"}),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name):
    claims, standing, reasons = CASES[name]
    found = assess_event(claims, WHEN)
    assert found is not None
    assert found.standing_code == standing
    assert standing == "contested" or set(found.reasons) == reasons
    assert set(found.reasons) <= {c.statement_id for c in claims}


def test_repeats_improbable_withdrawn_and_later_words_move_nothing():
    base = [own(1, "asserts", "iran")]
    more = [
        replace(own(2, "denies", "russia"), is_repeat=True),
        replace(own(3, "denies", "russia"), is_improbable=True),
        replace(own(4, "denies", "russia"), retracted_from=date(2023, 6, 1)),
        replace(own(5, "denies", "russia"), known_from=date(2025, 1, 1)),
        own(6, "declines", "russia"),
    ]
    found, alone = assess_event([*base, *more], WHEN), assess_event(base, WHEN)
    assert found is not None
    assert found.also_claimed == ("s3",)
    assert replace(found, also_claimed=()) == alone
    assert assess_event(more[-1:], WHEN) is None


@settings(max_examples=60, deadline=None)
@given(claim_lists(), DAYS, st.randoms(use_true_random=False))
def test_order_of_rows_never_matters(found, when, rng):
    shuffled = list(found)
    rng.shuffle(shuffled)
    assert assess_event(shuffled, when) == assess_event(found, when)


@settings(max_examples=60, deadline=None)
@given(claim_lists())
def test_an_event_differs_from_a_stage_only_where_parties_are_at_odds(found):
    asserting = [c for c in found if c.asserts]
    denying = [c for c in found if c.denies]
    stage = standing_of(asserting, denying)
    event = standing_of(asserting, denying, is_event=True)
    owned = {c.party for c in asserting if c.party}
    at_odds = owned and any(c.party and c.party not in owned for c in denying)
    assert event[0] == ("contested" if at_odds else stage[0])


def test_every_event_of_the_ledger_has_a_standing_with_reasons():
    dataset = load_dataset(FOLDER)
    found = assess_events(dataset)
    about = dataset.statements.dropna(subset=["event_id"]).set_index("statement_id")["event_id"]
    for key, status in found.items():
        assert status.reasons
        assert {about[reason] for reason in status.reasons} == {key}
    assert found["un-sanctions-snapback-2025-09-27"].standing_code == "contested"
    assert assess_events(dataset, date(1900, 1, 1)) == {}


def test_who_asserts_and_who_denies_is_told_in_order():
    found = [own(3, "denies", "iran", 3), claim(1, "asserts", "b", 2), claim(2, "asserts", "a", 1)]
    status = assess_event(found, WHEN)
    assert status.asserting == ("s2", "s1")
    assert status.denying == ("s3",)


@pytest.mark.parametrize("day", [None, date(1900, 1, 1)])
def test_the_frame_tells_what_the_assessments_tell(day):
    ledger = load_dataset(FOLDER)
    frame, found = event_assessment_frame(ledger, day), assess_events(ledger, day)
    assert [str(dtype) for dtype in frame.dtypes] == ["object"] * 4
    assert list(frame.columns) == ["event_id", "standing_code", "reasons", "also_claimed"]
    assert set(frame["event_id"]) == set(event_claims_of(ledger))
    for key, standing, reasons, also in frame.itertuples(index=False):
        status = found.get(key)
        assert standing == (status.standing_code if status else None)
        assert reasons == (status.reasons if status else ())
        assert isinstance(also, tuple)
        assert status is None or also == status.also_claimed
    if day is None:
        assert frame["also_claimed"].map(len).sum() == sum(
            len(s.also_claimed) for s in found.values()
        )
