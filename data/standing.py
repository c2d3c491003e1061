"""The table of rules that gives what is claimed its standing."""

from collections.abc import Sequence

from data.claims import Claim, in_order


def standing_of(
    asserting: Sequence[Claim], denying: Sequence[Claim], *, is_event: bool = False
) -> tuple[str, tuple[str, ...]]:
    """Standing of one stage or of an event, and the statements that fire the rule.

    Args:
        asserting: Counted claims that assert it.
        denying: Counted claims that deny it.
        is_event: Whether it is an event. Supplier and recipient speak of what they do
            together, so the word of one of them owns it. Who takes part in an event may
            be at odds: the word of one who acts owns it only while no other party denies it.

    Returns:
        Standing code and statement ids.
    """
    party_assertions = [c for c in asserting if c.party and not c.is_target]
    party_denials = [c for c in denying if c.party]
    if party_assertions:
        first = {
            party: min(c.known_from for c in party_assertions if c.party == party)
            for party in {c.party for c in party_assertions}
        }
        is_disputed = is_event and any(c.party not in first for c in party_denials)
        turned = [c for c in party_denials if c.party in first and c.known_from < first[c.party]]
        if turned and not is_disputed:
            return "acknowledged_after_denial", in_order([*party_assertions, *turned])
        if not is_disputed:
            return "acknowledged", in_order(party_assertions)
    voices = {c.voice for c in asserting}
    if asserting and party_denials:
        return "contested", in_order([*asserting, *party_denials])
    if len(voices) > 1:
        return "corroborated", in_order(asserting)
    # One word against another's: nobody backs the lone speaker, and somebody who
    # is no party to it says that it isn't so.
    if asserting and any(c.voice not in voices for c in denying):
        return "contested", in_order([*asserting, *denying])
    if asserting:
        return "single_source", in_order(asserting)
    return "denied", in_order(denying)
