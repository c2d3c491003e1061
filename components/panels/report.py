"""The check's report in place of the app, where the package can't be shown."""

import streamlit as st

from components.text import count_words, plain
from data.package import PackageError

_MOST_SHOWN = 500


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
    lines = [plain(str(problem), 600) for problem in error.problems[:_MOST_SHOWN]]
    if len(error.problems) > _MOST_SHOWN:
        lines.append(f"… and {len(error.problems) - _MOST_SHOWN} more")
    st.code("\n".join(lines), language=None, wrap_lines=True)
