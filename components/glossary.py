"""The words of the field and of this ledger, explained in a sentence each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its explanation.

    Attributes:
        word: The word.
        meaning: What it means here, in a sentence or two.
        group: Heading under which the guide lists it.
    """

    word: str
    meaning: str
    group: str


_LEDGER, _ARMS, _LAW = "Words of this ledger", "Arms and deliveries", "Treaties and bodies"

TERMS: tuple[Term, ...] = (
    Term(
        "Transfer",
        "One deal, gift or licence from one party to another, with all that is said of it. "
        "Whether it took place is what its status tells.",
        _LEDGER,
    ),
    Term(
        "Statement",
        "What one speaker said of one transfer or event on one day: that it is so, that it is "
        "not, or that they will not say. Every number here belongs to a statement.",
        _LEDGER,
    ),
    Term(
        "Stance",
        "Whether a statement asserts, confirms, estimates, denies or declines to say.",
        _LEDGER,
    ),
    Term(
        "Stage",
        "How far a transfer got: discussed, agreed, licensed production, in delivery, delivered; "
        "or cancelled. It is the furthest that a statement that counts asserts.",
        _LEDGER,
    ),
    Term(
        "Standing",
        "How well the stage is supported: by a party’s own word, by several voices, by one, or "
        "against a denial. It is computed from the statements and never typed.",
        _LEDGER,
    ),
    Term(
        "Voice",
        "All who speak officially for one side are one voice; every other speaker is their own. "
        "Two voices are independent if neither repeats the other.",
        _LEDGER,
    ),
    Term(
        "Party",
        "The supplier or the recipient of a transfer, and all who speak officially for them.",
        _LEDGER,
    ),
    Term(
        "Repeat",
        "A statement that passes on another’s words. It is folded under its original and counts "
        "with it, once.",
        _LEDGER,
    ),
    Term(
        "As known on",
        "The ledger as it could have been read on a day: only what had been published by then "
        "counts, on every page.",
        _LEDGER,
    ),
    Term(
        "Cut-off",
        "The last day up to which sources were read. What came later is not in the ledger.",
        _LEDGER,
    ),
    Term(
        "Grade",
        "A letter for how reliable a publisher is, A to F, and a digit for how credible a "
        "statement is, 1 to 6, judged apart after the Admiralty scale.",
        _LEDGER,
    ),
    Term(
        "First-hand document",
        "A source in which those who act or speak are heard themselves: a law, a contract, a "
        "transcript, a recording, their own site.",
        _LEDGER,
    ),
    Term(
        "View",
        "What a person who studies the matter, or holds an office, concludes on a topic; kept "
        "apart from statements, because it moves no status.",
        _LEDGER,
    ),
    Term(
        "Approximate day",
        "“about”, “perhaps” and ranges say how exactly a day is known; charts draw such days with "
        "faded ends. They are written in EDTF, the extended date format of ISO 8601-2.",
        _LEDGER,
    ),
    Term(
        "Licensed production",
        "The recipient makes the arms with the supplier’s plans, parts or help.",
        _ARMS,
    ),
    Term(
        "Kit",
        "Parts that are put together in the recipient’s country.",
        _ARMS,
    ),
    Term(
        "One-way attack drone",
        "A drone that is flown into its target and lost with it, such as the Shahed-136.",
        _ARMS,
    ),
    Term(
        "Shahed-136 and Geran-2",
        "The Iranian name and the Russian name of one family of one-way attack drones.",
        _ARMS,
    ),
    Term(
        "Alabuga",
        "A special economic zone near Yelabuga in Tatarstan, where drones of the Shahed family "
        "are said to be built.",
        _ARMS,
    ),
    Term(
        "Order and delivery",
        "Numbers ordered and numbers delivered are kept apart, and one speaker’s numbers are "
        "never added to another’s.",
        _ARMS,
    ),
    Term(
        "Resolution 2231",
        "The UN Security Council’s resolution of 2015 on the nuclear deal with Iran. Its "
        "restrictions on arms ended in October 2020.",
        _LAW,
    ),
    Term(
        "JCPOA",
        "The Joint Comprehensive Plan of Action, the nuclear deal of July 2015.",
        _LAW,
    ),
    Term(
        "Snapback",
        "The way by which a party to the nuclear deal can bring back UN sanctions on Iran. "
        "Whether it was validly used in 2025 is disputed, by Iran and Russia among others.",
        _LAW,
    ),
    Term(
        "E3",
        "France, Germany and the United Kingdom, acting together on Iran.",
        _LAW,
    ),
    Term(
        "IRGC",
        "The Islamic Revolutionary Guard Corps, Iran’s second armed force beside its army.",
        _LAW,
    ),
    Term(
        "Treaty of 2025",
        "The treaty on comprehensive strategic partnership that Russia and Iran signed on 17 "
        "January 2025. It holds no duty of mutual defence.",
        _LAW,
    ),
    Term(
        "SIPRI register",
        "The arms transfers database of the Stockholm International Peace Research Institute, "
        "whose numbers are estimates.",
        _LAW,
    ),
)
MEANINGS = {term.word: term.meaning for term in TERMS}


def meaning(word: str) -> str:
    """What a word means, for a tooltip.

    Args:
        word: The word as the glossary has it.

    Raises:
        KeyError: If the glossary lacks it.
    """
    return MEANINGS[word]
