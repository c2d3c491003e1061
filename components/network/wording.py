"""Ties and actors of the graph in words; plain text, shortened, of any actor's name."""

from typing import Any

from components.network.kinds import BELONGS
from components.text import count_words, list_words, plain

_RECORDS = (("transfer_ids", "transfer"), ("relation_ids", "relation"), ("event_ids", "event"))


def between(source: str, target: str, *, is_directed: bool) -> str:
    """Two names and how they are joined: `Iran → Russia`, `China – Iran`."""
    return f"{plain(source, 60)} {'→' if is_directed else '–'} {plain(target, 60)}"


def years_words(tie: dict[str, Any]) -> str:
    """The years that a tie's evidence speaks of: `2019 to 2026`, `since 2001`, or ""."""
    first, last = tie["first_year"], tie["last_year"]
    if first is None:
        return ""
    if last is None:
        return f"since {first}"
    return str(first) if first == last else f"{first} to {last}"


def evidence_words(tie: dict[str, Any]) -> str:
    """What a tie rests on: `19 transfers, 230 independent statements`."""
    parts = [count_words(len(tie[ids]), noun) for ids, noun in _RECORDS if tie[ids]]
    said = tie["independent_count"]
    if said:
        parts.append(count_words(said, "independent statement"))
    return list_words(parts)


def tie_title(tie: dict[str, Any], names: tuple[str, str]) -> str:
    """One line about a tie, for its tooltip.

    Args:
        tie: Attributes of an edge.
        names: Names of both ends.
    """
    source, target = (plain(name, 60) for name in names)
    if tie["kind"] == BELONGS:
        return f"{source} belongs to {target}"
    label = plain(tie["label"], 60)
    parts = [label[:1].lower() + label[1:]]
    if tie["at"] is None:
        parts.append(evidence_words(tie))
    else:  # one quarter's drawing counts evidence only
        parts.append(f"{count_words(tie['weight'], 'piece')} of evidence by then")
    if tie["is_promise"]:
        parts.append("only promised")
    parts.append(years_words(tie))
    joined = between(source, target, is_directed=tie["directed"])
    return f"{joined}: {', '.join(part for part in parts if part)}"


def actor_title(actor: dict[str, Any], weight: int) -> str:
    """One line about an actor, for its tooltip."""
    evidence = count_words(weight, "piece") + " of evidence"
    return f"{plain(actor['label'], 90)}, {plain(actor['kind_label'], 40).lower()}: {evidence}"
