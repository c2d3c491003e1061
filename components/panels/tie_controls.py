"""The controls of the network page: search, depth, folding, path, legend, quarters."""

from collections import Counter
from collections.abc import Sequence

import networkx as nx
import streamlit as st

from components.glyphs import image, tie
from components.network.graph import EVERY
from components.network.kinds import ARMS, BELONGS
from components.network.narrowing import quarters, turning_quarters
from components.network.spans import quarter_text
from components.network.style import shape_mark, tie_style
from components.panels.settings import chosen, kept, set_setting
from components.panels.tie_choice import (
    Choice,
    is_playing,
    look_for,
    play,
    step,
    stop,
)
from components.text import markdown, plain
from components.theme import Palette

_DEPTHS = {"1": "1 step", "2": "2 steps", "3": "3 steps", "all": "All"}


def controls(graph: nx.MultiDiGraph, everyone: nx.MultiDiGraph, choice: Choice) -> None:
    """Shows the row above the graph.

    Args:
        graph: The graph before anything is hidden.
        everyone: The same with every side unfolded.
        choice: What is chosen.
    """
    names = dict(everyone.nodes(data="label")) | dict(graph.nodes(data="label"))
    sides = dict(everyone.nodes(data="side"))

    def named(node: str | None) -> str:
        return plain(names.get(node or "", node or ""), 60)

    def options(*also: str) -> list[str]:
        return sorted({*names, *filter(None, also)}, key=lambda node: named(node).casefold())

    def found() -> None:
        focus = "".join(chosen("focus"))
        look_for(sides.get(focus) if focus not in graph else None)

    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.selectbox(
            "Find an actor",
            options(choice.focus),
            index=None,
            format_func=named,
            placeholder="Type a name",
            width=230,
            help="Chooses the actor and brings it to the middle. One that is folded into its "
            "side unfolds it.",
            **kept("focus", found),
        )
        st.segmented_control(
            "From the chosen actor",
            list(_DEPTHS),
            format_func=_DEPTHS.__getitem__,
            required=True,
            help="How many ties away others may be to be shown.",
            **kept("depth"),
        )
        with st.popover("Unfold", icon=":material/account_tree:"):
            _unfolding(everyone)
        with st.popover("Path", icon=":material/route:"):
            st.markdown("The shortest chains of ties between two actors, with their evidence.")
            for key, label, value in zip(
                ("path_from", "path_to"), ("From", "To"), choice.path, strict=True
            ):
                st.selectbox(
                    label,
                    sorted({*graph, *filter(None, [value])}, key=named),
                    index=None,
                    format_func=named,
                    placeholder="Choose an actor",
                    **kept(key),
                )


def _unfolding(everyone: nx.MultiDiGraph) -> None:
    within = Counter(side for node, side in everyone.nodes(data="side") if node != side)
    names = dict(everyone.nodes(data="label"))
    sides = sorted({*within, *chosen("unfold")} - {EVERY}, key=lambda side: (-within[side], side))

    def labelled(side: str) -> str:
        if side == EVERY:
            return f"Every side ({within.total()})"
        return f"{plain(names.get(side, side), 40)} ({within[side]})"

    st.multiselect(
        "People, bodies and companies of",
        [EVERY, *sides],
        format_func=labelled,
        placeholder="None: each stands for its side",
        help="Those with a tie of their own are drawn for themselves, joined to their side.",
        **kept("unfold"),
    )
    st.segmented_control(
        "Arms between two actors",
        ["together", "category"],
        format_func={"together": "One line", "category": "A line per category"}.__getitem__,
        required=True,
        **kept("arms"),
    )


def legend(graph: nx.MultiDiGraph, choice: Choice, palette: Palette) -> None:
    """Shows the kinds of tie and of actor as buttons that hide and show them.

    Args:
        graph: The graph before anything is hidden.
        choice: What is chosen.
        palette: Colour tokens.
    """
    ties: dict[str, str] = {}
    glyphs: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for *_, attributes in graph.edges(data=True):
        code = attributes["code"]
        if attributes["kind"] == BELONGS:
            continue
        style = tie_style(attributes["kind"], palette, attributes["direction_code"])
        glyph = image(tie(style.colour, ",".join(map(str, style.dashes)), style.end))
        ties[code] = markdown(attributes["label"], 60)
        counts[code] += 1
        if glyph not in glyphs.setdefault(code, []):
            glyphs[code].append(glyph)
    actors = {
        kind: f"{shape_mark(kind)} {markdown(label, 40)}"
        for kind, label in sorted(
            {(d["kind_code"], d["kind_label"]) for _, d in graph.nodes(data=True)}
        )
    }
    kinds = Counter(kind for _, kind in graph.nodes(data="kind_code"))
    _pills(
        "Ties shown",
        sorted(ties, key=lambda code: (code.split(".")[0] != ARMS, -counts[code], code)),
        {code: f"{''.join(sorted(glyphs[code]))} {ties[code]} {counts[code]}" for code in ties},
        "hide_tie",
        choice.hidden_ties,
    )
    _pills(
        "Actors shown",
        sorted(actors, key=lambda kind: (-kinds[kind], kind)),
        {kind: f"{actors[kind]} {kinds[kind]}" for kind in actors},
        "hide_actor",
        choice.hidden_actors,
    )


def _pills(
    label: str, codes: Sequence[str], labels: dict[str, str], key: str, hidden: frozenset[str]
) -> None:
    """Buttons that are pressed for what is shown, while the link keeps what is hidden."""
    widget, state = f"network_{key}", st.session_state
    shown = [code for code in codes if code not in hidden and code.split(".")[0] not in hidden]
    # A button that is gone for now keeps hiding what it hid.
    kinds = {*codes, *(code.split(".")[0] for code in codes)}
    elsewhere = [code for code in sorted(hidden) if code not in kinds]
    if state.get(widget) != shown:
        state[widget] = shown

    def changed() -> None:
        now = set(state[widget] or ())
        set_setting(key, *elsewhere, *(code for code in codes if code not in now))

    st.pills(
        label,
        codes,
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=widget,
        on_change=changed,
        help="Press one to hide or to show it.",
    )


def time_control(graph: nx.MultiDiGraph, choice: Choice) -> None:
    """Shows the slider over the quarters and the button that plays them.

    Args:
        graph: The graph of all time.
        choice: What is chosen.
    """
    every, turns = quarters(graph), turning_quarters(graph)
    if not turns:
        stop()
        return
    first, last = every[0], every[-1]
    if choice.quarter is not None:
        first, last = min(first, choice.quarter), max(last, choice.quarter)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        if is_playing():
            st.button("Pause", icon=":material/pause:", key="network_pause", on_click=stop)
        else:
            st.button(
                "Play",
                icon=":material/play_arrow:",
                key="network_play",
                on_click=play,
                args=(turns,),
                help="Goes through the quarters in which something changes.",
            )
        st.select_slider(
            "The network at the end of",
            [*map(quarter_text, range(first, last + 1)), None],
            format_func=lambda text: f"{text[5:]} {text[:4]}" if text else "all time",
            help="Ties that had begun by then; faded where nothing is said of that quarter "
            "itself. Nodes keep their places.",
            **kept("quarter", stop),
        )


def play_on(graph: nx.MultiDiGraph) -> None:
    """Goes one step on while playing; for use in a callback."""
    step(turning_quarters(graph))
