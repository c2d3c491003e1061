"""Pieces of the overview: totals, latest turns, most contested."""

import streamlit as st

from components.glyphs import image, stance, tile
from components.panels.address import tour_step
from components.panels.boundary import boundary
from components.panels.evidence import source_link
from components.panels.figure import small
from components.panels.quote import view_cards
from components.panels.visit import Visit
from components.sentences import turn_words
from components.text import count_words, day_words, markdown
from data.load import records
from data.queries.names import names_of
from data.queries.overview import latest_turns, most_contested, totals
from data.queries.views import view_table

_COUNTS = (
    ("arrived", "arrived"),
    ("alleged", "alleged"),
    ("promised", "promised"),
    ("contested", "contested"),
)


_HINT_SEEN = "hint_seen"
_HELP = {
    "promised": "Talked of, agreed, called off, or only denied; nothing is said to have arrived.",
    "arrived": "Arrived or under way, by a party’s own word or two independent speakers.",
    "alleged": "Said to have arrived, but contested or by a single source.",
    "contested": "Counted a second time: a party denies what somebody asserts.",
}


@boundary("The boxes of totals")
def totals_boxes(visit: Visit) -> None:
    """Counts per direction; contested ones are counted a second time.

    Args:
        visit: The visit.
    """
    counts = totals(visit.table)
    labels = names_of(visit.dataset).labels["directions"]
    palette = visit.look.palette
    columns = st.columns(2)
    for column, direction in zip(columns, ("iran-russia", "russia-iran"), strict=True):
        with column, st.container(border=True, height="stretch"):
            colour = "orange" if direction == "iran-russia" else "blue"
            every = int(counts["total"].get(direction, 0))
            st.markdown(f":{colour}[**{labels[direction]}**] · {count_words(every, 'transfer')}")
            grid = st.container(horizontal=True, gap="xsmall")
            for reach, words in _COUNTS:
                value = int(counts[reach].get(direction, 0)) if every else 0
                if reach == "arrived" and every:
                    value += int(counts["under_way"].get(direction, 0))
                glyph = tile(
                    palette,
                    direction,
                    "alleged" if reach == "contested" else reach,
                    is_contested=reach == "contested",
                )
                with grid, st.container(width=106, gap=None):
                    small(f"{image(glyph)} {words}")
                    _count(visit, direction, reach, value)


def _count(visit: Visit, direction: str, reach: str, value: int) -> None:
    """A number that opens what it counts, each with the sources of its status."""
    table = visit.table
    mine = table["direction_code"] == direction
    if reach == "contested":
        rows = table[mine & (table["standing_code"] == "contested")]
    else:
        reaches = {"arrived": ("arrived", "under_way")}.get(reach, (reach,))
        rows = table[mine & table["reach_code"].isin(reaches)]
    key = f"count_{direction}_{reach}"
    # Filled only when opened: eight lists of links would slow every change of a filter.
    opened = st.popover(f"**{value}**", disabled=rows.empty, key=key, on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.markdown(_HELP[reach])
        for row in records(rows):
            visit.record_link(row.transfer_id, f"**{markdown(row.name)}**")
            small(_sources_of(visit, row.reasons))


def _sources_of(visit: Visit, statement_ids: tuple[str, ...]) -> str:
    """Links to the sources of statements, as Markdown."""
    known, names = visit.selected.known, names_of(visit.selected.known)
    said = known.statements[known.statements["statement_id"].isin(statement_ids)]
    sources = known.sources[known.sources["source_id"].isin(said["source_id"])]
    links = [source_link(names.publishers[row.publisher_id], row.url) for row in records(sources)]
    rest = f" and {len(links) - 6} more" if len(links) > 6 else ""
    return " · ".join(links[:6]) + rest


@boundary("What changed lately")
def turns_list(visit: Visit, most: int) -> None:
    """The latest changes of status, each a link to its record.

    Args:
        visit: The visit.
        most: How many.
    """
    names = names_of(visit.dataset).transfers
    turns = latest_turns(visit.selected, most)
    for number, turn in enumerate(turns):
        with st.container(gap=None, key=f"turn_{number}"):
            small(day_words(turn.change.day))
            visit.record_link(turn.transfer_id, f"**{markdown(names[turn.transfer_id])}**")
            small(f"*{markdown(turn_words(turn.change, visit.selected))}*")


@boundary("The list of contested transfers")
def contested_list(visit: Visit, most: int) -> None:
    """The most contested transfers, with how many assert and how many deny.

    Args:
        visit: The visit.
        most: How many.
    """
    rows = most_contested(visit.table, most)
    if rows.empty:
        small("None of the transfers shown is contested.")
        return
    palette = visit.look.palette
    asserting, denying = image(stance(palette, "asserts")), image(stance(palette, "denies"))
    small(f"{asserting} independent speakers who assert, {denying} who deny")
    for transfer, name, says, denies in zip(
        rows["transfer_id"],
        rows["name"],
        rows["asserting_count"],
        rows["denying_count"],
        strict=True,
    ):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch"):
                visit.record_link(transfer, markdown(name))
            st.markdown(f"{asserting} {says}", width=44)
            st.markdown(f"{denying} {denies}", width=44)


@boundary("The list of views")
def newest_views(visit: Visit, most: int) -> None:
    """Shows what was concluded last by those who study the matter.

    Args:
        visit: The visit.
        most: How many views.
    """
    views = view_table(visit.selected)
    if views.empty:
        return
    st.header("Newest views", anchor=False)
    # By the earliest day: a view dated to the year alone is not newer than one of that May.
    newest = views.sort_values(["said_date_earliest", "view_id"], ascending=[False, True])
    view_cards(visit, newest.head(most))
    visit.page_link(
        "views", f"All {count_words(len(views), 'view')}", icon=":material/arrow_forward:"
    )


def _hide_hint() -> None:
    st.session_state[_HINT_SEEN] = True


@boundary("The hint for first visits")
def first_hint(visit: Visit) -> None:
    """Tells a new reader where to begin; goes away when told to, or once they filtered.

    Args:
        visit: The visit.
    """
    state = st.session_state
    if visit.selection.to_query() or tour_step():
        state[_HINT_SEEN] = True
    if state.get(_HINT_SEEN):
        return
    with st.container(
        horizontal=True, border=True, gap="small", vertical_alignment="center", key="first_hint"
    ):
        st.markdown(
            "**New here?** Every number opens what stands behind it. Take one of the three tours "
            "below, or see what the marks mean.",
            width="stretch",
        )
        visit.page_link("guide", "Guide", icon=":material/help:")
        st.button(
            "Got it",
            type="tertiary",
            icon=":material/close:",
            on_click=_hide_hint,
            key="hint_close",
        )
