"""The ledger's mirrored chart: one unit at a time, by category or system."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components.figures.amounts import mirrored_amounts, mirrored_amounts_alt
from components.figures.mirrored import mirrored_boxes, mirrored_boxes_alt
from components.figures.promise import promise_and_arrival, promise_and_arrival_alt
from components.panels.address import query_for
from components.panels.boundary import boundary
from components.panels.figure import footing, show_figure, small
from components.panels.keys import tile_key
from components.panels.settings import kept, setting
from components.panels.visit import Visit
from components.text import count_words, list_words
from components.theme import Look
from data.page_settings import LEDGER_UNITS
from data.queries.amounts import has_number, undrawn
from data.queries.ledger import transfer_table, with_promise
from data.queries.names import names_of
from data.selection import Selected

_TRANSFERS, _SHARE = "transfers", "share"
_RULES = {
    _TRANSFERS: "a transfer counts once, at the furthest stage that a counted statement asserts; "
    "arrived needs a party’s own word or two independent speakers.",
    _SHARE: "numbers stay with their speakers; a range runs from the lowest to the highest that "
    "counted statements give, and is never a sum or a mean.",
}
_NUMBERS = (
    "one bar is one transfer; its numbers are the lowest and the highest that counted statements "
    "give, in this unit only, never added and never averaged. Prices are no amounts of arms: "
    "they stand in the speakers’ wording on the record."
)


def _options(visit: Visit) -> dict[str, str]:
    """Units with how many transfers between the two have a number in them."""
    table = visit.table
    drawn = table[has_number(table) & (table["direction_code"] != "other")]
    counts = drawn["unit_code"].value_counts()
    labels = names_of(visit.dataset).labels["units"]
    found = {
        code: f"{labels.get(code, code).capitalize()} ({counts.get(code, 0)})"
        for code in LEDGER_UNITS
    }
    both = int((table["direction_code"] != "other").sum())
    return found | {_TRANSFERS: f"Transfers ({both})", _SHARE: "Share of the promise"}


@boundary("The chart of amounts")
def amounts_chart(visit: Visit) -> None:
    """Shows the chart with its switches; a click opens the record.

    Args:
        visit: The visit.
    """
    options = _options(visit)
    with st.container(horizontal=True, gap="medium", key="amounts_switches"):
        # On a phone the segments would run out of sight.
        widget: Any = st.selectbox if visit.look.is_narrow else st.segmented_control
        widget(
            "Counted in",
            list(options),
            format_func=options.__getitem__,
            help="Units are never mixed. In brackets: transfers with a number in that unit.",
            **kept("unit"),
        )
        unit, by = setting("unit"), setting("by")
        if unit != _SHARE:
            st.segmented_control(
                "Rows", ["category", "system"], format_func=str.capitalize, **kept("by")
            )
    figure, alt, reading = drawn_amounts(visit.selected, unit, by, visit.look)
    chosen = show_figure(
        figure,
        key="amounts",
        alt=alt,
        reading=reading,
        foot=footing(visit.selected, _RULES.get(unit, _NUMBERS)),
        is_clickable=True,
    )
    _outside(visit, unit)
    if chosen:
        visit.open_record(chosen)


@lru_cache(maxsize=32)
def drawn_amounts(selected: Selected, unit: str, by: str, look: Look) -> tuple[go.Figure, str, str]:
    """The ledger's chart, kept per selection and settings; treat the figure as read-only.

    Args:
        selected: What the reader asked to see.
        unit: What is counted: a unit's code, `transfers` or `share`.
        by: What a row stands for: `category` or `system`.
        look: Palette and width.

    Returns:
        Figure, alternative text and reading line.
    """
    table, names = transfer_table(selected), names_of(selected.known)
    categories = selected.known.vocabularies["categories"]
    key = tile_key(look.palette)
    if unit == _TRANSFERS:
        return (
            mirrored_boxes(table, categories, look, by),
            mirrored_boxes_alt(table, categories, by),
            f"One box is one transfer, whatever its size. {key}.",
        )
    if unit == _SHARE:
        promised = with_promise(table)
        return (
            promise_and_arrival(promised, look),
            promise_and_arrival_alt(promised),
            "Each box is a whole promise, whatever its size. Solid: the lowest number said to "
            f"have arrived; hatched: up to the highest. {key}.",
        )
    label = names.labels["units"][unit]
    group = "category" if by == "category" else "system"
    return (
        mirrored_amounts(table, categories, look, unit=unit, by=by),
        mirrored_amounts_alt(table, unit, label),
        f"Numbers of {label}. The hollow box is the promise, the bar in it what arrived, both up "
        "to the lowest number said; the whisker runs to the highest, with an arrow for “or more”. "
        f"{key}. Each {group} has a scale of its own.",
    )


def _outside(visit: Visit, unit: str) -> None:
    """Says how many transfers the chart leaves out, and where they stand."""
    table = visit.table
    left = undrawn(table, unit)
    parts = []
    if unit == _SHARE:
        shown = with_promise(table)["direction_code"] != "other"
        others = len(table) - left.elsewhere - int(shown.sum())
        parts += [f"{count_words(others, 'transfer')} without a known promise"] if others else []
    elif unit != _TRANSFERS:
        if left.other_unit:
            parts.append(f"{count_words(left.other_unit, 'transfer')} counted in another unit")
        if left.no_number:
            what = count_words(left.no_number, "transfer")
            parts.append(f"{what} of which nobody gives a number")
    if left.elsewhere:
        parts.append(f"{count_words(left.elsewhere, 'transfer')} between other parties")
    if not parts:
        return
    small(f"Not drawn here, but in the table below: {list_words(parts)}.")
    if left.elsewhere and visit.selection.direction != "other":
        selection = replace(visit.selection, direction="other")
        st.page_link(
            visit.pages["ledger"],
            label=f"Show the {count_words(left.elsewhere, 'transfer')} between other parties",
            icon=":material/arrow_forward:",
            query_params=query_for(selection, page="ledger"),
        )
