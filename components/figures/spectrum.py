"""A spectrum of answers per topic, with the people on it."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from components.figures.draft import Draft, empty_figure
from components.figures.lettering import stacked, wrapped
from components.text import count_words, date_words, plain, plotly
from components.theme import Look
from data.load import records

_NOTHING = "No view in this selection answers this question."
_LEFT, _STEP, _MARK = 150, 13.0, 10.0
_WIDE_PIXELS, _NARROW_PIXELS = 640.0, 330.0


def spectrum_chart(
    stands: pd.DataFrame,
    answers: Mapping[str, str],
    topics: Mapping[str, str],
    look: Look,
) -> go.Figure:
    """Draws a row per topic and a column per answer, a mark for each person's last word.

    Args:
        stands: As `data.queries.stands.latest_stands` gives them, by topic.
        answers: Labels of the answers by code, from one end to the other.
        topics: Labels of the topics by code, in order.
        look: Palette and width.

    Returns:
        The figure; each mark has its person's id in the customdata.
    """
    rows = [row for row in records(stands) if row.position_code in answers]
    if not rows:
        return empty_figure(look, _NOTHING)
    tokens, is_narrow = look.palette, look.is_narrow
    shown = [code for code in topics if any(row.topic_code == code for row in rows)]
    pixels = _NARROW_PIXELS if is_narrow else _WIDE_PIXELS
    across = max(int((pixels / len(answers) - 16) // _STEP), 3)
    draft = Draft(look, 100, left=4 if is_narrow else _LEFT, right=6, top=44, bottom=8)
    codes, height = list(answers), 0.0
    unit = pixels / len(codes)
    for place, code in enumerate(codes):
        total = sum(row.position_code == code for row in rows)
        words = stacked(answers[code], int(unit) - 18, 13)
        draft.note(
            f"{words} <span style='color:{tokens.ink3}'>{total}</span>",
            x=place * unit + 8,
            y=1,
            yref="paper",
            yshift=22,
            font={"size": 13, "color": tokens.ink},
        )
        if place:
            draft.shape(
                type="line",
                x0=place * unit,
                x1=place * unit,
                y0=0,
                y1=1,
                yref="paper",
                layer="below",
                line={"color": tokens.grid, "width": 1},
            )
    for topic in shown:
        mine = {
            code: [r for r in rows if r.topic_code == topic and r.position_code == code]
            for code in codes
        }
        deepest = max(-(-len(people) // across) for people in mine.values())
        draft.shape(
            type="line",
            xref="paper",
            x0=0 if is_narrow else -1,
            x1=1,
            y0=height,
            y1=height,
            layer="below",
            line={"color": tokens.rule, "width": 1},
        )
        if is_narrow:
            draft.note(f"<b>{plotly(topics[topic], 40)}</b>", x=4, y=height + 11)
            height += 20
        depth = max(deepest * _STEP + 12, 30.0)
        if not is_narrow:
            draft.note(
                plotly(topics[topic], 40),
                x=0,
                xref="paper",
                xshift=-10,
                y=height + depth / 2,
                xanchor="right",
                font={"size": 13, "color": tokens.ink},
            )
        for place, code in enumerate(codes):
            people = sorted(mine[code], key=lambda row: (not row.is_official, row.person))
            if not people:
                continue
            colours = [tokens.ink if row.is_official else tokens.third for row in people]
            draft.scatter(
                x=[place * unit + 14 + n % across * _STEP for n in range(len(people))],
                y=[height + 12 + n // across * _STEP for n in range(len(people))],
                mode="markers",
                customdata=[row.person_id for row in people],
                marker={
                    "symbol": ["square" if row.is_official else "circle" for row in people],
                    "size": _MARK,
                    "color": colours,
                },
                hovertext=[
                    f"<b>{wrapped(row.person, 46, 90)}</b><br>{date_words(row.said_date)}<br>"
                    f"{wrapped(row.summary, 46, 360)}"
                    for row in people
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        height += depth
    draft.layout["height"] = round(height + 52)
    draft.axis("x", range=[0, pixels], showticklabels=False)
    draft.axis("y", range=[height, 0], showticklabels=False)
    return draft.roomy().figure()


def spectrum_alt(
    stands: pd.DataFrame, answers: Mapping[str, str], topics: Mapping[str, str]
) -> str:
    """Alternative text of `spectrum_chart`.

    Args:
        stands: As for the figure.
        answers: As for the figure.
        topics: As for the figure.

    Returns:
        Two sentences, unescaped.
    """
    counts = stands["position_code"].value_counts()
    said = [f"{plain(label, 60)} {int(counts[c])}" for c, label in answers.items() if c in counts]
    if not said:
        return f"An empty spectrum of answers. {_NOTHING}"
    heard = sum(code in set(stands["topic_code"]) for code in topics)
    return (
        f"Dot chart of {count_words(len(stands), 'last word', 'last words')} on "
        f"{count_words(heard, 'topic')}, a column per answer. {'; '.join(said)}."
    )
