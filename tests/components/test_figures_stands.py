"""Who moved, and the spectrum by topic, on frames made by hand."""

from datetime import date

import pandas as pd
import pytest

from components.figures.moves import moves_alt, moves_chart
from components.figures.spectrum import spectrum_alt, spectrum_chart
from components.theme import DARK, LIGHT, Look

LABELS = {"yes": "It will", "partly": "Within <b>limits</b>", "no": "It will not"}
TOPICS = {"arms": "Arms trade", "israel": "Israel"}
LOOKS = [Look(LIGHT), Look(DARK, is_narrow=True)]


def frame(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Views as (person, answer, topic, day)."""
    found = [
        {
            "view_id": f"view-{number}",
            "person_id": person.lower(),
            "person": f"{person} <i>&",
            "position_code": answer,
            "topic_code": topic,
            "is_official": person == "Ann",
            "said_date": day,
            "said_date_earliest": pd.Timestamp(day),
            "said_date_latest": pd.Timestamp(day),
            "summary": "Says <script>so</script>.",
        }
        for number, (person, answer, topic, day) in enumerate(rows)
    ]
    columns = ["view_id", "person_id", "person", "position_code", "topic_code", "is_official"]
    columns += ["said_date", "said_date_earliest", "said_date_latest", "summary"]
    return pd.DataFrame(found, columns=columns)


VIEWS = frame(
    ("Ann", "yes", "arms", "2023-01-01"),
    ("Bob", "no", "arms", "2023-02-01"),
    ("Ann", "no", "israel", "2025-06-20"),
    ("Bob", "no", "israel", "2025-07-01"),
)


@pytest.mark.parametrize("look", LOOKS)
def test_only_those_who_moved_have_a_lane(look: Look) -> None:
    figure = moves_chart(VIEWS, LABELS, look, [(date(2025, 6, 13), "War <b>")])
    (lane,) = figure.data
    assert list(lane.customdata) == ["ann", "ann"]
    assert lane.y[0] < lane.y[1]  # the more hopeful answer stands above
    assert "<script>" not in str(figure.to_dict())
    assert "<i>" not in str(figure.to_dict())


@pytest.mark.parametrize("look", LOOKS)
def test_each_person_stands_once_on_a_topic(look: Look) -> None:
    figure = spectrum_chart(VIEWS, LABELS, TOPICS, look)
    marks = [person for trace in figure.data for person in trace.customdata]
    assert sorted(marks) == ["ann", "ann", "bob", "bob"]
    assert "<script>" not in str(figure.to_dict())


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_to_draw_is_said(look: Look) -> None:
    assert not moves_chart(frame(), LABELS, look).data
    assert not spectrum_chart(frame(), LABELS, TOPICS, look).data
    assert "empty" in moves_alt(frame(), LABELS)
    assert "empty" in spectrum_alt(frame(), LABELS, TOPICS)


def test_alternative_texts_count() -> None:
    assert "1 person who changed" in moves_alt(VIEWS, LABELS)
    assert "4 last words on 2 topics" in spectrum_alt(VIEWS, LABELS, TOPICS)
