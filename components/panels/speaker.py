"""All that one person or body said, in order, with turns marked."""

import streamlit as st

from components.panels.breadcrumbs import Crumb, breadcrumbs
from components.panels.chips import chips
from components.panels.evidence import statement_list
from components.panels.figure import small
from components.panels.quote import position_badge, view_cards
from components.panels.settings import kept, setting
from components.panels.stands import turn_text
from components.panels.visit import Visit
from components.text import count_words, date_words, list_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.speakers import Said, said_by
from data.queries.stands import QUESTIONS, answering, answers, turns
from data.query_string import choices

_MOST = 60


def _choice(visit: Visit) -> None:
    """A list of all who are heard, with the one that is shown."""
    labels = choices(visit.dataset).labels["person"]
    known = visit.selected.known
    heard = {*known.views["person_id"], *known.statements["speaker_id"]}
    heard |= {
        *known.views["organisation_id"].dropna(),
        *((setting("who"),) if setting("who") else ()),
    }
    options = sorted(heard, key=lambda key: labels[key].casefold())
    st.selectbox(
        "Person or body",
        options,
        # A choice that is made can be changed; the cross that empties it would be too small.
        index=0 if setting("who") else None,
        format_func=labels.__getitem__,
        placeholder=f"Any of {len(options)}",
        **kept("who"),
    )


def _changed(visit: Visit, said: Said) -> None:
    """Whether the answers to each question changed, and when."""
    names = names_of(visit.dataset)
    positions = visit.dataset.vocabularies["positions"]
    for question, words in QUESTIONS.items():
        views = answering(said.views, positions, question)
        if views.empty:
            continue
        labels = {code: names.label("positions", code) for code in answers(positions, question)}
        found = turns(views).get(views["person_id"].iloc[0], [])
        st.markdown(f"**{words}**")
        if said.is_body and views["person_id"].nunique() > 1:
            counts = views["position_code"].value_counts()
            told = [
                f"{markdown(labels[code])} ({counts[code]})" for code in labels if code in counts
            ]
            small(f"{count_words(len(views), 'view')} of several people: {list_words(told)}")
        elif found:
            st.markdown(
                f":material/u_turn_left: Changed {count_words(len(found), 'time')} in "
                f"{count_words(len(views), 'answer')}:"
            )
            for turn in found:
                st.markdown(f"- {turn_text(turn, labels)}")
        else:
            latest = labels[views["position_code"].iloc[-1]]
            many = f"{count_words(len(views), 'answer')}, always the same"
            one = f"One answer, {date_words(views['said_date'].iloc[0])}"
            small(f"{many if len(views) > 1 else one}: **{markdown(latest)}**.")


def _in_order(visit: Visit, said: Said) -> None:
    """Views one after the other; a line between them where the answer changed."""
    names = names_of(visit.selected.known)
    batch: list[str] = []
    turned = {
        turn.after.view_id: turn
        for question in QUESTIONS
        for found in turns(
            answering(said.views, visit.dataset.vocabularies["positions"], question)
        ).values()
        for turn in found
    }

    def flush() -> None:
        if batch:
            view_cards(visit, said.views[said.views["view_id"].isin(batch)])
            batch.clear()

    for row in records(said.views.head(_MOST)):
        turn = turned.get(row.view_id)
        if turn is not None:
            flush()
            st.markdown(
                f":material/u_turn_left: :yellow-background[**{date_words(row.said_date)}: "
                f"another answer**] {markdown(names.actors[row.person_id])}: "
                f"{position_badge(names, turn.before.position_code)} → "
                f"{position_badge(names, row.position_code)}"
            )
        batch.append(row.view_id)
    flush()
    if len(said.views) > _MOST:
        small(f"… and {len(said.views) - _MOST} later views.")


def speaker_page(visit: Visit) -> None:
    """Shows everything that the chosen person or body said.

    Args:
        visit: The visit.
    """
    who = setting("who")
    labels = choices(visit.dataset).labels
    way = (Crumb("views", "Views", visit.selection),)
    breadcrumbs(visit, way, labels["person"][who] if who else "Person or body")
    st.title(
        f"What has {markdown(labels['person'][who])} said?"
        if who
        else "What has one speaker said?",
        anchor=False,
    )
    _choice(visit)
    if not who:
        small("Choose who is to be heard.")
        return
    names = names_of(visit.dataset)
    kind = names.label("actor_kinds", names.kinds[who])
    small(f"{markdown(kind)} · {markdown(names.descriptions[who])}")
    chips(visit.selection, labels)
    said = said_by(visit.selected, who)
    st.markdown(
        f"**{count_words(len(said.views), 'view')}** and "
        f"**{count_words(len(said.statements), 'statement')}**"
        + (", with those who spoke for it" if said.is_body else "")
        + ". Facets of views wait for the way back; every other filter holds here too."
    )
    if said.views.empty and said.statements.empty:
        st.markdown("Nothing that fits the filters is recorded of this speaker.")
        return
    _changed(visit, said)
    if not said.views.empty:
        st.header("Views, first said first", anchor=False)
        _in_order(visit, said)
    if not said.statements.empty:
        st.header("Statements, first said first", anchor=False)
        statement_list(
            visit, said.statements["statement_id"].tolist(), most=_MOST, rest=" under Statements"
        )
