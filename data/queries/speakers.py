"""Everything that one person or body said, and who is heard in how many views."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.load import records
from data.queries.names import names_of
from data.queries.views import view_table
from data.selection import Selected
from data.view_filter import NO_COUNTRY, countries, view_facets


@dataclass(frozen=True, eq=False)
class Said:
    """What one speaker said.

    Attributes:
        views: As `view_table` gives them, first said first.
        statements: The statements' own columns, first said first.
        is_body: True for anybody but a person: then those who speak for it are heard.
    """

    views: pd.DataFrame
    statements: pd.DataFrame
    is_body: bool


def said_by(selected: Selected, actor_id: str) -> Said:
    """All that an actor said, under every filter but the facets of views.

    Args:
        selected: What the reader asked to see.
        actor_id: A person, or a body: then also whoever spoke for it at the time.
    """
    lineage = dict(
        zip(selected.base.actors["actor_id"], selected.base.actors["lineage"], strict=True)
    )
    kinds = dict(
        zip(selected.base.actors["actor_id"], selected.base.actors["kind_code"], strict=True)
    )
    is_body = kinds.get(actor_id) not in ("person", "unnamed")

    def belongs(ids: pd.Series) -> pd.Series:
        if not is_body:
            return ids == actor_id
        found = [key is not None and actor_id in lineage.get(key, ()) for key in ids]
        return pd.Series(found, index=ids.index, dtype="bool")

    views = selected.open_views
    mine = belongs(views["person_id"])
    if is_body:
        mine |= belongs(views["organisation_id"])
    statements = selected.rows.statements
    order = ["said_date_earliest", "said_date_latest"]
    return Said(
        views=view_table(selected, views[mine]).sort_values([*order, "view_id"], ignore_index=True),
        statements=statements[belongs(statements["speaker_id"])].sort_values(
            [*order, "statement_id"], ignore_index=True
        ),
        is_body=is_body,
    )


@dataclass(frozen=True, eq=False)
class Balance:
    """Whose views these are.

    Attributes:
        by_country: Views by name of the country spoken from, the most first.
        by_role: Views by label of the kind of speaker, in the vocabulary's order.
        without_officials: Views of Iran's and Russia's speakers who aren't officials.
        loudest: The speakers with the most views, with their number.
        unheard: States that are party to a transfer or event and from which no view is.
        verbatim: How many views have verbatim words.
        languages: Share of views in per cent by language tag of the source that was read.
    """

    by_country: dict[str, int]
    by_role: dict[str, int]
    without_officials: dict[str, tuple[int, int]]
    loudest: list[tuple[str, int]]
    unheard: list[str]
    verbatim: int
    languages: dict[str, float]


def balance(selected: Selected) -> Balance:
    """Counts whose views the selected ones are.

    Args:
        selected: What the reader asked to see.
    """
    known, names = selected.known, names_of(selected.known)
    facets, labels = view_facets(selected.base), countries(selected.base)
    views = selected.rows.views
    country = [facets.values["country"][view][0] for view in views["view_id"]]
    roles = views["role_kind_code"].value_counts()
    mine: dict[str, tuple[int, int]] = {}
    for slug in ("iran", "russia"):
        of = [
            role
            for role, place in zip(views["role_kind_code"], country, strict=True)
            if place == slug
        ]
        mine[labels.get(slug, slug)] = (sum(role != "official" for role in of), len(of))
    heard = {facets.values["country"][view][0] for view in known.views["view_id"]}
    parties: dict[str, Any] = {}
    sides = [*known.transfers["supplier_id"], *known.transfers["recipient_id"]]
    for actor in [*sides, *known.event_actors["actor_id"]]:
        side = names.sides[actor]
        if names.kinds[side] == "state":
            parties[names.actors[side]] = side
    slugs = {name: slug for slug, name in labels.items() if slug != NO_COUNTRY}
    tongue = known.sources.set_index("source_id")["language"]
    languages = views["source_id"].map(tongue).value_counts(normalize=True)
    counted = pd.Series([labels[slug] for slug in country], dtype="object").value_counts()
    return Balance(
        by_country={str(name): int(count) for name, count in counted.items()},
        by_role={
            row.label: int(roles[row.code])
            for row in records(known.vocabularies["role_kinds"].sort_values("order"))
            if row.code in roles
        },
        without_officials=mine,
        loudest=[
            (names.actors[str(key)], int(count))
            for key, count in views["person_id"].value_counts().head(3).items()
        ],
        unheard=sorted(name for name in parties if slugs.get(name) not in heard),
        verbatim=int(views["quotation"].notna().sum()),
        languages={str(tag): 100 * float(share) for tag, share in languages.items()},
    )
