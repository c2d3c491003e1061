"""A selection narrows, never leaks what wasn't known, and leaves no loose ends."""

from dataclasses import fields, replace
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import dates
from data.assessment import assess
from data.load import Dataset
from data.selection import Selected, Selection
from data.view_filter import NO_FACETS
from tests.data.package_fixture import ROWS
from tests.data.strategies import (
    SEEDS,
    Rows,
    datasets,
    empty_dataset,
    fixture_rows,
    load_rows,
    random_dataset,
    random_rows,
    seeds,
    selections,
    small_dataset,
    telling_days,
)

LAW = settings(max_examples=40, deadline=None)
# Corrections tell of the dataset itself; no filter touches them.
TABLES = tuple(name for name in ROWS if name != "corrections")
LATER = date(2023, 12, 31)


def keys(dataset: Dataset, table: str) -> set[tuple[str, ...]]:
    columns = list(dataset.package.by_name[table].primary_key)
    return set(getattr(dataset, table)[columns].itertuples(index=False, name=None))


def ids(dataset: Dataset, table: str) -> set[str]:
    return {key[0] for key in keys(dataset, table)}


# ── The selection itself ───────────────────────────────────────────────────────


def test_the_empty_selection_shows_everything() -> None:
    selected = Selection().apply(small_dataset())
    for table in TABLES:
        assert keys(selected.rows, table) == keys(selected.known, table)
        assert keys(selected.known, table) == keys(small_dataset(), table), table


def test_order_repeats_and_blanks_of_choices_do_not_matter() -> None:
    one = Selection(q="  su   35 ", actors=("b", "a", "b"), categories=("y", "x"), standings=("s",))
    assert one == Selection(q="su 35", actors=("a", "b"), categories=("x", "y"), standings=("s",))
    assert hash(one) == hash(replace(one))


@pytest.mark.parametrize(
    "days",
    [
        {"first": date(2022, 1, 1)},
        {"last": date(2022, 1, 1)},
        {"first": date(2022, 1, 2), "last": date(2022, 1, 1)},
    ],
)
def test_a_range_needs_both_ends_in_order(days: dict[str, date]) -> None:
    with pytest.raises(ValueError, match="date range"):
        Selection(**days)


def test_a_range_may_be_one_day() -> None:
    one = date(2022, 1, 1)
    assert Selection(first=one, last=one).is_filtering


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), False),
        (Selection(as_of=LATER, record="drones"), False),
        (Selection(q="x"), True),
        (Selection(actors=("iran",)), True),
        (Selection(direction="iran-russia"), True),
        (Selection(categories=("uav",)), True),
        (Selection(standings=("denied",)), True),
        (Selection(first=LATER, last=LATER), True),
    ],
)
def test_is_filtering(selection: Selection, expected: bool) -> None:
    assert selection.is_filtering is expected


def test_the_record_filters_nothing() -> None:
    selected = Selection(record="jets").apply(small_dataset())
    assert selected is Selection().apply(small_dataset())
    assert selected.selection.record == ""


# ── Laws ───────────────────────────────────────────────────────────────────────

# Each filter's value when it is not set.
UNSET = {
    "q": {"q": ""},
    "actors": {"actors": ()},
    "direction": {"direction": ""},
    "categories": {"categories": ()},
    "standings": {"standings": ()},
    "dates": {"first": None, "last": None},
    "views": {"views": NO_FACETS},
}


def test_every_filter_is_in_the_law_of_narrowing() -> None:
    named = {name for unset in UNSET.values() for name in unset}
    assert named == {field.name for field in fields(Selection)} - {"as_of", "grade", "record"}


@settings(max_examples=25, deadline=None)
@given(st.data(), datasets)
def test_filters_only_ever_narrow(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset))
    narrow = selection.apply(dataset)
    for unset in UNSET.values():
        wide = replace(selection, **unset).apply(dataset)
        for table in TABLES:
            assert keys(narrow.rows, table) <= keys(wide.rows, table), (table, unset)
    for table in TABLES:
        assert keys(narrow.rows, table) <= keys(narrow.known, table) <= keys(dataset, table)


@LAW
@given(st.data(), datasets)
def test_no_loose_ends(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    # A repeat or retraction may be shown without the words it is about.
    assert loose_ends(selected.known) <= {"derived_from_id", "retracts_id"}
    # A speaker may fit where the event spoken of doesn't.
    assert loose_ends(selected.rows) <= {"derived_from_id", "retracts_id", "event_id"}
    shown = selected.rows
    for table in ("event_actors", "event_transfers"):
        assert ids(shown, table) <= ids(shown, "events")


def loose_ends(rows: Dataset) -> set[str]:
    """Columns with a pointer to a row that isn't there."""
    loose = set()
    for table in rows.package.tables:
        for foreign in table.foreign_keys:
            if table.name in TABLES and foreign.table in TABLES:
                pointers = set(getattr(rows, table.name)[foreign.field].dropna())
                if not pointers <= set(getattr(rows, foreign.table)[foreign.table_field]):
                    loose.add(foreign.field)
    return loose


@LAW
@given(st.data(), datasets)
def test_a_status_does_not_depend_on_filters(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset))
    selected = selection.apply(dataset)
    plain = Selection(as_of=selection.as_of).apply(dataset)
    assert selected.assessments == plain.assessments == assess(dataset, selection.as_of)
    assert selected.claims == plain.claims
    for row in selected.rows.transfers.itertuples():
        status = plain.assessments[row.transfer_id]
        assert (row.stage_code, row.standing_code) == (status.stage_code, status.standing_code)
        assert (row.reasons, row.also_claimed) == (status.reasons, status.also_claimed)


@LAW
@given(seeds, telling_days, telling_days)
def test_what_is_known_stays_known(seed: int, one: date, other: date) -> None:
    dataset = random_dataset(seed)
    before = Selection(as_of=min(one, other)).apply(dataset).known
    after = Selection(as_of=max(one, other)).apply(dataset).known
    everything = Selection().apply(dataset).known
    for table in ("statements", "views", "relations", "events", "deliveries", "transfers"):
        assert ids(before, table) <= ids(after, table) <= ids(everything, table), table


def closure(rows: Rows, named: set[str]) -> set[str]:
    parent = {row["actor_id"]: row.get("parent_id", "") for row in rows["actors"]}
    found: set[str] = set()
    for actor in named:
        while actor:
            found.add(actor)
            actor = parent[actor]
    return found


def naive_known(rows: Rows, when: date) -> dict[str, set[str]]:
    """What was known on a day, worked out from the rows as written."""

    def public(table: str) -> list[dict[str, str]]:
        return [r for r in rows[table] if dates.parse(r["published_date"]).latest <= when]

    said = public("statements")
    retracted = {r["retracts_id"] for r in said if r.get("retracts_id")}
    known_transfers = {
        r["transfer_id"]
        for r in said
        if r.get("transfer_id")
        and r["stance_code"] != "declines"
        and r["credibility_code"] != "5"
        and not r.get("derived_from_id")
        and r["statement_id"] not in retracted
    }
    said = [r for r in said if r.get("event_id") or r["transfer_id"] in known_transfers]
    spoken = {r["statement_id"] for r in said}
    events = {r["event_id"] for r in said if r.get("event_id")}
    views, relations = public("views"), public("relations")
    view_ids = {r["view_id"] for r in views}
    relation_ids = {r["relation_id"] for r in relations}
    transfers = [r for r in rows["transfers"] if r["transfer_id"] in known_transfers]
    sources = {r["source_id"] for r in (*said, *views, *relations)}
    later = {
        r["source_id"]
        for r in rows["sources"]
        if r.get("published_date") and (dates.parse(r["published_date"]).earliest or when) > when
    }
    for table, key, kept in (
        ("statement_sources", "statement_id", spoken),
        ("view_sources", "view_id", view_ids),
        ("relation_sources", "relation_id", relation_ids),
    ):
        sources |= {
            r["source_id"] for r in rows[table] if r[key] in kept and r["source_id"] not in later
        }
    actors = {r[c] for r in transfers for c in ("supplier_id", "recipient_id")}
    actors |= {r["speaker_id"] for r in said} | {r["person_id"] for r in views}
    actors |= {r["organisation_id"] for r in views if r.get("organisation_id")}
    actors |= {r[c] for r in relations for c in ("from_id", "to_id")}
    actors |= {r["actor_id"] for r in rows["event_actors"] if r["event_id"] in events}
    actors |= {r["actor_id"] for r in rows["view_actors"] if r["view_id"] in view_ids}
    systems = {r["system_id"] for r in transfers}
    systems |= {
        r["system_id"] for r in rows["events"] if r["event_id"] in events and r.get("system_id")
    }
    return {
        "transfers": known_transfers,
        "statements": spoken,
        "events": events,
        "views": view_ids,
        "relations": relation_ids,
        "deliveries": {
            r["delivery_id"]
            for r in rows["deliveries"]
            if r["transfer_id"] in known_transfers and r["statement_id"] in spoken
        },
        "sources": sources,
        "publishers": {
            r[column]
            for r in rows["sources"]
            if r["source_id"] in sources
            for column in ("publisher_id", "original_publisher_id")
            if r.get(column)
        },
        "actors": closure(rows, actors),
        "systems": systems,
        "event_transfers": {
            r["event_id"]
            for r in rows["event_transfers"]
            if r["event_id"] in events and r["transfer_id"] in known_transfers
        },
        "view_transfers": {
            r["view_id"]
            for r in rows["view_transfers"]
            if r["view_id"] in view_ids and r["transfer_id"] in known_transfers
        },
        "view_outcomes": {
            r["view_id"]
            for r in rows["view_outcomes"]
            if r["view_id"] in view_ids and r["statement_id"] in spoken
        },
    }


@LAW
@given(seeds, telling_days)
def test_nothing_leaks_from_later_days(seed: int, when: date) -> None:
    known = Selection(as_of=when).apply(random_dataset(seed)).known
    for table, expected in naive_known(random_rows(seed), when).items():
        assert ids(known, table) == expected, table


@lru_cache(maxsize=16)
def cut_package(seed: int, when: date) -> Dataset:
    """The random package without statements, views and relations published after a day."""
    rows = random_rows(seed)
    gone: set[str] = set()
    for table in ("statements", "views", "relations"):
        later = [r for r in rows[table] if dates.parse(r["published_date"]).latest > when]
        gone |= {next(iter(row.values())) for row in later}
        rows[table] = [row for row in rows[table] if row not in later]
    for table in ("statement_sources", "view_sources", "relation_sources", "view_actors"):
        rows[table] = [r for r in rows[table] if next(iter(r.values())) not in gone]
    for table in ("view_transfers", "view_outcomes"):
        rows[table] = [r for r in rows[table] if gone.isdisjoint(r.values())]
    rows["deliveries"] = [r for r in rows["deliveries"] if r["statement_id"] not in gone]
    for row in rows["statements"]:
        if row.get("derived_from_id") in gone:
            # Still a repeat, of something that counts for nothing.
            row["derived_from_id"] = row["statement_id"]
        if row.get("retracts_id") in gone:
            del row["retracts_id"]
    return load_rows(rows)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("when", [date(2022, 8, 1), date(2022, 12, 1), date(2023, 4, 1)])
def test_a_package_cut_at_a_day_shows_the_same_on_it(seed: int, when: date) -> None:
    for extra in ({}, {"q": "transfer 1"}, {"actors": ("iran",)}, {"standings": ("denied",)}):
        asked = Selection(as_of=when, **extra)
        whole, cut = asked.apply(random_dataset(seed)), asked.apply(cut_package(seed, when))
        for table in TABLES:
            assert keys(whole.rows, table) == keys(cut.rows, table), (table, extra)
        assert whole.assessments == cut.assessments


def test_a_transfer_of_which_nothing_is_left_goes_with_its_words() -> None:
    rows = fixture_rows()
    promise = next(r for r in rows["statements"] if r["statement_id"] == "jets-reza-2023-06-01")
    rows["statements"].append(
        promise
        | {
            "statement_id": "jets-reza-2023-07-01",
            "said_date": "2023-07-01",
            "published_date": "2023-07-01",
            "stance_code": "declines",
            "retracts_id": "jets-reza-2023-06-01",
        }
    )
    dataset = load_rows(rows)
    assert "jets" in ids(Selection(as_of=date(2023, 6, 30)).apply(dataset).known, "transfers")
    known = Selection(as_of=date(2023, 7, 1)).apply(dataset).known
    assert "jets" not in ids(known, "transfers")
    assert "jets-reza-2023-06-01" not in ids(known, "statements")
    assert ids(known, "view_transfers") == set()


def test_who_is_only_spoken_of_in_a_view_is_known() -> None:
    actor = "only-spoken-of"
    rows = random_rows(SEEDS[0])
    first = min(
        dates.parse(view["published_date"]).latest
        for view in rows["views"]
        if {"view_id": view["view_id"], "actor_id": actor} in rows["view_actors"]
    )
    dataset = random_dataset(SEEDS[0])
    assert actor in ids(Selection(as_of=first).apply(dataset).known, "actors")
    assert actor in ids(Selection(actors=(actor,)).apply(dataset).rows, "actors")
    assert actor not in ids(Selection(as_of=date(2022, 5, 1)).apply(dataset).known, "actors")


def test_the_empty_package_shows_nothing() -> None:
    for selection in (
        Selection(),
        Selection(q="x", actors=("iran",), direction="iran-russia", categories=("uav",)),
        Selection(standings=("denied",), first=LATER, last=LATER, as_of=LATER),
    ):
        selected = selection.apply(empty_dataset())
        assert all(not keys(selected.rows, table) for table in TABLES)
        assert selected.assessments == {}


# ── What each filter means ─────────────────────────────────────────────────────


def shown(selection: Selection, dataset: Dataset | None = None) -> Selected:
    return selection.apply(dataset or small_dataset())


def on(text: str) -> date:
    return date.fromisoformat(text)


FILTERS: list[tuple[Selection, dict[str, set[str]]]] = [
    (
        Selection(direction="russia-iran"),
        {
            "transfers": {"jets"},
            "statements": {"jets-reza-2023-06-01"},
            "views": {"doe-2023-05-02"},
            "events": set(),
            "deliveries": set(),
            "relations": {"iran-militia"},
            "systems": {"su-35"},
        },
    ),
    (
        Selection(direction="iran-russia"),
        {"transfers": {"drones", "plant"}, "events": {"talks-2022-07-19"}, "views": set()},
    ),
    (Selection(direction="other"), {"transfers": set(), "statements": set(), "views": set()}),
    (
        Selection(categories=("combat_aircraft",)),
        {"transfers": {"jets"}, "events": set(), "views": {"doe-2023-05-02"}},
    ),
    (
        Selection(categories=("combat_aircraft", "uav")),
        {"transfers": {"jets", "drones", "plant"}, "events": {"talks-2022-07-19"}},
    ),
    (Selection(categories=("uav",), direction="russia-iran"), {"transfers": set()}),
    (Selection(standings=("acknowledged",)), {"transfers": {"drones", "jets"}}),
    (Selection(standings=("single_source", "denied")), {"transfers": {"plant"}}),
    (
        # Contested until the minister admits it.
        Selection(standings=("contested",), as_of=on("2022-11-04")),
        {"transfers": {"drones"}},
    ),
    (Selection(standings=("contested",)), {"transfers": set(), "deliveries": set()}),
    (
        # All that belong to Iran speak as Iran, and it is a party.
        Selection(actors=("iran",)),
        {
            "transfers": {"drones", "plant", "jets"},
            "events": {"talks-2022-07-19"},
            "relations": {"iran-militia"},
            "views": set(),
        },
    ),
    (
        # A body includes its people, not its state.
        Selection(actors=("iran-ministry",)),
        {
            "transfers": {"drones", "jets"},
            "statements": {
                "drones-ministry-2022-10-10",
                "drones-reza-2022-11-05",
                "jets-reza-2023-06-01",
                "talks-ministry-2022-07-20",
            },
            "relations": set(),
            "deliveries": set(),
        },
    ),
    (
        # Who only speaks of a transfer is involved in it too.
        Selection(actors=("example-institute",)),
        {
            "transfers": {"drones", "plant"},
            "statements": {"drones-institute-2022-11-06", "plant-institute-2023-03"},
            "views": {"doe-2023-05-02"},
        },
    ),
    (
        # Any of the actors fits.
        Selection(actors=("jane-doe", "example-militia")),
        {"transfers": set(), "views": {"doe-2023-05-02"}, "relations": {"iran-militia"}},
    ),
    (
        # The view speaks of Russia.
        Selection(actors=("russia",)),
        {"views": {"doe-2023-05-02"}, "transfers": {"drones", "plant", "jets"}},
    ),
    (
        # A company takes part in the event.
        Selection(actors=("example-works",)),
        {
            "events": {"talks-2022-07-19"},
            "statements": {"talks-ministry-2022-07-20"},
            "transfers": {"drones"},
        },
    ),
    (
        Selection(first=on("2023-03-31"), last=on("2023-06-01")),
        {
            "statements": {"plant-institute-2023-03", "jets-reza-2023-06-01"},
            "transfers": {"plant", "jets"},
            "views": {"doe-2023-05-02"},
            "events": set(),
            "relations": {"iran-militia"},
            "deliveries": set(),
        },
    ),
    (
        # The day of the words or the day spoken of; deliveries by their own day.
        Selection(first=on("2022-09-30"), last=on("2022-09-30")),
        {
            "statements": {"drones-unnamed-2022-10-10", "drones-reza-2022-11-05"},
            "transfers": {"drones"},
            "deliveries": {"drones-2022-09"},
            "views": set(),
        },
    ),
    (
        Selection(first=on("1980-01-01"), last=on("1981-12-31")),
        {"relations": set(), "statements": set(), "transfers": set()},
    ),
    (
        Selection(first=on("1980-01-01"), last=on("1982-01-01")),
        {"relations": {"iran-militia"}, "statements": set()},
    ),
    (
        Selection(first=on("2024-06-01"), last=on("2024-06-01")),
        {"statements": {"jets-reza-2023-06-01"}, "transfers": {"jets"}},
    ),
    (
        Selection(q="su 35"),
        # The view is linked to the jets, whose system it doesn't name.
        {
            "transfers": {"jets"},
            "statements": {"jets-reza-2023-06-01"},
            "views": {"doe-2023-05-02"},
        },
    ),
    (Selection(q="شاهد 136"), {"transfers": {"drones", "plant"}, "events": {"talks-2022-07-19"}}),
    (Selection(q="پهپاد دادیم"), {"statements": {"drones-reza-2022-11-05"}}),
    (Selection(q="EXAMPLE MILITIA"), {"relations": {"iran-militia"}, "transfers": set()}),
    (
        # A transfer is found by what is said of it.
        Selection(q="reckons"),
        {"transfers": {"plant"}, "statements": {"plant-institute-2023-03"}},
    ),
    (Selection(q="jane trade"), {"views": {"doe-2023-05-02"}, "transfers": set()}),
    (Selection(q="…"), {table: set() for table in TABLES}),
    (
        Selection(as_of=on("2022-07-20")),
        {
            "statements": {"talks-ministry-2022-07-20"},
            "events": {"talks-2022-07-19"},
            "transfers": set(),
            "deliveries": set(),
            "event_transfers": set(),
            "relations": {"iran-militia"},
        },
    ),
    (Selection(as_of=on("2022-07-19")), {"statements": set(), "events": set()}),
    (Selection(as_of=on("2023-05-02")), {"views": set()}),
    (Selection(as_of=on("2023-05-03")), {"views": {"doe-2023-05-02"}, "view_transfers": set()}),
    (Selection(as_of=on("1985-12-30")), {"relations": set(), "actors": set(), "sources": set()}),
    (
        Selection(as_of=on("1985-12-31")),
        {"relations": {"iran-militia"}, "actors": {"iran", "example-militia"}},
    ),
]


def _filter_name(value: object) -> str:
    # The order of a set differs between processes, and tests that run side by side must agree.
    return repr(value)[:80] if isinstance(value, Selection) else "expected"


@pytest.mark.parametrize(("selection", "expected"), FILTERS, ids=_filter_name)
def test_filter(selection: Selection, expected: dict[str, set[str]]) -> None:
    rows = shown(selection).rows
    assert {table: ids(rows, table) for table in expected} == expected


@pytest.mark.parametrize(
    ("relation_date", "fits"),
    [
        ("../1990", True),
        ("../1980", False),
        ("1990/..", True),
        ("1996/..", False),
        ("1995-12-31", True),
        ("1996-01-01", False),
        ("1989-12", False),
        ("1980/2000", True),
    ],
)
def test_days_that_an_uncertain_date_allows(relation_date: str, fits: bool) -> None:
    rows = fixture_rows()
    rows["relations"][0]["relation_date"] = relation_date
    asked = Selection(first=on("1990-01-01"), last=on("1995-12-31"))
    assert ids(shown(asked, load_rows(rows)).rows, "relations") == (
        {"iran-militia"} if fits else set()
    )


def test_an_event_of_the_system_is_of_its_category_without_a_link() -> None:
    rows = fixture_rows()
    rows["event_transfers"] = []
    dataset = load_rows(rows)
    of_category = Selection(categories=("uav",))
    assert ids(shown(of_category, dataset).rows, "events") == {"talks-2022-07-19"}
    assert ids(shown(of_category, dataset).rows, "statements") >= {"talks-ministry-2022-07-20"}
    with_direction = replace(of_category, direction="iran-russia")
    assert ids(shown(with_direction, dataset).rows, "events") == set()


def test_a_delivery_is_known_with_its_statement() -> None:
    rows = fixture_rows()
    for delivery in rows["deliveries"]:
        delivery["statement_id"] = "drones-reza-2022-11-05"
    dataset = load_rows(rows)
    before = Selection(as_of=on("2022-11-04")).apply(dataset).known
    assert (ids(before, "transfers"), ids(before, "deliveries")) == ({"drones"}, set())
    after = Selection(as_of=on("2022-11-05")).apply(dataset).known
    assert ids(after, "deliveries") == {"drones-2022-08", "drones-2022-09"}
