"""Where the rows come from: every fact of the dossier and every line of the article is settled."""

import csv
import hashlib
from collections import Counter
from functools import cache

import pytest

from data.load import Dataset, load_dataset
from data.package import FOLDER

# Facts and relations of the dossier, its views, and all their ids as one number.
FACTS, VIEWS = 978, 308
IDS_SHA256 = "ce57958102a72b0f175336f56786ce845248c365a6453a2e392bc37f50cd7204"
ARTICLE_LINES = 46

KEY_OF = {
    "transfers": "transfer_id",
    "statements": "statement_id",
    "events": "event_id",
    "views": "view_id",
    "relations": "relation_id",
    "deliveries": "delivery_id",
}


@cache
def ledger() -> Dataset:
    return load_dataset()


@cache
def provenance(name: str) -> list[dict[str, str]]:
    with (FOLDER / "provenance" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_ids() -> set[str]:
    return {key for name, column in KEY_OF.items() for key in getattr(ledger(), name)[column]}


def test_the_whole_dossier_is_listed_once() -> None:
    rows = provenance("dossier")
    ids = [row["dossier_id"] for row in rows]
    assert [key for key, count in Counter(ids).items() if count > 1] == []
    kinds = Counter(row["kind"] for row in rows)
    assert set(kinds) == {"fact", "relation", "view"}
    assert (kinds["fact"] + kinds["relation"], kinds["view"]) == (FACTS, VIEWS)
    assert hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest() == IDS_SHA256


def test_every_line_of_the_article_is_listed_in_order() -> None:
    lines = [row["line"] for row in provenance("seed_article")]
    assert lines == [str(number) for number in range(1, ARTICLE_LINES + 1)]


@pytest.mark.parametrize("name", ["dossier", "seed_article"])
def test_each_has_records_that_exist_or_a_reason(name: str) -> None:
    known = all_ids()
    for row in provenance(name):
        place = row.get("dossier_id") or f"line {row['line']}"
        records = row["record_ids"].split()
        assert records or row["reason"].strip(), f"{name}: {place} has neither record nor reason"
        assert len(records) == len(set(records)), f"{name}: {place} names a record twice"
        missing = [record for record in records if record not in known]
        assert not missing, f"{name}: {place} names {missing}, which no table holds"


@pytest.mark.parametrize("table", KEY_OF)
def test_ids_are_unique(table: str) -> None:
    ids = getattr(ledger(), table)[KEY_OF[table]]
    assert ids.notna().all()
    assert sorted(ids[ids.duplicated()]) == []


def test_an_id_names_one_thing_whatever_table_it_stands_in() -> None:
    """Provenance and corrections name records by id alone.

    A delivery may have the id of the transfer that it completes, never of another.
    """
    tables: dict[str, list[str]] = {}
    for name, column in KEY_OF.items():
        for key in getattr(ledger(), name)[column]:
            tables.setdefault(key, []).append(name)
    whole = ledger().deliveries.set_index("delivery_id")["transfer_id"]
    shared = {key: names for key, names in tables.items() if len(names) > 1}
    for key, names in shared.items():
        assert set(names) == {"transfers", "deliveries"}, (key, names)
        assert whole[key] == key


def test_most_of_the_dossier_became_records() -> None:
    rows = provenance("dossier")
    assert sum(bool(row["record_ids"]) for row in rows) > 0.9 * len(rows)
