"""Density strip: how much was said in each quarter, and which part the window shows."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import TIME_MARGINS, TIME_MARGINS_NARROW, Draft, empty_figure
from components.figures.lettering import shifted, time_ticks
from components.text import count_words
from components.theme import Look, rgba

_DAY = 86_400_000  # ms, the unit of widths on a time axis
_NOTHING = "Nothing was said in this selection."


def _quarters(per_quarter: pd.DataFrame) -> list[tuple[date, int]]:
    starts = [start.date() for start in per_quarter["quarter"]]
    return list(zip(starts, (int(n) for n in per_quarter["count"]), strict=True))


def _quarter_end(start: date) -> date:
    return shifted(start, 91)


def _quarter_words(start: date) -> str:
    return f"quarter {(start.month + 2) // 3} of {start.year}"


def density_strip(
    per_quarter: pd.DataFrame,
    *,
    first: date,
    last: date,
    look: Look,
    margins: tuple[int, int] | None = None,
) -> go.Figure:
    """Bars of statements per quarter, those in the window dark, the others grey.

    A drag along the strip selects a range of days.

    Args:
        per_quarter: `statements_per_quarter`.
        first: First day of the window.
        last: Last day of the window, at most the day that is known.
        look: Palette and width.
        margins: Left and right margin, where they are not the usual ones of time axes.

    Returns:
        A figure 92 px high.
    """
    quarters = _quarters(per_quarter)
    if not quarters:
        return empty_figure(look, _NOTHING)
    tokens = look.palette
    low = min(quarters[0][0], first)
    high = max(_quarter_end(quarters[-1][0]), last)
    left, right = margins or (TIME_MARGINS_NARROW if look.is_narrow else TIME_MARGINS)
    draft = Draft(look, 92, left=left, right=right, top=14, bottom=20)
    if not look.is_narrow:
        middle = {"x": 0, "xref": "paper", "xshift": -10, "y": 0.5, "yref": "paper"}
        words, font = "Statements<br>per quarter", {"color": tokens.ink3}
        draft.note(words, **middle, xanchor="right", align="right", font=font)
    inside = [start <= last and _quarter_end(start) >= first for start, _ in quarters]
    draft.bar(
        x=[shifted(start, 45).isoformat() for start, _ in quarters],
        y=[count for _, count in quarters],
        width=80 * _DAY,
        marker={
            "color": [tokens.ink2 if shown else tokens.third_tint for shown in inside],
            "line": {"width": 0},
        },
        hovertext=[
            f"{count_words(count, 'statement')}<br>{_quarter_words(start)}"
            for start, count in quarters
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    ticks = time_ticks(low, high, 330 if look.is_narrow else 650)
    draft.axis(
        "x",
        type="date",
        range=[low.isoformat(), high.isoformat()],
        tickvals=[day.isoformat() for day, _ in ticks],
        ticktext=[label for _, label in ticks],
        showline=True,
        linecolor=tokens.rule,
        ticks="outside",
        ticklen=4,
        tickcolor=tokens.rule,
    )
    most = max(count for _, count in quarters)
    draft.axis("y", visible=False, range=[0, max(most, 1) * 1.1])
    across = {"y0": 0, "y1": 1, "yref": "paper"}
    for day in (first, last):
        line = {"color": tokens.ink, "width": 1.4}
        draft.shape(type="line", x0=day.isoformat(), x1=day.isoformat(), **across, line=line)
    draft.shape(
        type="rect",
        x0=first.isoformat(),
        x1=last.isoformat(),
        **across,
        fillcolor=rgba(tokens.known_rule, 0.10),
        line={"width": 0},
        layer="below",
    )
    peak = max(quarters, key=lambda quarter: quarter[1])
    draft.note(
        f"{peak[1]:,}",
        x=shifted(peak[0], 45).isoformat(),
        y=peak[1],
        xanchor="center",
        yanchor="bottom",
    )
    draft.layout |= {
        "dragmode": "select",
        "selectdirection": "h",
        "newselection": {"line": {"color": tokens.ink, "width": 1}},
    }
    return draft.figure()


def density_strip_alt(per_quarter: pd.DataFrame, *, first: date, last: date) -> str:
    """What `density_strip` shows, in two sentences.

    Args:
        per_quarter: `statements_per_quarter`.
        first: First day of the window.
        last: Last day of the window.

    Returns:
        Form and span, then the fullest quarter and the window's share.
    """
    quarters = _quarters(per_quarter)
    if not quarters:
        return f"Empty chart. {_NOTHING}"
    total = sum(count for _, count in quarters)
    inside = sum(n for start, n in quarters if start <= last and _quarter_end(start) >= first)
    start, most = max(quarters, key=lambda quarter: quarter[1])
    return (
        f"Bar strip of {count_words(total, 'statement')} per quarter, "
        f"{quarters[0][0].year} to {quarters[-1][0].year}. The fullest is "
        f"{_quarter_words(start)} with {most:,}; quarters in the window hold {inside:,}."
    )
