"""Widgets of a page whose values its link keeps.

    lanes = st.segmented_control("Lanes", CODES, **kept("lanes"))   # in the page
    code = setting("lanes")                                          # one value, or ""

The value is read from `setting` or `chosen`, not from the widget: widgets forget when
their page is left, and a link may have set the value before the widget was made.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.panels.address import SETTINGS_VALUES, note_choice, sync_address
from data.page_settings import SETTINGS, Setting

_BY_KEY = {setting.key: setting for setting in SETTINGS}


def chosen(key: str) -> tuple[str, ...]:
    """The values of a setting."""
    values: dict[str, tuple[str, ...]] = st.session_state.get(SETTINGS_VALUES, {})
    return values.get(key, _BY_KEY[key].default)


def setting(key: str) -> str:
    """The one value of a setting, or ""."""
    return "".join(chosen(key)[:1])


def set_setting(key: str, *values: str) -> None:
    """Changes a setting from elsewhere than its widget; for use in a callback."""
    state = st.session_state
    state[SETTINGS_VALUES] = {**state.get(SETTINGS_VALUES, {}), key: values}
    state.pop(widget_key(key), None)
    note_choice()


def widget_key(key: str) -> str:
    """Session key of the widget that holds a setting."""
    return f"setting_{key}"


def _as_widget(of: Setting, values: Sequence[str]) -> Any:
    if of.many:
        return list(values)
    value = values[0] if values else None
    if value is None or of.kind in ("code", "token", "actor"):
        return value
    return date.fromisoformat(value) if of.kind == "day" else int(value)


def _from_widget(of: Setting, value: Any) -> tuple[str, ...]:
    if of.many:
        return tuple(str(each) for each in value or ())
    if value is None or value == "":
        return of.default
    return (value.isoformat() if isinstance(value, date) else str(value),)


def kept(key: str, after: Callable[[], None] | None = None) -> dict[str, Any]:
    """Key and callback that make a widget hold a setting.

    Args:
        key: Key of the setting.
        after: Called once the new value is kept.

    Returns:
        Keyword arguments for the widget. It must give codes as they stand in the link
        (use `format_func` for labels), a date for a day, an int for a number. A widget of
        one value that can be emptied goes back to the default then.
    """
    of, state = _BY_KEY[key], st.session_state
    wanted = _as_widget(of, chosen(key))
    if widget_key(key) not in state or state[widget_key(key)] != wanted:
        state[widget_key(key)] = wanted

    def changed() -> None:
        values = _from_widget(of, state[widget_key(key)])
        if of.kind == "code" and not {*values} <= {*of.codes}:
            # A select box whose labels changed with the filters gives its old label back.
            state[widget_key(key)] = wanted
            return
        state[SETTINGS_VALUES] = {**state.get(SETTINGS_VALUES, {}), key: values}
        note_choice()
        if after:
            after()

    return {"key": widget_key(key), "on_change": changed}


__all__ = ["chosen", "kept", "set_setting", "setting", "sync_address", "widget_key"]
