"""What the rules of status need of each statement: who claims what, known since when.

A voice is one independent speaker: all who speak for one side's government are one
voice, every other speaker is their own.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from data.load import Dataset, records

STAGES = ("discussed", "agreed", "licensed_production", "in_delivery", "delivered")
CANCELLED = "cancelled"
RANK = {stage: rank for rank, stage in enumerate(STAGES)}
ASSERTING = frozenset({"asserts", "confirms", "estimates"})
DENYING = "denies"
IMPROBABLE = "5"

_FIRST_KNOWN = attrgetter("known_from", "statement_id")
NEVER = date.max
LATEST = date(9999, 12, 30)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the rules need of one statement about a transfer or an event.

    Attributes:
        statement_id: Which statement.
        subject_id: Which transfer or event it is about.
        voice: Independent speaker: the side for officials, else the speaker.
        party: Side for which the speaker officially speaks, if that side is a party
            to the transfer or takes part in the event; else None.
        stance: Stance code.
        stage: Stage code; "" for an event, which has no stages.
        known_from: Day by which it was public.
        effective: Day that it speaks of: its stage date, else the day it was said. A
            promise is of the day it was said, whenever it is to be kept.
        retracted_from: Day by which its retraction was public.
        is_repeat: True if it repeats another statement.
        is_improbable: True if it is graded improbable.
        is_target: True if that party is only acted on in the event: it can deny what is
            said to be done to it, but its word doesn't own what others do.
    """

    statement_id: str
    subject_id: str
    voice: str
    party: str | None
    stance: str
    stage: str
    known_from: date
    effective: date
    retracted_from: date = NEVER
    is_repeat: bool = False
    is_improbable: bool = False
    is_target: bool = False

    @property
    def asserts(self) -> bool:
        """True if it says that its stage was reached, or that the event took place."""
        return self.stance in ASSERTING

    @property
    def denies(self) -> bool:
        """True if it says that it was not so."""
        return self.stance == DENYING

    def counts_on(self, day: date) -> bool:
        """True if the claim can move a status as known on `day`."""
        return (
            self.known_from <= day < self.retracted_from
            and not self.is_repeat
            and not self.is_improbable
            and (self.asserts or self.denies)
        )

    def is_also_claimed_on(self, day: date) -> bool:
        """True if it is known on `day` and shown, though it moves nothing: improbable."""
        return self.is_improbable and self.known_from <= day < self.retracted_from


def in_order(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Statement ids of claims, first known first."""
    return tuple([c.statement_id for c in sorted(claims, key=_FIRST_KNOWN)])


class _Reader:
    """Reads claims out of a dataset's statements."""

    def __init__(self, dataset: Dataset) -> None:
        self.side = dict(zip(dataset.actors["actor_id"], dataset.actors["side_id"], strict=True))
        said = dataset.statements
        days = said["published_date_latest"].dt.date
        self.known_from = dict(zip(said["statement_id"], days, strict=True))
        self.retracted: dict[str, date] = {}
        for later, earlier in zip(said["statement_id"], said["retracts_id"], strict=True):
            if earlier is not None:
                known = self.known_from[later]
                self.retracted[earlier] = min(known, self.retracted.get(earlier, NEVER))
        reached = said["stage_date_earliest"].where(~said["is_prospective"])
        spoken_of = reached.fillna(said["said_date_earliest"])
        effective = spoken_of.fillna(said["published_date_earliest"]).dt.date
        self.effective = dict(zip(said["statement_id"], effective, strict=True))

    def claim(self, row: Any, subject: str, parties: Collection[str]) -> Claim:
        """The claim of one statement about a transfer or event with these parties."""
        side = self.side[row.speaker_id] if row.is_official else None
        is_ahead = row.is_prospective and RANK.get(row.stage_code, 0) > RANK["agreed"]
        return Claim(
            statement_id=row.statement_id,
            subject_id=subject,
            voice=side or row.speaker_id,
            party=side if side in parties else None,
            stance=row.stance_code,
            stage="agreed" if is_ahead else row.stage_code or "",
            known_from=self.known_from[row.statement_id],
            effective=self.effective[row.statement_id],
            retracted_from=self.retracted.get(row.statement_id, NEVER),
            is_repeat=row.derived_from_id is not None,
            is_improbable=row.credibility_code == IMPROBABLE,
        )


def read_claims(dataset: Dataset) -> dict[str, tuple[Claim, ...]]:
    """Reads the claims of every transfer out of the statements.

    Args:
        dataset: A loaded package.

    Returns:
        Claims by transfer id.
    """
    reader = _Reader(dataset)
    parties = {
        row.transfer_id: {reader.side[row.supplier_id], reader.side[row.recipient_id]}
        for row in records(dataset.transfers)
    }
    claims: dict[str, list[Claim]] = {transfer: [] for transfer in parties}
    for row in records(dataset.statements):
        if row.transfer_id is not None:
            claim = reader.claim(row, row.transfer_id, parties[row.transfer_id])
            claims[row.transfer_id].append(claim)
    return {transfer: tuple(found) for transfer, found in claims.items()}


def read_event_claims(dataset: Dataset) -> dict[str, tuple[Claim, ...]]:
    """Reads the claims of every event out of the statements.

    Args:
        dataset: A loaded package.

    Returns:
        Claims by event id. The parties of an event are the sides of all who take part.
    """
    reader = _Reader(dataset)
    roles: dict[str, dict[str, set[str]]] = {event: {} for event in dataset.events["event_id"]}
    for part in records(dataset.event_actors):
        side = reader.side[part.actor_id]
        roles[part.event_id].setdefault(side, set()).add(part.role_code)
    claims: dict[str, list[Claim]] = {event: [] for event in roles}
    for row in records(dataset.statements):
        if row.event_id is not None:
            claim = reader.claim(row, row.event_id, roles[row.event_id])
            is_target = roles[row.event_id].get(claim.party or "") == {"target"}
            claims[row.event_id].append(replace(claim, is_target=is_target))
    return {event: tuple(found) for event, found in claims.items()}


@lru_cache(maxsize=4)
def claims_of(dataset: Dataset) -> dict[str, tuple[Claim, ...]]:
    """The claims of a dataset by transfer id, read once."""
    return read_claims(dataset)


@lru_cache(maxsize=4)
def event_claims_of(dataset: Dataset) -> dict[str, tuple[Claim, ...]]:
    """The claims of a dataset by event id, read once."""
    return read_event_claims(dataset)


@lru_cache(maxsize=64)
def counted_claims(dataset: Dataset, as_of: date | None = None) -> Mapping[str, tuple[Claim, ...]]:
    """The claims that can move a status as known on a day.

    Args:
        dataset: A loaded package.
        as_of: The day; None for everything that is known.

    Returns:
        Counted claims of every transfer, by id.
    """
    day = as_of or LATEST
    return {
        key: tuple(claim for claim in claims if claim.counts_on(day))
        for key, claims in claims_of(dataset).items()
    }
