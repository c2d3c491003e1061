"""What a reader of the network page chose, as the link keeps it."""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from components.network.spans import parse_quarter, quarter_text
from components.panels.network import Clicked
from components.panels.settings import chosen, set_setting, setting

_TURN, _PLAYING = "network_turn", "network_playing"
_FIRST, _LAST = parse_quarter("1900-Q1") or 0, parse_quarter("2100-Q4") or 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What the network page shows.

    Attributes:
        unfold: Sides whose people, bodies and companies are drawn for themselves.
        by_category: Whether arms are told apart by category.
        hidden_ties: Codes of ties that are left out.
        hidden_actors: Codes of kinds of actor that are left out.
        focus: Chosen actor, or "".
        tie: Key of the chosen tie, or "".
        steps: How far from the chosen actor is shown; 0 for all.
        path: Two actors whose chain is asked for, or "" for either.
        quarter: Quarter that is shown, or None for all time.
    """

    unfold: frozenset[str]
    by_category: bool
    hidden_ties: frozenset[str]
    hidden_actors: frozenset[str]
    focus: str
    tie: str
    steps: int
    path: tuple[str, str]
    quarter: int | None

    @property
    def clicked(self) -> Clicked | None:
        """The chosen tie or else the chosen actor."""
        if self.tie:
            return "edge", self.tie
        return ("node", self.focus) if self.focus else None


def current_choice() -> Choice:
    """What the link or the reader asks for."""
    depth = setting("depth")
    return Choice(
        unfold=frozenset(chosen("unfold")),
        by_category=setting("arms") == "category",
        hidden_ties=frozenset(chosen("hide_tie")),
        hidden_actors=frozenset(chosen("hide_actor")),
        focus=setting("focus"),
        tie=setting("tie"),
        steps=0 if depth == "all" else int(depth),
        path=(setting("path_from"), setting("path_to")),
        quarter=_quarter(setting("quarter")),
    )


def _quarter(text: str) -> int | None:
    quarter = parse_quarter(text)
    return quarter if quarter is not None and _FIRST <= quarter <= _LAST else None


def misread(
    choice: Choice, sides: Collection[str], ties: Collection[str], actors: Collection[str]
) -> list[str]:
    """What the link asks of the page that means nothing; one plain sentence each.

    Args:
        choice: What is asked for.
        sides: What can be unfolded.
        ties: Codes of ties.
        actors: Codes of kinds of actor.
    """
    found = [
        f"{key}={value} is not understood; it accepts {accepts}."
        for key, values, known, accepts in (
            ("unfold", choice.unfold, sides, "the id of a side, or all"),
            ("hide_tie", choice.hidden_ties, ties, "the code of a kind of tie"),
            ("hide_actor", choice.hidden_actors, actors, "the code of a kind of actor"),
        )
        for value in sorted(values)
        if value not in known
    ]
    if setting("quarter") and choice.quarter is None:
        accepts = "a quarter from 1900-Q1 to 2100-Q4"
        found.append(f"quarter={setting('quarter')} is not understood; it accepts {accepts}.")
    return found


def choose(clicked: Clicked | None) -> None:
    """Chooses a node or an edge, or nothing; for use in a callback."""
    kind, name = clicked or ("", "")
    set_setting("focus", *([name] if kind == "node" else []))
    set_setting("tie", *([name] if kind == "edge" else []))


def look_for(side: str | None) -> None:
    """Brings the actor just chosen to the middle; for use in a callback.

    Args:
        side: A side to unfold so that the actor is drawn, or None.
    """
    set_setting("tie")
    if side and not {side, "all"} & {*chosen("unfold")}:
        set_setting("unfold", *chosen("unfold"), side)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def turn() -> int:
    """How often an actor was looked for; 0 for never."""
    found: int = st.session_state.get(_TURN, 0)
    return found


def is_playing() -> bool:
    """Whether the quarters go on by themselves."""
    return bool(st.session_state.get(_PLAYING))


def stop() -> None:
    """Stops at the quarter shown; for use in a callback."""
    st.session_state[_PLAYING] = False


def play(turns: list[int]) -> None:
    """Starts at the quarter shown, or at the first; for use in a callback."""
    at = _quarter(setting("quarter"))
    if at is None or not [quarter for quarter in turns if quarter > at]:
        set_setting("quarter", quarter_text(turns[0]))
    st.session_state[_PLAYING] = True


def step(turns: list[int]) -> None:
    """Goes to the next quarter in which something changes, or stops; for use in a callback."""
    at = _quarter(setting("quarter"))
    later = [quarter for quarter in turns if at is not None and quarter > at]
    if later and is_playing():
        set_setting("quarter", quarter_text(later[0]))
    if len(later) <= 1:
        stop()
