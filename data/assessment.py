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

`data.claims` reads the statements, `data.standing` holds rule 4, and
`data.event_assessment` applies it to events.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from data.claims import CANCELLED, LATEST, RANK, STAGES, Claim, claims_of, in_order
from data.load import Dataset
from data.standing import standing_of

_AGREED = RANK["agreed"]
_IN_DELIVERY = RANK["in_delivery"]


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


def _support(stage: str, asserting: Sequence[Claim], denying: Sequence[Claim]) -> StageSupport:
    if not asserting and not denying:
        return StageSupport(stage, None, (), (), ())
    standing, reasons = standing_of(asserting, denying)
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
    return Assessment(
        transfer_id=counted[0].subject_id,
        stage_code=shown.stage_code,
        standing_code=shown.standing_code or "denied",
        reasons=shown.reasons,
        ladder=ladder,
        also_claimed=in_order(claim for claim in claims if claim.is_also_claimed_on(day)),
    )


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
