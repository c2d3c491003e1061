"""The guide: what each mark and each word means."""

import pandas as pd
import streamlit as st

from components.glossary import TERMS
from components.glyphs import image, stance, tile
from components.panels.boundary import boundary
from components.panels.figure import small
from components.panels.visit import Visit
from components.text import count_words, markdown
from data.load import Dataset

_REACHES = (
    ("arrived", "Arrived", "A party’s own word, or two independent voices, say that it came."),
    ("under_way", "Under way", "As arrived, but on its way or arriving in part."),
    ("alleged", "Alleged", "Somebody says that it came; it is contested, or they are alone."),
    ("promised", "Promised only", "Talked of, agreed or called off; nobody says that it came."),
)
_DATES = (
    ("Full end of a bar", "The day is known."),
    ("Faded end", "The day is approximate, or known to the month or year only."),
    ("Arrow at the end", "It runs on past the days that are shown."),
    ("Open end", "Promised, and nothing is said to have come by the day asked for."),
)
_KEYS = (
    ("Tab, Shift + Tab", "to the next or the last control"),
    ("Enter or Space", "opens a control or a link"),
    ("Arrow keys", "move within a table"),
    ("Shift + Space", "selects the row of a table, which opens it"),
    ("Escape", "closes a menu"),
)


def guide_page(visit: Visit) -> None:
    """Shows the marks, the words and the keys.

    Args:
        visit: The visit.
    """
    _marks(visit)
    _statuses(visit.dataset)
    _words()
    st.header("By keyboard", anchor=False)
    st.table(
        pd.DataFrame(_KEYS, columns=["Key", "What it does"]), border="horizontal", hide_index=True
    )
    small("Whatever a chart opens by a click, the table below it opens too.")


@boundary("The marks")
def _marks(visit: Visit) -> None:
    palette, labels = visit.look.palette, visit.dataset.vocabularies["directions"]
    st.header("The marks", anchor=False)
    st.markdown(
        "Colour says direction, fill says how far a transfer got, a dashed frame that a party "
        "denies it, shape how somebody spoke of it. Each can be read without the colour.",
        width=780,
    )
    names = dict(zip(labels["code"], labels["label"], strict=True))
    rows = [
        {
            **{
                names.get(code, code): image(tile(palette, code, reach))
                for code in ("iran-russia", "russia-iran", "other")
            },
            # Name and meaning share a column: a phone has room for four.
            "Meaning": f"**{title}**: {words}",
        }
        for reach, title, words in _REACHES
    ]
    contested = image(tile(palette, "iran-russia", "alleged", is_contested=True))
    cancelled = image(tile(palette, "russia-iran", "promised", is_cancelled=True))
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)
    st.markdown(
        f"{contested} dashed frame: a party denies it. {cancelled} struck through: called off."
    )
    st.subheader("How somebody spoke", anchor=False)
    frame = visit.dataset.vocabularies["stances"]
    st.table(
        pd.DataFrame(
            {
                "Promised": [image(stance(palette, code, "agreed")) for code in frame["code"]],
                "On its way": [
                    image(stance(palette, code, "in_delivery")) for code in frame["code"]
                ],
                "Arrived": [image(stance(palette, code)) for code in frame["code"]],
                "Meaning": [
                    f"**{markdown(label)}**: {markdown(text)}"
                    for label, text in zip(frame["label"], frame["definition"], strict=True)
                ],
            }
        ),
        border="horizontal",
        hide_index=True,
    )
    st.subheader("Days", anchor=False)
    st.table(
        pd.DataFrame(_DATES, columns=["Drawn as", "Meaning"]), border="horizontal", hide_index=True
    )


@boundary("The statuses")
def _statuses(dataset: Dataset) -> None:
    st.header("Stages and standings", anchor=False)
    left, right = st.columns(2, gap="large")
    for column, name, title in ((left, "stages", "Stage"), (right, "standings", "Standing")):
        frame = dataset.vocabularies[name]
        with column:
            st.table(
                pd.DataFrame(
                    {
                        title: [markdown(label) for label in frame["label"]],
                        "Meaning": [markdown(text) for text in frame["definition"]],
                    }
                ),
                border="horizontal",
                hide_index=True,
            )


@boundary("The words")
def _words() -> None:
    st.header("The words", anchor=False)
    small(f"{count_words(len(TERMS), 'term')}, as this ledger uses them.")
    for group in dict.fromkeys(term.group for term in TERMS):
        st.subheader(group, anchor=False)
        st.table(
            pd.DataFrame(
                [
                    {"Word": f"**{term.word}**", "Meaning": term.meaning}
                    for term in TERMS
                    if term.group == group
                ]
            ),
            border="horizontal",
            hide_index=True,
        )
