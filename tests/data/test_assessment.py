"""Status of a transfer: the laws that hold for any statements, and every rule by example."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.assessment import Assessment, assess, assess_transfer, assessment_frame
from data.claims import (
    CANCELLED,
    LATEST,
    NEVER,
    RANK,
    STAGES,
    Claim,
    claims_of,
    counted_claims,
    in_order,
    read_claims,
)
from data.load import load_dataset
from data.package import FOLDER
from tests.data.strategies import (
    EVERY_STAGE,
    PARTIES,
    SEEDS,
    STANDINGS,
    claim_lists,
    claims,
    day,
    days,
    fixture_rows,
    load_rows,
    random_dataset,
    random_rows,
    seeds,
    small_dataset,
    telling_days,
)

LAW = settings(max_examples=60, deadline=None)
DATASET_LAW = settings(max_examples=30, deadline=None)


def counted_on(found: Sequence[Claim], when: date) -> dict[str, Claim]:
    """Which claims count, by the words of the rule and not by the code."""
    return {
        c.statement_id: c
        for c in found
        if c.known_from <= when
        and not c.retracted_from <= when
        and not (c.is_repeat or c.is_improbable)
        and c.stance != "declines"
    }


# ── Laws ───────────────────────────────────────────────────────────────────────


@LAW
@given(claim_lists(), days, st.randoms(use_true_random=False))
def test_order_of_rows_never_matters(found: list[Claim], when: date, rng) -> None:
    shuffled = list(found)
    rng.shuffle(shuffled)
    assert assess_transfer(shuffled, when) == assess_transfer(found, when)


@LAW
@given(claim_lists(), days, claims("repeat"))
def test_adding_a_repeat_changes_nothing(found: list[Claim], when: date, extra: Claim) -> None:
    repeat = replace(extra, is_repeat=True, is_improbable=False)
    assert assess_transfer([*found, repeat], when) == assess_transfer(found, when)


@LAW
@given(claim_lists(most=5).filter(bool), days, st.data())
def test_repeating_a_word_does_not_corroborate_it(
    found: list[Claim], when: date, data: st.DataObject
) -> None:
    original = data.draw(st.sampled_from(found))
    repeat = replace(
        original, statement_id="repeat", voice="somebody", is_repeat=True, is_improbable=False
    )
    assert assess_transfer([repeat, *found], when) == assess_transfer(found, when)


@LAW
@given(claim_lists(), days, claims("improbable"))
def test_the_improbable_is_told_and_moves_nothing(
    found: list[Claim], when: date, extra: Claim
) -> None:
    improbable = replace(extra, is_improbable=True)
    before, after = assess_transfer(found, when), assess_transfer([*found, improbable], when)
    if before is None:
        assert after is None
        return
    assert replace(after, also_claimed=()) == replace(before, also_claimed=())
    is_known = improbable.known_from <= when < improbable.retracted_from
    assert set(after.also_claimed) == {*before.also_claimed, *(["improbable"] if is_known else [])}


@LAW
@given(claim_lists(), days)
def test_nothing_known_later_has_any_effect(found: list[Claim], when: date) -> None:
    public = [c for c in found if c.known_from <= when]
    forgotten = [replace(c, retracted_from=NEVER) if c.retracted_from > when else c for c in public]
    assert assess_transfer(forgotten, when) == assess_transfer(found, when)


@LAW
@given(claim_lists(), days)
def test_one_status_with_reasons_wherever_something_counts(found: list[Claim], when: date) -> None:
    counted = counted_on(found, when)
    status = assess_transfer(found, when)
    assert (status is None) == (not counted)
    if status is None:
        return
    assert status.stage_code in EVERY_STAGE
    assert status.standing_code in STANDINGS
    assert status.reasons
    assert set(status.reasons) <= set(counted)
    assert list(status.reasons) == sorted(
        set(status.reasons), key=lambda i: (counted[i].known_from, i)
    )
    shown = {support.stage_code: support for support in status.ladder}[status.stage_code]
    assert (shown.standing_code, shown.reasons) == (status.standing_code, status.reasons)
    for support in status.ladder:
        assert {*support.asserting, *support.denying, *support.reasons} <= set(counted)
        assert bool(support.reasons) == bool(support.asserting or support.denying)
        assert (support.standing_code is None) == (not support.reasons)


@LAW
@given(claim_lists(), days)
def test_asserting_a_stage_asserts_those_before_it(found: list[Claim], when: date) -> None:
    status = assess_transfer(found, when)
    if status is None:
        return
    assert [support.stage_code for support in status.ladder] == list(EVERY_STAGE)
    counted = counted_on(found, when)
    *ladder, cancelled = status.ladder
    for earlier, later in pairwise(ladder):
        assert set(later.asserting) <= set(earlier.asserting)
        assert set(earlier.denying) <= set(later.denying)
    for support in ladder:
        at = RANK[support.stage_code]
        on_ladder = [c for c in counted.values() if c.stage != CANCELLED]
        assert set(support.asserting) == {
            c.statement_id for c in on_ladder if c.stance != "denies" and RANK[c.stage] >= at
        }
        assert set(support.denying) == {
            c.statement_id for c in on_ladder if c.stance == "denies" and RANK[c.stage] <= at
        }
    for named in (cancelled.asserting, cancelled.denying):
        assert {counted[i].stage for i in named} <= {CANCELLED}


@LAW
@given(claim_lists(), days)
def test_a_standing_is_what_its_words_say(found: list[Claim], when: date) -> None:
    status = assess_transfer(found, when)
    if status is None:
        return
    counted = counted_on(found, when)
    for support in status.ladder:
        asserting = [counted[i] for i in support.asserting]
        denying = [counted[i] for i in support.denying]
        parties = {c.party for c in asserting if c.party}
        voices = {c.voice for c in asserting}
        match support.standing_code:
            case "acknowledged":
                assert parties
                assert {counted[i].party for i in support.reasons} == parties
            case "acknowledged_after_denial":
                assert any(
                    d.party == a.party and d.known_from < a.known_from
                    for a in asserting
                    for d in denying
                    if a.party
                )
            case "contested":
                assert asserting
                assert not parties
                assert any(d.party for d in denying) or (
                    len(voices) == 1 and any(d.voice not in voices for d in denying)
                )
            case "corroborated":
                assert len(voices) > 1
                assert not parties
                assert not any(d.party for d in denying)
            case "single_source":
                assert len(voices) == 1
                assert not parties
                assert all(d.voice in voices for d in denying)
            case "denied":
                assert denying
                assert not asserting
            case None:
                assert not asserting
                assert not denying


@LAW
@given(claim_lists(), days)
def test_the_stage_shown_is_the_furthest_asserted(found: list[Claim], when: date) -> None:
    status = assess_transfer(found, when)
    if status is None:
        return
    counted = list(counted_on(found, when).values())
    asserted = [c for c in counted if c.stance != "denies"]
    on_ladder = [RANK[c.stage] for c in asserted if c.stage != CANCELLED]
    if status.stage_code == CANCELLED:
        assert max(on_ladder, default=-1) < RANK["in_delivery"]
        assert any(c.stage == CANCELLED for c in counted)
    elif on_ladder:
        assert RANK[status.stage_code] == max(on_ladder)
        assert status.standing_code != "denied"
    else:
        assert status.standing_code == "denied"
        denied = [RANK[c.stage] for c in counted if c.stage != CANCELLED]
        assert RANK[status.stage_code] == max(denied)


@LAW
@given(claim_lists(), days, claims("none"))
def test_who_neither_confirms_nor_denies_moves_nothing(
    found: list[Claim], when: date, extra: Claim
) -> None:
    silent = replace(extra, stance="declines", is_improbable=False)
    assert assess_transfer([*found, silent], when) == assess_transfer(found, when)


@LAW
@given(claim_lists(), days, st.sampled_from(["asserts", "confirms", "estimates"]))
def test_asserts_confirms_and_estimates_weigh_the_same(
    found: list[Claim], when: date, stance: str
) -> None:
    same = [replace(c, stance=stance) if c.asserts else c for c in found]
    assert assess_transfer(same, when) == assess_transfer(found, when)


@LAW
@given(claim_lists())
def test_before_the_first_word_there_is_no_status(found: list[Claim]) -> None:
    assert assess_transfer(found, day(0) - timedelta(days=1)) is None


# ── Rules by example ───────────────────────────────────────────────────────────


def says(voice: str, stance: str, stage: str, when: int = 0, **more: object) -> Claim:
    """A claim known on a day of the month, whose id says what it is."""
    values: dict[str, object] = {
        "statement_id": f"{voice}-{stance}-{stage}-{when}",
        "subject_id": "t",
        "voice": voice,
        "party": voice if voice in PARTIES else None,
        "stance": stance,
        "stage": stage,
        "known_from": day(when),
        "effective": day(when),
    }
    return Claim(**(values | more))


@dataclass(frozen=True)
class Case:
    """Claims, and the status and reasons that they give on day 9.

    Attributes:
        name: What it shows.
        claims: What was said.
        status: Stage and standing; None for no status.
        reasons: Indices into `claims`; all of them if not given.
    """

    name: str
    claims: tuple[Claim, ...]
    status: tuple[str, str] | None
    reasons: tuple[int, ...] | None = None


STANDING_CASES = (
    Case("nobody says anything", (), None),
    Case("only silence", (says("iran", "declines", "agreed"),), None),
    Case("one speaker", (says("a", "asserts", "agreed"),), ("agreed", "single_source")),
    Case("one estimate", (says("a", "estimates", "agreed"),), ("agreed", "single_source")),
    Case(
        "one speaker twice is one speaker",
        (says("a", "asserts", "agreed"), says("a", "confirms", "agreed", 3)),
        ("agreed", "single_source"),
    ),
    Case(
        "two speakers",
        (says("a", "asserts", "agreed"), says("b", "asserts", "agreed", 1)),
        ("agreed", "corroborated"),
    ),
    Case(
        "a later stage backs an earlier one, not the other way round",
        (says("a", "asserts", "delivered"), says("b", "asserts", "agreed", 1)),
        ("delivered", "single_source"),
        (0,),
    ),
    Case(
        "the supplier's government",
        (says("iran", "asserts", "agreed"),),
        ("agreed", "acknowledged"),
    ),
    Case(
        "the recipient's government",
        (says("russia", "confirms", "delivered"),),
        ("delivered", "acknowledged"),
    ),
    Case(
        "acknowledged outranks corroborated, and only the party's words are the reason",
        (
            says("a", "asserts", "agreed"),
            says("b", "asserts", "agreed", 1),
            says("iran", "confirms", "agreed", 2),
        ),
        ("agreed", "acknowledged"),
        (2,),
    ),
    Case(
        "acknowledged though the other party denies it",
        (says("iran", "asserts", "agreed"), says("russia", "denies", "agreed", 1)),
        ("agreed", "acknowledged"),
        (0,),
    ),
    Case(
        "acknowledged though it denied it later",
        (says("iran", "asserts", "agreed", 1), says("iran", "denies", "agreed", 5)),
        ("agreed", "acknowledged"),
        (0,),
    ),
    Case(
        "a denial on the very day of the admission is no earlier one",
        (says("iran", "denies", "agreed", 4), says("iran", "asserts", "agreed", 4)),
        ("agreed", "acknowledged"),
        (1,),
    ),
    Case(
        "denied first, then acknowledged",
        (says("iran", "denies", "delivered", 1), says("iran", "asserts", "delivered", 5)),
        ("delivered", "acknowledged_after_denial"),
    ),
    Case(
        "denied first by the other party: acknowledged all along by this one",
        (says("russia", "denies", "agreed", 1), says("iran", "asserts", "agreed", 5)),
        ("agreed", "acknowledged"),
        (1,),
    ),
    Case(
        "a denial between two admissions turned nothing",
        (
            says("iran", "asserts", "agreed", 1),
            says("iran", "denies", "agreed", 3),
            says("iran", "confirms", "agreed", 5),
        ),
        ("agreed", "acknowledged"),
        (0, 2),
    ),
    Case(
        "denying an earlier stage denied the later one too",
        (says("iran", "denies", "discussed", 1), says("iran", "asserts", "delivered", 5)),
        ("delivered", "acknowledged_after_denial"),
    ),
    Case(
        "denying the delivery did not deny the agreement",
        (says("iran", "denies", "delivered", 1), says("iran", "asserts", "agreed", 5)),
        ("agreed", "acknowledged"),
        (1,),
    ),
    Case(
        "a party denies what others assert",
        (says("a", "asserts", "delivered"), says("iran", "denies", "delivered", 1)),
        ("delivered", "contested"),
    ),
    Case(
        "a party's denial contests even what two assert",
        (
            says("a", "asserts", "delivered"),
            says("b", "asserts", "delivered"),
            says("russia", "denies", "delivered", 1),
        ),
        ("delivered", "contested"),
    ),
    Case(
        "a denial before the assertion contests it as well",
        (says("russia", "denies", "discussed"), says("a", "asserts", "delivered", 3)),
        ("delivered", "contested"),
    ),
    Case(
        "a party admits the agreement and denies the delivery",
        (
            says("iran", "asserts", "agreed"),
            says("a", "asserts", "delivered", 1),
            says("b", "asserts", "delivered", 2),
            says("iran", "denies", "delivered", 3),
        ),
        ("delivered", "contested"),
        (1, 2, 3),
    ),
    Case(
        "a party denies only a later stage than the one asserted",
        (says("a", "asserts", "agreed"), says("iran", "denies", "delivered", 1)),
        ("agreed", "single_source"),
        (0,),
    ),
    Case(
        "one word against another's",
        (says("a", "asserts", "delivered"), says("b", "denies", "delivered", 1)),
        ("delivered", "contested"),
    ),
    Case(
        "a third party's denial does not undo what two assert",
        (
            says("a", "asserts", "delivered"),
            says("b", "asserts", "delivered"),
            says("c", "denies", "delivered", 1),
        ),
        ("delivered", "corroborated"),
        (0, 1),
    ),
    Case(
        "who contradicts only itself has no other against it",
        (says("a", "asserts", "delivered"), says("a", "denies", "delivered", 1)),
        ("delivered", "single_source"),
        (0,),
    ),
    Case("only a party's denial", (says("iran", "denies", "agreed"),), ("agreed", "denied")),
    Case(
        "only denials: the furthest stage denied, with all that deny it",
        (says("a", "denies", "agreed"), says("iran", "denies", "delivered", 1)),
        ("delivered", "denied"),
    ),
    Case(
        "one voice for the officials of a side that is no party",
        (
            says("usa", "asserts", "delivered", 0, statement_id="spokesman"),
            says("usa", "confirms", "delivered", 1, statement_id="secretary"),
        ),
        ("delivered", "single_source"),
    ),
    Case(
        "a repeat is no second voice",
        (says("a", "asserts", "agreed"), says("b", "asserts", "agreed", 1, is_repeat=True)),
        ("agreed", "single_source"),
        (0,),
    ),
    Case(
        "the improbable makes no delivery",
        (
            says("a", "asserts", "agreed"),
            says("b", "asserts", "delivered", 1, is_improbable=True),
        ),
        ("agreed", "single_source"),
        (0,),
    ),
    Case(
        "an improbable denial contests nothing",
        (
            says("a", "asserts", "delivered"),
            says("iran", "denies", "delivered", 1, is_improbable=True),
        ),
        ("delivered", "single_source"),
        (0,),
    ),
    Case(
        "what was taken back does not count",
        (
            says("a", "asserts", "delivered", 0, retracted_from=day(5)),
            says("b", "asserts", "agreed", 1),
        ),
        ("agreed", "single_source"),
        (1,),
    ),
    Case(
        "what is taken back only later still counts",
        (says("a", "asserts", "delivered", 0, retracted_from=day(10)),),
        ("delivered", "single_source"),
    ),
    Case(
        "a denial that was taken back leaves the admission plain",
        (
            says("iran", "denies", "delivered", 0, retracted_from=day(5)),
            says("iran", "asserts", "delivered", 5),
        ),
        ("delivered", "acknowledged"),
        (1,),
    ),
    Case("all taken back", (says("a", "asserts", "agreed", 0, retracted_from=day(9)),), None),
    Case("known only tomorrow", (says("a", "asserts", "agreed", 10),), None),
    Case("known today", (says("a", "asserts", "agreed", 9),), ("agreed", "single_source")),
)

CANCELLED_CASES = (
    Case(
        "called off after it was agreed",
        (says("iran", "asserts", "agreed", 1), says("iran", "asserts", "cancelled", 3)),
        ("cancelled", "acknowledged"),
        (1,),
    ),
    Case(
        "called off and agreed again",
        (says("a", "asserts", "cancelled", 1), says("a", "asserts", "agreed", 3)),
        ("agreed", "single_source"),
        (1,),
    ),
    Case(
        "called off on the day of the promise",
        (says("a", "asserts", "agreed", 3), says("a", "asserts", "cancelled", 3)),
        ("cancelled", "single_source"),
        (1,),
    ),
    Case(
        "the last of several cancellations counts",
        (
            says("a", "asserts", "cancelled", 1),
            says("a", "asserts", "agreed", 2),
            says("a", "asserts", "cancelled", 3),
        ),
        ("cancelled", "single_source"),
        (0, 2),
    ),
    Case(
        "talks after a cancellation revive nothing",
        (says("a", "asserts", "cancelled", 1), says("b", "asserts", "discussed", 3)),
        ("cancelled", "single_source"),
        (0,),
    ),
    Case(
        "what is on its way is not called off",
        (says("a", "asserts", "in_delivery", 1), says("iran", "asserts", "cancelled", 3)),
        ("in_delivery", "single_source"),
        (0,),
    ),
    Case(
        "production under way can be called off",
        (says("a", "asserts", "licensed_production", 1), says("a", "asserts", "cancelled", 3)),
        ("cancelled", "single_source"),
        (1,),
    ),
    Case(
        "only a cancellation",
        (says("a", "asserts", "cancelled"), says("b", "asserts", "cancelled", 1)),
        ("cancelled", "corroborated"),
    ),
    Case(
        "a party denies the cancellation",
        (says("a", "asserts", "cancelled"), says("iran", "denies", "cancelled", 1)),
        ("cancelled", "contested"),
    ),
    Case(
        "only the cancellation is denied",
        (says("iran", "denies", "cancelled"),),
        ("cancelled", "denied"),
    ),
    Case(
        "denying the cancellation denies no stage",
        (says("a", "asserts", "agreed"), says("iran", "denies", "cancelled", 1)),
        ("agreed", "single_source"),
        (0,),
    ),
    Case(
        "a denied stage is shown before a denied cancellation",
        (says("iran", "denies", "agreed"), says("iran", "denies", "cancelled", 1)),
        ("agreed", "denied"),
        (0,),
    ),
    Case(
        "denials of a stage do not hide its cancellation",
        (says("a", "asserts", "cancelled"), says("iran", "denies", "delivered", 3)),
        ("cancelled", "single_source"),
        (0,),
    ),
    Case(
        "the day spoken of counts, not the day of the words",
        (
            says("a", "asserts", "cancelled", 5, effective=day(2)),
            says("b", "asserts", "agreed", 4, effective=day(4)),
        ),
        ("agreed", "single_source"),
        (1,),
    ),
    Case(
        "an improbable cancellation calls nothing off",
        (says("a", "asserts", "agreed"), says("b", "asserts", "cancelled", 3, is_improbable=True)),
        ("agreed", "single_source"),
        (0,),
    ),
)


def status_of(assessment: Assessment | None) -> tuple[str, str] | None:
    return assessment and (assessment.stage_code, assessment.standing_code)


@pytest.mark.parametrize("case", [*STANDING_CASES, *CANCELLED_CASES], ids=lambda case: case.name)
def test_rule(case: Case) -> None:
    found = assess_transfer(case.claims, day(9))
    assert status_of(found) == case.status
    if found is None:
        return
    chosen = range(len(case.claims)) if case.reasons is None else case.reasons
    expected = [case.claims[i] for i in chosen]
    assert found.reasons == in_order(expected)
    assert set(found.reasons) == {claim.statement_id for claim in expected}


def test_every_standing_and_stage_has_a_case() -> None:
    shown = [case.status for case in (*STANDING_CASES, *CANCELLED_CASES) if case.status]
    assert {standing for _, standing in shown} == set(STANDINGS)
    assert {stage for stage, _ in shown} >= {"agreed", "in_delivery", "delivered", CANCELLED}


def test_admitted_after_denial_as_known_day_by_day() -> None:
    found = [
        says("ukraine", "asserts", "delivered", 1),
        says("iran", "denies", "delivered", 3),
        says("usa", "asserts", "delivered", 4),
        says("iran", "asserts", "delivered", 7),
    ]
    standings = [assess_transfer(found, day(i)) for i in range(9)]
    assert [s and s.standing_code for s in standings] == [
        None,
        *["single_source"] * 2,
        *["contested"] * 4,
        *["acknowledged_after_denial"] * 2,
    ]


def test_stages_stand_in_their_order() -> None:
    assert STAGES == ("discussed", "agreed", "licensed_production", "in_delivery", "delivered")
    assert [RANK[stage] for stage in STAGES] == [0, 1, 2, 3, 4]
    assert CANCELLED not in RANK
    assert LATEST < NEVER


def test_in_order_is_by_day_then_id() -> None:
    found = [
        says("a", "asserts", "agreed", 2, statement_id="b"),
        says("a", "asserts", "agreed", 2, statement_id="a"),
        says("a", "asserts", "agreed", 1, statement_id="z"),
    ]
    assert in_order(found) == ("z", "a", "b")


# ── Claims read out of the statements ──────────────────────────────────────────


@pytest.fixture(scope="module")
def drones() -> dict[str, Claim]:
    return {c.statement_id: c for c in read_claims(small_dataset())["drones"]}


def test_officials_speak_with_the_voice_of_their_side(drones: dict[str, Claim]) -> None:
    ministry, minister = drones["drones-ministry-2022-10-10"], drones["drones-reza-2022-11-05"]
    assert (ministry.voice, ministry.party) == ("iran", "iran")
    assert (minister.voice, minister.party) == ("iran", "iran")


def test_others_speak_for_themselves(drones: dict[str, Claim]) -> None:
    unnamed = drones["drones-unnamed-2022-10-10"]
    assert (unnamed.voice, unnamed.party) == ("unnamed-officials", None)


def test_repeats_and_retractions_are_read(drones: dict[str, Claim]) -> None:
    assert drones["drones-institute-2022-11-06"].is_repeat
    assert not drones["drones-unnamed-2022-10-10"].is_repeat
    assert drones["drones-ministry-2022-10-10"].retracted_from == date(2022, 11, 5)
    assert drones["drones-unnamed-2022-10-10"].retracted_from == NEVER


def test_days_are_read(drones: dict[str, Claim]) -> None:
    unnamed = drones["drones-unnamed-2022-10-10"]
    assert unnamed.known_from == date(2022, 10, 10)
    assert unnamed.effective == date(2022, 9, 1), "first day of its stage date"
    assert drones["drones-institute-2022-11-06"].effective == date(2022, 11, 6), "day it was said"


def test_known_from_the_last_day_that_publication_may_have_been() -> None:
    (plant,) = read_claims(small_dataset())["plant"]
    assert plant.known_from == date(2023, 3, 31)
    assert "plant" not in assess(small_dataset(), date(2023, 3, 30))
    assert "plant" in assess(small_dataset(), date(2023, 3, 31))


def test_claims_are_of_transfers_only() -> None:
    found = read_claims(small_dataset())
    assert set(found) == {"drones", "plant", "jets"}
    named = {claim.statement_id for claims in found.values() for claim in claims}
    assert "talks-ministry-2022-07-20" not in named
    assert all(c.subject_id == key for key, claims in found.items() for c in claims)


def edited(**cells: str):
    """The fixture's dataset with some cells of the statement on jets changed."""
    rows = fixture_rows()
    row = next(r for r in rows["statements"] if r["statement_id"] == "jets-reza-2023-06-01")
    row.update(cells)
    return load_rows(rows)


def jets(**cells: str) -> Claim:
    (claim,) = read_claims(edited(**cells))["jets"]
    return claim


@pytest.mark.parametrize("stage", ["licensed_production", "in_delivery", "delivered", "agreed"])
def test_words_about_the_future_promise_at_most(stage: str) -> None:
    assert jets(stage_code=stage, is_prospective="true").stage == "agreed"
    assert jets(stage_code=stage, is_prospective="false").stage == stage


@pytest.mark.parametrize("stage", ["discussed", "cancelled"])
def test_words_about_the_future_are_not_pushed_on(stage: str) -> None:
    assert jets(stage_code=stage, is_prospective="true").stage == stage


def test_a_promise_is_of_the_day_it_was_made() -> None:
    assert jets(is_prospective="true", stage_date="2026/2028").effective == date(2023, 6, 1)
    assert jets(is_prospective="false", stage_date="2022").effective == date(2022, 1, 1)


def test_an_open_start_says_no_day() -> None:
    assert jets(is_prospective="false", stage_date="../2022").effective == date(2023, 6, 1)
    both = jets(is_prospective="false", stage_date="", said_date="../2023-06-01")
    assert both.effective == date(2023, 6, 1), "then the day of publication"


@pytest.mark.parametrize(("digit", "expected"), [(d, d == "5") for d in "123456"])
def test_only_the_digit_five_is_improbable(digit: str, expected: bool) -> None:
    assert jets(credibility_code=digit).is_improbable is expected


def test_who_belongs_to_a_party_without_speaking_for_it_is_no_party() -> None:
    claim = jets(is_official="false")
    assert (claim.voice, claim.party) == ("reza-example", None)


def test_officials_of_another_side_are_no_party_but_one_voice() -> None:
    claim = jets(speaker_id="example-institute", is_official="true")
    assert (claim.voice, claim.party) == ("example-institute", None)


def test_a_side_stands_behind_the_company_that_supplies() -> None:
    rows = fixture_rows()
    jets_row = next(r for r in rows["transfers"] if r["transfer_id"] == "jets")
    jets_row.update(supplier_id="example-works", recipient_id="reza-example")
    (claim,) = read_claims(load_rows(rows))["jets"]
    assert claim.party == "iran"


@pytest.mark.parametrize("place", [0, -1, 99])
def test_the_first_of_two_retractions_counts(place: int) -> None:
    rows = fixture_rows()
    again = next(r for r in rows["statements"] if r["statement_id"] == "drones-reza-2022-11-05")
    rows["statements"].insert(
        place,
        again
        | {
            "statement_id": "drones-reza-2022-10-20",
            "said_date": "2022-10-20",
            "published_date": "2022-10-20",
        },
    )
    found = {c.statement_id: c for c in read_claims(load_rows(rows))["drones"]}
    assert found["drones-ministry-2022-10-10"].retracted_from == date(2022, 10, 20)


def test_fixture_statuses_over_time() -> None:
    dataset = small_dataset()

    def drones_on(*when: int) -> tuple[str, str] | None:
        return status_of(assess(dataset, date(*when)).get("drones"))

    assert drones_on(2022, 10, 9) is None
    assert drones_on(2022, 10, 10) == ("delivered", "contested")
    assert drones_on(2022, 11, 4) == ("delivered", "contested")
    assert drones_on(2022, 11, 5) == ("delivered", "acknowledged")
    assert {key: status_of(a) for key, a in assess(dataset).items()} == {
        "drones": ("delivered", "acknowledged"),
        "plant": ("licensed_production", "single_source"),
        "jets": ("agreed", "acknowledged"),
    }


# ── Whole datasets ─────────────────────────────────────────────────────────────


@DATASET_LAW
@given(seeds, st.one_of(st.none(), telling_days))
def test_assess_agrees_with_each_transfer_alone(seed: int, when: date | None) -> None:
    dataset = random_dataset(seed)
    found = assess(dataset, when)
    on = when or LATEST
    for transfer, listed in claims_of(dataset).items():
        assert found.get(transfer) == assess_transfer(listed, on)
        counted = counted_claims(dataset, when)[transfer]
        assert {c.statement_id for c in counted} == set(counted_on(listed, on))
        assert (transfer in found) == bool(counted)


@DATASET_LAW
@given(seeds, st.one_of(st.none(), telling_days))
def test_the_frame_has_one_row_per_known_transfer(seed: int, when: date | None) -> None:
    dataset = random_dataset(seed)
    frame, found = assessment_frame(dataset, when), assess(dataset, when)
    assert list(frame["transfer_id"]) == list(found)
    assert list(frame.columns) == [
        *("transfer_id", "stage_code", "standing_code", "reasons", "also_claimed")
    ]
    for row in frame.itertuples():
        status = found[row.transfer_id]
        assert (row.stage_code, row.standing_code) == status_of(status)
        assert (row.reasons, row.also_claimed) == (status.reasons, status.also_claimed)


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_in_another_order_give_the_same_statuses(seed: int) -> None:
    rows = random_rows(seed)
    turned = {table: list(reversed(lines)) for table, lines in rows.items()}
    other = load_rows(turned)
    for when in pd.date_range("2022-07-01", "2023-08-01", freq="61D"):
        assert assess(other, when.date()) == assess(random_dataset(seed), when.date())


def test_random_packages_hold_every_standing() -> None:
    seen = {
        status.standing_code
        for seed in SEEDS
        for when in pd.date_range("2022-07-01", "2023-08-01", freq="61D")
        for status in assess(random_dataset(seed), when.date()).values()
    }
    assert seen == set(STANDINGS)
    assert all("transfer-7" not in assess(random_dataset(seed)) for seed in SEEDS)


@pytest.mark.parametrize("day", [None, date(1900, 1, 1)])
def test_the_frame_tells_what_the_assessments_tell(day):
    ledger = load_dataset(FOLDER)
    frame, found = assessment_frame(ledger, day), assess(ledger, day)
    columns = ["transfer_id", "stage_code", "standing_code", "reasons", "also_claimed"]
    assert list(frame.columns) == columns
    assert [str(dtype) for dtype in frame.dtypes] == ["object"] * len(columns)
    rows = list(frame.itertuples(index=False, name=None))
    assert rows == [tuple(getattr(a, column) for column in columns) for a in found.values()]
    assert bool(rows) is (day is None)
