"""What changed between two as-known days, and because of which statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from data.assessment import Assessment, assess
from data.claims import LATEST, RANK, Claim, claims_of, in_order
from data.grades import graded
from data.history import StatusChange, status_history
from data.load import Dataset
from data.selection import Selection

# Kinds of change, in the order in which a page lists them.
KINDS = ("appeared", "advanced", "set_back", "acknowledged", "contested", "restated", "withdrawn")
_OWNED = ("acknowledged", "acknowledged_after_denial")


@dataclass(frozen=True, slots=True)
class Change:
    """A transfer whose stage or standing differs between two days.

    Attributes:
        transfer_id: Which transfer.
        before: Status on the earlier day; None where nothing that counts was known.
        after: Status on the later day; None where nothing that counts is left.
        steps: Its turns in between, first to last: each with its day, the status before
            and after it, and the statements that brought it about. At least one.
    """

    transfer_id: str
    before: Assessment | None
    after: Assessment | None
    steps: tuple[StatusChange, ...]

    @property
    def day(self) -> date:
        """Day from which the later status held."""
        return self.steps[-1].day

    @property
    def because(self) -> tuple[str, ...]:
        """Statements that brought the change about, first known first."""
        return tuple(dict.fromkeys(key for step in self.steps for key in step.because))

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kind of change it is: codes of `KINDS`, at least one."""
        return change_kinds(self.before, self.after)


def change_kinds(before: Assessment | None, after: Assessment | None) -> tuple[str, ...]:
    """What kinds of change lie between two statuses of a transfer.

    Args:
        before: The earlier status, or None.
        after: The later status, or None.

    Returns:
        `appeared` or `withdrawn` alone; else `advanced` or `set_back` for another stage
        (called off is a set-back), and `acknowledged`, `contested` or, for any other
        standing, `restated`. Empty where both are the same.
    """
    if before is None or after is None:
        one_is_known = before is not after
        return (("appeared" if before is None else "withdrawn"),) if one_is_known else ()
    found = []
    if before.stage_code != after.stage_code:
        was, now = (RANK.get(s.stage_code, -1) for s in (before, after))
        found.append("advanced" if now > was else "set_back")
    if before.standing_code != after.standing_code:
        is_owned = after.standing_code in _OWNED and before.standing_code not in _OWNED
        is_contested = after.standing_code == "contested"
        found.append("acknowledged" if is_owned else "contested" if is_contested else "restated")
    return tuple(found)


def _status(assessment: Assessment | None) -> tuple[str, str] | None:
    return None if assessment is None else (assessment.stage_code, assessment.standing_code)


def _retractors(dataset: Dataset, ids: Iterable[str], day: date) -> list[str]:
    """Statements public on a day that take others back."""
    wanted, rows = set(ids), dataset.statements
    return [
        key
        for key, earlier, known in zip(
            rows["statement_id"], rows["retracts_id"], rows["published_date_latest"], strict=True
        )
        if earlier in wanted and known.date() == day
    ]


def _causes(dataset: Dataset, claims: Sequence[Claim], turn: StatusChange) -> tuple[str, ...]:
    """The statements of a day that gave a turn: its new reasons, and words taken back."""
    yesterday = turn.day - timedelta(days=1)
    new = [c for c in claims if c.counts_on(turn.day) and not c.counts_on(yesterday)]
    gone = [c.statement_id for c in claims if c.counts_on(yesterday) and not c.counts_on(turn.day)]
    reasons = set(turn.after.reasons) if turn.after else set()
    # A promise renewed by others may rest on what a party said long before.
    moving = [c for c in new if c.statement_id in reasons]
    withdrawn = _retractors(dataset, gone, turn.day)
    found = in_order(moving or ([] if withdrawn else new))
    return tuple(dict.fromkeys([*found, *withdrawn]))


def _steps(dataset: Dataset, transfer: str, since: date, until: date) -> tuple[StatusChange, ...]:
    claims = claims_of(dataset)[transfer]
    return tuple(
        replace(turn, because=_causes(dataset, claims, turn))
        for turn in status_history(dataset, transfer)
        if since < turn.day <= until
    )


def _lifted(
    then: Mapping[str, Claim], now: Sequence[Claim], change: Change, until: date
) -> StatusChange:
    """The one step of a change that further sources made, by lifting a grade.

    Only with a lowest grade: a statement of an earlier day counts from the day on which a
    better publisher carries it, which no history of statements tells.
    """
    new = [c for c in now if c.counts_on(until) and c.statement_id not in then]
    gone = [c for key, c in then.items() if key not in {c.statement_id for c in now}]
    moved = in_order(new or gone or now)
    return StatusChange(until, change.before, change.after, moved)


@lru_cache(maxsize=64)
def changes_between(
    dataset: Dataset, earlier: date, later: date | None = None, grade: str = ""
) -> tuple[Change, ...]:
    """The transfers whose status differs between two as-known days.

    Args:
        dataset: A loaded package, ungraded.
        earlier: The earlier day, as known on which the first status is.
        later: The later day; None for everything that is known.
        grade: Lowest grade that counts, or "".

    Returns:
        One change per transfer whose stage or standing differs, latest first, then by
        id. Each names a statement that became public after `earlier` and by `later`;
        with a lowest grade it may name one that a source of those days lifted to it.

    Raises:
        ValueError: If `later` is before `earlier`.
    """
    until = later or LATEST
    if until < earlier:
        raise ValueError(f"the later day, {until}, is before the earlier one, {earlier}")
    old, new = graded(dataset, grade, earlier), graded(dataset, grade, later)
    then, now = assess(old, earlier), assess(new, later)
    found = []
    for transfer in sorted({*then, *now}):
        before, after = then.get(transfer), now.get(transfer)
        if _status(before) == _status(after):
            continue
        steps = _steps(new, transfer, earlier, until)
        change = Change(transfer, before, after, steps)
        fits = steps and (_status(steps[0].before), _status(steps[-1].after)) == (
            _status(before),
            _status(after),
        )
        if not fits:
            counted = {c.statement_id: c for c in claims_of(old)[transfer] if c.counts_on(earlier)}
            day = min(until, dataset.cut_off_date)
            step = _lifted(counted, claims_of(new)[transfer], change, day)
            change = replace(change, steps=(step,))
        found.append(change)
    return tuple(sorted(found, key=lambda c: (-c.day.toordinal(), c.transfer_id)))


def selected_changes(dataset: Dataset, selection: Selection, earlier: date) -> tuple[Change, ...]:
    """The changes among the transfers that a selection shows on either day.

    Args:
        dataset: A loaded package, ungraded.
        selection: Filters, lowest grade, and the later day as its as-known date.
        earlier: The earlier day.

    Returns:
        As `changes_between`; a transfer that fitted the filters on the earlier day and no
        longer does is among them, and so is one that fits only now.

    Raises:
        ValueError: If the as-known date is before `earlier`.
    """
    found = changes_between(dataset, earlier, selection.as_of, selection.grade)
    days = (replace(selection, as_of=earlier), selection)
    shown = {key for s in days for key in s.apply(dataset).rows.transfers["transfer_id"]}
    return tuple(change for change in found if change.transfer_id in shown)
