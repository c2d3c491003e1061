"""The evidence behind a mark: statements with their speakers, days and sources."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components.glyphs import image, stance
from components.panels.citation import cite_button
from components.panels.figure import small
from components.panels.visit import Visit
from components.text import count_words, date_words, html, isolated, list_words, markdown
from data.load import records
from data.queries.names import Names, names_of

_RTL = ("ar", "fa", "he", "ur")


def source_link(title: str, url: str) -> str:
    """A source as a Markdown link; the address was checked to be http(s) at load."""
    safe = url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(" ", "%20")
    return f"[{markdown(title, 90)}]({safe})" if url.startswith(("http://", "https://")) else ""


def letter_words(names: Names, publisher_id: str) -> str:
    """What a publisher's letter says and why it has it; plain text."""
    letter = names.reliability[publisher_id]
    why = names.reliability_reasons[publisher_id]
    return f"{letter}: {names.label('reliabilities', letter).lower()} ({why})"


def grade_words(names: Names, publisher_id: str, credibility: str, reason: str) -> str:
    """What a grade says and why, for a tooltip or a cell; plain text."""
    meaning = names.label("credibilities", credibility).lower()
    return f"{letter_words(names, publisher_id)} {credibility}: {meaning} ({reason})"


def statement_list(
    visit: Visit,
    statement_ids: Sequence[str],
    most: int = 40,
    *,
    rest: str = "",
    is_folding: bool = True,
) -> None:
    """Shows statements, first said first, each with its source.

    Args:
        visit: The visit.
        statement_ids: Which ones; unknown ids are passed over.
        most: How many are shown before a line says how many more there are.
        rest: Where those stand, for that line.
        is_folding: Whether a repeat stands under its original where both are asked for,
            and not in a place of its own.
    """
    known, names = visit.selected.known, names_of(visit.selected.known)
    rows = known.statements[known.statements["statement_id"].isin(list(statement_ids))]
    # A repeat stands under its original where both are asked for.
    folded = rows["derived_from_id"].isin(rows["statement_id"])
    rows = (rows[~folded] if is_folding else rows).sort_values(
        ["said_date_earliest", "statement_id"]
    )
    repeating = known.statements[known.statements["derived_from_id"].notna()]
    sources = known.sources.set_index("source_id")
    for row in records(rows.head(most)):
        source = sources.loc[row.source_id]
        letter = names.reliability[source["publisher_id"]]
        publisher = names.publishers[source["publisher_id"]]
        mark = image(
            stance(visit.look.palette, row.stance_code, row.stage_code),
            names.label("stances", row.stance_code),
        )
        stage = f" · {names.label('stages', row.stage_code).lower()}" if row.stage_code else ""
        repeat = " · repeats another" if row.derived_from_id else ""
        st.markdown(
            f"{mark} **{markdown(names.actors[row.speaker_id])}** "
            f"{names.label('stances', row.stance_code)}{stage} · {date_words(row.said_date)}"
            f"{repeat}  \n{markdown(row.summary)}  \n"
            f":small[{source_link(publisher, source['url'])} · grade "
            f"{letter}{row.credibility_code}]",
            help=markdown(
                grade_words(
                    names,
                    source["publisher_id"],
                    row.credibility_code,
                    row.credibility_reason,
                ),
                600,
            ),
        )
        quotation_text(row)
        repeats = repeating[repeating["derived_from_id"] == row.statement_id]["speaker_id"]
        if not repeats.empty:
            who = list_words([markdown(names.actors[speaker]) for speaker in repeats.unique()], 4)
            small(f"Repeated, and counted once, by {who}.")
    if len(rows) > most:
        small(f"… and {len(rows) - most} more{rest}.")


def quotation_text(row: object) -> None:
    """Shows the verbatim words of a statement or view, where it has them.

    Args:
        row: A row with the quotation fields.
    """
    words = getattr(row, "quotation", None)
    if not words:
        return
    language = getattr(row, "quotation_language", None) or "en"
    shown = f"“{isolated(markdown(words))}”"
    is_rtl = language.split("-")[0] in _RTL
    if language.split("-")[0] == "en":
        st.markdown(f":gray-background[{shown}]")
    else:
        # Only HTML can say in which language and direction words are to be read.
        direction = "rtl" if is_rtl else "ltr"
        st.html(f'<p lang="{html(language)}" dir="{direction}">“{html(words)}”</p>')
    translation = getattr(row, "quotation_translation", None)
    if translation:
        small(f"In English: {markdown(translation)}")
    locator = getattr(row, "quotation_locator", None)
    small(f"Verbatim, {markdown(locator or '')}.")


def event_evidence(visit: Visit, event_id: str) -> None:
    """Shows one event: what, when, who, which transfers, who says so.

    Args:
        visit: The visit.
        event_id: Which event.
    """
    known, names = visit.selected.known, names_of(visit.selected.known)
    found = known.events[known.events["event_id"] == event_id]
    if found.empty:
        return
    event = next(records(found))
    with st.container(border=True, key=f"event_{event_id}"):
        st.subheader(markdown(event.name), anchor=False)
        small(f"{names.label('event_kinds', event.kind_code)} · {date_words(event.event_date)}")
        st.markdown(markdown(event.summary))
        roles = known.event_actors[known.event_actors["event_id"] == event_id]
        for role, group in roles.groupby("role_code", sort=True):
            people = ", ".join(markdown(names.actors[actor]) for actor in group["actor_id"])
            small(f"{names.label('event_roles', str(role))}: {people}")
        linked = known.event_transfers[known.event_transfers["event_id"] == event_id]
        for transfer in linked["transfer_id"]:
            visit.record_link(transfer, markdown(names.transfers[transfer]))
        visit.record_link(event_id, "Open the record", icon=":material/arrow_forward:")
        about = known.statements[known.statements["event_id"] == event_id]
        statement_list(visit, about["statement_id"].tolist())
        cite_button(visit, "event", event_id)


def event_links(visit: Visit, events: pd.DataFrame) -> None:
    """Lists events in a compact expander, each with its day and a link to its record.

    Args:
        visit: The visit.
        events: Rows of the known events.
    """
    names = names_of(visit.selected.known)
    with st.expander(
        f"{count_words(len(events), 'event')} on record",
        type="compact",
        icon=":material/event:",
    ):
        for event in records(events):
            visit.record_link(event.event_id, f"**{markdown(event.name)}**")
            kind = names.label("event_kinds", event.kind_code)
            small(f"{date_words(event.event_date)} · {kind} · {markdown(event.summary)}")
