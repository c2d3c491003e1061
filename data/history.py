"""How the status of a transfer turned as statements became public."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from data.assessment import Assessment, assess_transfer
from data.claims import NEVER, claims_of, in_order
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

    @property
    def causes(self) -> tuple[str, ...]:
        """Those of them that the new status rests on; all, where it rests on older words."""
        reasons = set(self.after.reasons) if self.after else set()
        return tuple(key for key in self.because if key in reasons) or self.because


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


def known_history(
    dataset: Dataset, transfer_id: str, as_of: date | None
) -> tuple[StatusChange, ...]:
    """The turns that were known on a day.

    Args:
        dataset: A loaded package.
        transfer_id: Which transfer.
        as_of: The day; None for all.

    Returns:
        `status_history`, cut at the day.
    """
    turns = status_history(dataset, transfer_id)
    return tuple(turn for turn in turns if as_of is None or turn.day <= as_of)


@lru_cache(maxsize=8)
def publication_days(dataset: Dataset) -> tuple[date, ...]:
    """Days on which something became known.

    Args:
        dataset: A loaded package.

    Returns:
        The days by which a statement, a view or a relation was public, first to last.
    """
    tables = (dataset.statements, dataset.views, dataset.relations)
    return tuple(sorted({day.date() for table in tables for day in table["published_date_latest"]}))


def neighbouring_days(dataset: Dataset, day: date | None) -> tuple[date | None, date | None]:
    """The days of publication before and after a day, for stepping.

    Args:
        dataset: A loaded package.
        day: The as-known date; None for the latest.

    Returns:
        The last such day before it and the first after it, None where there is none.
    """
    days = publication_days(dataset)
    before = [known for known in days if known < (day or date.max)]
    after = [known for known in days if day is not None and known > day]
    return (before[-1] if before else None), (after[0] if after else None)
