"""The README's data dictionary, written from the contract.

`python -m data.docs` rewrites it in place; `--check` only compares, and names what is stale.
"""

import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

from data.load import read_rows
from data.package import Field, Package, Table, read_package

README = Path(__file__).parent.parent / "README.md"
BEGIN = "<!-- dictionary:begin -->"
END = "<!-- dictionary:end -->"

# The contract explains the form of dates at every date column; the dictionary does so once.
_DATE_HINT = " EDTF text:"
_PREAMBLE = """\
Dates are EDTF text: `2024-09-10`, `2024-09` or `2024`; `~` about, `?` uncertain, `A/B` from A to B,
`A/..` open. Required fields may not be empty; → points to a row of another table. The contract
itself is [`data/datapackage.json`](data/datapackage.json)."""
_CODES = (
    "The codes that a field ending in _code may hold; their definitions stand in data/vocabularies."
)


class DocsError(Exception):
    """A README that the dictionary can't be put into; the message says what to do."""


def _cell(text: str) -> str:
    """Text as it may stand in a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def _markdown_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _type(table: Table, field: Field) -> str:
    target = {key.field: key.table for key in table.foreign_keys}.get(field.name)
    if target:
        return f"→ {target}"
    return "date" if field.is_date else field.type


def field_rows(table: Table) -> list[tuple[str, ...]]:
    """One line per field: name, type or what it points to, need, what it holds."""
    return [
        (
            f"`{field.name}`",
            _type(table, field),
            "yes" if field.is_required else "",
            _cell(field.description.split(_DATE_HINT)[0]),
        )
        for field in table.fields
    ]


def _is_link_table(table: Table) -> bool:
    """True where a table does nothing but join others: its key is the whole row."""
    return set(table.primary_key) == set(table.field_names)


def _folded(name: str, description: str, body: str) -> str:
    summary = f"<summary><b>{name}</b> — {escape(description)}</summary>"
    return f"<details>\n{summary}\n\n{body}\n\n</details>"


def codes(package: Package, vocabulary: Table) -> str:
    """The codes of a vocabulary with their labels, in order."""
    rows, _ = read_rows(package.folder, vocabulary)
    rows.sort(key=lambda row: int(row["order"]))
    return " · ".join(f"`{row['code']}` {_cell(row['label'])}" for row in rows)


def sections(package: Package) -> dict[str, str]:
    """The dictionary in parts: one per table, then link tables and vocabularies."""
    tables = [table for table in package.tables if not table.is_vocabulary]
    links = [table for table in tables if _is_link_table(table)]
    parts = {"preamble": _PREAMBLE}
    for table in tables:
        if table not in links:
            body = _markdown_table(
                ("Field", "Type", "Required", "What it holds"), field_rows(table)
            )
            parts[table.name] = _folded(table.name, table.description, body)
    body = _markdown_table(
        ("Table", "Fields", "One row is"),
        (
            (
                f"`{table.name}`",
                ", ".join(f"`{name}`" for name in table.field_names),
                _cell(table.description),
            )
            for table in links
        ),
    )
    parts["link tables"] = _folded("Link tables", "Which rows belong together.", body)
    body = _markdown_table(
        ("Vocabulary", "What it lists", "Codes"),
        (
            (f"`{table.name}`", _cell(table.description), codes(package, table))
            for table in package.tables
            if table.is_vocabulary
        ),
    )
    parts["vocabularies"] = _folded("Vocabularies", _CODES, body)
    return parts


def dictionary(package: Package) -> str:
    """The whole dictionary as Markdown."""
    return "\n\n".join(sections(package).values())


def _split(text: str) -> tuple[str, str, str]:
    """What stands before, between and after the markers."""
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise DocsError(f"needs {BEGIN} and {END} once each, in this order; add the two lines")
    before, rest = text.split(BEGIN)
    between, after = rest.split(END)
    return before, between, after


def replace_dictionary(text: str, new: str) -> str:
    """A README's text with the part between the markers replaced."""
    before, _, after = _split(text)
    return f"{before}{BEGIN}\n{new}\n{END}{after}"


def stale_sections(text: str, package: Package) -> list[str]:
    """Names of the parts of the dictionary that a README doesn't show as they are now.

    Args:
        text: The README.
        package: The contract to compare with.

    Returns:
        Names as in `sections`; "order" where every part is there but something else
        stands between the markers too.
    """
    _, between, _ = _split(text)
    if between.strip() == dictionary(package):
        return []
    return [name for name, part in sections(package).items() if part not in between] or ["order"]


def main(arguments: list[str], readme: Path = README) -> int:
    """Writes or, with `--check`, compares; returns the exit code."""
    package = read_package()
    try:
        text = readme.read_text(encoding="utf-8")
        if "--check" in arguments:
            stale = stale_sections(text, package)
            if stale:
                parts = ", ".join(stale)
                print(f"{readme.name}: stale in the data dictionary: {parts}; run `make docs`")
                return 1
            print(f"{readme.name}: the data dictionary is up to date")
            return 0
        readme.write_text(replace_dictionary(text, dictionary(package)), encoding="utf-8")
    except OSError as error:
        print(f"{readme.name}: cannot be read or written ({error.strerror})")
        return 1
    except DocsError as error:
        print(f"{readme.name}: {error}")
        return 1
    print(f"{readme.name}: data dictionary written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
