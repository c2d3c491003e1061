"""What every figure shares: the common layout, and one `go.Figure` at the end.

Adding traces, shapes and notes to a figure one by one validates each time, which is
twenty times slower than handing plain dicts to one constructor.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from components.theme import FONT, Look

CLEAR = "rgba(0,0,0,0)"
# Invisible but clickable; a fully transparent bar gets no events.
HIT = "rgba(128,128,128,0.004)"
# Left and right margin of figures on one time axis under another: names, and values.
TIME_MARGINS, TIME_MARGINS_NARROW = (196, 158), (4, 12)


class Draft:
    """Collects the parts of a figure as plain dicts.

    Attributes:
        look: Palette and width.
        data: Traces.
        layout: Layout, with `shapes` and `annotations` lists.
    """

    def __init__(
        self,
        look: Look,
        height: int,
        *,
        left: int = 8,
        right: int = 8,
        top: int = 8,
        bottom: int = 8,
    ) -> None:
        tokens = look.palette
        axis = {
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
            "showline": False,
            "ticks": "",
            "automargin": False,
        }
        self.look = look
        self.data: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "showlegend": False,
            "dragmode": False,
            "bargap": 0,
            "barmode": "overlay",
            "hovermode": "closest",
            "hoverdistance": 14,
            "font": {"family": FONT, "size": 13, "color": tokens.ink},
            "hoverlabel": {
                "bgcolor": tokens.card,
                "bordercolor": tokens.strong,
                "font": {"family": FONT, "size": 13, "color": tokens.ink},
                "align": "left",
                "namelength": 0,
            },
            "xaxis": {**axis, "tickfont": {"size": 12, "color": tokens.ink2}},
            "yaxis": {**axis, "tickfont": {"size": 13, "color": tokens.ink}},
            "shapes": [],
            "annotations": [],
        }

    def bar(self, **trace: Any) -> None:
        """Adds a bar trace."""
        self.data.append({"type": "bar", **_undimmed(trace), **trace})

    def scatter(self, **trace: Any) -> None:
        """Adds a scatter trace."""
        mode = trace.get("mode", "markers")
        kept = _undimmed(trace) if "markers" in mode or "text" in mode else {}
        self.data.append({"type": "scatter", **kept, **trace})

    def shape(self, **shape: Any) -> None:
        """Adds a layout shape."""
        self.layout["shapes"].append(shape)

    def note(self, text: str, **annotation: Any) -> None:
        """Adds a text; the caller has escaped whatever in it comes from data."""
        font = {"size": 12, "color": self.look.palette.ink2, "family": FONT}
        font |= annotation.pop("font", {})
        self.layout["annotations"].append(
            {
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "middle",
                "align": "left",
                **annotation,
                "text": text,
                "font": font,
            }
        )

    def axis(self, which: str, **settings: Any) -> None:
        """Updates `xaxis` or `yaxis`."""
        self.layout[f"{which}axis"].update(settings)

    def day_axis(
        self,
        ends: tuple[float, float],
        ticks: Iterable[tuple[date | float, str]],
        *,
        has_grid: bool = True,
        **settings: Any,
    ) -> None:
        """Updates the x axis to one of days, as ordinals.

        Args:
            ends: Left and right end.
            ticks: Labelled days or places, with their labels.
            has_grid: Whether they have a line.
            **settings: Further settings of the axis.
        """
        tokens, marked = self.look.palette, list(ticks)
        self.axis(
            "x",
            range=list(ends),
            tickvals=[at.toordinal() if isinstance(at, date) else at for at, _ in marked],
            ticktext=[label for _, label in marked],
            tickangle=0,
            showgrid=has_grid,
            gridcolor=tokens.grid,
            showline=True,
            linecolor=tokens.rule,
            ticks="outside",
            ticklen=4,
            tickcolor=tokens.rule,
            **settings,
        )

    def lines(
        self,
        points: tuple[Sequence[float | None], Sequence[float | None]],
        colour: str,
        width: float = 1,
    ) -> None:
        """Adds lines as one trace that says nothing; None parts them."""
        if points[0]:
            self.scatter(
                x=list(points[0]),
                y=list(points[1]),
                mode="lines",
                line={"color": colour, "width": width},
                hoverinfo="skip",
                connectgaps=False,
            )

    def marks(
        self,
        x: Sequence[float],
        y: Sequence[float],
        *,
        symbol: Any,
        size: Any,
        color: Any,
        line: dict[str, Any],
        customdata: Sequence[str] = (),
        hovertext: Sequence[str] = (),
    ) -> None:
        """Adds marks as one trace; they say something only where there are words.

        Args:
            x: Places across.
            y: Places up.
            symbol: Symbol of all, or of each.
            size: Pixels of all, or of each.
            color: Colour of all, or of each.
            line: Outline.
            customdata: Id behind each.
            hovertext: Escaped words over each.
        """
        said: dict[str, Any] = {"hoverinfo": "skip"}
        if hovertext:
            said = {"hovertext": list(hovertext), "hovertemplate": "%{hovertext}<extra></extra>"}
        if customdata:
            said["customdata"] = list(customdata)
        style = {"symbol": symbol, "size": size, "color": color, "opacity": 1, "line": line}
        places = {"x": list(x), "y": list(y)}
        self.scatter(**places, mode="markers", cliponaxis=False, marker=style, **said)

    def roomy(self, least: int = 150) -> "Draft":
        """Adds room at the foot of a low figure, since a hover label is cut at its edge."""
        missing = max(least - int(self.layout["height"]), 0)
        self.layout["height"] += missing
        self.layout["margin"]["b"] += missing
        return self

    def figure(self) -> go.Figure:
        """The finished figure."""
        return go.Figure(data=self.data, layout=self.layout)


def _undimmed(trace: dict[str, Any]) -> dict[str, Any]:
    """Keeps a click from paling the marks and words that were not clicked."""
    kept: dict[str, Any] = {"marker": {"opacity": 1}}
    if "textfont" in trace:
        kept["textfont"] = {"color": trace["textfont"]["color"]}
    return {"selected": kept, "unselected": kept}


def empty_figure(look: Look, sentence: str) -> go.Figure:
    """One centred sentence in place of a chart that has nothing to draw.

    Args:
        look: Palette and width.
        sentence: What is missing, in words of ours.

    Returns:
        A figure 160 px high.
    """
    draft = Draft(look, 160)
    draft.axis("x", visible=False, range=[0, 1])
    draft.axis("y", visible=False, range=[0, 1])
    draft.note(sentence, x=0.5, y=0.5, xanchor="center", align="center", font={"size": 14})
    return draft.figure()
