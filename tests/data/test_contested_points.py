"""Each contested point of the dossier has a record, and reads as its statements make it."""

import pytest

from data.load import load_dataset
from data.package import FOLDER
from data.queries.disputes import disputes
from data.selection import Selection

# Points as the dossier numbers them → the records that tell them. Points 5 and 14 are about
# numbers: contract value, output, price. They stand as rival quantities beside a status.
POINTS = {
    "1 drones before the war": ("shahed-before-war", "shahed-wartime"),
    "2 drones delivered by mid-2023": ("shahed-wartime",),
    "3 ballistic missiles, early 2024": ("fateh-110-family",),
    "4 Fath-360 and its launchers": ("fath-360", "fath-360-launchers"),
    "5 Alabuga": ("alabuga-licence",),
    "6 Su-35": ("su-35",),
    "7 MiG-29 of 2025": ("mig-29-2025",),
    "8 S-400": ("s-400",),
    "9 S-300 lost in 2024": ("israel-strike-isfahan-2024-04-19", "s-300-losses-2024-10-26"),
    "9 Murmansk-BN and Iskander": ("murmansk-bn", "iskander-iran"),
    "10 Mi-28 and Verba": ("mi-28", "verba"),
    "11 intelligence for Iran in 2026": ("intelligence-2026", "intelligence-swap-offer-2026-03"),
    "12 Houthis": ("houthi-rifles-2024", "yakhont-houthis", "houthi-targeting-data"),
    "12 Hezbollah": ("kornet-hezbollah-russia", "yakhont-hezbollah-russia"),
    "13 Sadr's charge": ("air-defence-data-israel",),
    "14 prices of Tor-M1 and S-300": ("tor-m1", "s-300-pmu1"),
    "15 treaty in force": ("treaty-in-force-claim-2025-07",),
    "15 snapback": ("un-sanctions-snapback-2025-09-27", "e3-trigger-snapback-2025-08-28"),
    "16 joint air defence": ("joint-air-defence", "s-400"),
}
# Records that needn't read as contested, with the reason that their rows give.
NOT_CONTESTED = {
    "shahed-before-war": "Tehran admitted a small number, so it is acknowledged after denial",
    "su-35": "Tehran owns the purchase, the stage shown; denials are of delivery, a later stage",
    "murmansk-bn": "claimed by media, and no party is on record with a denial",
    "iskander-iran": "claimed by media, and no party is on record with a denial",
    "mi-28": "at least one was seen; what is contested is how many",
    "verba": "a contract in leaked papers, and no party is on record with a denial",
    "houthi-targeting-data": "reported by one paper's sources, and no denial is on record",
    "yakhont-hezbollah-russia": "one speaker's charge, and no denial is on record",
    "tor-m1": "Russia owns the delivery; what is contested is the price",
    "s-300-pmu1": "Russia owns the cancelled contract; what is contested is the price",
    "joint-air-defence": "Moscow owns its offer; what is contested is who was not interested",
}
RECORDS = [(point, record) for point, records in POINTS.items() for record in records]


@pytest.fixture(scope="module")
def selected():
    return Selection().apply(load_dataset(FOLDER))


@pytest.mark.parametrize(("point", "record"), RECORDS, ids=str)
def test_a_contested_point_has_a_record_that_reads_so(selected, point, record):
    status = selected.assessments.get(record) or selected.event_assessments.get(record)
    assert status is not None, f"{point} has no record {record}"
    if record not in NOT_CONTESTED:
        assert status.standing_code == "contested"


def test_every_exception_is_a_record_of_a_point():
    assert set(NOT_CONTESTED) <= {record for _, record in RECORDS}


@pytest.mark.parametrize("point", ["2 drones", "5 Alabuga", "14 prices"])
def test_points_about_numbers_hold_more_than_one_statement(selected, point):
    records = next(found for name, found in POINTS.items() if name.startswith(point))
    said = selected.known.statements
    for record in records:
        assert said[said["transfer_id"] == record]["speaker_id"].nunique() > 1


# What of the points is disputed beside the status: a further stage, a number, a sum.
DISPUTED = {
    "shahed-before-war": ("stage", "delivered"),
    "su-35": ("stage", "delivered"),
    "mi-28": ("stage", "delivered"),
    "tor-m1": ("sum", "dollars"),
    "s-300-pmu1": ("sum", "dollars"),
    "alabuga-licence": ("sum", "dollars"),
    "murmansk-bn": ("unconfirmed", "delivered"),
    "iskander-iran": ("unconfirmed", "delivered"),
    "verba": ("unconfirmed", "agreed"),
    "houthi-targeting-data": ("unconfirmed", "delivered"),
}


@pytest.mark.parametrize("record", DISPUTED)
def test_a_point_about_more_than_the_status_is_shown_as_disputed(selected, record):
    found = {(each.kind, each.code): each for each in disputes(selected, record)}
    assert DISPUTED[record] in found
    assert all(side.statement_ids for side in found[DISPUTED[record]].sides)


def test_what_keeps_two_points_from_reading_as_contested_is_silence(selected):
    # Nobody answers Reuters' remark, and Moscow's offer stands against views, not statements.
    silent = set(NOT_CONTESTED) - set(DISPUTED)
    assert silent == {"yakhont-hezbollah-russia", "joint-air-defence"}
    assert not any(disputes(selected, record) for record in silent)
