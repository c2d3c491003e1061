"""Rows as the checks see them: text cells with their place in the package.

The checks work on text, not on typed frames, because they must say something
useful about a package that can't be loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data import dates
from data.load import Row, cell_value, read_rows
from data.package import Package, Problem, Table, read_package


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one table.

    Attributes:
        table: The table it stands in.
        number: Row of the file, the header being row 1.
        cells: The row's cells by column name.
    """

    table: Table
    number: int
    cells: Row

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def key(self) -> str:
        """The id or code of the row."""
        return self.cells[self.table.primary_key[0]]

    def problem(self, column: str, message: str) -> Problem:
        """Says what is wrong with one cell of this row.

        Args:
            column: Column name.
            message: `problem; mend`.

        Returns:
            The problem with its place and the cell's value.
        """
        return Problem(self.table.path, self.number, column, self.cells[column], message)

    def date(self, column: str) -> dates.UncertainDate | None:
        """Reads a date; None where the cell is empty or no date."""
        try:
            return dates.parse(self.cells[column]) if self.cells[column] else None
        except dates.DateError:
            return None

    def amount(self, column: str) -> float | None:
        """Reads a number; None where the cell is empty or no number."""
        kind = next(field for field in self.table.fields if field.name == column)
        try:
            return float(cell_value(kind, self.cells[column])) if self.cells[column] else None
        except ValueError:
            return None

    def flag(self, column: str) -> bool | None:
        """Reads a boolean; None where the cell is neither true nor false."""
        return {"true": True, "false": False}.get(self.cells[column])


@dataclass(frozen=True)
class Tables:
    """The rows of a package, as far as they could be read.

    Attributes:
        package: The contract.
        records: Rows by table; rows of the wrong width are left out.
        strays: Rows of the wrong width by table: what they hold can't be told by
            column, but an id among their cells isn't missing.
        unread: Names of tables of which no row could be read.
        form_problems: What is wrong with the form of the files.
    """

    package: Package
    records: Mapping[str, list[Record]]
    strays: Mapping[str, list[Row]]
    unread: frozenset[str]
    form_problems: tuple[Problem, ...]
    _known: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> list[Record]:
        return self.records[name]

    def index(self, name: str) -> dict[str, Record]:
        """Rows of a table by id or code; the first where several share one."""
        return {record.key: record for record in reversed(self.records[name])}

    def known(self, name: str, column: str) -> frozenset[str]:
        """Values that a pointer to this column may hold."""
        if (name, column) not in self._known:
            values = frozenset(record[column] for record in self.records[name])
            strays = (row.values() for row in self.strays[name])
            self._known[name, column] = values.union(*strays) - {""}
        return self._known[name, column]

    def has_target(self, record: Record, column: str) -> bool:
        """True if the cell points to a row that is there.

        A check that judges one row by another's code asks first: the code that
        isn't one is reported where it stands, and nothing follows from it.
        """
        key = next(key for key in record.table.foreign_keys if key.field == column)
        return record[column] in self.known(key.table, key.table_field)

    def is_whole(self, *names: str) -> bool:
        """True if every row of these tables could be read.

        A check that misses something (“nobody uses this”) asks first: a file that
        can't be read would make all others look wrong.
        """
        return not any(name in self.unread or self.strays[name] for name in names)


def read_tables(folder: Path) -> Tables:
    """Reads every file of a package as text.

    Args:
        folder: Folder with a `datapackage.json`.

    Returns:
        What could be read, and what is wrong with the files' form.

    Raises:
        PackageError: If the descriptor can't be used.
    """
    package = read_package(folder)
    records: dict[str, list[Record]] = {}
    strays: dict[str, list[Row]] = {}
    unread: set[str] = set()
    form_problems: list[Problem] = []
    for table in package.tables:
        rows, problems = read_rows(folder, table)
        form_problems += problems
        if problems and not rows:
            unread.add(table.name)
        stray = {problem.row for problem in problems}
        records[table.name] = []
        strays[table.name] = []
        for number, row in enumerate(rows, start=2):
            if number in stray:
                strays[table.name].append(row)
            else:
                records[table.name].append(Record(table, number, row))
    return Tables(package, records, strays, frozenset(unread), tuple(form_problems))


def loops(links: Mapping[str, str]) -> set[str]:
    """Finds what leads back to itself.

    Args:
        links: From each item the one that it points to.

    Returns:
        The items on a loop; those that only lead into one are not among them.
    """
    found: set[str] = set()
    for start in links:
        seen = {start}
        at = links[start]
        while at in links and at not in seen:
            seen.add(at)
            at = links[at]
        if at == start:
            found.add(start)
    return found


def sides(tables: Tables) -> dict[str, Record]:
    """Finds the side of each actor: the last of its parents.

    Args:
        tables: The package.

    Returns:
        The side's row by actor id; actors whose parents loop or don't stand in
        the table have none.
    """
    actors = tables.index("actors")
    found: dict[str, Record] = {}
    for actor_id, actor in actors.items():
        seen = {actor_id}
        top: Record | None = actor
        while top is not None and top["parent_id"]:
            above = top["parent_id"]
            top = None if above in seen else actors.get(above)
            seen.add(above)
        if top is not None:
            found[actor_id] = top
    return found
