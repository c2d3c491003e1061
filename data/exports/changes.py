"""What changed between two as-known days, as rows."""

from datetime import date
from typing import Any

from data.assessment import Assessment
from data.exports.columns import RowColumn
from data.exports.tables import Row
from data.load import Dataset
from data.queries.changes import KINDS, selected_changes
from data.queries.names import names_of
from data.selection import Selection

_STEPS = (
    RowColumn("day", "day", "Day on which it turned."),
    RowColumn("stage", "text", "Stage from that day on.", True, vocabulary="stages"),
    RowColumn("standing", "text", "Standing from that day on.", True, vocabulary="standings"),
)
CHANGE_COLUMNS = (
    RowColumn("transfer_id", "text", "Which transfer.", table="transfers"),
    RowColumn("name", "text", "Its name."),
    RowColumn("day", "day", "Day from which the later status held."),
    RowColumn("kinds", "list", "What kind of change it is.", codes=KINDS),
    RowColumn("stage_before", "text", "Stage on the earlier day.", True, vocabulary="stages"),
    RowColumn(
        "standing_before", "text", "Standing on the earlier day.", True, vocabulary="standings"
    ),
    RowColumn("stage", "text", "Stage on the later day.", True, vocabulary="stages"),
    RowColumn("standing", "text", "Standing on the later day.", True, vocabulary="standings"),
    RowColumn("because", "list", "Statements that brought it about.", table="statements"),
    RowColumn("steps", "list", "Its turns in between, first to last.", parts=_STEPS),
)


def _status(assessment: Assessment | None, ending: str = "") -> Row:
    return {
        f"stage{ending}": assessment.stage_code if assessment else None,
        f"standing{ending}": assessment.standing_code if assessment else None,
    }


def change_rows(dataset: Dataset, selection: Selection, since: date) -> list[dict[str, Any]]:
    """Transfers whose status differs between two as-known days.

    Args:
        dataset: A loaded package.
        selection: Filters, lowest grade, record, and the later day as its as-known date.
        since: The earlier day.

    Returns:
        One row for each, latest first, with the columns of `CHANGE_COLUMNS`.

    Raises:
        ValueError: If the as-known date is before `since`.
    """
    names = names_of(dataset).transfers
    return [
        {
            "transfer_id": change.transfer_id,
            "name": names[change.transfer_id],
            "day": change.day.isoformat(),
            "kinds": list(change.kinds),
            **_status(change.before, "_before"),
            **_status(change.after),
            "because": list(change.because),
            "steps": [
                {"day": step.day.isoformat(), **_status(step.after)} for step in change.steps
            ],
        }
        for change in selected_changes(dataset, selection, since)
        if selection.record in ("", change.transfer_id)
    ]
