"""Disagreement made visible: positions over time, who moved, topics, camps."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from components.figures.moves import moves_alt, moves_chart
from components.figures.positions import positions_alt, positions_chart
from components.figures.spectrum import spectrum_alt, spectrum_chart
from components.panels.boundary import boundary
from components.panels.evidence import source_link
from components.panels.figure import footing, show_figure, small
from components.panels.filters import choose_facet
from components.panels.settings import kept, setting
from components.panels.visit import Visit
from components.text import count_words, date_words, day_words, list_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.stands import (
    QUESTIONS,
    Turn,
    answering,
    answers,
    latest_stands,
    turning_points,
    turns,
)
from data.queries.views import positions_over_time

_IN_A_CAMP = 6
_DRAWN_SINCE = pd.Timestamp("2022-01-01")


def _question(visit: Visit) -> tuple[str, dict[str, str]]:
    """The question chosen, and labels of its answers in order."""
    st.segmented_control(
        "Question", list(QUESTIONS), format_func=QUESTIONS.__getitem__, **kept("question")
    )
    question = setting("question")
    names = names_of(visit.dataset)
    codes = answers(visit.dataset.vocabularies["positions"], question)
    return question, {code: names.label("positions", code) for code in codes}


def _open_speaker(visit: Visit, clicked: str | None) -> None:
    if clicked:
        visit.open_speaker(clicked)


def turn_text(turn: Turn, labels: Mapping[str, str]) -> str:
    """A changed answer in words, as Markdown."""
    return (
        f"{date_words(turn.before.said_date)}: {markdown(labels[turn.before.position_code])} → "
        f"**{date_words(turn.after.said_date)}: {markdown(labels[turn.after.position_code])}**"
    )


@boundary("Positions over time")
def over_time(visit: Visit, table: pd.DataFrame) -> None:
    """Every position by day, and who changed their answer, and when."""
    positions = visit.dataset.vocabularies["positions"]
    points = turning_points(visit.selected.known)
    frame = positions_over_time(table)
    late = frame[~(frame["said_date_latest"] < _DRAWN_SINCE)]
    # A few old views would squeeze all others into a corner; they stay in the table.
    drawn = late if len(late) > 0.8 * len(frame) else frame
    left_out = len(frame) - len(drawn)
    early = (
        f" {count_words(left_out, 'view')} from before 2022 stand in the table only."
        if left_out
        else ""
    )
    show_figure(
        positions_chart(drawn, positions, visit.look, turns=points, until=visit.day),
        key="positions",
        alt=positions_alt(drawn, positions),
        question="Where did people stand, and when?",
        reading="One mark is one view. ■ officials, ● all others; hollow where the day is "
        "uncertain. Dotted: "
        + "; ".join(f"{markdown(name)}, {day_words(day)}" for day, name in points)
        + f".{early}",
        foot=footing(visit.selected, "a view counts once, at the position it takes."),
        table=pd.DataFrame(
            {
                "Day": [date_words(text) for text in frame["said_date"]],
                "Who": frame["person"],
                "Position": frame["position_code"].map(
                    dict(names_of(visit.dataset).labels["positions"])
                ),
                "In our words": frame["summary"],
            }
        ),
    )
    st.header("Who moved, and when?", anchor=False)
    question, labels = _question(visit)
    views = answering(table, positions, question)
    moved = turns(views)
    lanes = views[views["person_id"].isin(list(moved))]
    _open_speaker(
        visit,
        show_figure(
            moves_chart(lanes, labels, visit.look, points),
            key="moves",
            alt=moves_alt(lanes, labels),
            reading="A lane is a person; each mark an answer, the top line the most hopeful for "
            f"Tehran: {list_words([markdown(label) for label in labels.values()])}. Select a mark "
            "to read all that the person said.",
            foot=footing(
                visit.selected,
                "a turn is a later answer that differs from the one before; the reading of each "
                "view is the ledger’s.",
            ),
            is_clickable=True,
        ),
    )
    for person, found in list(moved.items())[::-1][:12]:
        visit.speaker_link(person, f"**{markdown(found[0].after.person)}**")
        for turn in found:
            small(turn_text(turn, labels))


@boundary("The camps")
def camps(visit: Visit, table: pd.DataFrame) -> None:
    """A spectrum of answers per topic, and the camps side by side."""
    question, labels = _question(visit)
    names = names_of(visit.dataset)
    views = answering(table, visit.dataset.vocabularies["positions"], question)
    by_topic = latest_stands(views, by_topic=True)
    topics = dict(names.labels["topics"])
    _open_speaker(
        visit,
        show_figure(
            spectrum_chart(by_topic, labels, topics, visit.look),
            key="spectrum",
            alt=spectrum_alt(by_topic, labels, topics),
            question=f"{QUESTIONS[question]} Topic by topic",
            reading="One mark is one person, at the last answer given on that topic. ■ officials, "
            "● all others. Select a mark to read all that the person said.",
            foot=footing(visit.selected, "a person counts once on each topic."),
            table=pd.DataFrame(
                {
                    "Topic": by_topic["topic_code"].map(topics),
                    "Answer": by_topic["position_code"].map(labels),
                    "Who": by_topic["person"],
                    "Day": [date_words(text) for text in by_topic["said_date"]],
                }
            ),
            is_clickable=True,
        ),
    )
    st.header("Side by side, at their last word", anchor=False)
    stands = latest_stands(views)
    columns = st.columns(len(labels)) if not visit.look.is_narrow else [st.container()] * 3
    for column, (code, label) in zip(columns, labels.items(), strict=False):
        people = stands[stands["position_code"] == code]
        with column, st.container(border=True, key=f"camp_{code}"):
            st.subheader(markdown(label), anchor=False)
            small(count_words(len(people), "person or body", "people and bodies"))
            for row in records(people.head(_IN_A_CAMP)):
                visit.speaker_link(row.person_id, f"**{markdown(row.person)}**")
                st.markdown(
                    f"{markdown(row.summary)}  \n:small[:gray[{date_words(row.said_date)} · "
                    f"{source_link(row.publisher, row.url)}]]"
                )
            if len(people) > _IN_A_CAMP:
                st.button(
                    f"Show all who say so ({len(people)})",
                    key=f"camp_all_{code}",
                    type="tertiary",
                    on_click=choose_facet,
                    args=("position", (code,)),
                )
