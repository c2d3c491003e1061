"""The reader's link and the reader's choices, kept as one.

The query string of the page is read when it changed without a choice of the reader's
(first visit, back, forward, a link inside the app) and written when a choice changed
it. Streamlit's own binding of widgets to the query string is not used: it writes
labels, drops ids silently and forbids `st.switch_page` while a date range is set
(measured on 1.67).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.load import Dataset
from data.page_settings import Values, read_settings, settings_of, settings_query
from data.query_string import QueryProblem, from_query
from data.selection import KEYS, Selection

_WRITTEN, _CHOSEN, _PROBLEMS, _UNKNOWN = (
    "address_written",
    "address_chosen",
    "address_problems",
    "address_unknown",
)
_VERSION, _CHART, _STEP = "address_version", "address_chart", "address_tour"
# Keys that belong to Streamlit or to those who pass links on.
_FOREIGN = ("embed", "embed_options", "fbclid", "gclid", "ref")
# Keys that say how a link was made and what part of a page a frame shows.
_MADE_WITH, _FRAMED = "v", "chart"
# Key that says which step of a guided tour a link is.
TOUR = "tour"
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,59}")
SELECTION = "selection"
SETTINGS_VALUES = "settings"
_PAGE = "address_page"


def _pairs() -> list[tuple[str, str]]:
    return [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]


def _token(key: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A word of the link that names a version or a chart; "" where it can't be one."""
    words = {value for name, value in pairs if name == key}
    word = words.pop() if len(words) == 1 else ""
    return word if _TOKEN.fullmatch(word) else ""


def made_with() -> str:
    """The data version that the link says it was made with, or ""."""
    version: str = st.session_state.get(_VERSION, "")
    return version


def embedded_chart() -> str:
    """Key of the one chart that a frame shows, or "" for the whole page."""
    chart: str = st.session_state.get(_CHART, "")
    return chart


def tour_step() -> str:
    """The step of a tour that the link is, as `code-number`, or ""."""
    step: str = st.session_state.get(_STEP, "")
    return step


def leave_tour() -> None:
    """Goes on from a tour without its frame; for use as a callback."""
    st.session_state[_STEP] = ""
    note_choice()


def note_choice() -> None:
    """Remembers that the reader changed a filter, so that it wins over the link."""
    st.session_state[_CHOSEN] = True
    st.session_state[_VERSION] = ""
    st.session_state[_PROBLEMS] = ()


def read_address(dataset: Dataset, page: str) -> bool:
    """Takes selection and page settings from the link where it is newer than the choices.

    Args:
        dataset: The dataset whose ids the link may name.
        page: Name of the page that is shown.

    Returns:
        True if `st.session_state["selection"]` was set from the link.
    """
    state = st.session_state
    pairs = _pairs()
    chosen = state.pop(_CHOSEN, False)
    is_same_page = state.get(_PAGE) == page
    state[_PAGE] = page
    if _WRITTEN in state and (chosen or (pairs == state[_WRITTEN] and is_same_page)):
        return False
    selection, problems = from_query(pairs, dataset)
    values, misread = read_settings(page, pairs, dataset)
    state[SETTINGS_VALUES] = {**state.get(SETTINGS_VALUES, {}), **values}
    if SELECTION in state and not selection.record:
        # Pages other than the record's leave it out of their link; it is still the last shown.
        selection = replace(selection, record=state[SELECTION].record)
    state[SELECTION] = selection
    state[_PROBLEMS] = (*problems, *misread)
    state[_VERSION] = _token(_MADE_WITH, pairs)
    state[_CHART] = _token(_FRAMED, pairs).replace(".", "").replace("+", "")
    state[_STEP] = _token(TOUR, pairs)
    known = {*KEYS, *_FOREIGN, _MADE_WITH, _FRAMED, TOUR}
    known |= {setting.key for setting in settings_of(page)}
    state[_UNKNOWN] = tuple(
        dict.fromkeys(key for key, _ in pairs if key not in known and not key.startswith("utm_"))
    )
    state[_WRITTEN] = pairs
    return True


def asked_for() -> Selection:
    """What the link or the reader asked for, with the record last shown."""
    selection: Selection = st.session_state[SELECTION]
    return selection


def shown_page() -> str:
    """Name of the page that is shown."""
    return str(st.session_state.get(_PAGE, ""))


def problems() -> tuple[QueryProblem, ...]:
    """What the link asked for and could not be understood."""
    found: tuple[QueryProblem, ...] = st.session_state.get(_PROBLEMS, ())
    return found


def unknown_keys() -> tuple[str, ...]:
    """Keys of the link that mean nothing here."""
    found: tuple[str, ...] = st.session_state.get(_UNKNOWN, ())
    return found


def forgive_problems() -> None:
    """Goes on with what was understood, because the reader asked for it."""
    note_choice()


def write_address(selection: Selection, page: str) -> None:
    """Makes the page's link say what is selected and set; leaves a faulty link as it is.

    Args:
        selection: What is shown.
        page: Name of the page that shows it.
    """
    state = st.session_state
    state[SELECTION] = selection
    if problems():
        return
    query = query_for(selection, selection.record if page == "record" else "", page=page)
    if embedded_chart():
        query[_FRAMED] = [embedded_chart()]
    if tour_step():
        query[TOUR] = [tour_step()]
    pairs = [(key, value) for key, values in query.items() for value in values]
    # Streamlit keeps its own embed keys through `from_dict`; ours replace the rest.
    if pairs != [pair for pair in _pairs() if not pair[0].startswith("embed")]:
        st.query_params.from_dict(query)
    state[_WRITTEN] = _pairs()


def sync_address() -> None:
    """Writes the link from within a fragment, whose choices no whole run takes up."""
    state = st.session_state
    state.pop(_CHOSEN, None)
    write_address(state[SELECTION], state[_PAGE])


def choose_record(transfer_id: str) -> None:
    """Makes a transfer the record that is shown, as a choice of the reader's."""
    st.session_state[SELECTION] = replace(st.session_state[SELECTION], record=transfer_id)
    note_choice()


def as_query(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Pairs as Streamlit takes them: a list of values by key."""
    query: dict[str, list[str]] = {}
    for key, value in pairs:
        query.setdefault(key, []).append(value)
    return query


def query_for(
    selection: Selection, record: str = "", *, page: str = "", in_full: bool = False
) -> dict[str, list[str]]:
    """The query of a link that keeps the selection and names a record or none.

    Args:
        selection: What the link shall show.
        record: Transfer that it names.
        page: Page whose settings it keeps; "" for none.
        in_full: Whether defaults are written too.

    Returns:
        Values by key.
    """
    values: Values = st.session_state.get(SETTINGS_VALUES, {})
    shared = replace(selection, record=record).to_query(in_full=in_full)
    return as_query([*shared, *settings_query(page, values, in_full=in_full)])
