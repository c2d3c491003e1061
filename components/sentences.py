"""Sentences computed from the data: headline, status in plain words, turns."""

from collections.abc import Sequence

import pandas as pd

from components.text import age_words, count_words, list_words
from data.assessment import Assessment, StageSupport
from data.event_assessment import EventAssessment
from data.history import StatusChange
from data.load import records
from data.queries.names import names_of
from data.selection import Selected

_STAGE_WORDS = {
    "discussed": "In talks",
    "agreed": "Agreed",
    "licensed_production": "Made under licence",
    "in_delivery": "Arriving",
    "delivered": "Delivered",
    "cancelled": "Called off",
}
_ARRIVED = ("arrived", "under_way")


def headline(table: pd.DataFrame) -> str:
    """The answer to “who owes whom?” for the transfers shown, short enough for a title.

    Args:
        table: As `transfer_table` gives it.

    Returns:
        One or two sentences of plain text.
    """
    if table.empty:
        return "No transfer fits this selection."
    parts = [
        f"{way}: {len(rows[rows['reach_code'].isin(_ARRIVED)])} of {len(rows)} transfers arrived."
        for way, rows in _both_ways(table)
    ]
    return " ".join(parts) or f"{count_words(len(table), 'transfer')} between other parties."


def headline_rest(table: pd.DataFrame) -> str:
    """What the headline leaves out: by whose word, what is alleged, and the oldest promise.

    Args:
        table: As `transfer_table` gives it.

    Returns:
        Up to three sentences of plain text; "" where there is nothing to add.
    """
    said, ways = [], _both_ways(table)
    for way, rows in ways:
        alleged = int((rows["reach_code"] == "alleged").sum())
        if alleged:
            said.append(f"{alleged} more from {way}")
    parts = (
        ["A transfer counts as arrived by a party’s own word or two independent speakers’."]
        if ways
        else []
    )
    if said:
        verb = "is" if said[0].startswith("1 ") and len(said) == 1 else "are"
        parts.append(
            f"{list_words(said)} {verb} said to have arrived, but a party denies it or one speaker "
            "alone says so."
        )
    waiting = table[
        (table["direction_code"] != "other")
        & table["open_days"].notna()
        & table["standing_code"].isin(["acknowledged", "acknowledged_after_denial", "corroborated"])
    ].sort_values("open_days", ascending=False)
    if not waiting.empty:
        first = next(records(waiting))
        parts.append(
            "Longest open of the promises that are acknowledged or corroborated: "
            f"{first.name}, for {age_words(first.open_days)}; no statement that counts says that "
            "any arrived."
        )
    return " ".join(parts)


def _both_ways(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The two directions in words with their rows, where there are any."""
    ways = (("iran-russia", "Iran to Russia"), ("russia-iran", "Russia to Iran"))
    found = ((words, table[table["direction_code"] == code]) for code, words in ways)
    return [(words, rows) for words, rows in found if not rows.empty]


def _voices(statement_ids: Sequence[str], selected: Selected) -> list[str]:
    """Who speaks in statements, once each: governments first, then all other speakers."""
    names = names_of(selected.known)
    said = selected.known.statements
    rows = said[said["statement_id"].isin(list(statement_ids))]
    governments: dict[str, None] = {}
    others: dict[str, None] = {}
    for row in records(rows.sort_values(["published_date_latest", "statement_id"])):
        if row.is_official:
            governments[names.actors[names.sides[row.speaker_id]]] = None
        else:
            others[names.actors[row.speaker_id]] = None
    return [*governments, *others]


def _support(assessment: Assessment) -> StageSupport:
    return next(s for s in assessment.ladder if s.stage_code == assessment.stage_code)


def status_sentence(assessment: Assessment, selected: Selected) -> str:
    """The status of a transfer in plain words.

    Args:
        assessment: Its status.
        selected: The visit's selection, for the names of those who speak.

    Returns:
        Two sentences at most, each with who says so; plain text, not escaped.
    """
    support = _support(assessment)
    return _sentence(
        _STAGE_WORDS[assessment.stage_code],
        assessment.standing_code,
        (support.asserting, support.denying, assessment.reasons),
        "Neither party denies it.",
        selected,
    )


def arrival_sentence(assessment: Assessment, selected: Selected) -> str:
    """Whether anything arrived, where the status sentence speaks of a promise alone.

    Args:
        assessment: Its status.
        selected: The visit's selection; claims graded improbable are looked up in it.

    Returns:
        One sentence of plain text; "" where the status sentence tells it.
    """
    if assessment.stage_code not in ("discussed", "agreed") or assessment.standing_code == "denied":
        return ""
    said = selected.known.statements
    also = said[said["statement_id"].isin(list(assessment.also_claimed))]
    is_arrival = also["stage_code"].isin(["in_delivery", "delivered"])
    count = int((is_arrival & ~also["stance_code"].isin(["denies", "declines"])).sum())
    claims = (
        f"; {count_words(count, 'claim')} of arrivals {'is' if count == 1 else 'are'} graded "
        "improbable and told below"
        if count
        else ""
    )
    return f"No statement that counts says that any arrived{claims}."


def event_sentence(status: EventAssessment | None, selected: Selected) -> str:
    """The standing of an event in plain words.

    Args:
        status: Its standing; None where nothing that counts is said of it.
        selected: The visit's selection, for the names of those who speak.

    Returns:
        Two sentences at most, each with who says so; plain text, not escaped.
    """
    if status is None:
        return "Nothing that counts is said of it."
    return _sentence(
        "It happened",
        status.standing_code,
        (status.asserting, status.denying, status.reasons),
        "Nobody concerned denies it.",
        selected,
    )


def _sentence(
    lead: str,
    standing: str,
    said: tuple[Sequence[str], Sequence[str], Sequence[str]],
    no_denial: str,
    selected: Selected,
) -> str:
    says, denies, owning = (_voices(ids, selected) for ids in said)
    denial = (
        f" {list_words(denies, 4)} {'denies' if len(denies) == 1 else 'deny'} it." if denies else ""
    )
    if standing == "denied":
        return f"Only denied, by {list_words(denies, 4)}; no counted statement says otherwise."
    if standing.startswith("acknowledged"):
        verb = "acknowledges" if len(owning) == 1 else "acknowledge"
        after = ", after first denying it" if standing.endswith("denial") else ""
        others = [name for name in denies if name not in owning]
        rest = (
            f" {list_words(others, 4)} {'denies' if len(others) == 1 else 'deny'} it."
            if others
            else ""
        )
        return f"{lead}: {list_words(owning, 3)} {verb} it{after}.{rest}"
    if standing == "single_source":
        return f"{lead}, says {list_words(says, 2)} alone. Nobody is known to deny it."
    if standing == "contested":
        return f"{lead}, {'says' if len(says) == 1 else 'say'} {list_words(says, 5)}.{denial}"
    return f"{lead}, say {list_words(says, 5)}. {no_denial}{denial}"


_RULES = {
    "acknowledged": "Acknowledged, because the supplier’s or the recipient’s own government says "
    "so.",
    "acknowledged_after_denial": "Acknowledged after denial, because a party’s own government says "
    "so now and had denied it before.",
    "corroborated": "Corroborated, because two or more independent speakers say so and neither "
    "party denies it.",
    "contested": "Contested, because somebody asserts it and a party that has never acknowledged "
    "it denies it, or because one speaker’s word stands against another’s.",
    "single_source": "Single source, because one independent speaker says so and nobody denies it.",
    "denied": "Denied, because only denials are known.",
}


_EVENT_RULES = {
    "acknowledged": "Acknowledged, because one who acts or takes part in it says so officially, "
    "and nobody else concerned denies it.",
    "acknowledged_after_denial": "Acknowledged after denial, because one who acts or takes part "
    "says so officially now and had denied it before.",
    "corroborated": "Corroborated, because two or more independent speakers say so and nobody "
    "concerned denies it.",
    "contested": "Contested, because somebody says so and one who is concerned, and has never "
    "acknowledged it, denies it, or because one speaker’s word stands against another’s.",
}


def standing_rule(standing_code: str, *, is_event: bool = False) -> str:
    """The rule that gave a standing, as a sentence."""
    rules = _RULES | _EVENT_RULES if is_event else _RULES
    return rules[standing_code]


def status_words(assessment: Assessment | None, selected: Selected) -> str:
    """Stage and standing in two words, e.g. `delivered · contested`."""
    if assessment is None:
        return "not known"
    if assessment.standing_code == "denied":
        return "only denied"
    names = names_of(selected.known)
    stage = names.label("stages", assessment.stage_code)
    return f"{stage} · {names.label('standings', assessment.standing_code).lower()}"


def turn_words(change: StatusChange, selected: Selected) -> str:
    """A turn in words: what it was, and what it became.

    Args:
        change: The turn.
        selected: The visit's selection, for labels.

    Returns:
        E.g. `Agreed · acknowledged becomes delivered · contested`; plain text.
    """
    after = status_words(change.after, selected)
    if change.before is None:
        return f"first known: {after.lower()}"
    return f"{status_words(change.before, selected).lower()} becomes {after.lower()}"
