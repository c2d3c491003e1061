"""What was expected and what then happened; who denied what."""

from typing import Any

import pandas as pd
import streamlit as st

from components.panels.boundary import boundary
from components.panels.evidence import source_link, statement_list
from components.panels.figure import small
from components.panels.settings import kept, setting
from components.panels.visit import Visit
from components.text import count_words, date_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.stands import forecasts, official_denials

_VERDICT_MARKS = {
    "as_expected": ":material/check:",
    "in_part": ":material/contrast:",
    "otherwise": ":material/close:",
    "disputed": ":material/forum:",
}


def _outcome(visit: Visit, row: Any) -> None:
    names = names_of(visit.selected.known)
    source = visit.selected.known.sources.set_index("source_id").loc[row.source_id]
    publisher = names.publishers[source["publisher_id"]]
    grade = names.reliability[source["publisher_id"]] + row.credibility_code
    st.markdown(
        f"{_VERDICT_MARKS.get(row.outcome_code, '')} "
        f"**{markdown(names.label('outcomes', row.outcome_code))}.** {markdown(row.outcome)}  \n"
        f":small[:gray[{markdown(names.actors[row.speaker_id])}, {date_words(row.said_date)} · "
        f"{source_link(publisher, source['url'])} · grade {grade}]]"
    )


@boundary("The forecasts")
def forecast_list(visit: Visit, table: pd.DataFrame) -> None:
    """Forecasts with what came of them, each by the statement that tells it.

    Args:
        visit: The visit.
        table: As `view_table` gives it.
    """
    st.header("What did they expect, and what then happened?", anchor=False)
    found = forecasts(visit.selected, table)
    if not found:
        small("No view in this selection expects something that can be checked.")
        return
    small(
        "Only what can be checked is listed, and only outcomes that a source in the ledger tells. "
        "Where accounts differ, each stands with its speaker."
    )
    for row, outcomes in found:
        with st.container(border=True, key=f"forecast_{row.view_id}"):
            left, right = st.columns([1, 1.3])
            with left:
                st.markdown(f"**{markdown(row.forecast)}**")
                visit.speaker_link(row.person_id, markdown(row.person))
                small(f"{date_words(row.said_date)} · {source_link(row.publisher, row.url)}")
            with right:
                for outcome in outcomes:
                    _outcome(visit, outcome)
                if not outcomes:
                    small(":material/hourglass_empty: Open: nothing that settles it is recorded.")


@boundary("The denials")
def denial_list(visit: Visit) -> None:
    """Denials by officials, by category, first said first."""
    st.header("Which officials denied it, and when?", anchor=False)
    denials = official_denials(visit.selected)
    if denials.empty:
        small("No official denies a transfer in this selection.")
        return
    names = names_of(visit.selected.known)
    counts = denials["category_code"].value_counts()
    order = visit.dataset.vocabularies["categories"].sort_values("order")["code"]
    options = [code for code in order if code in counts]
    chosen = setting("denied") if setting("denied") in options else options[0]
    arguments = kept("denied") if chosen == setting("denied") else {"key": "denied_first"}
    st.pills(
        "Denied",
        options,
        format_func=lambda code: f"{names.label('categories', code)} ({counts[code]})",
        **arguments,
    )
    mine = denials[denials["category_code"] == chosen]
    speakers = mine["speaker_id"].nunique()
    st.markdown(
        f"**{count_words(len(mine), 'denial')}** by "
        f"{count_words(speakers, 'official or body', 'officials and bodies')}, first said first"
    )
    st.table(
        pd.DataFrame(
            {
                "Day": [markdown(date_words(row.said_date)) for row in records(mine)],
                "Who": [markdown(names.actors[row.speaker_id]) for row in records(mine)],
                "Of": [markdown(names.actors[names.sides[s]]) for s in mine["speaker_id"]],
                "What": [markdown(row.summary) for row in records(mine)],
                "Source": _sources(visit, mine),
            }
        ),
        border="horizontal",
        hide_index=True,
    )
    with st.expander("The same with grades and verbatim words", type="compact"):
        statement_list(visit, mine["statement_id"].tolist(), most=60)


def _sources(visit: Visit, statements: pd.DataFrame) -> list[str]:
    known, names = visit.selected.known, names_of(visit.selected.known)
    sources = known.sources.set_index("source_id")
    return [
        source_link(names.publishers[sources.loc[key, "publisher_id"]], sources.loc[key, "url"])
        for key in statements["source_id"]
    ]
