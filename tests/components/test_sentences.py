"""Sentences computed from the data."""

import re
from datetime import date

import pytest

from components.sentences import (
    headline,
    headline_rest,
    standing_rule,
    status_sentence,
    status_words,
    turn_words,
)
from data.history import status_history
from data.load import load_dataset
from data.package import FOLDER
from data.queries.ledger import transfer_table
from data.queries.names import names_of
from data.selection import Selection
from tests.data.package_fixture import edit_cell, row_of, write_package


@pytest.fixture(scope="module")
def ledger():
    return load_dataset(FOLDER)


@pytest.fixture(scope="module")
def fixture(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sentences") / "package"
    return load_dataset(write_package(folder, has_whole_vocabularies=True))


def sentence(dataset, transfer, day=None):
    selected = Selection(as_of=day).apply(dataset)
    return status_sentence(selected.assessments[transfer], selected)


# ── Status ───────────────────────────────────────────────────────────────────────────────────────


def test_status_of_the_fixture_through_time(fixture):
    before = sentence(fixture, "drones", date(2022, 10, 31))
    assert before.startswith("Delivered, say")
    assert before.endswith("Iran denies it.")
    after = sentence(fixture, "drones", date(2022, 11, 6))
    # The denial was taken back by the same words that admit it.
    assert after == "Delivered: Iran acknowledges it."
    assert sentence(fixture, "plant") == (
        "Made under licence, says Example Institute alone. Nobody is known to deny it."
    )
    assert sentence(fixture, "jets") == "Agreed: Iran acknowledges it."


def test_a_denial_alone_is_called_so(tmp_path):
    folder = write_package(tmp_path / "package", has_whole_vocabularies=True)
    for row in (
        "drones-unnamed-2022-10-10",
        "drones-reza-2022-11-05",
        "drones-institute-2022-11-06",
    ):
        edit_cell(folder, "statements", row_of("statements", row), "credibility_code", "5")
    edit_cell(
        folder, "statements", row_of("statements", "drones-reza-2022-11-05"), "retracts_id", ""
    )
    shown = sentence(load_dataset(folder), "drones")
    assert shown == "Only denied, by Iran; no counted statement says otherwise."


def test_every_status_of_every_day_has_a_sentence_and_a_rule(ledger):
    seen = set()
    for transfer in ledger.transfers["transfer_id"]:
        for turn in status_history(ledger, transfer):
            selected = Selection(as_of=turn.day).apply(ledger)
            for status in filter(None, (turn.after,)):
                shown = status_sentence(status, selected)
                standing = status.standing_code
                seen.add(standing)
                assert shown.endswith("."), shown
                assert "  " not in shown
                assert ", ," not in shown
                assert " by ;" not in shown
                assert ("first denying" in shown) == (standing == "acknowledged_after_denial")
                assert shown.startswith("Only denied") == (standing == "denied")
                if status.stage_code != "delivered":
                    assert not shown.startswith("Delivered")
                if standing == "contested":
                    assert re.search(r"(den(y|ies) it|says)", shown)
                label = names_of(ledger).label("standings", standing)
                assert standing_rule(standing).startswith(label.split()[0])
                assert status_words(status, selected).strip()
    assert {"acknowledged", "contested", "single_source", "denied"} <= seen


def test_a_turn_says_what_was_and_what_is(ledger):
    selected = Selection().apply(ledger)
    first, *_, last = status_history(ledger, "shahed-before-war")
    assert turn_words(first, selected).startswith("first known: ")
    assert turn_words(last, selected) == (
        "only denied becomes delivered · acknowledged after denial"
    )
    assert status_words(None, selected) == "not known"


# ── Headline ─────────────────────────────────────────────────────────────────────────────────────


def told(dataset, **filters):
    return headline(transfer_table(Selection(**filters).apply(dataset)))


def rest(dataset, **filters):
    return headline_rest(transfer_table(Selection(**filters).apply(dataset)))


def counted(shown, way):
    """Arrived and all, as the headline tells them of one direction."""
    found = re.search(rf"{way}: (\d+) of (\d+) transfers arrived\.", shown)
    return int(found[1]), int(found[2])


def test_headline_counts_what_the_table_holds(ledger):
    table = transfer_table(Selection().apply(ledger))
    shown, more = headline(table), headline_rest(table)
    for direction, way in (("iran-russia", "Iran to Russia"), ("russia-iran", "Russia to Iran")):
        rows = table[table["direction_code"] == direction]
        arrived = rows["reach_code"].isin(["arrived", "under_way"]).sum()
        assert counted(shown, way) == (arrived, len(rows))
        alleged = (rows["reach_code"] == "alleged").sum()
        assert f"{alleged} more from {way}" in more
    assert "Su-35 fighters, for " in more
    assert len(shown) < 100


def test_headline_follows_the_selection(ledger, fixture):
    assert told(ledger, q="zzzz") == "No transfer fits this selection."
    assert rest(ledger, q="zzzz") == ""
    assert "Russia to Iran" not in told(ledger, direction="iran-russia")
    assert "Iran to Russia" not in told(ledger, direction="russia-iran")
    before, after = ({"as_of": date(2022, 10, 31)}, {"as_of": date(2022, 11, 6)})
    assert counted(told(fixture, **before), "Iran to Russia") == (0, 1)
    assert "1 more from Iran to Russia is said to have arrived" in rest(fixture, **before)
    assert counted(told(fixture, **after), "Iran to Russia") == (1, 1)
    assert "more from" not in rest(fixture, **after)
