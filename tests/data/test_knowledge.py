"""Nothing of the future: what is shown for a day follows from what was public by then."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest

from data.history import neighbouring_days, publication_days, status_history
from data.load import Dataset, load_dataset, read_rows
from data.package import FOLDER, read_package
from data.queries.coverage import coverage
from data.queries.ledger import transfer_table
from data.queries.overview import latest_turns
from data.queries.record import quantities, related, sources_about, statements_about
from data.queries.statements import matrix, statement_table
from data.queries.timeline import denials, event_marks, statements_per_quarter, transfer_spans
from data.queries.views import view_table
from data.selection import Selected, Selection
from tests.data.strategies import load_rows

DAYS_TRIED = 40


@cache
def ledger() -> Dataset:
    return load_dataset()


def random_days() -> list[date]:
    pick = random.Random(20221105)
    days = publication_days(ledger())
    span = (days[-1] - days[0]).days
    return [days[0] + timedelta(days=pick.randrange(span)) for _ in range(DAYS_TRIED)]


@cache
def cut(day: date) -> Dataset:
    """The ledger as a curator of that day would have had it: later rows are not there."""
    rows = {
        table.name: read_rows(FOLDER, table)[0]
        for table in read_package().tables
        if not table.is_vocabulary
    }
    public = {
        name: {
            key
            for key, known in zip(
                frame[f"{name[:-1]}_id"], frame["published_date_latest"], strict=True
            )
            if known <= pd.Timestamp(day)
        }
        for name, frame in (
            ("statements", ledger().statements),
            ("views", ledger().views),
            ("relations", ledger().relations),
        )
    }
    for found in rows.values():
        for name, ids in public.items():
            key = f"{name[:-1]}_id"
            found[:] = [row for row in found if key not in row or row[key] in ids]
    later = {
        row.source_id
        for row in ledger().sources.itertuples()
        if row.published_date_earliest > pd.Timestamp(day)
    }
    for name in ("statement_sources", "view_sources", "relation_sources"):
        rows[name] = [row for row in rows[name] if row["source_id"] not in later]
    return replace(load_rows(rows), package=ledger().package)


def frames(selected: Selected) -> dict[str, object]:
    """Everything that pages draw, as comparable text."""
    transfers = selected.rows.transfers["transfer_id"].tolist()
    shown: dict[str, object] = {
        "table": transfer_table(selected),
        "spans": transfer_spans(selected),
        "denials": denials(selected),
        "events": event_marks(selected),
        "quarters": statements_per_quarter(selected),
        "statements": statement_table(selected),
        "matrix": matrix(selected, 10),
        "views": view_table(selected),
        "turns": pd.DataFrame(
            [(t.transfer_id, t.change.day, t.change.because) for t in latest_turns(selected, 9)]
        ),
        "coverage": coverage(selected),
        "sources": sorted(selected.known.sources["source_id"]),
        "actors": sorted(selected.known.actors["actor_id"]),
        "relations": sorted(selected.known.relations["relation_id"]),
    }
    for transfer in transfers:
        shown[f"said of {transfer}"] = statements_about(selected, transfer)
        shown[f"numbers of {transfer}"] = quantities(selected, transfer)
        shown[f"sources of {transfer}"] = sources_about(selected, transfer)
        for name, frame in related(selected, transfer).items():
            shown[f"{name} of {transfer}"] = frame
    return {
        name: value.to_csv() if isinstance(value, pd.DataFrame) else repr(value)
        for name, value in shown.items()
    }


@pytest.mark.parametrize("day", random_days(), ids=str)
def test_nothing_shown_needs_what_came_later(day: date) -> None:
    """The whole dataset set back to a day shows what the dataset of that day shows."""
    set_back = frames(Selection(as_of=day).apply(ledger()))
    of_the_day = frames(Selection(as_of=day).apply(cut(day)))
    assert set_back == of_the_day


def test_steps_walk_through_every_day_of_publication() -> None:
    days = publication_days(ledger())
    walked: list[date] = []
    before, _ = neighbouring_days(ledger(), None)
    while before is not None:
        walked.append(before)
        before, _ = neighbouring_days(ledger(), before)
    assert walked == list(reversed(days))
    for day, after in zip(days, [*days[1:], None], strict=True):
        assert neighbouring_days(ledger(), day)[1] == after


def test_every_turn_happens_on_a_day_of_publication() -> None:
    days = set(publication_days(ledger()))
    for transfer in ledger().transfers["transfer_id"]:
        assert {change.day for change in status_history(ledger(), transfer)} <= days


STORY = {
    "shahed-before-war": [
        ("2022-10-31", "delivered", "denied"),
        ("2022-11-06", "delivered", "acknowledged_after_denial"),
    ],
    "fath-360": [
        ("2024-09-01", "agreed", "single_source"),
        ("2024-09-15", "delivered", "contested"),
        ("2026-08-19", "delivered", "contested"),
    ],
    "su-35": [
        ("2023-03-31", "agreed", "acknowledged"),
        ("2026-08-19", "agreed", "acknowledged"),
    ],
}


@pytest.mark.parametrize(
    ("transfer", "day", "stage", "standing"),
    [(transfer, *turn) for transfer, turns in STORY.items() for turn in turns],
)
def test_the_three_cases_of_the_readme(transfer: str, day: str, stage: str, standing: str) -> None:
    status = Selection(as_of=date.fromisoformat(day)).apply(ledger()).assessments[transfer]
    assert (status.stage_code, status.standing_code) == (stage, standing)
