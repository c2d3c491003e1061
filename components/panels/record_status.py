"""Why a transfer has its status, how far it got, and how that turned."""

from typing import Any

import pandas as pd
import streamlit as st

from components.figures.course_plan import Spoken
from components.figures.ladder import stage_ladder, stage_ladder_alt
from components.figures.status_course import status_course, status_course_alt
from components.glossary import meaning
from components.panels.boundary import boundary
from components.panels.evidence import statement_list
from components.panels.figure import footing, show_figure, small
from components.panels.visit import Visit
from components.sentences import standing_rule, status_words, turn_words
from components.text import count_words, day_words, list_words, markdown
from data.assessment import assess
from data.grades import OFFERED, graded
from data.history import StatusChange, known_history
from data.load import records
from data.queries.names import names_of
from data.queries.record import related


@boundary("Why the status is what it is")
def status_section(visit: Visit, transfer: Any, rows: pd.DataFrame) -> None:
    """Shows the status with its reasons, the ladder, and the course of the status.

    Args:
        visit: The visit.
        transfer: The transfer's row.
        rows: As `statements_about` gives them.
    """
    known, names = visit.selected.known, names_of(visit.selected.known)
    assessment = visit.selected.assessments[transfer.transfer_id]
    speakers = dict(zip(rows["statement_id"], rows["speaker"], strict=True))
    left, right = st.columns([1.15, 1], gap="large")
    with left:
        st.header("Why this status", anchor=False, help=meaning("Voice"))
        st.markdown(
            f"**Furthest stage: {names.label('stages', assessment.stage_code).lower()}.** "
            f"{standing_rule(assessment.standing_code)}"
        )
        statement_list(visit, assessment.reasons, most=6, rest=", all of them below")
        if assessment.also_claimed:
            count = count_words(len(assessment.also_claimed), "claim")
            with st.expander(f"Also claimed: {count} graded improbable, which move nothing"):
                statement_list(visit, assessment.also_claimed)
    with right:
        steps = (
            assessment,
            known.vocabularies["stages"],
            transfer.direction_code,
            _has_licence(transfer),
        )
        show_figure(
            stage_ladder(*steps, visit.look, speakers),
            key="ladder",
            alt=stage_ladder_alt(*steps, speakers),
            question="How far did it get?",
            reading="Asserting a step asserts those before it; denying one denies those after it.",
        )
        _by_grade(visit, transfer.transfer_id)
    _course(visit, transfer, rows)


def _has_licence(transfer: Any) -> bool:
    return transfer.mode_code in ("licence", "technology")


def _course(visit: Visit, transfer: Any, rows: pd.DataFrame) -> None:
    """The status over the days on which something became known, and its turns as a table."""
    turns = known_history(visit.selected.base, transfer.transfer_id, visit.selection.as_of)
    spoken = {row.statement_id: Spoken(row.speaker, row.summary) for row in records(rows)}
    deliveries = related(visit.selected, transfer.transfer_id)["deliveries"]
    chosen = show_figure(
        status_course(
            turns,
            visit.selected.known.vocabularies["stages"],
            transfer.direction_code,
            _has_licence(transfer),
            visit.look,
            until=visit.day,
            spoken=spoken,
            deliveries=deliveries,
        ),
        key="course",
        alt=status_course_alt(turns, until=visit.day, deliveries=deliveries),
        question="How did the status turn?",
        reading="A box begins on the day on which words became public that changed the status, "
        "and is filled and framed as above. Hollow diamonds stand on the days at which somebody "
        "puts an arrival.",
        foot=footing(
            visit.selected,
            "a status holds from the day on which it became known to the next turn.",
        ),
        table=_turn_rows(visit, turns, spoken),
        is_clickable=True,
    )
    if chosen:
        with st.container(border=True):
            statement_list(visit, _told(turns, chosen))
    with st.expander(f"What made it turn, {count_words(len(turns), 'time')}"):
        for turn in turns:
            st.markdown(
                f"**{day_words(turn.day)}**  \n"
                f"{markdown(turn_words(turn, visit.selected))}, because:"
            )
            statement_list(visit, turn.because, most=3, rest=" that day")


def _told(turns: tuple[StatusChange, ...], chosen: str) -> tuple[str, ...]:
    """All that made the clicked turn; the statement itself where it made none."""
    return next((turn.causes for turn in turns if chosen in turn.causes), (chosen,))


def _turn_rows(
    visit: Visit, turns: tuple[StatusChange, ...], spoken: dict[str, Spoken]
) -> pd.DataFrame:
    """The turns as a table."""
    return pd.DataFrame(
        [
            {
                "Known from": day_words(turn.day),
                "Status": status_words(turn.after, visit.selected),
                "Before": status_words(turn.before, visit.selected) if turn.before else "",
                "Because of": list_words(
                    list(dict.fromkeys(spoken[key].speaker for key in turn.causes if key in spoken))
                ),
            }
            for turn in turns
        ],
        columns=["Known from", "Status", "Before", "Because of"],
    )


def _by_grade(visit: Visit, transfer_id: str) -> None:
    """What the status would be if weaker sources were left out."""
    day = visit.selection.as_of
    found = []
    for minimum in ("", *reversed(OFFERED)):
        status = assess(graded(visit.dataset, minimum, day), day).get(transfer_id)
        words = status_words(status, visit.selected)
        found.append((f"{minimum} or better" if minimum else "Every grade", words))
    with st.expander("What it would be without weak sources"):
        st.table(
            pd.DataFrame(found, columns=["Counting grades", "Status"]),
            border="horizontal",
            hide_index=True,
        )
        small("The filter “Lowest grade that counts” does the same for every page.")
