"""The checks: every rule catches its fault, names its place, and says the mend."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import (
    check_amounts,
    check_statements,
    check_texts,
    check_ties,
    check_usage,
    check_views,
)
from data.check_records import loops, read_tables
from data.check_schema import schema_problems
from data.checks import CHECKS, Check, check, main
from data.package import DESCRIPTOR, FOLDER, PackageError, Problem, Table, read_package
from tests.data.package_fixture import (
    ROWS,
    add_row,
    edit_cell,
    read_lines,
    remove_row,
    row_of,
    write_lines,
    write_package,
)

Edit = tuple[str, str, str, str]  # table, key of the row, column, value
Place = tuple[str, int, str]

DENIAL = "drones-ministry-2022-10-10"
CLAIM = "drones-unnamed-2022-10-10"
ADMISSION = "drones-reza-2022-11-05"
REPEAT = "drones-institute-2022-11-06"
PLANT = "plant-institute-2023-03"
JETS = "jets-reza-2023-06-01"
TALKS = "talks-ministry-2022-07-20"
VIEW = "doe-2023-05-02"


@dataclass(frozen=True)
class Break:
    """A way to break the fixture, and where a rule must see it.

    Attributes:
        rule: The rule.
        edits: Cells to write; the first is where the problem is reported.
        word: Something that the message must say.
        at: Places where it is reported instead: table, key of the row, column.
        also: Other rules that the same edit breaks.
    """

    rule: Check
    edits: tuple[Edit, ...]
    word: str
    at: tuple[tuple[str, str, str], ...] = ()
    also: tuple[Check, ...] = ()

    @property
    def places(self) -> list[Place]:
        table, key, column, _ = self.edits[0]
        return sorted(
            (read_package().by_name[t].path, row_of(t, k), c)
            for t, k, c in self.at or ((table, key, column),)
        )


def _statement(key: str, column: str, value: str) -> Edit:
    return ("statements", key, column, value)


def _one(rule: Check, edit: Edit, word: str, *also: Check) -> Break:
    return Break(rule, (edit,), word, also=also)


S, T, A, X, U = check_statements, check_ties, check_amounts, check_texts, check_usage
WORDS_41 = " ".join(["w"] * 41)

BREAKS = (
    Break(
        S.one_subject,
        (
            _statement(CLAIM, "transfer_id", "drones"),
            _statement(CLAIM, "event_id", "talks-2022-07-19"),
        ),
        "keep one",
        also=(T.repeat_follows_original,),
    ),
    Break(
        S.one_subject,
        (_statement(TALKS, "event_id", ""),),
        "so is event_id",
        at=(("statements", TALKS, "transfer_id"),),
        also=(U.events_are_spoken_of,),
    ),
    _one(S.one_subject, _statement(TALKS, "transfer_id", "drones"), "keep one"),
    _one(
        S.one_subject,
        _statement(JETS, "transfer_id", ""),
        "so is event_id",
        U.transfers_are_spoken_of,
    ),
    _one(X.records_apart, ("events", "talks-2022-07-19", "name", "SHAHED_drones"), "its own"),
    _one(S.stage_of_transfers_only, _statement(DENIAL, "stage_code", ""), "write the stage"),
    _one(S.stage_of_transfers_only, _statement(TALKS, "stage_code", "agreed"), "leave it empty"),
    _one(
        S.production_needs_licence, _statement(DENIAL, "stage_code", "licensed_production"), "mode"
    ),
    _one(S.prospect_is_no_delivery, _statement(JETS, "stage_code", "delivered"), "agreed"),
    _one(S.prospect_is_no_delivery, _statement(JETS, "stage_code", "cancelled"), "agreed"),
    _one(S.said_before_published, _statement(CLAIM, "said_date", "2022-10-11"), "2022-10-10"),
    Break(
        check_views.outcomes_follow_forecasts,
        (("views", VIEW, "forecast", ""),),
        "without a forecast",
        at=(("view_outcomes", VIEW, "view_id"),),
    ),
    Break(
        check_views.outcomes_follow_forecasts,
        (
            ("views", VIEW, "said_date", "2023-07-02"),
            ("views", VIEW, "published_date", "2023-07-03"),
        ),
        "came later",
        at=(("view_outcomes", VIEW, "statement_id"),),
        also=(S.published_with_source,),
    ),
    _one(S.said_before_published, ("views", VIEW, "said_date", "2023-06"), "2023-05-03"),
    *(
        _one(S.publication_is_closed, (table, key, "published_date", date), "both ends")
        for table, key, date in (
            ("sources", "times-2023", "2023/.."),
            ("statements", CLAIM, "../2022-10-10"),
            ("views", VIEW, "2023-05-03/.."),
            ("relations", "iran-militia", "../1985"),
        )
    ),
    _one(
        S.published_with_source,
        _statement(CLAIM, "published_date", "2022-10-11"),
        "times-2022-10-10",
    ),
    Break(
        S.published_with_source,
        (("views", VIEW, "published_date", "2024"),),
        "times-2023",
        at=(("views", VIEW, "published_date"), ("view_sources", VIEW, "source_id")),
    ),
    Break(
        S.published_with_source,
        (("relations", "iran-militia", "published_date", "2024"),),
        "times-2023",
        at=(
            ("relations", "iran-militia", "published_date"),
            ("relation_sources", "iran-militia", "source_id"),
        ),
    ),
    _one(
        S.published_with_source,
        ("relation_sources", "iran-militia", "source_id", "ancient"),
        "before",
    ),
    _one(S.published_with_source, ("statement_sources", DENIAL, "source_id", "ancient"), "before"),
    _one(
        S.published_with_source,
        ("view_sources", VIEW, "source_id", "ancient"),
        "before",
        U.rows_are_used,
    ),
    _one(S.said_after_event, _statement(TALKS, "said_date", "2022-07-18"), "is_prospective"),
    _one(S.stage_reached_when_said, _statement(CLAIM, "stage_date", "2022-11"), "2022-10-09"),
    Break(
        T.no_loops,
        (("actors", "iran", "parent_id", "iran-ministry"),),
        "itself",
        at=(("actors", "iran", "parent_id"), ("actors", "iran-ministry", "parent_id")),
    ),
    Break(
        T.no_loops,
        (_statement(CLAIM, "derived_from_id", CLAIM),),
        "itself",
    ),
    Break(
        T.no_loops,
        (_statement(DENIAL, "retracts_id", ADMISSION),),
        "itself",
        at=(("statements", DENIAL, "retracts_id"), ("statements", ADMISSION, "retracts_id")),
        also=(T.retraction_follows_words,),
    ),
    _one(T.repeat_follows_original, _statement(REPEAT, "derived_from_id", PLANT), "another"),
    Break(
        T.repeat_follows_original,
        (
            _statement(REPEAT, "derived_from_id", CLAIM),
            _statement(REPEAT, "published_date", "2022-10-09"),
            _statement(REPEAT, "said_date", "2022-10-09"),
        ),
        "later",
    ),
    _one(T.retraction_follows_words, _statement(ADMISSION, "retracts_id", JETS), "another"),
    _one(T.retraction_follows_words, _statement(ADMISSION, "retracts_id", CLAIM), "doesn't speak"),
    Break(
        T.retraction_follows_words,
        (
            _statement(ADMISSION, "retracts_id", DENIAL),
            _statement(ADMISSION, "is_official", "false"),
        ),
        "doesn't speak",
    ),
    Break(
        T.retraction_follows_words,
        (
            _statement(ADMISSION, "retracts_id", DENIAL),
            _statement(ADMISSION, "said_date", "2022-10-01"),
        ),
        "later",
    ),
    _one(T.official_has_side, _statement(CLAIM, "is_official", "true"), "unnamed"),
    Break(
        T.official_has_side,
        (
            _statement(CLAIM, "is_official", "true"),
            ("actors", "unnamed-officials", "parent_id", "russia"),
        ),
        "unnamed",
    ),
    Break(
        T.official_has_side,
        (
            _statement(CLAIM, "is_official", "true"),
            _statement(CLAIM, "speaker_id", "jane-doe"),
            ("view_actors", VIEW, "actor_id", "unnamed-officials"),
        ),
        "parent_id",
    ),
    Break(
        T.official_has_side,
        (
            _statement(DENIAL, "is_official", "true"),
            _statement(DENIAL, "speaker_id", "example-works"),
        ),
        "company",
        also=(T.retraction_follows_words,),
    ),
    _one(T.two_parties, ("transfers", "jets", "recipient_id", "russia"), "other party"),
    _one(
        T.correction_names_a_record,
        ("corrections", "drones-2024-01-02", "record_id", "no-such-record"),
        "mend the id",
    ),
    Break(
        T.two_parties,
        (
            ("relations", "iran-militia", "to_id", "iran"),
            ("view_actors", VIEW, "actor_id", "example-militia"),
        ),
        "other party",
    ),
    _one(A.range_in_order, _statement(CLAIM, "quantity_low", "101"), "swap"),
    Break(
        A.range_in_order,
        (
            ("deliveries", "drones-2022-08", "quantity_low", "40"),
            ("deliveries", "drones-2022-08", "quantity_high", "39"),
        ),
        "swap",
    ),
    _one(A.quantity_has_unit, _statement(JETS, "unit_code", ""), "unit"),
    Break(
        A.quantity_has_unit,
        (_statement(CLAIM, "unit_code", ""), _statement(CLAIM, "quantity_high", "")),
        "unit",
    ),
    _one(A.quantity_has_unit, ("deliveries", "drones-2022-08", "unit_code", ""), "unit"),
    _one(A.delivery_has_support, ("deliveries", "drones-2022-08", "statement_id", PLANT), "drones"),
    _one(
        A.delivery_has_support, ("deliveries", "drones-2022-08", "statement_id", DENIAL), "denies"
    ),
    Break(
        A.delivery_has_support,
        (
            ("deliveries", "drones-2022-08", "statement_id", REPEAT),
            _statement(REPEAT, "stage_code", "agreed"),
        ),
        "in_delivery",
    ),
    _one(
        A.deliveries_within_support,
        ("deliveries", "drones-2022-09", "quantity_low", "61"),
        "101",
        A.range_in_order,
    ),
    Break(
        A.deliveries_within_support,
        (
            ("deliveries", "drones-2022-09", "quantity_low", "31"),
            ("deliveries", "drones-2022-09", "quantity_high", ""),
            _statement(CLAIM, "quantity_high", ""),
        ),
        "71",
    ),
    _one(X.names_apart, ("actors", "russia", "name", "IRAN"), "row 2"),
    _one(X.names_apart, ("actors", "example-works", "name", "Jane-Doe"), "row 7"),
    _one(X.names_apart, ("publishers", "iran-ministry-site", "name", "example times"), "row 2"),
    _one(X.names_apart, ("systems", "su-35", "designation", "shahed-136"), "row 2"),
    _one(X.names_apart, ("transfers", "plant", "name", "SHAHED DRONES"), "row 2"),
    _one(X.names_apart, ("transfers", "plant", "name", "Jets"), "row 4"),
    _one(X.quotation_is_short, ("views", VIEW, "quotation", WORDS_41), "41"),
    _one(X.quotation_is_short, _statement(ADMISSION, "quotation", WORDS_41), "41"),
    _one(X.quotation_is_complete, ("views", VIEW, "quotation_locator", ""), "where"),
    _one(X.quotation_is_complete, ("views", VIEW, "quotation_language", ""), "language"),
    _one(X.quotation_is_complete, _statement(ADMISSION, "quotation_translation", ""), "English"),
    *(
        _one(X.quotation_is_complete, _statement(CLAIM, part, "en"), "without")
        for part in ("quotation_language", "quotation_locator", "quotation_translation")
    ),
    *(
        _one(X.sources_apart, ("sources", "ministry-2022-11-05", "url", url), "times-2022-10-10")
        for url in (
            "http://example.org/drones-seen",
            "https://example.org/drones-seen/",
            "https://www.example.org/drones-seen",
            "https://EXAMPLE.org/drones-seen",
        )
    ),
    _one(X.sources_apart, ("sources", "times-2023", "url", "http://[x"), "address"),
    *(
        _one(X.cells_are_clean, ("sources", "times-2023", "note", text), word)
        for text, word in (
            (" Day not known.", "start or end"),
            ("Day not known.\u00a0", "start or end"),
            ("Day  not known.", "two spaces"),
            ("Day\tnot known.", "U+0009"),
            ("Day\nnot known.", "U+000A"),
            ("Day \u202enot known.", "U+202E"),
            ("Day \u2067not known.", "U+2067"),
            ("Day\u200b not known.", "U+200B"),
            ("Day\u2028not known.", "U+2028"),
            ("Day\u2029not known.", "U+2029"),
        )
    ),
    _one(X.titles_without_brackets, ("sources", "times-2023", "title", "[Return]"), "brackets"),
    *(
        _one(X.summaries_are_sentences, (table, key, "summary", "Iran arms the"), "full stop")
        for table, key in (
            ("transfers", "drones"),
            ("events", "talks-2022-07-19"),
            ("statements", CLAIM),
            ("views", VIEW),
            ("relations", "iran-militia"),
        )
    ),
    *(
        _one(X.aliases_are_parted, ("systems", "shahed-136", "aliases", text), word)
        for text, word in (
            ("Geran-2|Geran", "between"),
            ("Geran-2 | | Geran", "between"),
            ("Geran-2 | Geran |", "between"),
            ("Geran | Geran-2 | GERAN-2", "'Geran-2' twice"),
        )
    ),
    _one(X.aliases_are_parted, ("actors", "iran", "aliases", "Tehran | Tehran"), "twice"),
    Break(
        U.rows_are_used,
        (("event_actors", "talks-2022-07-19", "actor_id", "russia"),),
        "used by no row",
        at=(("actors", "example-works", "actor_id"),),
    ),
    Break(
        U.rows_are_used,
        (("transfers", "jets", "system_id", "shahed-136"),),
        "used by no row",
        at=(("systems", "su-35", "system_id"),),
    ),
    Break(
        U.transfers_are_spoken_of,
        (_statement(JETS, "stance_code", "declines"),),
        "asserts",
        at=(("transfers", "jets", "transfer_id"),),
    ),
    Break(
        U.transfers_are_spoken_of,
        (_statement(JETS, "credibility_code", "5"),),
        "improbable",
        at=(("transfers", "jets", "transfer_id"),),
    ),
    Break(
        U.transfers_are_spoken_of,
        (_statement(JETS, "derived_from_id", CLAIM),),
        "repeat",
        at=(("transfers", "jets", "transfer_id"),),
        also=(T.repeat_follows_original,),
    ),
)


# Rules that a missing or an added row breaks, tested on their own below.
BY_ROW = {U.codes_are_used, U.events_are_spoken_of, U.events_have_actors}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(tmp_path_factory.mktemp("sound") / "package")


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    """A copy of the sound package that a test may break."""
    return shutil.copytree(sound, tmp_path / "package")


def _add_ancient(folder: Path) -> None:
    """Adds a source older than anything that it could carry."""
    cells = dict(ROWS["sources"][0], source_id="ancient", url="https://example.org/ancient")
    add_row(folder, "sources", **cells | {"published_date": "1970"})


def _found(folder: Path) -> dict[Check, list[Problem]]:
    tables = read_tables(folder)
    found = {rule: list(rule(tables)) for rule in CHECKS}
    return {rule: problems for rule, problems in found.items() if problems}


def _places(problems: list[Problem]) -> list[Place]:
    return sorted((problem.file, problem.row, problem.column) for problem in problems)


def test_fixture_is_sound(folder: Path) -> None:
    assert check(folder) == []


@pytest.mark.parametrize("break_", BREAKS, ids=lambda b: f"{b.rule.__name__}-{b.edits[0][2]}")
def test_rule_sees_the_fault(break_: Break, folder: Path) -> None:
    for table, key, column, value in break_.edits:
        if value == "ancient":
            _add_ancient(folder)
        edit_cell(folder, table, row_of(table, key), column, value)
    found = _found(folder)
    problems = found.pop(break_.rule, [])
    assert _places(problems) == break_.places
    for problem in problems:
        fault, semicolon, mend = problem.message.partition("; ")
        assert fault and semicolon and mend
        assert not mend.endswith(".")
    assert all(break_.word in problem.message for problem in problems[:1])
    assert set(found) <= set(break_.also), "the fixture was broken in other ways too"


def test_every_check_is_broken_once() -> None:
    assert {break_.rule for break_ in BREAKS} | BY_ROW == set(CHECKS)
    assert len(CHECKS) == len(set(CHECKS))


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.__name__)
def test_every_check_says_what_it_demands(rule: Check) -> None:
    assert (rule.__doc__ or "").strip().endswith(".")


def _edit(*edits: Edit) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        for table, key, column, value in edits:
            edit_cell(folder, table, row_of(table, key), column, value)

    return apply


# What a rule must let pass: one cell to the side of a fault.
ALLOWED = {
    "a prospect may be discussed": _edit(_statement(JETS, "stage_code", "discussed")),
    "a coarse day may hold both": _edit(_statement(PLANT, "said_date", "2023")),
    "an approximate source is no bound": _edit(
        ("sources", "times-2022-10-10", "published_date", "2022-10-09~")
    ),
    "an uncertain source is no bound": _edit(
        ("sources", "times-2022-10-10", "published_date", "2022-10-09?")
    ),
    "a source may be undated": _edit(("sources", "times-2022-10-10", "published_date", "")),
    "an event may be foreseen": _edit(
        _statement(TALKS, "said_date", "2022-07-01"), _statement(TALKS, "is_prospective", "true")
    ),
    "an event may have begun": _edit(
        ("events", "talks-2022-07-19", "event_date", "2022-07-19/2022-07-22")
    ),
    "an agreement may be dated ahead": _edit(_statement(JETS, "is_prospective", "false")),
    "a speaker may take back its own words": _edit(
        _statement(ADMISSION, "speaker_id", "iran-ministry"),
        _statement(ADMISSION, "is_official", "false"),
    ),
    "an armed group has officials": _edit(
        _statement(DENIAL, "speaker_id", "example-militia"),
        _statement(ADMISSION, "retracts_id", ""),
    ),
    "an organisation has officials": _edit(_statement(PLANT, "is_official", "true")),
    "a range may be a number": _edit(_statement(CLAIM, "quantity_low", "100")),
    "deliveries may reach what is supported": _edit(
        ("deliveries", "drones-2022-09", "quantity_low", "30"),
        ("deliveries", "drones-2022-08", "quantity_low", "60"),
    ),
    "another unit is another sum": _edit(
        ("deliveries", "drones-2022-08", "unit_code", "pieces"),
        _statement(JETS, "unit_code", "pieces"),
        ("deliveries", "drones-2022-08", "quantity_low", ""),
    ),
    "a confirmation supports a delivery": _edit(
        ("deliveries", "drones-2022-08", "statement_id", ADMISSION)
    ),
    "an estimate supports a delivery": _edit(_statement(CLAIM, "stance_code", "estimates")),
    "shipping supports a delivery": _edit(_statement(CLAIM, "stage_code", "in_delivery")),
    "at least as many may be delivered": _edit(_statement(CLAIM, "quantity_high", "")),
    "no number, no limit": _edit(
        _statement(CLAIM, "quantity_low", ""), _statement(CLAIM, "quantity_high", "")
    ),
    "forty words are short": _edit(("views", VIEW, "quotation", " ".join(["w"] * 40))),
    "a kind of English needs no translation": _edit(("views", VIEW, "quotation_language", "en-GB")),
    "another query is another page": _edit(
        ("sources", "ministry-2022-11-05", "url", "https://example.org/drones-seen?page=2")
    ),
    "Persian joiners are spelling": _edit(("systems", "shahed-136", "aliases", "خامنه\u200cای")),
    "a bracket may end a title": _edit(("sources", "times-2023", "title", "Return [video]")),
    "a bracket may open a title": _edit(("sources", "times-2023", "title", "[Video] Return")),
    "a full stop may stand in quotes": _edit(("views", VIEW, "summary", "Calls it “a trade.”")),
    "a denial speaks of a transfer": _edit(_statement(JETS, "stance_code", "denies")),
    "a name may be the row's own id": _edit(("systems", "su-35", "designation", "SU-35")),
}


@pytest.mark.parametrize("allow", ALLOWED.values(), ids=ALLOWED.keys())
def test_rules_let_pass(allow: Callable[[Path], None], folder: Path) -> None:
    allow(folder)
    assert _found(folder) == {}


@pytest.mark.parametrize(
    ("mode", "is_allowed"),
    [("licence", True), ("technology", True), ("sale", False), ("aid", False)],
)
def test_modes_of_production(tmp_path: Path, mode: str, is_allowed: bool) -> None:
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    if mode not in [line[0] for line in read_lines(folder, "modes")]:
        add_row(folder, "modes", code=mode, label=mode.title(), definition="A way.", order="90")
    edit_cell(folder, "transfers", row_of("transfers", "plant"), "mode_code", mode)
    assert (S.production_needs_licence not in _found(folder)) == is_allowed


def test_other_units_are_not_added(folder: Path) -> None:
    row = row_of("deliveries", "drones-2022-09")
    edit_cell(folder, "deliveries", row, "quantity_low", "5000")
    assert A.deliveries_within_support in _found(folder)
    edit_cell(folder, "deliveries", row, "unit_code", "rounds")
    assert A.deliveries_within_support not in _found(folder)


def test_denied_and_talked_numbers_support_no_delivery(folder: Path) -> None:
    edit_cell(folder, "deliveries", row_of("deliveries", "drones-2022-09"), "quantity_low", "1000")
    row = row_of("statements", DENIAL)
    edit_cell(folder, "statements", row, "quantity_high", "9000")
    edit_cell(folder, "statements", row, "unit_code", "pieces")
    assert A.deliveries_within_support in _found(folder), "a denial supports nothing"
    edit_cell(folder, "statements", row, "stance_code", "asserts")
    assert A.deliveries_within_support not in _found(folder)
    for stage in ("agreed", "licensed_production", "in_delivery"):
        edit_cell(folder, "statements", row, "stage_code", stage)
        assert A.deliveries_within_support not in _found(folder)
    edit_cell(folder, "statements", row, "stage_code", "discussed")
    assert A.deliveries_within_support in _found(folder), "talks support nothing"


def test_event_without_statement_or_actor(folder: Path) -> None:
    row = add_row(folder, "events", **ROWS["events"][0] | {"event_id": "other", "name": "Other"})
    found = _found(folder)
    place = [("tables/events.csv", row, "event_id")]
    assert _places(found.pop(U.events_are_spoken_of)) == place
    assert _places(found.pop(U.events_have_actors)) == place
    assert found == {}


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("publishers", {"publisher_id": "idle", "name": "Idle"}),
        ("sources", {"source_id": "idle", "url": "https://example.org/idle"}),
        ("actors", {"actor_id": "idle", "name": "Idle"}),
    ],
)
def test_unused_row(folder: Path, table: str, cells: dict[str, str]) -> None:
    row = add_row(folder, table, **ROWS[table][0] | cells)
    found = _found(folder)
    place = (read_package().by_name[table].path, row, next(iter(cells)))
    assert _places(found.pop(U.rows_are_used)) == [place]
    assert found == {}


def test_parent_of_an_idle_actor_is_idle(folder: Path) -> None:
    actor = {"kind_code": "person", "description": "Nobody."}
    parent = add_row(folder, "actors", actor_id="idle-parent", name="Idle parent", **actor)
    child = add_row(
        folder, "actors", actor_id="idle", name="Idle", parent_id="idle-parent", **actor
    )
    assert [row for _, row, _ in _places(_found(folder)[U.rows_are_used])] == [parent, child]


def test_parent_of_an_actor_in_use_is_in_use(folder: Path) -> None:
    holder = {"kind_code": "company", "description": "Owner of others."}
    add_row(folder, "actors", actor_id="holder", name="Holder", **holder)
    add_row(folder, "actors", actor_id="heir", name="Heir", parent_id="holder", **holder)
    edit_cell(folder, "actors", row_of("actors", "example-works"), "parent_id", "heir")
    assert _found(folder) == {}
    # The row that uses the two can't be read, so nobody can tell.
    lines = read_lines(folder, "actors")
    lines[row_of("actors", "example-works") - 1].append("")
    write_lines(folder, "actors", lines)
    assert _found(folder) == {}


def test_unused_code(folder: Path) -> None:
    row = add_row(
        folder, "categories", code="balloon", label="Balloons", definition="Lighter.", order="99"
    )
    found = _found(folder)
    place = ("vocabularies/categories.csv", row, "code")
    assert _places(found.pop(U.codes_are_used)) == [place]
    assert found == {}


def test_vocabularies_that_stand_whole_are_named() -> None:
    assert set(U.WHOLE_VOCABULARIES) < {t.name for t in read_package().tables if t.is_vocabulary}


def test_label_is_no_other_label(folder: Path) -> None:
    lines = read_lines(folder, "stages")
    edit_cell(folder, "stages", 3, "label", lines[1][1].upper())
    place = ("vocabularies/stages.csv", 3, "label")
    assert _places(_found(folder)[X.names_apart]) == [place]


# ── The schema ─────────────────────────────────────────────────────────────────


def _the_one(folder: Path) -> Problem:
    problems = check(folder)
    assert len(problems) == 1, "\n".join(map(str, problems))
    return problems[0]


@pytest.mark.parametrize(
    ("table", "key", "column", "value", "words"),
    [
        ("transfers", "plant", "supplier_id", "irann", "actors.csv; 'iran' mend"),
        ("transfers", "plant", "supplier_id", "Iran", "actors.csv; 'iran' mend"),
        ("transfers", "jets", "mode_code", "loan", "modes.csv; sale, licence"),
        ("transfers", "jets", "mode_code", "On Loan", "modes.csv; sale, licence"),
        ("transfers", "plant", "summary", "Short.", "6 characters; 12"),
        ("transfers", "plant", "name", "x" * 61, "61 characters; 60"),
        ("transfers", "plant", "name", "", "empty; short name"),
        ("transfers", "plant", "name", "Shahed drones", "row 2 already; own"),
        ("statements", CLAIM, "is_official", "yes", "true nor false; one of them"),
        ("statements", CLAIM, "said_date", "9 October 2022", "EDTF; 2022-08-19"),
        ("statements", CLAIM, "said_date", "2022-10/2022-09", "before; earlier"),
        ("statements", CLAIM, "quantity_low", "many", "number; digits"),
        ("statements", CLAIM, "quantity_low", "-1", "below 0; more"),
        ("statements", CLAIM, "quantity_low", "sNaN", "number; digits"),
        ("statements", CLAIM, "quantity_low", "inf", "number; digits"),
        ("sources", "times-2023", "url", "example.org/return", "contract; full http"),
        (
            "positions",
            "relationship_transactional",
            "question_code",
            "both",
            "allowed; support, tie, none",
        ),
        ("stages", "agreed", "order", "1.5", "integer; whole number"),
        ("relation_kinds", "proxy_support", "is_directed", "", "empty; true where"),
    ],
)
def test_schema_fault_in_plain_words(
    folder: Path, table: str, key: str, column: str, value: str, words: str
) -> None:
    lines = read_lines(folder, table)
    row = [line[0] for line in lines].index(key) + 1
    edit_cell(folder, table, row, column, value)
    problem = _the_one(folder)
    path = read_package().by_name[table].path
    assert (problem.file, problem.row, problem.column) == (path, row, column)
    assert problem.value == value
    fault, _, mend = problem.message.partition("; ")
    fault_word, _, mend_words = words.partition("; ")
    assert fault_word in fault
    assert all(word in mend for word in mend_words.split(" "))
    assert str(problem).startswith(f"{path}:{row}:{column}: ")


def test_repeated_pair(folder: Path) -> None:
    row = add_row(folder, "view_actors", **ROWS["view_actors"][0])
    problem = _the_one(folder)
    assert (problem.file, problem.row) == ("tables/view_actors.csv", row)
    assert "repeats row 2; remove" in problem.message


def test_repeated_key_is_reported_once(folder: Path) -> None:
    row = add_row(folder, "systems", **ROWS["systems"][1] | {"designation": "Other"})
    problem = _the_one(folder)
    assert (problem.file, problem.row, problem.column) == ("tables/systems.csv", row, "system_id")
    assert "row 3" in problem.message


def test_blank_row(folder: Path) -> None:
    row = add_row(folder, "systems")
    problem = _the_one(folder)
    assert (problem.file, problem.row, problem.column) == ("tables/systems.csv", row, "")
    assert "blank; remove" in problem.message


def _rows_with(table: Table, base: list[str], values: list[str]) -> list[list[str]]:
    """Rows like `base`, each with one of the values in the column of its number."""
    rows = []
    for number, value in enumerate(values):
        row = [
            # Keys must differ, lest repeats be refused where something else should be.
            f"{cell}-{number}" if field.constraints.get("unique") else cell
            for field, cell in zip(table.fields, base, strict=True)
        ]
        row[number] = value
        rows.append(row)
    return rows


@pytest.mark.parametrize("is_example", [True, False], ids=["examples", "bad examples"])
def test_examples_are_accepted_and_bad_ones_refused(folder: Path, is_example: bool) -> None:
    """Field n of each table has its example in row n + 2, all else being sound."""
    package = read_package(folder)
    base = {table.name: read_lines(folder, table.name)[1] for table in package.tables}
    pointed_to: dict[str, set[str]] = {table.name: set() for table in package.tables}
    for table in package.tables:
        examples = {field.name: str(field.example) for field in table.fields}
        for key in table.foreign_keys:
            pointed_to[key.table].add(examples[key.field])
    for table in package.tables:
        values = [str(f.example if is_example else f.bad_example) for f in table.fields]
        rows = _rows_with(table, base[table.name], values)
        # Rows that the others point to come last, where they can't spoil those before.
        rows += [[key, *base[table.name][1:]] for key in sorted(pointed_to[table.name])]
        write_lines(folder, table.name, [list(table.field_names), *rows])
    refused = {(p.file, p.row, p.column) for p in schema_problems(read_tables(folder))}
    wrong = [
        place
        for table in package.tables
        for number, field in enumerate(table.fields, start=2)
        if ((place := (table.path, number, field.name)) in refused) == is_example
    ]
    assert wrong == []


# ── The form of files ──────────────────────────────────────────────────────────


def test_missing_file(folder: Path) -> None:
    (folder / "tables/publishers.csv").unlink()
    problem = _the_one(folder)
    assert (problem.file, problem.row) == ("tables/publishers.csv", 0)
    assert "; add it" in problem.message


def test_file_that_is_not_utf8(folder: Path) -> None:
    path = folder / "tables/actors.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert _the_one(folder).file == "tables/actors.csv"


@pytest.mark.parametrize("change", ["extra", "missing", "renamed"])
def test_wrong_header(folder: Path, change: str) -> None:
    lines = read_lines(folder, "statements")
    if change == "extra":
        lines = [[*line, "x"] for line in lines]
    elif change == "missing":
        lines = [line[:-1] for line in lines]
    else:
        lines[0][3] = "speaker"
    table = read_package(folder).by_name["statements"]
    write_lines(folder, "statements", lines)
    problem = _the_one(folder)
    assert (problem.file, problem.row) == ("tables/statements.csv", 1)
    assert f"; write {','.join(table.field_names)}" in problem.message


def test_wrong_width_hides_no_other_fault(folder: Path) -> None:
    lines = read_lines(folder, "sources")
    lines[1] = lines[1][:-1]
    write_lines(folder, "sources", lines)
    edit_cell(folder, "sources", 4, "language", "English")
    edit_cell(folder, "actors", 3, "kind_code", "country")
    assert [(p.file, p.row, p.column) for p in check(folder)] == [
        ("tables/actors.csv", 3, "kind_code"),
        ("tables/sources.csv", 2, ""),
        ("tables/sources.csv", 4, "language"),
    ]


def test_broken_file_hides_no_other_fault(folder: Path) -> None:
    (folder / "tables/statements.csv").write_text("what?", encoding="utf-8")
    edit_cell(folder, "actors", 3, "kind_code", "country")
    edit_cell(folder, "views", 2, "summary", "No stop at the end")
    edit_cell(folder, "views", 2, "source_id", "times-2033")
    assert [(p.file, p.row, p.column) for p in check(folder)] == [
        ("tables/actors.csv", 3, "kind_code"),
        ("tables/statements.csv", 1, ""),
        ("tables/views.csv", 2, "summary"),
        ("tables/views.csv", 2, "source_id"),
    ]


def test_refused_cell_is_reported_once(folder: Path) -> None:
    edit_cell(folder, "actors", 3, "actor_id", " Russia ")
    problems = [p for p in check(folder) if (p.row, p.column) == (3, "actor_id")]
    assert len(problems) == 1


# What the schema refuses, and what would be wrong with another row if it were believed.
REFUSED = (
    (_statement(PLANT, "transfer_id", "plnt"), {"tables/transfers.csv"}),
    (("transfers", "plant", "mode_code", "loan"), {"vocabularies/modes.csv"}),
    (_statement(CLAIM, "published_date", "soon"), set()),
    (_statement(CLAIM, "said_date", ""), set()),
    (_statement(CLAIM, "source_id", "nowhere"), set()),
    (("statement_sources", DENIAL, "source_id", "nowhere"), set()),
    (("statement_sources", DENIAL, "statement_id", "nowhere"), set()),
    (_statement(DENIAL, "speaker_id", "nobody"), set()),
    (_statement(ADMISSION, "speaker_id", "nobody"), set()),
    (_statement(DENIAL, "is_official", "yes"), set()),
    (_statement(ADMISSION, "is_official", "yes"), set()),
    (_statement(ADMISSION, "retracts_id", "nothing"), set()),
    (_statement(REPEAT, "derived_from_id", "nothing"), set()),
    (("actors", "iran", "kind_code", "country"), set()),
    (("actors", "iran-ministry", "parent_id", "persia"), set()),
    (_statement(CLAIM, "stance_code", "says"), set()),
    (_statement(JETS, "stance_code", "says"), set()),
    (_statement(CLAIM, "stage_code", "landed"), set()),
    (("deliveries", "drones-2022-08", "statement_id", "nothing"), set()),
    (("sources", "times-2023", "url", ""), set()),
    (("systems", "su-35", "designation", ""), set()),
    (("views", VIEW, "summary", ""), set()),
    (("views", VIEW, "quotation_language", "Persian words"), set()),
)


@pytest.mark.parametrize(("edit", "also"), REFUSED, ids=[edit[2] for edit, _ in REFUSED])
def test_refused_cell_makes_no_other_row_wrong(folder: Path, edit: Edit, also: set[str]) -> None:
    table, key, column, value = edit
    edit_cell(folder, table, row_of(table, key), column, value)
    first = Problem(read_package().by_name[table].path, row_of(table, key), column, value, "")
    problems = [replace(problem, message="") for problem in check(folder)]
    assert first in problems
    # A row or code that only the refused cell used is unused until that is mended.
    assert {problem.file for problem in problems if problem != first} <= also


def test_statement_that_cannot_be_read_may_be_the_support(folder: Path) -> None:
    row = row_of("statements", REPEAT)
    for column, value in (("quantity_low", "50"), ("unit_code", "pieces")):
        edit_cell(folder, "statements", row, column, value)
    lines = read_lines(folder, "statements")
    row = row_of("statements", CLAIM)
    lines[row - 1].append("")
    write_lines(folder, "statements", lines)
    problem = _the_one(folder)
    assert (problem.file, problem.row, problem.column) == ("tables/statements.csv", row, "")


NAMES = [t.name for t in read_package().tables]
CELLS = st.one_of(
    st.sampled_from(["", "0", "-1", "sNaN", "1e400", "2022/..", "2023-13", "true", "iran", CLAIM]),
    st.text(max_size=12).filter(lambda text: "\0" not in text),
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_cell_stops_the_checks(folder: Path, data: st.DataObject) -> None:
    table = read_package(folder).by_name[data.draw(st.sampled_from(NAMES))]
    before = read_lines(folder, table.name)
    lines = [list(line) for line in before]
    try:
        for _ in range(6):
            row = data.draw(st.integers(1, len(lines) - 1))
            column = data.draw(st.integers(0, len(lines[0]) - 1))
            lines[row][column] = data.draw(CELLS)
        write_lines(folder, table.name, lines)
        problems = check(folder)
    finally:
        write_lines(folder, table.name, before)
    assert len(set(problems)) == len(problems)
    assert all("; " in problem.message for problem in problems)
    assert [(p.file, p.row) for p in problems] == sorted((p.file, p.row) for p in problems)


def test_loops() -> None:
    assert loops({"a": "b", "b": "c", "c": "b", "d": "d", "e": "f"}) == {"b", "c", "d"}


# ── The command ────────────────────────────────────────────────────────────────


def test_command_on_a_sound_package(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 1
    rows = sum(len(read_lines(folder, table.name)) - 1 for table in read_package().tables)
    assert f"{len(NAMES)} tables, {rows} rows" in out


def test_command_names_every_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit_cell(folder, "statements", 2, "quantity_low", "101")
    edit_cell(folder, "actors", 2, "kind_code", "country")
    assert main([str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "tables/actors.csv:2:kind_code",
        "tables/statements.csv:2:quantity_low",
    ]
    assert lines[1].startswith("tables/statements.csv:2:quantity_low: '101': is above")


@pytest.mark.parametrize("content", [None, "{", "[]", "{}"])
def test_command_on_what_is_no_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    if content is not None:
        (tmp_path / DESCRIPTOR).write_text(content, encoding="utf-8")
    target = tmp_path / "nowhere" if content is None else tmp_path
    assert main([str(target)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert DESCRIPTOR in captured.err
    with pytest.raises(PackageError):
        check(target)


def test_command_as_a_module(folder: Path) -> None:
    remove_row(folder, "event_actors", 2)
    command = [sys.executable, "-m", "data.checks", str(folder)]
    done = subprocess.run(
        command,
        capture_output=True,
        check=False,
        cwd=FOLDER.parent,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(b"tables/actors.csv:10:actor_id: 'example-works': is used by no")


def test_frictionless_is_imported_late() -> None:
    script = "import sys, data.checks; sys.exit('frictionless' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=FOLDER.parent)
    assert done.returncode == 0
