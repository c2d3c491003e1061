"""What the data tests draw from: claims, days, made-up packages and selections of them."""

import random
import tempfile
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from hypothesis import strategies as st

from data.claims import CANCELLED, NEVER, STAGES, Claim
from data.load import Dataset, load_dataset
from data.package import FOLDER, read_package
from data.query_string import choices
from data.selection import Selection
from data.view_filter import FACETS, ViewFilter, view_facets
from tests.data.package_fixture import ROWS, write_lines, write_package

Rows = dict[str, list[dict[str, str]]]

START = date(2022, 1, 1)
STANCES = ("asserts", "confirms", "estimates", "denies", "declines")
EVERY_STAGE = (*STAGES, CANCELLED)
STANDINGS = (
    "acknowledged",
    "acknowledged_after_denial",
    "corroborated",
    "contested",
    "single_source",
    "denied",
)
PARTIES = ("iran", "russia")
SEEDS = (1, 2, 3)


# ── Claims about one transfer ──────────────────────────────────────────────────


def day(number: int) -> date:
    """A day by its number; few enough that claims often share one."""
    return START + timedelta(days=number)


days = st.integers(0, 12).map(day)


@st.composite
def claims(draw: st.DrawFn, statement_id: str = "s") -> Claim:
    voice = draw(st.sampled_from([*PARTIES, "usa", "ukraine", "analyst"]))
    known_from = draw(days)
    gap = draw(st.one_of(st.none(), st.none(), st.integers(0, 4)))
    return Claim(
        statement_id=statement_id,
        subject_id="t",
        voice=voice,
        party=voice if voice in PARTIES else None,
        stance=draw(st.sampled_from(STANCES)),
        stage=draw(st.sampled_from(EVERY_STAGE)),
        known_from=known_from,
        effective=draw(days),
        retracted_from=NEVER if gap is None else known_from + timedelta(days=gap),
        is_repeat=draw(st.integers(0, 5)) == 0,
        is_improbable=draw(st.integers(0, 5)) == 0,
    )


@st.composite
def claim_lists(draw: st.DrawFn, most: int = 7) -> list[Claim]:
    return [draw(claims(f"s{i}")) for i in range(draw(st.integers(0, most)))]


# ── Packages ───────────────────────────────────────────────────────────────────

_ACTORS = (
    ("iran", "Iran", "state", ""),
    ("russia", "Russia", "state", ""),
    ("usa", "United States", "state", ""),
    ("iran-ministry", "Iranian ministry", "state_body", "iran"),
    ("iran-minister", "Minister Āmin", "person", "iran-ministry"),
    ("russia-army", "Russian army", "state_body", "russia"),
    ("russia-works", "Ижевск Works", "company", "russia"),
    ("us-spokesman", "US spokesman", "person", "usa"),
    ("institute", "Institute", "organisation", ""),
    ("analyst", "Ann Analyst", "person", "institute"),
    ("militia", "Militia", "armed_group", ""),
    ("only-spoken-of", "Spoken of", "company", ""),
    ("anonymous", "Unnamed", "unnamed", ""),
)
_SYSTEMS = (
    ("shahed", "Shahed-136", "uav", "شاهد ۱۳۶"),
    ("su-35", "Su-35", "combat_aircraft", "Flanker"),
    ("fath", "Fath-360", "missile", ""),
)
_OFFICIALS = ("iran-ministry", "iran-minister", "russia-army", "us-spokesman", "iran")
_OTHERS = ("russia-works", "institute", "analyst", "militia", "anonymous")

# Transfers of which only some speak in some ways, so that every standing comes up.
_STORIES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "transfer-4": (("institute", "analyst"), ("asserts", "estimates"), ("agreed", "delivered")),
    "transfer-5": (("iran", "iran-minister"), ("denies", "asserts"), ("agreed",)),
    "transfer-6": (_OTHERS, ("denies",), EVERY_STAGE),
    "transfer-7": (_OTHERS, ("declines",), EVERY_STAGE),
}
_ANY_STORY = ((*_OFFICIALS, *_OTHERS), STANCES, EVERY_STAGE)


def _row(**cells: object) -> dict[str, str]:
    return {key: str(value) for key, value in cells.items() if value not in (None, "")}


def _closed_date(rng: random.Random, when: date) -> str:
    month = f"{when:%Y-%m}"
    after = when + timedelta(days=rng.randint(1, 20))
    return rng.choice([str(when), str(when), month, f"{month}~", f"{when}/{after}", f"{when}?"])


def _open_date(rng: random.Random, when: date) -> str:
    return rng.choice([_closed_date(rng, when), f"{when:%Y-%m}/..", f"../{when}", f"{when:%Y}"])


def random_rows(seed: int) -> Rows:
    """Rows of a package that loads; the curators' finer rules are not kept."""
    rng = random.Random(seed)

    def some_day() -> date:
        return date(2022, 6, 1) + timedelta(days=rng.randint(0, 400))

    rows: Rows = {name: [] for name in ROWS}
    rows["actors"] = [
        _row(actor_id=i, name=n, kind_code=k, parent_id=p, description="Somebody here.")
        for i, n, k, p in _ACTORS
    ]
    actors = [actor[0] for actor in _ACTORS]
    speakers = [actor for actor in actors if actor != "only-spoken-of"]
    rows["publishers"] = [
        _row(
            publisher_id=f"publisher-{i}",
            name=f"Publisher {i}",
            kind_code="news",
            reliability_code="ABC"[i],
            reliability_reason="Known for long.",
        )
        for i in range(3)
    ]
    rows["sources"] = [
        _row(
            source_id=f"source-{i}",
            title=f"Source {i}",
            is_title_described="false",
            publisher_id=f"publisher-{rng.randrange(3)}",
            original_publisher_id=rng.choice(["", "publisher-2"]),
            url=f"https://example.org/{i}",
            published_date=rng.choice(["", _closed_date(rng, some_day())]),
            kind_code="news",
            language="en",
            is_first_hand="false",
        )
        for i in range(12)
    ]
    sources = [source["source_id"] for source in rows["sources"]]
    rows["systems"] = [
        _row(system_id=i, designation=d, category_code=c, aliases=a, description="A weapon.")
        for i, d, c, a in _SYSTEMS
    ]
    systems = [system[0] for system in _SYSTEMS]
    for i in range(8):
        pair = [("iran", "russia"), ("russia-works", "iran"), ("russia", "militia")][i % 3]
        rows["transfers"].append(
            _row(
                transfer_id=f"transfer-{i}",
                name=f"Transfer {i} Ёж",
                short_name=f"T{i}",
                supplier_id=pair[0],
                recipient_id=pair[1],
                system_id=rng.choice(systems),
                mode_code="sale",
                unit_code="pieces",
                summary=f"Deal number {i} of this test.",
            )
        )
    for i in range(5):
        rows["events"].append(
            _row(
                event_id=f"event-{i}",
                name=f"Event {i}",
                kind_code="visit",
                event_date=_open_date(rng, some_day()),
                system_id=rng.choice(["", *systems]),
                summary="Something happened here.",
            )
        )
        for actor in rng.sample(speakers, 2):
            rows["event_actors"].append(
                _row(event_id=f"event-{i}", actor_id=actor, role_code="party")
            )
        if i:
            rows["event_transfers"].append(
                _row(event_id=f"event-{i}", transfer_id=f"transfer-{rng.randrange(8)}")
            )
    for i in range(80):
        said = some_day()
        published = said + timedelta(days=rng.choice([0, 0, 1, 40]))
        subject = rng.choice(["event", *["transfer"] * 5])
        transfer = f"transfer-{rng.randrange(8)}" if subject == "transfer" else ""
        earlier = [
            row["statement_id"]
            for row in rows["statements"]
            if transfer and row.get("transfer_id") == transfer
        ]
        speaker, stance, stage = map(rng.choice, _STORIES.get(transfer, _ANY_STORY))
        derived = rng.choice(earlier) if earlier and rng.random() < 0.15 else ""
        # Who takes words back says something that counts, so that a transfer stays known.
        has_weight = stance != "declines" and not derived
        retracts = rng.choice(earlier) if earlier and has_weight and rng.random() < 0.2 else ""
        low = rng.choice([None, rng.randint(1, 50)])
        high = rng.choice([None, rng.randint(50, 90)])
        is_prospective = rng.random() < 0.15
        rows["statements"].append(
            _row(
                statement_id=f"statement-{i}",
                transfer_id=transfer,
                event_id="" if transfer else f"event-{rng.randrange(5)}",
                speaker_id=speaker,
                is_official=str(speaker in _OFFICIALS).lower(),
                said_date=_open_date(rng, said),
                published_date=_closed_date(rng, published),
                stance_code=stance if transfer else "asserts",
                stage_code=stage if transfer else "",
                stage_date=_open_date(rng, some_day()) if transfer and rng.random() < 0.4 else "",
                is_prospective=str(is_prospective).lower(),
                quantity_low=low,
                quantity_high=high,
                quantity_as_stated=rng.choice(["", "some"]),
                unit_code="pieces" if low or high else "",
                summary=f"Somebody says thing {i}, café.",
                source_id=rng.choice(sources),
                credibility_code="3" if retracts else rng.choice("123456"),
                credibility_reason="For a reason.",
                derived_from_id=derived,
                retracts_id=retracts,
            )
        )
        if rng.random() < 0.3:
            rows["statement_sources"].append(
                _row(statement_id=f"statement-{i}", source_id=rng.choice(sources))
            )
        if transfer and rng.random() < 0.3:
            rows["deliveries"].append(
                _row(
                    delivery_id=f"delivery-{i}",
                    transfer_id=transfer,
                    delivered_date=_open_date(rng, some_day()),
                    quantity_low=low,
                    quantity_high=high,
                    unit_code="pieces",
                    statement_id=f"statement-{i}",
                )
            )
    topics, positions = ("arms", "sanctions"), ("none", "relationship_transactional")
    for i in range(14):
        rows["views"].append(
            _row(
                view_id=f"view-{i}",
                person_id=rng.choice(["analyst", "iran-minister", "us-spokesman"]),
                role_kind_code=rng.choice(["official", "researcher"]),
                organisation_id=rng.choice(["", "institute", "usa"]),
                said_date=_open_date(rng, some_day()),
                published_date=_closed_date(rng, some_day()),
                topic_code=rng.choice(topics),
                position_code=rng.choice(positions),
                summary=f"Judges the matter {i} so.",
                forecast="It will come so." if i % 3 == 0 else "",
                source_id=rng.choice(sources),
            )
        )
        spoken_of = rng.choice(["only-spoken-of", "militia", "russia-army"])
        rows["view_actors"].append(_row(view_id=f"view-{i}", actor_id=spoken_of))
        if rng.random() < 0.6:
            rows["view_transfers"].append(
                _row(view_id=f"view-{i}", transfer_id=f"transfer-{rng.randrange(8)}")
            )
        if i % 3 == 0:
            told = f"statement-{rng.randrange(80)}"
            rows["view_outcomes"].append(
                _row(
                    view_id=f"view-{i}",
                    statement_id=told,
                    outcome_code=rng.choice(["as_expected", "disputed"]),
                    summary="It came so.",
                )
            )
        if rng.random() < 0.4:
            rows["view_sources"].append(_row(view_id=f"view-{i}", source_id=rng.choice(sources)))
    for i in range(6):
        first, second = rng.sample(speakers, 2)
        rows["relations"].append(
            _row(
                relation_id=f"relation-{i}",
                kind_code="alliance",
                from_id=first,
                to_id=second,
                relation_date=_open_date(rng, some_day()),
                published_date=_closed_date(rng, some_day()),
                summary="The two are tied so.",
                source_id=rng.choice(sources),
            )
        )
        rows["relation_sources"].append(
            _row(relation_id=f"relation-{i}", source_id=rng.choice(sources))
        )
    return rows


def fixture_rows() -> Rows:
    """The fixture's rows, to be changed at will."""
    return {table: [dict(row) for row in rows] for table, rows in ROWS.items()}


def write_rows(folder: Path, rows: Rows) -> Path:
    """Writes a package with whole vocabularies and these rows in place of the fixture's."""
    write_package(folder, has_whole_vocabularies=True)
    for name, table in read_package(FOLDER).by_name.items():
        if name in rows:
            lines = [[row.get(column, "") for column in table.field_names] for row in rows[name]]
            write_lines(folder, name, [list(table.field_names), *lines])
    return folder


def load_rows(rows: Rows) -> Dataset:
    """Loads rows as a package of their own."""
    with tempfile.TemporaryDirectory() as folder:
        return load_dataset(write_rows(Path(folder) / "package", rows))


@lru_cache(maxsize=8)
def random_dataset(seed: int) -> Dataset:
    return load_rows(random_rows(seed))


@lru_cache(maxsize=1)
def small_dataset() -> Dataset:
    """The fixture package."""
    return load_rows(ROWS)


@lru_cache(maxsize=1)
def empty_dataset() -> Dataset:
    """A package whose tables have headers only."""
    return load_rows({name: [] for name in ROWS})


datasets = st.one_of(
    st.sampled_from(SEEDS).map(random_dataset), st.builds(small_dataset), st.builds(empty_dataset)
)
seeds = st.sampled_from(SEEDS)


# ── Selections ─────────────────────────────────────────────────────────────────

link_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
# Most of what the packages tell falls on these days.
telling_days = st.dates(date(2022, 5, 25), date(2023, 9, 1))
words = st.sampled_from(
    [
        *("", "shahed", "su 35", "SU-35", "شاهد ۱۳۶", "cafe thing", "ижевск", "ИЖЕВСК"),
        *("minister amin", "deal number 2", "transfer", "nothing has this", "1", "…"),
        *("matter 3", "tied", "еж"),
    ]
)


def ids(dataset: Dataset, table: str, column: str) -> list[str]:
    return getattr(dataset, table)[column].tolist()


def some_of(values: list[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


def one_or_none(values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


periods = st.one_of(
    st.sampled_from(["2022", "2023", "2020s", "2010s", "../2022-10", "2023-01/..", "1990"]),
    st.tuples(telling_days, telling_days).map(lambda ends: "/".join(map(str, sorted(ends)))),
)


@st.composite
def view_filters(draw: st.DrawFn, dataset: Dataset) -> ViewFilter:
    """Facets of views, few enough values of each that some views fit."""
    facets = draw(st.lists(st.sampled_from(FACETS), max_size=3, unique=True))
    labels, present = choices(dataset).labels, view_facets(dataset).values
    values = {}
    for facet in facets:
        told = {v for held in present.get(facet, {}).values() for v in held}
        # Values that some view has come up more often than those that none has.
        offered = sorted(told) * 4 + sorted(labels.get(facet, ()))
        values[facet] = draw(
            st.lists(periods, max_size=2).map(tuple) if facet == "said" else some_of(offered)
        )
    return ViewFilter(**{facet: tuple(found) for facet, found in values.items()})


@st.composite
def selections(draw: st.DrawFn, dataset: Dataset, q: st.SearchStrategy[str] = words) -> Selection:
    """A selection of what a dataset offers; about half of its filters set."""

    def maybe(strategy: st.SearchStrategy, default: object) -> object:
        return draw(strategy) if draw(st.booleans()) else default

    first = last = None
    if draw(st.integers(0, 2)) == 0:
        first, last = sorted([draw(telling_days), draw(telling_days)])
    codes = {
        name: dataset.vocabularies[name]["code"].tolist()
        for name in ("directions", "categories", "standings")
    }
    return Selection(
        views=draw(view_filters(dataset)) if draw(st.integers(0, 3)) == 0 else ViewFilter(),
        q=maybe(q, ""),
        actors=maybe(some_of(ids(dataset, "actors", "actor_id")), ()),
        direction=maybe(one_or_none(codes["directions"]), ""),
        categories=maybe(some_of(codes["categories"], 4), ()),
        standings=maybe(some_of(codes["standings"]), ()),
        first=first,
        last=last,
        as_of=maybe(telling_days, None),
        record=maybe(
            one_or_none(
                [*ids(dataset, "transfers", "transfer_id"), *ids(dataset, "events", "event_id")]
            ),
            "",
        ),
    )
