"""What is disputed about a transfer, each side one click away."""

from collections.abc import Sequence

import streamlit as st

from components.glossary import meaning
from components.panels.boundary import boundary
from components.panels.evidence import statement_list
from components.panels.figure import small
from components.panels.visit import Visit
from components.text import count_words, list_words, markdown, plain
from data.queries.disputes import Dispute, Side, disputes
from data.queries.names import names_of

_STAGES = ("stage", "unconfirmed")
_TURNS = {"promised": "How many were promised", "arrived": "How many arrived"}


@boundary("Where accounts differ")
def disputes_section(visit: Visit, transfer_id: str) -> None:
    """Shows every disagreement about a transfer; nothing where there is none.

    Args:
        visit: The visit.
        transfer_id: Which transfer.
    """
    found = disputes(visit.selected, transfer_id)
    if not found:
        return
    st.header("Where accounts differ", anchor=False, help=meaning("Order and delivery"))
    for number, dispute in enumerate(found):
        # The question over its sides: beside them it would part them from each other.
        with st.container(gap="xsmall", key=f"dispute_{number}"):
            st.markdown(f"**{_question(visit, dispute)}**")
            with st.container(horizontal=True, gap="small"):
                for place, side in enumerate(dispute.sides):
                    with st.popover(_side_words(visit, dispute, side, place)):
                        statement_list(visit, side.statement_ids)
    small(
        "Each side opens its statements. Numbers may differ because they were counted on different "
        "days. Claims graded improbable stand among them, though they move no status."
    )


def _question(visit: Visit, dispute: Dispute) -> str:
    if dispute.kind in _STAGES:
        stage = names_of(visit.selected.known).label("stages", dispute.code).lower()
        return f"Whether it was {stage}" if stage != "licensed production" else f"Whether {stage}"
    return _TURNS.get(dispute.code, f"What it was worth, in {dispute.code}")


def _side_words(visit: Visit, dispute: Dispute, side: Side, place: int) -> str:
    names, said = names_of(visit.selected.known), visit.selected.known.statements
    rows = said[said["statement_id"].isin(side.statement_ids)]
    speakers = [names.actors[key] for key in dict.fromkeys(rows["speaker_id"])]
    # A button cuts what is longer than the page: a phone has room for one name.
    named = 1 if visit.look.is_narrow else 2
    if dispute.kind not in _STAGES:
        return markdown(f"{side.words}: {_who(speakers, named)}")
    if place == 0:
        return f":material/add: {count_words(len(speakers), 'speaker says so', 'speakers say so')}"
    if dispute.kind == "unconfirmed":
        return f":material/remove: {markdown(list_words(speakers, 2))} can’t or won’t confirm it"
    verb = "denies" if len(speakers) == 1 else "deny"
    return f":red[:material/close:] {markdown(_who(speakers, named))} {verb} it"


def _who(speakers: Sequence[str], most: int) -> str:
    """Names of those on one side, as short as a button needs them."""
    shown = [plain(name, 36 if most > 1 else 22) for name in speakers[:most]]
    rest = len(speakers) - len(shown)
    return list_words([*shown, count_words(rest, "other")] if rest else shown, most + 1)
