"""The check's report in place of the app, where the package can't be shown."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.text import count_words, day_words, markdown, plain
from data.package import PackageError, Problem

_MOST_SHOWN = 500
_MOST_IN_BAND = 20


def broken_package(error: PackageError) -> None:
    """Shows every problem of a package, with file, row, column and mend.

    Args:
        error: What reading the package raised.
    """
    st.title("This dataset cannot be shown", anchor=False)
    count = count_words(len(error.problems), "problem")
    st.markdown(
        f"The check found {count} in the package that this app was told to load. Each line says "
        "file, row, column, value, what is wrong and what to write instead. Mend the files and "
        "reload the page; nothing else needs a restart."
    )
    problem_lines(error.problems, _MOST_SHOWN)


def older_data(problems: Sequence[Problem], since: datetime, version: str) -> None:
    """Says that newer data can't be read and that an older version is shown.

    Args:
        problems: What is wrong with the newer files.
        since: When that was found.
        version: The version that is shown.
    """
    count = count_words(len(problems), "problem")
    st.warning(
        f"The files of this dataset were changed and cannot be read: {count}, found on "
        f"{day_words(since.date())} at {since:%H:%M} UTC. What you see is the last whole version, "
        f"{markdown(version, 40)}; a mended one is shown by itself.",
        icon=":material/history:",
    )
    with st.expander("What is wrong with the newer files", type="compact"):
        problem_lines(problems, _MOST_IN_BAND)


def problem_lines(problems: Sequence[Problem], most: int) -> None:
    """Shows problems, one a line.

    Args:
        problems: What a check found.
        most: How many are shown; the rest are counted.
    """
    lines = [plain(str(problem), 600) for problem in problems[:most]]
    if len(problems) > most:
        lines.append(f"… and {len(problems) - most} more")
    st.code("\n".join(lines), language=None, wrap_lines=True)
