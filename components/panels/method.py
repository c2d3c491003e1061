"""The method page: coverage, rules, vocabularies, dictionary, downloads, corrections."""

import csv
from dataclasses import replace

import pandas as pd
import streamlit as st

from components.panels.boundary import boundary
from components.panels.citation import cite_button
from components.panels.corrections import correction_table
from components.panels.downloads import download_buttons
from components.panels.figure import small
from components.panels.own_package import own_package_section
from components.panels.visit import Visit, permalink
from components.text import count_words, day_words, markdown
from data.exports.excerpt import excerpt
from data.load import Dataset
from data.package import Package, Table
from data.queries.coverage import Coverage, coverage
from data.selection import Selection

_RULES = """
A status is never typed. It follows from the statements that were public on the day asked for:

1. A statement **counts** if it was public by then, repeats no other, has not been retracted, and
   is not graded improbable. What is improbable is listed under “also claimed” and moves nothing.
2. **Stages** are ordered: discussed, agreed, licensed production, in delivery, delivered. Asserting
   a stage asserts those before it; denying one denies those after it. Words about the future reach
   “agreed” at most.
3. The **stage** shown is the furthest that a counted statement asserts. “Cancelled” is shown where
   nothing was ever said to be on its way and nobody later speaks of a new agreement.
4. All who speak officially for one side are **one voice**; every other speaker is their own.
5. The **standing** is the first of these that fits the stage shown:
"""
_STANDINGS = (
    ("Acknowledged after denial", "a party’s own government says so, and had denied it before"),
    ("Acknowledged", "the supplier’s or the recipient’s own government says so"),
    (
        "Contested",
        "somebody says so and a party denies it without ever having acknowledged it; or a lone "
        "speaker says so and another denies it",
    ),
    ("Corroborated", "two or more voices say so, and neither party denies it"),
    ("Single source", "one voice says so, and nobody denies it"),
    ("Denied", "only denials are known"),
)
_GAPS = (
    "Only the opening part of most documents was read; a locator says where where that is known.",
    "No originals of the US Treasury’s press pages, and no written reports under UN resolution "
    "2231: copies of lists and records of meetings stand in their place.",
    "Thin after May 2026; nothing after the cut-off day.",
    "Moscow is often silent: on several transfers only one party’s words are known.",
    "Sources in English and Russian outweigh those in Persian and Arabic.",
)


def method_page(visit: Visit) -> None:
    """Shows how the dataset is made, what it covers and how to take it along.

    Args:
        visit: The visit.
    """
    dataset = visit.dataset
    package = dataset.package
    st.markdown(
        f"Data version **{markdown(package.version)}** · read to "
        f"**{day_words(package.cut_off_date)}** · licence "
        f"**{markdown(package.licence)}**, code MIT. Facts and numbers come from the "
        "sources, each with its speaker; summaries are in our own words.",
        width=780,
    )
    known = Selection(as_of=visit.selection.as_of, grade=visit.selection.grade)
    found = coverage(known.apply(dataset))
    _covered(found)
    st.header("How a status is found", anchor=False)
    st.markdown(_RULES, width=780)
    st.table(
        pd.DataFrame(_STANDINGS, columns=["Standing", "The first that fits"]),
        border="horizontal",
        hide_index=True,
    )
    st.header("How sources are graded", anchor=False)
    st.markdown(
        "By the Admiralty scale, in two halves that are judged apart: a letter for the publisher, "
        "a digit for the statement. A good paper can carry a doubtful claim.",
        width=780,
    )
    left, right = st.columns(2, gap="large")
    for column, name in ((left, "reliabilities"), (right, "credibilities")):
        frame = dataset.vocabularies[name]
        with column:
            st.table(
                pd.DataFrame(
                    {
                        "": frame["code"],
                        "Label": frame["label"],
                        "Meaning": frame["definition"],
                    }
                ),
                border="horizontal",
                hide_index=True,
            )
    _gaps()
    _dictionary(package, dataset)
    _downloads(visit)
    own_package_section()
    _provenance(package)
    _corrected(dataset)
    st.header("Something wrong?", anchor=False)
    st.markdown(
        "Every row can be corrected: name its id (each record page shows it), what is wrong and a "
        "source that says so. CONTRIBUTING.md tells how a row is added or mended; the check names "
        "file, row and column of anything amiss.",
        width=780,
    )


@boundary("What is covered")
def _covered(found: Coverage) -> None:
    st.header("What is covered", anchor=False)
    with st.container(horizontal=True, gap="medium"):
        for name, count in found.rows.items():
            st.metric(name.capitalize(), f"{count:,}", width=110)
    if found.first_said is None or found.last_said is None:
        st.markdown("Nobody’s words were known by then.")
        return
    st.markdown(
        f"Words from {found.first_said:%Y} to {found.last_said:%B %Y}. Of the transfers, "
        f"{found.both_sides_share:.0%} have officials of both parties on record, "
        f"{found.two_voices_share:.0%} have two or more independent voices that assert something, "
        f"and {found.first_hand_share:.0%} rest on at least one first-hand document.",
        width=780,
    )
    columns = st.columns(5)
    for column, (title, counts) in zip(
        columns,
        (
            ("Transfers by direction", found.by_direction),
            ("Transfers by category", found.by_category),
            ("Sources by language", found.by_language),
            ("Sources by kind", found.by_source_kind),
            ("Sources by letter", found.by_reliability),
        ),
        strict=True,
    ):
        with column, st.expander(title, type="compact"):
            frame = pd.DataFrame({"": list(counts), "Count": list(counts.values())})
            st.table(frame, border="horizontal", hide_index=True)


def _gaps() -> None:
    st.header("Known gaps", anchor=False)
    st.markdown("\n".join(f"- {gap}" for gap in _GAPS))
    small("No record does not mean that nothing happened.")


@boundary("The data dictionary")
def _dictionary(package: Package, dataset: Dataset) -> None:
    st.header("Data dictionary", anchor=False)
    small("One contract describes every table; loading, checks and this page read it.")
    for table in package.tables:
        if table.is_vocabulary:
            continue
        title = f"{table.title} · {count_words(len(getattr(dataset, table.name)), 'row')}"
        with st.expander(title, type="compact"):
            st.markdown(markdown(table.description))
            st.table(_fields(table), border="horizontal", hide_index=True)
    with st.expander("Vocabularies: every code with its meaning", type="compact"):
        for table in package.tables:
            if table.is_vocabulary:
                frame = dataset.vocabularies[table.name]
                st.markdown(f"**{markdown(table.title)}**")
                st.table(
                    pd.DataFrame(
                        {
                            "Code": [f"`{code}`" for code in frame["code"]],
                            "Label": [markdown(label) for label in frame["label"]],
                            "Meaning": [markdown(text) for text in frame["definition"]],
                        }
                    ),
                    border="horizontal",
                    hide_index=True,
                )


def _fields(table: Table) -> pd.DataFrame:
    points = {key.field: f"→ {key.table}" for key in table.foreign_keys}
    return pd.DataFrame(
        {
            "Field": [f"`{field.name}`" for field in table.fields],
            "Type": [
                points.get(field.name) or ("EDTF date" if field.is_date else field.type)
                for field in table.fields
            ],
            "Required": ["yes" if field.is_required else "" for field in table.fields],
            "What it holds": [markdown(field.description) for field in table.fields],
        }
    )


@boundary("The downloads")
def _downloads(visit: Visit) -> None:
    st.header("Take it along", anchor=False)
    st.markdown(
        "Downloads hold the rows of the present selection: every filter, the lowest grade and the "
        "as-known date count. With no filter set that is the whole dataset. The same rows come as "
        "JSON and CSV from `/api/v1/transfers` and its neighbours, under the query keys in the "
        "address of any page; `/api/v1/docs` tells all routes, keys and columns.",
        width=780,
    )
    everything = replace(visit.selection, record="")
    with st.container(width=480):
        download_buttons(
            excerpt(
                visit.dataset, everything, permalink(everything, version=visit.dataset.version)
            ),
            "method",
        )
    cite_button(visit, "ledger", label="Cite the ledger")


@boundary("The list of corrections")
def _corrected(dataset: Dataset) -> None:
    st.header("Corrections", anchor=False)
    if dataset.corrections.empty:
        st.markdown("No record has been corrected since the first release.")
        return
    correction_table(dataset.corrections)


@boundary("The article that began it")
def _provenance(package: Package) -> None:
    path = package.folder / "provenance" / "seed_article.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    st.header("The article that began it", anchor=False)
    st.markdown(
        "The ledger began with a machine-reworded news article of October 2024. Each of its lines "
        "either became records or is left out for a reason; where the rewording had changed the "
        "meaning, the record follows the original.",
        width=780,
    )
    with st.expander(f"All {count_words(len(rows), 'line')}", type="compact"):
        st.dataframe(
            pd.DataFrame(
                {
                    "Line": [int(row["line"]) for row in rows],
                    "Records": [row["record_ids"] for row in rows],
                    "Reason or correction": [row["reason"] for row in rows],
                }
            ),
            hide_index=True,
            height=420,
        )
