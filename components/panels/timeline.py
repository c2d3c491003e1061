"""The timeline with its window, lanes and overlays, long and short."""

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from components.figures.density import density_strip, density_strip_alt
from components.figures.timeline import timeline, timeline_alt
from components.glyphs import image, stance, tile
from components.panels.evidence import event_evidence, statement_list
from components.panels.figure import brush_figure, footing, show_figure, small
from components.panels.filters import choose_dates
from components.panels.visit import Visit
from components.text import count_words, date_words
from data.queries.ledger import as_of_day
from data.queries.names import names_of
from data.queries.overview import notable
from data.queries.timeline import denials, event_marks, statements_per_quarter, transfer_spans
from data.selection import Selected

_KINDS = {
    "Sanctions": ("sanction",),
    "Strikes": ("strike", "war"),
    "Diplomacy": ("visit", "treaty", "vote"),
    "First uses": ("use", "shoot_down", "production"),
}
_OVERLAYS = ("Denials", *_KINDS)
_NOTABLE = 7
_WINDOWS = {"Since 2021": 2021, "Since 2005": 2005, "All": 1988}


@lru_cache(maxsize=32)
def _frames(selected: Selected) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return (
        transfer_spans(selected),
        denials(selected),
        event_marks(selected),
        statements_per_quarter(selected),
    )


def _reading(visit: Visit) -> str:
    palette = visit.look.palette

    def box(reach: str) -> str:
        return image(tile(palette, "other", reach))

    return (
        f"A row is a transfer. {box('promised')} promised, waiting {box('arrived')} arriving "
        f"{box('alleged')} alleged {image(stance(palette, 'denies'))} a denial. Diamonds are "
        "single days: hollow a promise, filled an arrival. Faded: the day is uncertain. Arrows run "
        "on past the data."
    )


def full_timeline(visit: Visit) -> None:
    """Shows the timeline with its controls; a click opens a record or an event.

    Args:
        visit: The visit.
    """
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        lanes = st.segmented_control(
            "Lanes", ["Direction", "Category"], default="Direction", key="timeline_lanes"
        )
        window = st.segmented_control(
            "Window",
            list(_WINDOWS),
            default="Since 2021",
            key="timeline_window",
            disabled=visit.selection.first is not None,
            help="A date range in the sidebar takes its place.",
        )
        overlays = st.pills(
            "Also show",
            list(_OVERLAYS),
            selection_mode="multi",
            default=list(_OVERLAYS),
            key="timeline_overlays",
        )
    last = min(visit.selection.last or date.max, as_of_day(visit.selected))
    first = visit.selection.first or date(_WINDOWS[window or "All"], 1, 1)
    if first >= last:
        first = date(last.year - 1, 1, 1)
    chosen = _draw(
        visit, visit.table, first, last, (lanes or "Direction").lower(), tuple(overlays), "timeline"
    )
    _, _, _, quarters = _frames(visit.selected)
    if not visit.look.is_narrow and len(quarters) > 1:
        brush_figure(
            density_strip(quarters, first=first, last=last, look=visit.look),
            key="density",
            alt=density_strip_alt(quarters, first=first, last=last),
            on_brush=choose_dates,
        )
        small("Drag across the strip to set the days for the whole page.")
    small(
        footing(
            visit.selected.known,
            "a bar runs from the earliest to the latest day that counted statements allow.",
        )
    )
    if chosen is None:
        return
    if chosen in names_of(visit.dataset).transfers:
        visit.open_record(chosen)
    elif chosen in names_of(visit.dataset).events:
        event_evidence(visit, chosen)
    else:
        with st.container(border=True):
            statement_list(visit, [chosen])


def short_timeline(visit: Visit) -> None:
    """Shows the transfers of the last years on one small timeline.

    Args:
        visit: The visit.
    """
    st.header("How long between promise and arrival?", anchor=False)
    last = min(visit.selection.last or date.max, as_of_day(visit.selected))
    first = visit.selection.first or date(min(2022, last.year - 1), 1, 1)
    spans = _frames(visit.selected)[0].set_index("transfer_id")
    turns = spans[["promise_latest", "arrival_end_latest"]].max(axis=1)
    recent = visit.table["transfer_id"].map(turns >= pd.Timestamp(first)).eq(True)
    shown = notable(visit.table[recent], _NOTABLE)
    small(f"The {_NOTABLE} most spoken of in each direction since {first.year}. {_reading(visit)}")
    chosen = _draw(
        visit,
        shown,
        first,
        last,
        "direction",
        (),
        "short_timeline",
        plot_width=None if visit.look.is_narrow else 290,
    )
    visit.page_link("timeline", "Open the full timeline", icon=":material/arrow_forward:")
    if chosen in names_of(visit.dataset).transfers:
        visit.open_record(str(chosen))


def _draw(
    visit: Visit,
    table: pd.DataFrame,
    first: date,
    last: date,
    lanes: str,
    overlays: tuple[str, ...],
    key: str,
    *,
    plot_width: int | None = None,
) -> str | None:
    spans, denied, events, _ = _frames(visit.selected)
    kinds = [kind for name in overlays for kind in _KINDS.get(name, ())]
    window: dict[str, Any] = {"first": first, "last": last, "as_of": visit.selection.as_of}
    frames = (table, spans, denied if "Denials" in overlays else denied.iloc[:0])
    return show_figure(
        timeline(
            *frames,
            events[events["kind_code"].isin(kinds)],
            **window,
            lanes="category" if lanes == "category" else "direction",
            categories=visit.dataset.vocabularies["categories"],
            look=visit.look,
            plot_width=plot_width,
        ),
        key=key,
        alt=timeline_alt(*frames, **window),
        reading=_reading(visit) if key == "timeline" else "",
        is_clickable=True,
    )


def timeline_rows(visit: Visit) -> pd.DataFrame:
    """The rows behind the timeline: turns of each transfer, in words.

    Args:
        visit: The visit.

    Returns:
        One row per transfer and per event, first first.
    """
    spans, _, events, _ = _frames(visit.selected)
    names = names_of(visit.dataset)
    merged = visit.table[["transfer_id", "name", "stage_code", "standing_code"]].merge(
        spans, on="transfer_id"
    )

    def span(prefix: str) -> list[str]:
        found = []
        for low, high in zip(merged[f"{prefix}_earliest"], merged[f"{prefix}_latest"], strict=True):
            if pd.isna(low):
                found.append("")
            else:
                text = f"{low:%Y-%m-%d}"
                found.append(text if low == high else f"{text} – {high:%Y-%m-%d}")
        return found

    transfers = pd.DataFrame(
        {
            "What": merged["name"],
            "Kind": "Transfer",
            "Promised": span("promise"),
            "Arriving from": span("arrival"),
            "Arriving to": span("arrival_end"),
            "Status": [
                f"{names.label('stages', stage)} · {names.label('standings', standing).lower()}"
                for stage, standing in zip(
                    merged["stage_code"], merged["standing_code"], strict=True
                )
            ],
        }
    )
    happened = pd.DataFrame(
        {
            "What": events["name"],
            "Kind": [names.label("event_kinds", kind) for kind in events["kind_code"]],
            "Promised": "",
            "Arriving from": [date_words(text) for text in events["event_date"]],
            "Arriving to": "",
            "Status": "",
        }
    ).rename(columns={})
    return pd.concat([transfers, happened], ignore_index=True)


def timeline_count(visit: Visit) -> str:
    """How much the timeline draws, in words."""
    events = len(visit.selected.rows.events)
    return (
        f"{count_words(len(visit.table), 'transfer')} and {count_words(events, 'event')} "
        "fit the filters."
    )
