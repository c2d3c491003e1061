"""Page settings: read from links, written to them, and never wider than asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import page_settings
from data.load import load_dataset
from data.package import FOLDER
from data.page_settings import SETTINGS, Setting, read_settings, settings_of, settings_query
from data.selection import KEYS

MADE = (
    Setting("p", "lanes", "code", ("a", "b"), ("a",)),
    Setting("p", "show", "code", ("x", "y", "z"), ("x", "y"), many=True),
    Setting("p", "since", "day"),
    Setting("p", "n", "number", default=("1",), most=500),
    Setting("p", "who", "actor"),
    Setting("p", "node", "token"),
    Setting("q", "other", "code", ("a",)),
)


@pytest.fixture(autouse=True)
def made(monkeypatch):
    monkeypatch.setattr(page_settings, "SETTINGS", MADE)


@pytest.fixture(scope="module")
def dataset():
    return load_dataset(FOLDER)


values = st.fixed_dictionaries(
    {
        "lanes": st.sampled_from([("a",), ("b",)]),
        "show": st.lists(st.sampled_from("xyz"), unique=True).map(tuple),
        "since": st.dates(page_settings._EARLIEST, page_settings._LATEST).map(
            lambda day: (day.isoformat(),)
        )
        | st.just(()),
        "n": st.integers(0, 500).map(lambda n: (str(n),)),
        "who": st.sampled_from([(), ("iran",), ("russia",)]),
        "node": st.sampled_from([(), ("iran",), ("iran>russia:supply",)]),
    }
)


@given(values, st.booleans())
def test_what_is_written_is_read_back(dataset, chosen, in_full):
    pairs = settings_query("p", chosen, in_full=in_full)
    read, problems = read_settings("p", pairs, dataset)
    assert not problems
    assert {key: set(value) for key, value in read.items()} == {
        key: set(value) for key, value in chosen.items()
    }


def test_defaults_are_left_out_unless_asked_for():
    assert settings_query("p", {}) == []
    assert settings_query("p", {}, in_full=True) == [
        ("lanes", "a"),
        ("show", "x"),
        ("show", "y"),
        ("n", "1"),
    ]


@pytest.mark.parametrize(
    "pair",
    [
        ("lanes", "c"),
        ("show", "<b>"),
        ("since", "yesterday"),
        ("since", "9999-12-31"),
        ("n", "501"),
        ("n", "-1"),
        ("n", "٣"),
        ("who", "nobody"),
        ("node", "<script>"),
        ("node", "x" * 300),
    ],
)
def test_what_is_not_understood_is_named(dataset, pair):
    read, (problem,) = read_settings("p", [pair], dataset)
    assert (problem.parameter, problem.value) == pair
    default = next(setting.default for setting in MADE if setting.key == pair[0])
    assert read[pair[0]] == default


def test_two_values_of_a_single_setting_are_a_problem(dataset):
    _, problems = read_settings("p", [("lanes", "a"), ("lanes", "b")], dataset)
    assert [str(problem.parameter) for problem in problems] == ["lanes"]


def test_the_apps_settings_are_sound():
    assert all(setting.key not in KEYS for setting in SETTINGS)
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    for setting in SETTINGS:
        assert settings_of(setting.page) is not None
        if setting.kind == "code":
            assert set(setting.default) <= set(setting.codes)
            assert "none" not in setting.codes
