"""What a brief says, before it is set as a document: plain text, not escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from components.sentences import (
    event_sentence,
    headline,
    headline_rest,
    status_sentence,
    status_words,
)
from components.text import count_words, date_words, day_words, isolated, plain, range_words
from data.citations.forms import chicago_note
from data.citations.items import LedgerRecord, ledger_item, source_items
from data.exports.excerpt import Excerpt
from data.exports.wording import selection_words
from data.load import records
from data.queries.ledger import transfer_table
from data.queries.names import names_of
from data.queries.record import statements_about
from data.queries.views import view_table
from data.receipt import receipt

# Rows of one table in a brief; a brief is read on paper, and downloads hold them all.
MOST_ROWS = 250
NO_CHART = "This host can’t draw charts into files, so the brief stands without its chart."
NOTHING_CONTESTED = "No stage shown here is denied by anyone whose words count."
NOTHING_TO_DRAW = "Nothing in this view can be drawn."


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its cells, and the numbers of its notes."""

    cells: tuple[str, ...]
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its heading and a line on what is in it."""

    title: str
    intro: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as a picture, with what it asks and what it shows."""

    png: bytes
    question: str
    alt: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief.

    Attributes:
        title: What the view is of.
        headline: Its finding, computed from the rows.
        facts: Name and value of what it rests on: days, version, selection.
        contested: What is contested in it, a line each, with notes.
        sections: The rows.
        notes: Citations of the documents, the first being note 1.
        ledger: Citation of the ledger.
        address: Permalink of the view.
        receipt: Its receipt.
        query: Its query string, to verify the receipt with.
        chart: The picture, or None.
        chart_note: Why there is no picture; "" where there is one.
    """

    title: str
    headline: str
    facts: tuple[tuple[str, str], ...]
    contested: tuple[Line, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    ledger: str
    address: str
    receipt: str
    query: str
    chart: Chart | None
    chart_note: str


@dataclass
class _Notes:
    """Documents in the order in which they are first cited."""

    view: Excerpt
    numbers: dict[str, int] = field(default_factory=dict)

    def of_sources(self, source_ids: Iterable[str]) -> tuple[int, ...]:
        numbers = {self.numbers.setdefault(key, len(self.numbers) + 1) for key in source_ids}
        return tuple(sorted(numbers))

    def of_statements(self, statement_ids: Iterable[str]) -> tuple[int, ...]:
        said = self.view.selected.known.statements
        source = dict(zip(said["statement_id"], said["source_id"], strict=True))
        return self.of_sources(source[key] for key in statement_ids if key in source)

    def written(self) -> tuple[str, ...]:
        return tuple(map(chicago_note, source_items(self.view.selected, self.numbers)))


def _shown(rows: pd.DataFrame, order: str) -> tuple[pd.DataFrame, str]:
    """The rows that a table shows, and the words that say how many there are."""
    if len(rows) <= MOST_ROWS:
        return rows, f"{count_words(len(rows), 'row')}, {order}."
    return rows.head(MOST_ROWS), (
        f"The first {MOST_ROWS} of {len(rows):,} rows, {order}; {len(rows) - MOST_ROWS:,} more are "
        "left out here and stand in the downloads of the same view."
    )


def _quoted(row: Any) -> str:
    words = getattr(row, "quotation", None)
    return f" In their words: “{isolated(plain(words))}”" if words else ""


def _amount(amount: Any, unit: str) -> str:
    words = range_words(amount.low, amount.high)
    return f"{words} {unit}" if words else ""


def _transfers(view: Excerpt, notes: _Notes) -> Section:
    table = transfer_table(view.selected)
    names = names_of(view.selected.known)
    shown, intro = _shown(table, "by direction and category")
    lines = []
    for row in records(shown):
        assessment = view.selected.assessments[row.transfer_id]
        lines.append(
            Line(
                (
                    row.name,
                    f"{row.supplier} → {row.recipient}",
                    _amount(row.promised, names.label("units", row.unit_code)),
                    _amount(row.arrived, names.label("units", row.unit_code)),
                    status_words(assessment, view.selected),
                ),
                notes.of_statements(assessment.reasons),
            )
        )
    columns = ("Transfer", "Direction", "Promised", "Arrived", "Status")
    said = "The notes are the statements that make the status. Numbers are the speakers’ own."
    return Section("Transfers", f"{intro} {said}", columns, tuple(lines))


def _statements(view: Excerpt, rows: pd.DataFrame, order: str, notes: _Notes) -> Section:
    names = names_of(view.selected.known)
    shown, intro = _shown(rows, order)
    has_subject = "subject" in shown.columns
    lines = []
    for row in records(shown):
        stage = names.label("stages", row.stage_code).lower() if row.stage_code else ""
        says = names.label("stances", row.stance_code) + (f": {stage}" if stage else "")
        repeats = " Repeats another." if row.derived_from_id else ""
        lines.append(
            Line(
                (
                    date_words(row.said_date),
                    f"{row.speaker}, on {row.subject}" if has_subject else row.speaker,
                    says,
                    f"{row.summary}{repeats}{_quoted(row)}",
                    row.grade,
                ),
                notes.of_statements([row.statement_id]),
            )
        )
    columns = ("Day", "Speaker", "Says", "In our words", "Grade")
    return Section("What was said", intro, columns, tuple(lines))


def _with_speakers(view: Excerpt) -> pd.DataFrame:
    """The statements shown, with `speaker`, `subject` and `grade`."""
    known, names = view.selected.known, names_of(view.selected.known)
    publisher = dict(zip(known.sources["source_id"], known.sources["publisher_id"], strict=True))
    rows = view.rows.statements
    letters = [names.reliability[publisher[key]] for key in rows["source_id"]]
    subjects = [
        names.transfers.get(transfer) or names.events[event]
        for transfer, event in zip(rows["transfer_id"], rows["event_id"], strict=True)
    ]
    return rows.assign(
        speaker=[names.actors[key] for key in rows["speaker_id"]],
        subject=subjects,
        grade=[a + b for a, b in zip(letters, rows["credibility_code"], strict=True)],
    )


def _events(view: Excerpt, notes: _Notes) -> Section:
    names, said = names_of(view.selected.known), view.selected.known.statements
    ordered = view.rows.events.sort_values(["event_date_earliest", "event_id"])
    shown, intro = _shown(ordered, "earliest first")
    about: dict[str, list[str]] = {}
    for row in records(said[said["event_id"].notna()]):
        about.setdefault(row.event_id, []).append(row.statement_id)
    lines = tuple(
        Line(
            (
                date_words(row.event_date),
                row.name,
                names.label("event_kinds", row.kind_code),
                row.summary,
            ),
            notes.of_statements(about.get(row.event_id, ())),
        )
        for row in records(shown)
    )
    return Section("Events", intro, ("Day", "Event", "Kind", "What happened"), lines)


def _views(view: Excerpt, notes: _Notes) -> Section:
    names = names_of(view.selected.known)
    shown, intro = _shown(view_table(view.selected, view.rows.views), "latest first")
    lines = tuple(
        Line(
            (
                date_words(row.said_date),
                ", ".join(part for part in (row.person, row.role, row.organisation) if part),
                names.label("positions", row.position_code),
                f"{row.summary}{_quoted(row)}",
            ),
            notes.of_sources([row.source_id]),
        )
        for row in records(shown)
    )
    return Section("What people conclude", intro, ("Day", "Who", "Position", "In our words"), lines)


def _ties(view: Excerpt, notes: _Notes) -> Section:
    names = names_of(view.selected.known)
    ordered = view.rows.relations.sort_values(["kind_code", "relation_id"])
    shown, intro = _shown(ordered, "by kind")
    lines = tuple(
        Line(
            (
                f"{names.actors[row.from_id]} – {names.actors[row.to_id]}",
                names.label("relation_kinds", row.kind_code),
                date_words(row.relation_date),
                row.summary,
            ),
            notes.of_sources([row.source_id]),
        )
        for row in records(shown)
    )
    return Section("Ties", intro, ("Between", "Kind", "When", "What ties them"), lines)


def _contested(view: Excerpt, notes: _Notes) -> tuple[Line, ...]:
    """What a party or another speaker denies, with both sides and their sources."""
    names, found = names_of(view.selected.known), []
    for key in view.rows.transfers["transfer_id"]:
        assessment = view.selected.assessments[key]
        step = next(s for s in assessment.ladder if s.stage_code == assessment.stage_code)
        # Denials that their speaker took back later are among the reasons.
        if assessment.standing_code != "denied" and (
            assessment.standing_code == "contested" or {*step.denying} - {*assessment.reasons}
        ):
            sentence = status_sentence(assessment, view.selected)
            cited = notes.of_statements([*step.asserting, *step.denying])
            found.append(Line((names.transfers[key], sentence), cited))
    for key in view.rows.events["event_id"]:
        status = view.selected.event_assessments.get(key)
        if status is not None and status.standing_code == "contested":
            sentence = event_sentence(status, view.selected)
            cited = notes.of_statements([*status.asserting, *status.denying])
            found.append(Line((names.events[key], sentence), cited))
    return tuple(found)


def _record(view: Excerpt, notes: _Notes) -> tuple[str, str, list[Section]]:
    """Title, headline and tables of a record's brief."""
    selected, names = view.selected, names_of(view.selected.known)
    rows = statements_about(selected, view.record)
    if view.record in selected.assessments:
        title = names.transfers[view.record]
        finding = status_sentence(selected.assessments[view.record], selected)
    else:
        title = names.events[view.record]
        finding = event_sentence(selected.event_assessments.get(view.record), selected)
    sections = [_statements(view, rows, "first said first", notes)]
    if not view.rows.views.empty:
        sections.append(_views(view, notes))
    return title, finding, sections


_TABLES = {
    "timeline": (_transfers, _events),
    "network": (_transfers, _ties),
    "views": (_views,),
}


def _of_page(view: Excerpt, page: str, title: str, notes: _Notes) -> tuple[str, str, list[Section]]:
    if view.record:
        return _record(view, notes)
    rows = view.rows
    if page == "views":
        people = count_words(
            rows.views["person_id"].nunique(), "person or body", "people and bodies"
        )
        return title, f"{count_words(len(rows.views), 'view')} by {people}.", [_views(view, notes)]
    if page == "statements":
        speakers = count_words(rows.statements["speaker_id"].nunique(), "speaker")
        finding = f"{count_words(len(rows.statements), 'statement')} by {speakers}."
        latest = _with_speakers(view).sort_values(
            ["said_date_latest", "statement_id"], ascending=[False, True]
        )
        return title, finding, [_statements(view, latest, "latest first", notes)]
    sections = [make(view, notes) for make in _TABLES.get(page, (_transfers,))]
    table = transfer_table(view.selected)
    return title, f"{headline(table)} {headline_rest(table)}".rstrip(), sections


def _facts(view: Excerpt) -> tuple[tuple[str, str], ...]:
    as_of = view.selection.as_of
    known = day_words(as_of) if as_of else f"{day_words(view.day)} (everything that is known)"
    told = [
        (name, value)
        for name, value in selection_words(view.selection, view.dataset)
        if name not in ("Record", "As known on")
    ]
    return (
        ("As known on", known),
        ("Sources read to", f"{day_words(view.dataset.cut_off_date)} (cut-off)"),
        ("Data version", view.dataset.version),
        *told,
        ("Selection", "no filter") if not told and not view.record else ("Licence", _licence(view)),
    )


def _licence(view: Excerpt) -> str:
    return view.dataset.package.licence


def brief_content(
    view: Excerpt, page: str, title: str, chart: Chart | None = None, chart_note: str = NO_CHART
) -> Brief:
    """Gathers what a brief of a view says.

    Args:
        view: The rows with their selection.
        page: Name of the page that the view is of.
        title: The page's question, for pages other than a record's.
        chart: Its chart as a picture, where the host could draw it.
        chart_note: What to say where there is none.

    Returns:
        The brief. Tables longer than `MOST_ROWS` say how many rows are left out.
    """
    notes = _Notes(view)
    # Notes are numbered in the order of reading: the contested box stands first.
    contested = _contested(view, notes)
    head, finding, sections = _of_page(view, page, title, notes)
    ledger = ledger_item(view.dataset, LedgerRecord("", "", view.address), view.selection.as_of)
    return Brief(
        title=plain(head, 300),
        headline=plain(finding),
        facts=_facts(view),
        contested=contested,
        sections=tuple(sections),
        notes=notes.written(),
        ledger=chicago_note(ledger),
        address=view.address,
        receipt=receipt(view),
        query=view.query,
        chart=chart,
        chart_note="" if chart else chart_note,
    )


def note_runs(notes: Sequence[int]) -> list[tuple[int, int]]:
    """Numbers of notes as runs, first and last of each; two neighbours are no run."""
    runs: list[tuple[int, int]] = []
    for number in sorted(notes):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [
        part
        for first, last in runs
        for part in ([(first, last)] if last - first != 1 else [(first, first), (last, last)])
    ]


def note_marks(notes: Sequence[int]) -> str:
    """Numbers of notes as they stand behind a text: `1, 4–7`."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in note_runs(notes)
    )
