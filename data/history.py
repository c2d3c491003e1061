"""How the status of a transfer turned as statements became public."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from data.assessment import NEVER, Assessment, assess_transfer, claims_of, in_order
from data.load import Dataset


def change_days(dataset: Dataset, transfer_id: str) -> tuple[date, ...]:
    """Days on which a transfer's status could have changed.

    Args:
        dataset: A loaded package.
        transfer_id: Which transfer.

    Returns:
        The days, first to last, on which a statement about it, or a retraction of
        one, became public.
    """
    days = {
        day
        for claim in claims_of(dataset)[transfer_id]
        for day in (claim.known_from, claim.retracted_from)
        if day != NEVER
    }
    return tuple(sorted(days))


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One turn in a transfer's history.

    Attributes:
        day: First day on which it was known.
        before: Status until then; None for the first.
        after: Status from then on; None where a retraction left nothing.
        because: Statements that became public that day.
    """

    day: date
    before: Assessment | None
    after: Assessment | None
    because: tuple[str, ...]


@lru_cache(maxsize=2048)
def status_history(dataset: Dataset, transfer_id: str) -> tuple[StatusChange, ...]:
    """The turns of a transfer's stage or standing, first to last.

    Args:
        dataset: A loaded package.
        transfer_id: Which transfer.

    Returns:
        One entry per day on which stage or standing changed.
    """
    claims = claims_of(dataset)[transfer_id]
    changes: list[StatusChange] = []
    before: Assessment | None = None
    for day in change_days(dataset, transfer_id):
        after = assess_transfer(claims, day)
        if _status(after) != _status(before):
            new = in_order(c for c in claims if day in (c.known_from, c.retracted_from))
            changes.append(StatusChange(day, before, after, new))
        before = after
    return tuple(changes)


def _status(assessment: Assessment | None) -> tuple[str, str] | None:
    return None if assessment is None else (assessment.stage_code, assessment.standing_code)
