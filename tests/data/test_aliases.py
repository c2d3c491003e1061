"""Spellings of a system in Latin, Cyrillic and Persian letters find its transfers."""

import pytest

from data.load import Dataset, load_dataset
from data.package import FOLDER
from data.queries.search import find_hits
from data.selection import Selection


@pytest.fixture(scope="module")
def ledger() -> Dataset:
    return load_dataset(FOLDER)


# Spellings of one thing → its system, and transfers that every spelling finds.
SPELLINGS = [
    (
        ("Shahed-136", "shahed136", "Шахед 136", "شاهد 136", "شاهد ۱۳۶", "Geran-2", "герань-2"),
        (
            "shahed-136",
            {"shahed-wartime", "russian-drones-for-iran-2026", "alabuga-licence"},
        ),
    ),
    (("Mohajer-6", "мохаджер-6", "مهاجر ۶"), ("mohajer-6", {"mohajer-6"})),
    (("Su-35", "су-35", "سوخو ۳۵", "سو-۳۵"), ("su-35", {"su-35", "su-35-licence"})),
    (("Iskander", "искандер", "اسکندر"), ("iskander", {"iskander-iran"})),
    (
        ("S-300", "с-300", "اس ۳۰۰", "اس-300"),
        ("s-300", {"s-300-pmu1", "s-300-pmu2", "s-300-syria", "s-300-to-russia-2022"}),
    ),
    (
        ("Fath-360", "фатх-360", "Фатех 360", "فتح ۳۶۰"),
        ("fath-360", {"fath-360", "fath-360-launchers"}),
    ),
    (("Yak-130", "як-130", "یاک ۱۳۰"), ("yak-130", {"yak-130"})),
    (("Mi-28", "ми-28", "میل ۲۸", "می ۲۸"), ("mi-28ne", {"mi-28"})),
    (("Verba", "верба", "وربا"), ("verba", {"verba"})),
]


@pytest.mark.parametrize(
    ("spellings", "expected"), SPELLINGS, ids=[expected[0] for _, expected in SPELLINGS]
)
def test_every_spelling_finds_the_system_and_its_transfers(
    ledger: Dataset, spellings: tuple[str, ...], expected: tuple[str, set[str]]
) -> None:
    system, transfers = expected
    for spelling in spellings:
        selected = Selection(q=spelling).apply(ledger)
        assert transfers <= set(selected.rows.transfers["transfer_id"]), spelling
        found = find_hits(ledger, selected)
        assert system in {hit.key for hit in found if hit.kind == "systems"}, spelling
        # Rows that hold the words by chance, such as a number, come after those meant.
        first = next(hit for hit in found if hit.kind == "transfers")
        assert first.key in transfers, spelling
