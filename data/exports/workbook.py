"""A view as a workbook: method, columns, and one sheet for each table.

Texts are written as texts, never as formulas or links, and are guarded as in CSV, for
a cell that is edited or saved as CSV is read anew.
"""

import io
from datetime import date, datetime
from typing import Any

from data.exports.archive import repacked
from data.exports.cells import guarded
from data.exports.excerpt import Excerpt
from data.exports.flat import FlatTable, flat_tables
from data.exports.formats import about, cell_text
from data.exports.wording import selection_words

_LONGEST = 32_767  # characters that a cell can hold
_CUT = " … [cut: a cell holds no more; see the JSON download]"
_FIRST_DAY = date(1900, 3, 1)  # earlier days are not the same in every spreadsheet
_WIDE = ("summary", "description", "quotation", "note", "title", "reason", "address", "url")
_RULES = (
    ("What a row is", "Each sheet is one table; a row of statements is one speaker's word."),
    (
        "Status",
        "Nobody types a status. Stage and standing follow from the statements that were public by "
        "the as-known date, repeat no other, weren't retracted and aren't graded improbable "
        "(column counts).",
    ),
    (
        "Numbers",
        "Every number is a speaker's. Contradicting numbers stand in rows of their own; don't add "
        "or average them.",
    ),
    (
        "Dates",
        "A date is EDTF text that says no more than is known: 2024-09-10, 2024-09, 2022-08~ "
        "(about), A/B (from A to B). The columns _earliest and _latest hold its first and last "
        "possible day as real dates; where the day is known they are the same.",
    ),
    (
        "Grades",
        "A letter for the publisher (A best, F cannot be judged) and a digit for the statement (1 "
        "best, 6 cannot be judged), judged apart.",
    ),
    (
        "Apostrophes",
        "A text that begins like a formula has an apostrophe before it, so that no spreadsheet "
        "runs it. JSON, Parquet and the API have it to the letter.",
    ),
    ("Lists", "Ids in one cell are parted by “ | ”."),
    ("Gaps", "A transfer that isn't listed may still have happened."),
)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _method(book: Any, view: Excerpt, formats: dict[str, Any], tables: list[FlatTable]) -> None:
    sheet = book.add_worksheet("Method")
    sheet.set_column(0, 0, 26, formats["name"])
    sheet.set_column(1, 1, 100, formats["wrap"])
    told = about(view)
    lines = [
        ("Data version", told["data_version"]),
        ("As known on", told["as_known_on"]),
        ("Cut-off", told["cut_off_date"]),
        ("Licence", told["licence"]),
        ("Permalink", view.address),
        ("Query", view.query or "everything"),
        ("Receipt", told["receipt"]),
        *((f"Selection: {n}", v) for n, v in selection_words(view.selection, view.dataset)),
        *((f"Rows: {table.name}", str(len(table.rows))) for table in tables),
        *_RULES,
    ]
    sheet.write_string(0, 0, guarded(view.dataset.package.title), formats["head"])
    for number, (name, text) in enumerate(lines, start=2):
        sheet.write_string(number, 0, name, formats["name"])
        sheet.write_string(number, 1, _fitting(guarded(text)), formats["wrap"])


def _column_notes(book: Any, formats: dict[str, Any], tables: list[FlatTable]) -> None:
    sheet = book.add_worksheet("Columns")
    for place, width in enumerate((14, 26, 10, 100)):
        sheet.set_column(place, place, width)
    for place, head in enumerate(("Table", "Column", "Type", "What it holds")):
        sheet.write_string(0, place, head, formats["head"])
    sheet.freeze_panes(1, 0)
    number = 0
    for table in tables:
        for column in table.columns:
            number += 1
            for place, text in enumerate((table.name, column.name, column.kind, column.note)):
                sheet.write_string(number, place, guarded(text))


def _table(book: Any, formats: dict[str, Any], table: FlatTable) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(table.columns):
        is_wide = column.name.endswith(_WIDE)
        width = 60 if is_wide else 12 if column.kind in ("day", "number", "boolean") else 22
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column.name, formats["head"])
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for number, row in enumerate(table.rows, start=1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            if value is None or value == []:
                continue
            if column.kind == "number":
                sheet.write_number(number, place, value)
            elif column.kind == "boolean":
                sheet.write_boolean(number, place, value)
            elif column.kind == "day" and value >= _FIRST_DAY:
                sheet.write_datetime(number, place, value, formats["day"])
            else:
                sheet.write_string(number, place, _fitting(cell_text(column.kind, value)))


def workbook(view: Excerpt) -> bytes:
    """The view as an XLSX file.

    Args:
        view: The rows with their selection.

    Returns:
        The same bytes for the same view.
    """
    import xlsxwriter

    tables = flat_tables(view)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    released = str(view.dataset.package.descriptor.get("created", ""))[:10]
    try:
        moment = datetime.fromisoformat(released)
    except ValueError:
        moment = datetime(2020, 1, 1)
    book.set_properties({"title": f"{view.dataset.package.title}: {view.stem}", "created": moment})
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "name": book.add_format({"bold": True, "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    _method(book, view, formats, tables)
    _column_notes(book, formats, tables)
    for table in tables:
        _table(book, formats, table)
    book.close()
    return repacked(buffer.getvalue())
