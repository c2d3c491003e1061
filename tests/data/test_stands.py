"""Where people stand, who moved, what came of forecasts, and who is heard."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.load import Dataset, load_dataset
from data.package import FOLDER
from data.queries.speakers import balance, said_by
from data.queries.stands import (
    QUESTIONS,
    TURNING_POINTS,
    answering,
    answers,
    forecasts,
    latest_stands,
    official_denials,
    turning_points,
    turns,
)
from data.queries.views import ORDERS, ordered, view_table
from data.selection import Selected, Selection
from data.view_filter import ViewFilter
from tests.data.strategies import datasets, load_rows, random_rows, selections

LAW = settings(max_examples=15, deadline=None)


@pytest.fixture(scope="module")
def ledger() -> Dataset:
    return load_dataset(FOLDER)


@pytest.fixture(scope="module")
def everything(ledger: Dataset) -> Selected:
    return Selection().apply(ledger)


def answers_of(selected: Selected, question: str):
    return answering(view_table(selected), selected.known.vocabularies["positions"], question)


def test_every_answer_belongs_to_a_question(ledger: Dataset) -> None:
    positions = ledger.vocabularies["positions"]
    asked = {code for question in QUESTIONS for code in answers(positions, question)}
    assert asked == set(positions["code"]) - {"none"}


def test_turning_points_are_events_of_the_ledger(ledger: Dataset) -> None:
    assert len(turning_points(ledger)) == len(TURNING_POINTS)
    early = Selection(as_of=date(2025, 1, 16)).apply(ledger).known
    assert [day.year for day, _ in turning_points(early)] == [2024, 2024]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (("2023-01-01", "2023-02-01", "2023-03-01"), 2),
        (("2023", "2023-02-01", "2023-03-01"), 1),
        (("2023-01-01", "2023-01", "2023-01-01"), 0),
    ],
)
def test_a_turn_comes_after_what_it_turns_from(said: tuple[str, ...], count: int) -> None:
    rows = random_rows(1)
    told = ("russia_will_support", "russia_will_not_support", "russia_will_support")
    rows["views"] = [
        row | {"person_id": "analyst", "said_date": day, "position_code": position}
        for row, day, position in zip(rows["views"], said, told, strict=False)
    ]
    kept = {row["view_id"] for row in rows["views"]}
    for table in ("view_actors", "view_transfers", "view_sources", "view_outcomes"):
        rows[table] = [row for row in rows[table] if row["view_id"] in kept]
    views = answers_of(Selection().apply(load_rows(rows)), "support")
    found = turns(views).get("analyst", [])
    assert len(found) == count
    assert all(turn.before.position_code != turn.after.position_code for turn in found)


@LAW
@given(st.data(), datasets)
def test_the_last_word_of_each_is_one_of_theirs(data: st.DataObject, dataset: Dataset) -> None:
    views = answers_of(data.draw(selections(dataset)).apply(dataset), "tie")
    stands = latest_stands(views)
    assert set(stands["person_id"]) == set(views["person_id"])
    assert not stands["person_id"].duplicated().any()
    by_topic = latest_stands(views, by_topic=True)
    assert set(stands["view_id"]) <= set(by_topic["view_id"]) <= set(views["view_id"])


@LAW
@given(st.data(), datasets, st.sampled_from(ORDERS))
def test_an_order_only_orders(data: st.DataObject, dataset: Dataset, order: str) -> None:
    table = view_table(data.draw(selections(dataset)).apply(dataset))
    rows = ordered(table, order, dataset.vocabularies["topics"])
    assert sorted(rows["view_id"]) == sorted(table["view_id"])
    assert list(rows.columns) == list(table.columns)


# ── Forecasts ──────────────────────────────────────────────────────────────────


def test_no_outcome_before_it_was_told(ledger: Dataset) -> None:
    """As known before the June war nobody had been proved right about it."""
    selected = Selection(as_of=date(2025, 6, 12)).apply(ledger)
    found = {row.view_id: told for row, told in forecasts(selected, view_table(selected))}
    assert found["saab-2024-10-17-sidelines"] == []
    assert [row.outcome_code for row in found["alontsev-2024-06"]] == ["as_expected"]
    later = Selection().apply(ledger)
    told = {row.view_id: outs for row, outs in forecasts(later, view_table(later))}
    assert {row.outcome_code for row in told["semivolos-2025-06-23"]} == {"as_expected", "disputed"}
    assert len(told) >= 15


def test_a_filter_hides_no_outcome(ledger: Dataset) -> None:
    only = Selection(views=ViewFilter(person=("bilal-y-saab",))).apply(ledger)
    found = forecasts(only, view_table(only))
    assert len(found) == 2
    assert all(outcomes for _, outcomes in found)


# ── Denials, speakers, balance ─────────────────────────────────────────────────


def test_who_denied_the_drones(everything: Selected) -> None:
    denials = official_denials(everything)
    drones = denials[denials["category_code"] == "uav"]
    assert {"nasser-kanaani", "hossein-amir-abdollahian", "vasily-nebenzya"} <= set(
        drones["speaker_id"]
    )
    assert set(denials["stance_code"]) == {"denies"}
    assert denials["is_official"].all()
    assert denials["said_date_earliest"].is_monotonic_increasing


def test_all_that_a_person_said_whatever_the_facets(ledger: Dataset, everything: Selected) -> None:
    smagin = said_by(everything, "nikita-smagin")
    assert len(smagin.views) == (ledger.views["person_id"] == "nikita-smagin").sum()
    assert len(smagin.statements) == (ledger.statements["speaker_id"] == "nikita-smagin").sum()
    facets = ViewFilter(position=("russia_will_support",))
    narrowed = Selection(views=facets).apply(ledger)
    assert list(said_by(narrowed, "nikita-smagin").views["view_id"]) == list(
        smagin.views["view_id"]
    )
    assert smagin.views["said_date_earliest"].is_monotonic_increasing


def test_a_body_speaks_through_those_who_speak_for_it(everything: Selected) -> None:
    kremlin = said_by(everything, "kremlin")
    assert kremlin.is_body
    assert {"dmitry-peskov", "vladimir-putin"} <= set(kremlin.views["person_id"])
    assert {"dmitry-peskov", "kremlin"} <= set(kremlin.statements["speaker_id"])


@LAW
@given(st.data(), datasets)
def test_shares_add_up(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    found = balance(selected)
    count = len(selected.rows.views)
    assert sum(found.by_country.values()) == sum(found.by_role.values()) == count
    assert not count or round(sum(found.languages.values())) == 100
    assert all(free <= of for free, of in found.without_officials.values())
    assert set(found.unheard).isdisjoint(found.by_country)


# ── Words in quotation marks ───────────────────────────────────────────────────


def test_altered_quotations_of_the_seed_article_are_in_our_words(ledger: Dataset) -> None:
    """What the article alters is told as a position, or verbatim from another source."""
    told = {
        record
        for line in csv.DictReader((FOLDER / "provenance" / "seed_article.csv").open())
        for record in line["record_ids"].split()
    }
    views = ledger.views[ledger.views["view_id"].isin(told)]
    assert len(views) >= 3
    quoted = views[views["quotation"].notna()]
    assert (quoted["source_id"] == "necn-20241021").all()
    assert quoted["quotation_locator"].notna().all()
    for table in (ledger.views, ledger.statements):
        assert (table["quotation"].isna() | table["quotation_locator"].notna()).all()
    # Our own words stand in no quotation marks that a reader could take for the speaker's.
    own = views[views["quotation"].isna()]
    assert not own["summary"].str.contains('[“”"]', regex=True).any()


def test_an_empty_filter_is_the_default() -> None:
    assert replace(Selection(), views=ViewFilter()) == Selection()
