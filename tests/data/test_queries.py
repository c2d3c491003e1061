"""Summaries agree with the rows they sum up, and hold on small, random and empty packages."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.history import status_history
from data.load import Dataset
from data.queries import overview, record, statements, timeline, views
from data.queries.ledger import REACHES, reach, transfer_table
from data.query_string import choices
from data.selection import Selected, Selection
from data.view_filter import FACETS, NO_FACETS
from tests.data.strategies import (
    EVERY_STAGE,
    SEEDS,
    STANDINGS,
    datasets,
    empty_dataset,
    fixture_rows,
    load_rows,
    random_dataset,
    selections,
    small_dataset,
    view_filters,
)

LAW = settings(max_examples=15, deadline=None)
ARRIVING = ("licensed_production", "in_delivery", "delivered")


def everything(dataset: Dataset | None = None) -> Selected:
    return Selection().apply(dataset or small_dataset())


def table_of(dataset: Dataset) -> pd.DataFrame:
    return transfer_table(everything(dataset)).set_index("transfer_id")


def jets_with(**cells: str) -> Dataset:
    """The fixture with some cells of the statement on jets changed."""
    return with_statements([cells])


def with_statements(changes: list[dict[str, str]]) -> Dataset:
    """The fixture with one statement on jets per change, the others on jets left out."""
    rows = fixture_rows()
    jets = next(r for r in rows["statements"] if r["statement_id"] == "jets-reza-2023-06-01")
    rows["statements"].remove(jets)
    rows["view_outcomes"] = []
    for number, cells in enumerate(changes):
        rows["statements"].append(jets | {"statement_id": f"jets-{number}"} | cells)
    return load_rows(rows)


# ── How far a transfer got ─────────────────────────────────────────────────────

STRONG = ("acknowledged", "acknowledged_after_denial", "corroborated")
WEAK = ("contested", "single_source")


@pytest.mark.parametrize("stage", EVERY_STAGE)
@pytest.mark.parametrize("standing", STANDINGS)
def test_reach(stage: str, standing: str) -> None:
    expected = {
        **{(s, t): "promised" for s in ("discussed", "agreed", "cancelled") for t in STANDINGS},
        **{(s, "denied"): "promised" for s in ARRIVING},
        **{(s, t): "alleged" for s in ARRIVING for t in WEAK},
        **{(s, t): "under_way" for s in ("licensed_production", "in_delivery") for t in STRONG},
        **{("delivered", t): "arrived" for t in STRONG},
    }[stage, standing]
    assert reach(stage, standing) == expected
    assert expected in REACHES


# ── One row per transfer ───────────────────────────────────────────────────────


@LAW
@given(st.data(), datasets)
def test_the_table_has_the_selected_transfers(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    table = transfer_table(selected)
    rows = selected.rows.transfers.set_index("transfer_id")
    assert sorted(table["transfer_id"]) == sorted(rows.index)
    statements_of = selected.known.statements.groupby("transfer_id")
    for row in table.itertuples():
        transfer = rows.loc[row.transfer_id]
        for column in ("name", "mode_code", "direction_code", "category_code", "stage_code"):
            assert getattr(row, column) == transfer[column]
        assert row.standing_code == transfer["standing_code"]
        assert row.reasons == transfer["reasons"]
        assert row.reach_code == reach(row.stage_code, row.standing_code)
        said = statements_of.get_group(row.transfer_id)
        assert row.statement_count == len(said)
        days = said[["said_date_latest", "published_date_latest"]].min(axis=1)
        assert row.last_said == days.max()
        counted = selected.claims[row.transfer_id]
        (support,) = [
            s
            for s in selected.assessments[row.transfer_id].ladder
            if s.stage_code == row.stage_code
        ]
        voices = {c.statement_id: c.voice for c in counted}
        assert row.asserting_count == len({voices[i] for i in support.asserting})
        assert row.denying_count == len({voices[i] for i in support.denying})
        assert (row.asserting_count == 0) == (row.standing_code == "denied")
        links = selected.known.statement_sources
        further = links[links["statement_id"].isin(said["statement_id"])]["source_id"]
        assert row.source_count == len({*said["source_id"], *further})
        # Only an open promise has an age.
        assert pd.isna(row.open_days) or row.stage_code == "agreed"


@LAW
@given(st.data(), datasets)
def test_a_range_is_made_of_numbers_that_were_given(data: st.DataObject, dataset: Dataset) -> None:
    """Nothing is added or averaged, and only counted statements give numbers."""
    selected = data.draw(selections(dataset)).apply(dataset)
    said = selected.known.statements.set_index("statement_id")
    for row in transfer_table(selected).itertuples():
        counted = {c.statement_id: c for c in selected.claims[row.transfer_id] if c.asserts}
        for quantity, stages in ((row.promised, ("agreed",)), (row.arrived, ARRIVING)):
            on = [i for i, claim in counted.items() if claim.stage in stages]
            given_low = said.loc[on, "quantity_low"].dropna()
            given_high = said.loc[on, "quantity_high"].dropna()
            given_any = {*given_low, *given_high}
            assert {quantity.low, quantity.high} <= {*given_any, None}
            assert quantity.low == (min(given_any) if len(given_low) else None)
            assert quantity.high == (max(given_any) if len(given_high) else None)
            assert set(quantity.statement_ids) == {*given_low.index, *given_high.index}
            assert bool(quantity.speakers) == bool(given_any)


NUMBERS = [
    ([("24", "24")], (24, 24)),
    ([("", "24")], (None, 24)),
    ([("24", "")], (24, None)),
    ([("", "")], (None, None)),
    ([("24", "24"), ("50", "50")], (24, 50)),
    ([("20", "30"), ("25", "60")], (20, 60)),
    ([("24", "24"), ("", "50")], (24, 50)),
    ([("", "24"), ("", "50")], (None, 50)),
    ([("24", ""), ("50", "")], (24, None)),
    ([("0", "0")], (0, 0)),
]


@pytest.mark.parametrize(("given_numbers", "expected"), NUMBERS)
def test_ranges_keep_open_ends_open(
    given_numbers: list[tuple[str, str]], expected: tuple[float | None, float | None]
) -> None:
    dataset = with_statements(
        [{"quantity_low": low, "quantity_high": high} for low, high in given_numbers]
    )
    promised = table_of(dataset).loc["jets", "promised"]
    assert (promised.low, promised.high) == expected


def test_numbers_that_do_not_count_are_left_out() -> None:
    dataset = with_statements(
        [
            {"quantity_low": "24", "quantity_high": "24"},
            {"quantity_low": "70", "quantity_high": "70", "credibility_code": "5"},
            {"quantity_low": "80", "quantity_high": "80", "derived_from_id": "jets-0"},
            {"quantity_low": "90", "quantity_high": "90", "stance_code": "denies"},
            {"quantity_low": "1", "quantity_high": "1", "stage_code": "discussed"},
        ]
    )
    promised = table_of(dataset).loc["jets", "promised"]
    assert (promised.low, promised.high, promised.statement_ids) == (24, 24, ("jets-0",))


def test_fixture_table() -> None:
    table = table_of(small_dataset())
    assert list(table.index) == ["drones", "plant", "jets"], "direction, category, first promise"
    assert table["reach_code"].to_dict() == {
        "drones": "arrived",
        "plant": "alleged",
        "jets": "promised",
    }
    drones, jets = table.loc["drones"], table.loc["jets"]
    assert (drones["system"], drones["supplier"], drones["recipient"]) == (
        *("Shahed-136", "Iran", "Russia"),
    )
    assert (drones["arrived"].low, drones["arrived"].high) == (70, 100)
    assert drones["arrived"].speakers == ("Unnamed officials (Example Times)",)
    assert drones["promised"].low is drones["promised"].high is None
    assert (drones["statement_count"], drones["source_count"]) == (4, 3)
    assert (drones["asserting_count"], drones["denying_count"]) == (2, 0)
    assert pd.isna(drones["open_days"])
    assert jets["promised"].words == "up to 24 fighters"
    assert jets["promised_on"] == pd.Timestamp("2023-06-01")
    assert jets["open_days"] == (date(2023, 12, 31) - date(2023, 6, 1)).days


def test_ages_are_reckoned_to_the_day_asked_for() -> None:
    def age(as_of: date | None) -> float:
        table = transfer_table(Selection(as_of=as_of).apply(small_dataset()))
        return table.set_index("transfer_id").loc["jets", "open_days"]

    assert age(date(2023, 6, 1)) == 0
    assert age(date(2023, 6, 11)) == 10
    assert age(date(2030, 1, 1)) == age(None) == 213, "at most the cut-off date"


def test_a_promise_for_a_later_year_is_of_the_day_it_was_made() -> None:
    jets = table_of(jets_with(stage_date="2026/2028", is_prospective="true")).loc["jets"]
    assert jets["promised_on"] == pd.Timestamp("2023-06-01")
    assert jets["open_days"] > 0


def test_the_last_word_may_be_open_at_its_end() -> None:
    jets = table_of(jets_with(said_date="2023-05/..")).loc["jets"]
    assert jets["last_said"] == pd.Timestamp("2023-06-01")


def test_empty_table() -> None:
    empty = transfer_table(everything(empty_dataset()))
    full = transfer_table(everything())
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert empty["open_days"].dtype == full["open_days"].dtype
    assert str(empty["promised_on"].dtype).startswith("datetime64")


# ── Totals and turns ───────────────────────────────────────────────────────────


@LAW
@given(st.data(), datasets)
def test_totals_count_the_table(data: st.DataObject, dataset: Dataset) -> None:
    table = transfer_table(data.draw(selections(dataset)).apply(dataset))
    totals = overview.totals(table)
    assert list(totals.columns) == ["total", *REACHES, "contested"]
    assert set(totals.index) == set(table["direction_code"])
    assert totals["total"].sum() == len(table)
    for direction, row in totals.iterrows():
        of = table[table["direction_code"] == direction]
        assert row["total"] == len(of) == sum(row[reached] for reached in REACHES)
        for reached in REACHES:
            assert row[reached] == (of["reach_code"] == reached).sum()
        assert row["contested"] == (of["standing_code"] == "contested").sum()


@LAW
@given(st.data(), datasets, st.integers(0, 6))
def test_latest_turns(data: st.DataObject, dataset: Dataset, most: int) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    turns = overview.latest_turns(selected, most)
    every = [
        (change.day, transfer)
        for transfer in selected.rows.transfers["transfer_id"]
        for change in status_history(dataset, transfer)
        if change.day <= (selected.selection.as_of or date.max)
    ]
    assert [(t.change.day, t.transfer_id) for t in turns] == sorted(every, reverse=True)[:most]


def test_no_turn_is_told_before_its_day() -> None:
    small = small_dataset()

    def turns(as_of: date | None) -> list[tuple[str, str]]:
        found = overview.latest_turns(Selection(as_of=as_of).apply(small), 2)
        return [(turn.transfer_id, str(turn.change.day)) for turn in found]

    assert turns(date(2022, 11, 4)) == [("drones", "2022-10-10")]
    assert turns(date(2022, 11, 5)) == [("drones", "2022-11-05"), ("drones", "2022-10-10")]
    assert turns(None) == [("jets", "2023-06-01"), ("plant", "2023-03-31")]


@LAW
@given(st.data(), datasets, st.integers(0, 4))
def test_most_contested(data: st.DataObject, dataset: Dataset, most: int) -> None:
    table = transfer_table(data.draw(selections(dataset)).apply(dataset))
    found = overview.most_contested(table, most)
    assert list(found.columns) == list(table.columns)
    assert set(found["standing_code"]) <= {"contested"}
    assert len(found) == min(most, (table["standing_code"] == "contested").sum())
    weight = list(found[["asserting_count", "denying_count"]].min(axis=1))
    assert weight == sorted(weight, reverse=True)


# ── Timeline ───────────────────────────────────────────────────────────────────

TURNS = ("talk", "promise", "arrival", "arrival_end")


@LAW
@given(st.data(), datasets)
def test_spans_are_in_order(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    spans = timeline.transfer_spans(selected)
    assert sorted(spans["transfer_id"]) == sorted(selected.rows.transfers["transfer_id"])
    for turn in TURNS:
        low, high = spans[f"{turn}_earliest"], spans[f"{turn}_latest"]
        assert low.dtype == high.dtype == "datetime64[s]"
        assert (low.isna() == high.isna()).all()
        assert ((low <= high) | low.isna()).all()
    ends = spans["arrival_latest"] <= spans["arrival_end_latest"]
    assert (ends | spans["arrival_latest"].isna()).all()
    arriving = set(selected.known.deliveries["transfer_id"]) | {
        transfer
        for transfer, claims in selected.claims.items()
        if any(c.asserts and c.stage in ARRIVING for c in claims)
    }
    for row in spans.itertuples():
        assert pd.notna(row.arrival_earliest) == (row.transfer_id in arriving)
        assert pd.isna(row.arrival_earliest) == pd.isna(row.arrival_end_earliest)


def span(dataset: Dataset, transfer: str, turn: str) -> tuple[str, str] | None:
    spans = timeline.transfer_spans(everything(dataset)).set_index("transfer_id")
    low, high = spans.loc[transfer, [f"{turn}_earliest", f"{turn}_latest"]]
    return None if pd.isna(low) else (str(low.date()), str(high.date()))


def test_fixture_spans() -> None:
    small = small_dataset()
    # Deliveries and dated words: a month comes before the year that it lies in.
    assert span(small, "drones", "arrival") == ("2022-08-01", "2022-08-31")
    assert span(small, "plant", "arrival") == ("2023-02-01", "2023-02-28")
    assert span(small, "jets", "promise") == ("2023-06-01", "2023-06-01")
    assert span(small, "jets", "arrival") is None
    assert span(small, "drones", "talk") is None


def test_a_promise_is_drawn_when_it_was_made_not_when_it_is_to_be_kept() -> None:
    dataset = jets_with(stage_date="2026/2028", is_prospective="true")
    assert span(dataset, "jets", "promise") == ("2023-06-01", "2023-06-01")
    past = jets_with(stage_date="2022", is_prospective="false")
    assert span(past, "jets", "promise") == ("2022-01-01", "2022-12-31")


def test_an_undated_arrival_gives_way_to_a_dated_one() -> None:
    undated = {"stage_code": "delivered", "stage_date": "", "is_prospective": "false"}
    dated = undated | {"stage_date": "2023-05"}
    assert span(with_statements([undated]), "jets", "arrival") == ("2023-06-01", "2023-06-01")
    both = with_statements([undated, dated])
    assert span(both, "jets", "arrival") == ("2023-05-01", "2023-05-31")
    assert span(both, "jets", "arrival_end") == ("2023-05-01", "2023-05-31")


def test_the_first_and_the_last_arrival() -> None:
    words = {"stage_code": "delivered", "is_prospective": "false"}
    days = ["2023-03-02", "2023-01", "2023-05-01/2023-05-03", "2023-04-30"]
    dataset = with_statements([words | {"stage_date": day} for day in days])
    assert span(dataset, "jets", "arrival") == ("2023-01-01", "2023-01-31")
    assert span(dataset, "jets", "arrival_end") == ("2023-05-01", "2023-05-03")


def test_a_span_open_at_one_end_is_its_other_end() -> None:
    dataset = jets_with(stage_code="delivered", is_prospective="false", stage_date="2023-05/..")
    assert span(dataset, "jets", "arrival") == ("2023-05-01", "2023-05-01")


@LAW
@given(st.data(), datasets)
def test_denials_are_those_that_count(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    counted = {
        claim.statement_id
        for transfer in selected.rows.transfers["transfer_id"]
        for claim in selected.claims[transfer]
        if claim.stance == "denies"
    }
    found = timeline.denials(selected)
    assert set(found["statement_id"]) == counted
    assert len(found) == len(counted)
    assert found["speaker"].notna().all()


def test_a_denial_that_was_taken_back_is_drawn_no_more() -> None:
    small = small_dataset()
    before = Selection(as_of=date(2022, 11, 4)).apply(small)
    assert list(timeline.denials(before)["statement_id"]) == ["drones-ministry-2022-10-10"]
    assert list(timeline.denials(before)["speaker"]) == ["Iranian ministry"]
    assert timeline.denials(everything()).empty


def test_each_turn_names_the_statement_that_dates_it() -> None:
    told = jets_with(stage_date="2022~", is_prospective="false")
    spans = timeline.transfer_spans(everything(told))
    (jets,) = spans[spans["transfer_id"] == "jets"].itertuples()
    assert jets.promise_date == "2022~"
    assert jets.promise_speaker
    assert jets.promise_statement_id.startswith("jets-")
    assert jets.arrival_date is None
    assert jets.arrival_statement_id is None


@LAW
@given(st.data(), datasets, st.sampled_from(timeline.LANES))
def test_every_transfer_stands_in_a_lane(data: st.DataObject, dataset: Dataset, by: str) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    lanes = timeline.transfer_lanes(selected, by)
    assert set(lanes["transfer_id"]) == set(selected.rows.transfers["transfer_id"])
    assert not lanes.duplicated(["transfer_id", "lane"]).any()
    assert lanes[["label", "order"]].notna().all(axis=None)
    if by != "actor":
        assert not lanes["transfer_id"].duplicated().any()


def test_view_marks() -> None:
    marks = timeline.view_marks(everything())
    assert list(marks["view_id"]) == list(everything().rows.views["view_id"])
    assert marks[["person", "position", "said_date"]].notna().all(axis=None)
    assert timeline.view_marks(everything(empty_dataset())).empty


def test_event_marks() -> None:
    (mark,) = timeline.event_marks(everything()).itertuples()
    assert (mark.event_id, mark.kind_code) == ("talks-2022-07-19", "visit")
    assert timeline.event_marks(everything(empty_dataset())).empty


@LAW
@given(st.data(), datasets)
def test_quarters_have_no_gaps(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    quarters = timeline.statements_per_quarter(selected)
    days = selected.rows.statements["said_date_earliest"].dropna()
    assert quarters["count"].sum() == len(days)
    for row in quarters.itertuples():
        end = row.quarter + pd.DateOffset(months=3)
        assert row.count == ((days >= row.quarter) & (days < end)).sum()
    steps = quarters["quarter"].dt.to_period("Q").astype("int64").diff().dropna()
    assert (steps == 1).all()


# ── One transfer ───────────────────────────────────────────────────────────────


def test_statements_about_the_fixture_transfer() -> None:
    rows = record.statements_about(everything(), "drones").set_index("statement_id")
    assert list(rows.index) == [
        "drones-unnamed-2022-10-10",
        "drones-ministry-2022-10-10",
        "drones-reza-2022-11-05",
        "drones-institute-2022-11-06",
    ]
    assert list(rows["group_code"]) == ["other", "supplier", "supplier", "other"]
    assert list(rows["side"]) == [
        *("Unnamed officials (Example Times)", "Iran", "Iran", "Example Institute")
    ]
    assert list(rows["grade"]) == ["B3", "B4", "C2", "B3"]
    assert list(rows["counts"]) == [True, False, True, False]
    assert list(rows["repeats"]) == [1, 0, 0, 0]
    assert rows.loc["drones-reza-2022-11-05", "publisher"] == "Ministry site"


@pytest.mark.parametrize(
    ("speaker", "is_official", "group"),
    [
        ("iran-ministry", "true", "recipient"),
        ("reza-example", "false", "recipient"),
        ("russia", "true", "supplier"),
        ("example-works", "false", "supplier"),
        ("example-institute", "true", "government"),
        ("example-institute", "false", "other"),
        ("unnamed-officials", "false", "other"),
        ("example-militia", "true", "government"),
    ],
)
def test_groups_of_speakers(speaker: str, is_official: str, group: str) -> None:
    dataset = jets_with(speaker_id=speaker, is_official=is_official)
    rows = record.statements_about(everything(dataset), "jets")
    assert list(rows["group_code"]) == [group]


@LAW
@given(st.data(), st.sampled_from(SEEDS).map(random_dataset))
def test_a_record_shows_all_that_is_known(data: st.DataObject, dataset: Dataset) -> None:
    """Filters other than the as-known date don't touch it."""
    selection = data.draw(selections(dataset))
    selected, plain = selection.apply(dataset), Selection(as_of=selection.as_of).apply(dataset)
    for transfer in list(selected.known.transfers["transfer_id"])[:3]:
        rows = record.statements_about(selected, transfer)
        pd.testing.assert_frame_equal(rows, record.statements_about(plain, transfer))
        known = selected.known.statements
        about = set(known.loc[known["transfer_id"] == transfer, "statement_id"])
        assert set(rows["statement_id"]) == about
        counted = {c.statement_id for c in selected.claims[transfer]}
        assert set(rows.loc[rows["counts"], "statement_id"]) == counted
        assert rows["repeats"].sum() == rows["derived_from_id"].isin(about).sum()
        assert set(rows["group_code"]) <= set(record.SPEAKER_GROUPS)
        sources = record.sources_about(selected, transfer)
        assert set(rows["source_id"]) <= set(sources["source_id"])
        assert (sources["statement_count"] >= 1).all()
        uses = list(sources["statement_count"])
        assert uses == sorted(uses, reverse=True)
        for frame in record.related(selected, transfer).values():
            assert set(frame.get("transfer_id", [])) <= {transfer}
        numbers = record.quantities(selected, transfer)
        originals = rows[rows["derived_from_id"].isna()].set_index("statement_id")
        assert set(numbers["statement_id"]) <= set(originals.index)
        for row in numbers.itertuples():
            original = originals.loc[row.statement_id]
            as_given = original[["quantity_low", "quantity_high"]]
            if as_given.isna().all() and row.stance_code == "denies":
                assert (row.low, row.high) == (0, 0)
            else:
                pd.testing.assert_series_equal(
                    pd.Series([row.low, row.high]),
                    pd.Series(as_given.tolist()),
                    check_dtype=False,
                )


def test_fixture_quantities() -> None:
    numbers = record.quantities(everything(), "drones").set_index("statement_id")
    assert list(numbers.index) == ["drones-unnamed-2022-10-10", "drones-ministry-2022-10-10"]
    assert list(numbers["turn"]) == ["arrived", "arrived"]
    assert list(numbers["low"]) == [70, 0]
    assert list(numbers["high"]) == [100, 0]
    assert list(numbers["counts"]) == [True, False]
    jets = record.quantities(everything(), "jets").iloc[0]
    assert (jets["turn"], jets["high"], jets["words"]) == ("promised", 24, "up to 24 fighters")
    assert pd.isna(jets["low"])
    assert record.quantities(everything(), "plant").empty


def test_a_cancellation_has_no_quantity() -> None:
    dataset = jets_with(stage_code="cancelled", quantity_high="24", is_prospective="false")
    assert record.quantities(everything(dataset), "jets").empty


def test_fixture_sources() -> None:
    sources = record.sources_about(everything(), "drones").set_index("source_id")
    assert sources["statement_count"].to_dict() == {
        "ministry-2022-11-05": 2,
        "times-2022-10-10": 2,
        "times-2023": 1,
    }
    assert sources.loc["times-2023", "original_publisher"] == "Ministry site"
    assert sources.loc["ministry-2022-11-05", "reliability_code"] == "C"


def test_fixture_related() -> None:
    drones = record.related(everything(), "drones")
    assert list(drones["deliveries"]["delivery_id"]) == ["drones-2022-08", "drones-2022-09"]
    assert list(drones["events"]["event_id"]) == ["talks-2022-07-19"]
    assert drones["views"].empty
    assert list(record.related(everything(), "jets")["views"]["view_id"]) == ["doe-2023-05-02"]


# ── All statements ─────────────────────────────────────────────────────────────


@LAW
@given(st.data(), datasets)
def test_statement_table(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    table = statements.statement_table(selected)
    rows = selected.rows.statements.set_index("statement_id")
    assert sorted(table["statement_id"]) == sorted(rows.index)
    for column in ("speaker", "subject", "publisher", "grade", "url"):
        assert table[column].notna().all()
    assert list(table["said_date_latest"].dropna()) == sorted(
        table["said_date_latest"].dropna(), reverse=True
    )
    for row in table.itertuples():
        assert row.is_repeat == (rows.loc[row.statement_id, "derived_from_id"] is not None)
        assert row.summary == rows.loc[row.statement_id, "summary"]


@LAW
@given(st.data(), datasets, st.integers(1, 8))
def test_matrix(data: st.DataObject, dataset: Dataset, most: int) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    cells = statements.matrix(selected, most)
    said = selected.rows.statements.set_index("statement_id")
    assert cells["side_id"].nunique() <= most
    assert not cells.duplicated(["transfer_id", "side_id"]).any()
    assert set(cells["transfer_id"]) <= set(selected.rows.transfers["transfer_id"])
    seen: list[str] = []
    sides = dict(zip(dataset.actors["actor_id"], dataset.actors["side_id"], strict=True))
    for cell in cells.itertuples():
        assert cell.statement_ids
        assert len(set(cell.stances)) == len(cell.stances)
        assert set(said.loc[list(cell.statement_ids), "transfer_id"]) == {cell.transfer_id}
        told = {
            code if code in ("denies", "declines") else "asserts"
            for code in said.loc[list(cell.statement_ids), "stance_code"]
        }
        assert set(cell.stances) == told
        if cell.side_id != "others":
            speakers = said.loc[list(cell.statement_ids), "speaker_id"]
            assert {sides[speaker] for speaker in speakers} == {cell.side_id}
        seen += cell.statement_ids
    assert len(set(seen)) == len(seen), "a statement stands in one cell"
    if most == 8:
        about = said["transfer_id"].dropna().index
        assert set(seen) == set(about)


def test_fixture_matrix() -> None:
    cells = statements.matrix(everything(), 5)
    assert [(c.transfer_id, c.side_id, c.stances) for c in cells.itertuples()] == [
        ("drones", "iran", ("denies", "asserts")),
        ("drones", "others", ("asserts",)),
        ("jets", "iran", ("asserts",)),
        ("plant", "others", ("asserts",)),
    ]


@pytest.mark.parametrize(
    ("speaker", "is_official", "side"),
    [
        ("example-militia", "true", "example-militia"),
        ("example-militia", "false", "others"),
        ("jane-doe", "false", "others"),
        ("example-works", "false", "russia"),
        ("reza-example", "true", "iran"),
    ],
)
def test_whose_column_a_speaker_stands_in(speaker: str, is_official: str, side: str) -> None:
    dataset = jets_with(speaker_id=speaker, is_official=is_official)
    cells = statements.matrix(everything(dataset), 9).set_index("transfer_id")
    assert cells.loc["jets", "side_id"] == side


# ── Views ──────────────────────────────────────────────────────────────────────


@LAW
@given(st.data(), datasets)
def test_a_facet_counts_what_choosing_it_gives(data: st.DataObject, dataset: Dataset) -> None:
    facets = data.draw(view_filters(dataset))
    selection = replace(data.draw(selections(dataset, q=st.just(""))), views=facets)
    selected = selection.apply(dataset)
    labels = choices(dataset).labels
    for facet in FACETS:
        counts = views.facet_counts(selected, facet)
        assert 0 not in counts.values()
        offered = labels[facet] if facet != "said" else counts
        for value in data.draw(st.permutations(sorted({*counts, *offered})))[:4]:
            chosen = selection.views.with_values(facet, [value])
            would = replace(selection, views=chosen).apply(dataset).rows.views
            assert counts.get(value, 0) == len(would), (facet, value)


@LAW
@given(st.data(), datasets)
def test_facets_narrow_views_alone(data: st.DataObject, dataset: Dataset) -> None:
    selection = data.draw(selections(dataset))
    narrowed = selection.apply(dataset)
    plain = replace(selection, views=NO_FACETS).apply(dataset)
    kept = set(narrowed.rows.views["view_id"])
    assert kept <= set(plain.rows.views["view_id"])
    assert set(narrowed.open_views["view_id"]) == set(plain.rows.views["view_id"])
    for table in ("transfers", "statements", "events", "relations", "deliveries"):
        assert getattr(narrowed.rows, table).equals(getattr(plain.rows, table)), table


@LAW
@given(st.data(), datasets)
def test_view_table(data: st.DataObject, dataset: Dataset) -> None:
    selected = data.draw(selections(dataset)).apply(dataset)
    table = views.view_table(selected)
    assert sorted(table["view_id"]) == sorted(selected.rows.views["view_id"])
    for row in table.itertuples():
        for ids, links, column in (
            (row.actor_ids, selected.known.view_actors, "actor_id"),
            (row.transfer_ids, selected.known.view_transfers, "transfer_id"),
        ):
            assert sorted(ids) == sorted(links.loc[links["view_id"] == row.view_id, column])
        assert row.person
        assert (row.organisation is None) == (row.organisation_id is None)
    positions = views.positions_over_time(table)
    assert len(positions) == (table["position_code"] != "none").sum()
    assert "none" not in set(positions["position_code"])


def test_fixture_view() -> None:
    (view,) = views.view_table(everything()).itertuples()
    assert (view.person, view.organisation) == ("Jane Doe", "Example Institute")
    assert (view.actor_ids, view.transfer_ids) == (("russia",), ("jets",))
    assert (view.publisher, view.reliability_code) == ("Example Times", "B")
