"""A reader's own package in place of the ledger's, for one visit."""

import os

import streamlit as st

from components.panels.boundary import boundary
from components.panels.figure import small
from components.panels.filters import clear_filters
from components.panels.report import problem_lines
from components.text import count_words, markdown, plain
from data.load import Dataset
from data.package import PackageError, Problem
from data.upload import LIMITS, MB, open_archive

# `off` keeps readers from opening packages of their own.
VARIABLE = "ARMS_LEDGER_UPLOADS"
_SHOWN, _CHECKED = "own_dataset", "own_checked"
_MOST_SHOWN = 200


def own_dataset() -> Dataset | None:
    """The package that the reader brought along and wants to see; None for the ledger's."""
    dataset: Dataset | None = st.session_state.get(_SHOWN)
    return dataset


def _show(dataset: Dataset) -> None:
    clear_filters()
    st.session_state[_SHOWN] = dataset


def _leave() -> None:
    clear_filters()
    for key in (_SHOWN, _CHECKED):
        st.session_state.pop(key, None)


def own_data_band(dataset: Dataset) -> None:
    """Says on every page whose data is shown, with the way back.

    Args:
        dataset: The reader's own.
    """
    package = dataset.package
    with st.container(key="own_data_band"):
        st.warning(
            f"**Your own data: {markdown(package.title, 90)}**, version "
            f"{markdown(package.version, 40)}. This is not the ledger’s dataset. Only you see it, "
            "until you go back or reload; no link, feed or address of the API carries it.",
            icon=":material/folder_open:",
        )
        st.button(
            "Back to the ledger’s data",
            icon=":material/undo:",
            key="own_data_leave",
            on_click=_leave,
        )


def _check(name: str, content: bytes) -> Dataset | tuple[Problem, ...]:
    try:
        with st.spinner(f"Checking {plain(name, 80)} …"):
            return open_archive(content)
    except PackageError as error:
        return error.problems


@boundary("The field to open a package")
def own_package_section() -> None:
    """Shows the field that takes a package, and what its check found."""
    if os.environ.get(VARIABLE, "").lower() == "off":
        return
    st.header("Open your own package", anchor=False)
    st.markdown(
        "A data package of the same contract, such as one downloaded above and edited, can be "
        "shown here in place of the ledger’s. It is checked by the same rules as the ledger’s own "
        "rows before anything of it is shown, kept in memory for this visit only, and shown to "
        "nobody else. A link can’t carry it: what you share or reload shows the ledger’s data.",
        width=780,
    )
    sent = st.file_uploader(
        "Data package (ZIP)",
        type="zip",
        max_upload_size=LIMITS.archive_bytes // MB,
        key="own_package",
        width=480,
    )
    small(
        f"Up to {LIMITS.archive_bytes // MB} MB packed, {LIMITS.total_bytes // MB} MB unpacked, "
        f"{LIMITS.members} files."
    )
    if sent is None:
        st.session_state.pop(_CHECKED, None)
        return
    known = st.session_state.get(_CHECKED)
    if known is None or known[0] != sent.file_id:
        known = (sent.file_id, _check(sent.name, sent.getvalue()))
        st.session_state[_CHECKED] = known
    found: Dataset | tuple[Problem, ...] = known[1]
    if isinstance(found, Dataset):
        counts = ", ".join(
            count_words(len(getattr(found, table)), table[:-1], table)
            for table in ("transfers", "statements", "events", "views")
        )
        st.success(f"{markdown(found.package.title, 90)} is sound: {counts}.")
        if own_dataset() is not found:
            st.button(
                "Show it in place of the ledger’s data",
                key="own_data_show",
                on_click=_show,
                args=(found,),
            )
        return
    st.error(
        f"It is not shown: {count_words(len(found), 'problem')}. Each line says file, row, column, "
        "value, what is wrong and what to write instead."
    )
    problem_lines(found, _MOST_SHOWN)
