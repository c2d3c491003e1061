"""Receipts: one short code for data version, selection and the rows that it showed.

`python -m data.receipt HASH --query "…" [--data FOLDER]` makes the receipt anew from a
dataset and compares. A receipt has three digests, so that a difference can be told:

    ral1-<data version>-<selection>-<record ids>

It vouches for which rows a view held. What the rows say is a matter of the data
version, and of the publisher of that version.
"""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from data.exports.excerpt import Excerpt, excerpt
from data.load import Dataset, load_dataset
from data.package import FOLDER, PackageError
from data.query_string import from_query
from data.selection import KEYS

PREFIX = "ral1"
# Tables whose rows a view is made of, and their ids.
RECORDS = {
    "transfers": "transfer_id",
    "deliveries": "delivery_id",
    "events": "event_id",
    "statements": "statement_id",
    "views": "view_id",
    "relations": "relation_id",
}
_LENGTHS = (8, 8, 20)


def _digest(text: str, length: int) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def record_ids(view: Excerpt) -> dict[str, list[str]]:
    """Ids of the rows that a view shows, by table, in alphabetical order."""
    return {table: sorted(getattr(view.rows, table)[key]) for table, key in RECORDS.items()}


def receipt(view: Excerpt) -> str:
    """The receipt of a view.

    Args:
        view: The rows with their selection.

    Returns:
        E.g. `ral1-0f3a9c21-5be07a44-9d1c66f0a2b35e7788c1`; equal for equal data version,
        selection and rows, wherever and whenever it is made.
    """
    ids = "\n".join(f"{table} {key}" for table, keys in record_ids(view).items() for key in keys)
    parts = zip((view.dataset.version, view.query, ids), _LENGTHS, strict=True)
    return "-".join([PREFIX, *(_digest(text, length) for text, length in parts)])


def differences(given: str, view: Excerpt) -> list[str]:
    """What a receipt and a view differ in.

    Args:
        given: A receipt of the right form.
        view: The view made anew.

    Returns:
        One line for each of data version, selection and rows that isn't the same.
    """
    counts = ", ".join(f"{len(keys)} {table}" for table, keys in record_ids(view).items())
    lines = (
        f"data version: the receipt is of another version than {view.dataset.version}",
        f"selection: the receipt is of another selection than {view.query or 'everything'!r}",
        f"rows: the receipt is of other rows than the {counts} that this selection shows here",
    )
    pairs = zip(given.split("-")[1:], receipt(view).split("-")[1:], lines, strict=True)
    return [line for old, new, line in pairs if old != new]


def is_receipt(text: str) -> bool:
    """True if a text has the form of a receipt."""
    parts = text.split("-")
    return (
        len(parts) == 4
        and parts[0] == PREFIX
        and all(
            len(part) == length and set(part) <= set("0123456789abcdef")
            for part, length in zip(parts[1:], _LENGTHS, strict=True)
        )
    )


def read_link(text: str, dataset: Dataset) -> tuple[Excerpt, list[str]]:
    """Makes the view of a link anew.

    Args:
        text: A query string, with or without `?`, or a whole address.
        dataset: The dataset to look in.

    Returns:
        The view, and what of the link isn't understood.
    """
    is_address = "://" in text
    parts = urlsplit(text) if is_address else None
    query = parts.query if parts else text.removeprefix("?")
    pairs = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        # A page other than the record's shows every row that fits, whichever record it knows.
        if key in KEYS and not (parts and key == "record" and "record" not in parts.path)
    ]
    selection, problems = from_query(pairs, dataset)
    return excerpt(dataset, selection), [str(problem) for problem in problems]


def main(arguments: Sequence[str] | None = None) -> int:
    """Verifies a receipt from the command line.

    Args:
        arguments: Words after the command; those of the process if None.

    Returns:
        0 if the receipt holds, 1 if something differs (each line says what), 2 if the
        receipt, the link or the dataset can't be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m data.receipt",
        description="Verifies that a dataset and a link still show the rows of a receipt.",
    )
    parser.add_argument("hash", help="the receipt, as a brief or a download gives it")
    parser.add_argument(
        "--query", default="", help="the permalink of the view, or what stands after its ?"
    )
    parser.add_argument("--data", type=Path, default=FOLDER, help="default: the ledger's own data")
    given = parser.parse_args(arguments)
    wanted = given.hash.strip().lower()
    if not is_receipt(wanted):
        form = "-".join([PREFIX, *(f"<{length} hex digits>" for length in _LENGTHS)])
        print(f"{given.hash!r} is no receipt; it reads {form}", file=sys.stderr)
        return 2
    try:
        dataset = load_dataset(given.data)
    except PackageError as error:
        print(f"{given.data}: can't be read\n{error}", file=sys.stderr)
        return 2
    view, problems = read_link(given.query, dataset)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 2
    found = differences(wanted, view)
    if found:
        print("\n".join(found))
        return 1
    counts = ", ".join(f"{len(keys)} {table}" for table, keys in record_ids(view).items())
    print(f"The receipt holds: data version {dataset.version}, {counts}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
