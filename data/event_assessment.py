"""Statements known by a day → standing of each event, with reasons.

The rules are those of transfers (`data.assessment`), without stages: an event is
asserted or denied. Its parties are the sides of all who take part in it. The word of
one who acts or takes part owns it while no other party denies it; who is only acted on
can deny it, but doesn't own what others do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd

from data.claims import LATEST, Claim, event_claims_of, in_order
from data.load import Dataset
from data.standing import standing_of


@dataclass(frozen=True, slots=True)
class EventAssessment:
    """How well an event is supported, as known on a day.

    Attributes:
        event_id: Which event.
        standing_code: Its standing.
        reasons: Statements that made it so; at least one.
        asserting: Counted statements that say it was so.
        denying: Counted statements that say it was not.
        also_claimed: Known statements graded improbable, which move nothing.
    """

    event_id: str
    standing_code: str
    reasons: tuple[str, ...]
    asserting: tuple[str, ...]
    denying: tuple[str, ...]
    also_claimed: tuple[str, ...]


def assess_event(claims: Sequence[Claim], day: date) -> EventAssessment | None:
    """Applies the rules to the claims about one event.

    Args:
        claims: Claims about one event, in any order.
        day: The day as known on which the standing is asked for.

    Returns:
        Its standing, or None if no counted statement was public by then.
    """
    counted = [claim for claim in claims if claim.counts_on(day)]
    if not counted:
        return None
    asserting = [claim for claim in counted if claim.asserts]
    denying = [claim for claim in counted if claim.denies]
    standing, reasons = standing_of(asserting, denying, is_event=True)
    return EventAssessment(
        event_id=counted[0].subject_id,
        standing_code=standing,
        reasons=reasons,
        asserting=in_order(asserting),
        denying=in_order(denying),
        also_claimed=in_order(claim for claim in claims if claim.is_also_claimed_on(day)),
    )


@lru_cache(maxsize=64)
def assess_events(dataset: Dataset, as_of: date | None = None) -> Mapping[str, EventAssessment]:
    """Assesses every event of which something that counts was public on a day.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything that is known.

    Returns:
        Assessments by event id.
    """
    day = as_of or LATEST
    found = (assess_event(claims, day) for claims in event_claims_of(dataset).values())
    return {status.event_id: status for status in found if status is not None}


def event_assessment_frame(dataset: Dataset, as_of: date | None = None) -> pd.DataFrame:
    """Standings as a frame to join to events.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything that is known.

    Returns:
        `event_id`, and of what was public by the day `standing_code` (None where nothing
        counts), `reasons` and `also_claimed` (tuples of ids); one row per event.
    """
    found = assess_events(dataset, as_of)
    day = as_of or LATEST
    claims = event_claims_of(dataset)
    statuses = [found.get(key) for key in claims]
    also = [in_order(c for c in group if c.is_also_claimed_on(day)) for group in claims.values()]
    return pd.DataFrame(
        {
            "event_id": pd.Series(list(claims), dtype="object"),
            "standing_code": pd.Series([s and s.standing_code for s in statuses], dtype="object"),
            "reasons": pd.Series([s.reasons if s else () for s in statuses], dtype="object"),
            "also_claimed": pd.Series(also, dtype="object"),
        }
    )
