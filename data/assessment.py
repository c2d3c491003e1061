"""Statements known by a day → stage and standing of each transfer, with reasons.

A status is never written in the data. It follows from the statements that were
public on the day asked for, by these rules:

1. A statement counts if it was public by that day, repeats no other, has not been
   retracted by then, and isn't graded improbable (credibility 5).
2. Stages are ordered: discussed < agreed < licensed production < in delivery <
   delivered. Asserting a stage asserts those before it; denying one denies those
   after it. Words about the future promise, so they reach “agreed” at most.
3. The stage shown is the furthest that a counted statement asserts. Where only
   denials are known it is the furthest one denied. Cancelled is shown where its
   assertion is later than every assertion of “agreed” or more, and nothing was
   ever said to be on its way.
4. The standing of that stage is the first that fits: acknowledged after denial,
   acknowledged, contested, corroborated, single source, denied.

A voice is one independent speaker: all who speak for one side's government are one
voice, every other speaker is their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter

import pandas as pd

from data.load import Dataset, records

STAGES = ("discussed", "agreed", "licensed_production", "in_delivery", "delivered")
CANCELLED = "cancelled"
RANK = {stage: rank for rank, stage in enumerate(STAGES)}
ASSERTING = frozenset({"asserts", "confirms", "estimates"})
DENYING = "denies"
IMPROBABLE = "5"

_FIRST_KNOWN = attrgetter("known_from", "statement_id")
_AGREED = RANK["agreed"]
_IN_DELIVERY = RANK["in_delivery"]
NEVER = date.max


@dataclass(frozen=True, slots=True)
class Claim:
    """What the rules need of one statement about a transfer.

    Attributes:
        statement_id: Which statement.
        transfer_id: Which transfer it is about.
        voice: Independent speaker: the side for officials, else the speaker.
        party: Side for which the speaker officially speaks, if that side is a party
            to the transfer; else None.
        stance: Stance code.
        stage: Stage code.
        known_from: Day by which it was public.
        effective: Day that it speaks of: its stage date, else the day it was said. A
            promise is of the day it was said, whenever it is to be kept.
        retracted_from: Day by which its retraction was public.
        is_repeat: True if it repeats another statement.
        is_improbable: True if it is graded improbable.
    """

    statement_id: str
    transfer_id: str
    voice: str
    party: str | None
    stance: str
    stage: str
    known_from: date
    effective: date
    retracted_from: date = NEVER
    is_repeat: bool = False
    is_improbable: bool = False

    @property
    def asserts(self) -> bool:
        """True if it says that its stage was reached."""
        return self.stance in ASSERTING

    @property
    def denies(self) -> bool:
        """True if it says that its stage was not reached."""
        return self.stance == DENYING

    def counts_on(self, day: date) -> bool:
        """True if the claim can move a status as known on `day`."""
        return (
            self.known_from <= day < self.retracted_from
            and not self.is_repeat
            and not self.is_improbable
            and (self.asserts or self.denies)
        )


@dataclass(frozen=True, slots=True)
class StageSupport:
    """Who asserts and who denies one stage of a transfer.

    Attributes:
        stage_code: Which stage.
        standing_code: Its standing, or None if nobody speaks of it.
        asserting: Counted statements that assert it or a later stage.
        denying: Counted statements that deny it or an earlier stage.
        reasons: The statements that give the standing.
    """

    stage_code: str
    standing_code: str | None
    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The status of one transfer as known on a day.

    Attributes:
        transfer_id: Which transfer.
        stage_code: The stage shown.
        standing_code: How well it is supported.
        reasons: Statements that made it so; at least one.
        ladder: Support of every stage, cancelled last.
        also_claimed: Known statements graded improbable, which move nothing.
    """

    transfer_id: str
    stage_code: str
    standing_code: str
    reasons: tuple[str, ...]
    ladder: tuple[StageSupport, ...]
    also_claimed: tuple[str, ...]


def in_order(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Statement ids of claims, first known first."""
    return tuple([c.statement_id for c in sorted(claims, key=_FIRST_KNOWN)])


def _standing(asserting: Sequence[Claim], denying: Sequence[Claim]) -> tuple[str, tuple[str, ...]]:
    """Standing of one stage, and the statements that fire the rule.

    Args:
        asserting: Counted claims that assert the stage.
        denying: Counted claims that deny it.

    Returns:
        Standing code and statement ids.
    """
    party_assertions = [c for c in asserting if c.party]
    party_denials = [c for c in denying if c.party]
    if party_assertions:
        first = {
            party: min(c.known_from for c in party_assertions if c.party == party)
            for party in {c.party for c in party_assertions}
        }
        turned = [c for c in party_denials if c.party in first and c.known_from < first[c.party]]
        if turned:
            return "acknowledged_after_denial", in_order([*party_assertions, *turned])
        return "acknowledged", in_order(party_assertions)
    voices = {c.voice for c in asserting}
    if asserting and party_denials:
        return "contested", in_order([*asserting, *party_denials])
    if len(voices) > 1:
        return "corroborated", in_order(asserting)
    # One word against another's: nobody backs the lone speaker, and somebody who
    # is no party to the transfer says that it isn't so.
    if asserting and any(c.voice not in voices for c in denying):
        return "contested", in_order([*asserting, *denying])
    if asserting:
        return "single_source", in_order(asserting)
    return "denied", in_order(denying)


def _support(stage: str, asserting: Sequence[Claim], denying: Sequence[Claim]) -> StageSupport:
    if not asserting and not denying:
        return StageSupport(stage, None, (), (), ())
    standing, reasons = _standing(asserting, denying)
    return StageSupport(stage, standing, in_order(asserting), in_order(denying), reasons)


def _ladder(counted: Sequence[Claim]) -> tuple[StageSupport, ...]:
    """Support of every stage, cancelled last."""
    cancelled = [c for c in counted if c.stage == CANCELLED]
    rest = [(RANK[c.stage], c) for c in counted if c.stage != CANCELLED]
    asserted = [(rank, c) for rank, c in rest if c.asserts]
    denied = [(rank, c) for rank, c in rest if c.denies]
    steps: list[StageSupport] = []
    for rank, stage in enumerate(STAGES):
        asserting = [c for reached, c in asserted if reached >= rank]
        denying = [c for reached, c in denied if reached <= rank]
        before = steps[-1] if steps else None
        # Going up, who asserts only grows fewer and who denies only more: as many are the same.
        if (
            before is not None
            and len(before.asserting) == len(asserting)
            and len(before.denying) == len(denying)
        ):
            same = (before.standing_code, before.asserting, before.denying, before.reasons)
            steps.append(StageSupport(stage, *same))
        else:
            steps.append(_support(stage, asserting, denying))
    last = _support(
        CANCELLED, [c for c in cancelled if c.asserts], [c for c in cancelled if c.denies]
    )
    return (*steps, last)


def _shown_stage(counted: Sequence[Claim]) -> str:
    cancellations = [c for c in counted if c.asserts and c.stage == CANCELLED]
    asserted = [c for c in counted if c.asserts and c.stage != CANCELLED]
    furthest = max((RANK[c.stage] for c in asserted), default=-1)
    if cancellations and furthest < _IN_DELIVERY:
        last = max(c.effective for c in cancellations)
        if not any(RANK[c.stage] >= _AGREED and c.effective > last for c in asserted):
            return CANCELLED
    if asserted:
        return STAGES[furthest]
    denied = [RANK[c.stage] for c in counted if c.stage != CANCELLED]
    return STAGES[max(denied)] if denied else CANCELLED


def assess_transfer(claims: Sequence[Claim], day: date) -> Assessment | None:
    """Applies the rules to the claims about one transfer.

    Args:
        claims: Claims about one transfer, in any order.
        day: The day as known on which the status is asked for.

    Returns:
        Its status, or None if no counted statement was public by then.
    """
    counted = [claim for claim in claims if claim.counts_on(day)]
    if not counted:
        return None
    ladder = _ladder(counted)
    shown_stage = _shown_stage(counted)
    shown = next(s for s in ladder if s.stage_code == shown_stage)
    improbable = [c for c in claims if c.is_improbable and c.known_from <= day < c.retracted_from]
    return Assessment(
        transfer_id=counted[0].transfer_id,
        stage_code=shown.stage_code,
        standing_code=shown.standing_code or "denied",
        reasons=shown.reasons,
        ladder=ladder,
        also_claimed=in_order(improbable),
    )


def read_claims(dataset: Dataset) -> dict[str, tuple[Claim, ...]]:
    """Reads the claims of every transfer out of the statements.

    Args:
        dataset: A loaded package.

    Returns:
        Claims by transfer id.
    """
    side = dict(zip(dataset.actors["actor_id"], dataset.actors["side_id"], strict=True))
    transfers = dataset.transfers
    parties = {
        row.transfer_id: {side[row.supplier_id], side[row.recipient_id]}
        for row in records(transfers)
    }
    statements = dataset.statements
    days = statements["published_date_latest"].dt.date
    known_from = dict(zip(statements["statement_id"], days, strict=True))
    retracted: dict[str, date] = {}
    for later, earlier in zip(statements["statement_id"], statements["retracts_id"], strict=True):
        if earlier is not None:
            retracted[earlier] = min(known_from[later], retracted.get(earlier, NEVER))
    reached = statements["stage_date_earliest"].where(~statements["is_prospective"])
    said = reached.fillna(statements["said_date_earliest"])
    effective = said.fillna(statements["published_date_earliest"]).dt.date
    claims: dict[str, list[Claim]] = {transfer: [] for transfer in transfers["transfer_id"]}
    for row, day in zip(records(statements), effective, strict=True):
        if row.transfer_id is None:
            continue
        speaking_side = side[row.speaker_id] if row.is_official else None
        claims[row.transfer_id].append(
            Claim(
                statement_id=row.statement_id,
                transfer_id=row.transfer_id,
                voice=speaking_side or row.speaker_id,
                party=speaking_side if speaking_side in parties[row.transfer_id] else None,
                stance=row.stance_code,
                stage="agreed"
                if row.is_prospective and RANK.get(row.stage_code, 0) > _AGREED
                else row.stage_code,
                known_from=known_from[row.statement_id],
                effective=day,
                retracted_from=retracted.get(row.statement_id, NEVER),
                is_repeat=row.derived_from_id is not None,
                is_improbable=row.credibility_code == IMPROBABLE,
            )
        )
    return {transfer: tuple(found) for transfer, found in claims.items()}


@lru_cache(maxsize=4)
def claims_of(dataset: Dataset) -> dict[str, tuple[Claim, ...]]:
    """The claims of a dataset by transfer id, read once."""
    return read_claims(dataset)


LATEST = date(9999, 12, 30)


@lru_cache(maxsize=64)
def counted_claims(dataset: Dataset, as_of: date | None = None) -> Mapping[str, tuple[Claim, ...]]:
    """The claims that can move a status as known on a day.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything that is known.

    Returns:
        Counted claims of every transfer, by id.
    """
    day = as_of or LATEST
    return {
        key: tuple(claim for claim in claims if claim.counts_on(day))
        for key, claims in claims_of(dataset).items()
    }


@lru_cache(maxsize=256)
def assess(dataset: Dataset, as_of: date | None = None) -> Mapping[str, Assessment]:
    """Assesses every transfer known on a day.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything that is known.

    Returns:
        Assessments by transfer id; a transfer of which nothing that counts was
        public by then is left out.
    """
    day = as_of or LATEST
    found = ((key, assess_transfer(claims, day)) for key, claims in claims_of(dataset).items())
    return {key: assessment for key, assessment in found if assessment is not None}


def assessment_frame(dataset: Dataset, as_of: date | None = None) -> pd.DataFrame:
    """Assessments as a frame to join to transfers.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything that is known.

    Returns:
        `transfer_id`, `stage_code`, `standing_code`, `reasons` (tuple of ids) and
        `also_claimed` (tuple of ids), one row per known transfer.
    """
    found = assess(dataset, as_of).values()
    return pd.DataFrame(
        {
            "transfer_id": pd.Series([a.transfer_id for a in found], dtype="object"),
            "stage_code": pd.Series([a.stage_code for a in found], dtype="object"),
            "standing_code": pd.Series([a.standing_code for a in found], dtype="object"),
            "reasons": pd.Series([a.reasons for a in found], dtype="object"),
            "also_claimed": pd.Series([a.also_claimed for a in found], dtype="object"),
        }
    )
