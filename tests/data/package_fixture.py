"""A small sound package for tests, and the means to break it one cell at a time.

The contract is the ledger's own; the rows are made up. Vocabularies are cut to the
codes that the rows use, except those that stand whole, so that every check passes.
"""

import csv
import json
import shutil
from pathlib import Path

from data.check_usage import WHOLE_VOCABULARIES
from data.package import DESCRIPTOR, FOLDER, read_package

_CONTRACT = read_package(FOLDER)

VERSION = "0.0.1"
CUT_OFF_DATE = "2023-12-31"

# Cells that aren't named are empty.
ROWS: dict[str, list[dict[str, str]]] = {
    "corrections": [
        {
            "correction_id": "drones-2024-01-02",
            "corrected_date": "2024-01-02",
            "table_name": "transfers",
            "record_id": "drones",
            "was": "The name was misspelt.",
            "now": "It is spelt as in the source.",
            "reason": "A reader pointed it out.",
        },
    ],
    "actors": [
        {
            "actor_id": "iran",
            "name": "Iran",
            "kind_code": "state",
            "aliases": "Tehran | ایران",
            "description": "State in West Asia.",
        },
        {
            "actor_id": "russia",
            "name": "Russia",
            "kind_code": "state",
            "description": "State in Eurasia.",
        },
        {
            "actor_id": "iran-ministry",
            "name": "Iranian ministry",
            "kind_code": "state_body",
            "parent_id": "iran",
            "description": "Ministry that speaks for Iran.",
        },
        {
            "actor_id": "reza-example",
            "name": "Reza Example",
            "kind_code": "person",
            "parent_id": "iran-ministry",
            "description": "Minister.",
        },
        {
            "actor_id": "example-institute",
            "name": "Example Institute",
            "kind_code": "organisation",
            "country": "United Kingdom",
            "description": "Think tank.",
        },
        {
            "actor_id": "jane-doe",
            "name": "Jane Doe",
            "kind_code": "person",
            "country": "United Kingdom",
            "description": "Analyst of her own.",
        },
        {
            "actor_id": "unnamed-officials",
            "name": "Unnamed officials (Example Times)",
            "kind_code": "unnamed",
            "description": "Officials whom the Example Times quotes without names.",
        },
        {
            "actor_id": "example-militia",
            "name": "Example Militia",
            "kind_code": "armed_group",
            "description": "Armed group that Iran supports.",
        },
        {
            "actor_id": "example-works",
            "name": "Example Works",
            "kind_code": "company",
            "parent_id": "russia",
            "description": "Maker of drones.",
        },
    ],
    "publishers": [
        {
            "publisher_id": "example-times",
            "name": "Example Times",
            "kind_code": "news",
            "country": "United Kingdom",
            "reliability_code": "B",
            "reliability_reason": "Named correspondents and a corrections policy.",
        },
        {
            "publisher_id": "iran-ministry-site",
            "name": "Ministry site",
            "kind_code": "government",
            "reliability_code": "C",
            "reliability_reason": "A party's own site; fit for what that party says.",
        },
    ],
    "sources": [
        {
            "source_id": "times-2022-10-10",
            "title": "Drones seen",
            "is_title_described": "false",
            "publisher_id": "example-times",
            "authors": "Ann Author; Bob Byline",
            "published_date": "2022-10-10",
            "url": "https://example.org/drones-seen",
            "kind_code": "news",
            "language": "en",
            "is_first_hand": "false",
        },
        {
            "source_id": "ministry-2022-11-05",
            "title": "Minister on drones",
            "is_title_described": "true",
            "publisher_id": "iran-ministry-site",
            "published_date": "2022-11-05",
            "url": "https://example.net/minister",
            "kind_code": "official",
            "language": "fa",
            "is_first_hand": "true",
        },
        {
            "source_id": "times-2023",
            "title": "What Iran gets in return",
            "is_title_described": "false",
            "publisher_id": "example-times",
            "original_publisher_id": "iran-ministry-site",
            "published_date": "2023",
            "url": "https://example.org/return",
            "kind_code": "news",
            "language": "en",
            "is_first_hand": "false",
            "licence_note": "Attribution required.",
            "note": "Day not known.",
        },
        {
            "source_id": "times-2023-06-30",
            "title": "Half a year in arms",
            "is_title_described": "false",
            "publisher_id": "example-times",
            "published_date": "2023-06-30",
            "url": "https://example.org/half-a-year",
            "kind_code": "analysis",
            "language": "en",
            "is_first_hand": "false",
        },
    ],
    "systems": [
        {
            "system_id": "shahed-136",
            "designation": "Shahed-136",
            "category_code": "uav",
            "aliases": "Geran-2 | شاهد ۱۳۶",
            "description": "One-way attack drone.",
        },
        {
            "system_id": "su-35",
            "designation": "Su-35",
            "category_code": "combat_aircraft",
            "description": "Fighter.",
        },
    ],
    "transfers": [
        {
            "transfer_id": "drones",
            "name": "Shahed drones",
            "short_name": "Shahed",
            "supplier_id": "iran",
            "recipient_id": "russia",
            "system_id": "shahed-136",
            "mode_code": "sale",
            "unit_code": "pieces",
            "summary": "One-way attack drones from Iran for Russia.",
        },
        {
            "transfer_id": "plant",
            "name": "Shahed plant",
            "short_name": "Plant",
            "supplier_id": "iran",
            "recipient_id": "russia",
            "system_id": "shahed-136",
            "mode_code": "licence",
            "unit_code": "pieces",
            "summary": "Right and help to make the drones in Russia.",
        },
        {
            "transfer_id": "jets",
            "name": "Su-35 fighters",
            "short_name": "Su-35",
            "supplier_id": "russia",
            "recipient_id": "iran",
            "system_id": "su-35",
            "mode_code": "sale",
            "unit_code": "pieces",
            "summary": "Fighters from Russia for Iran.",
        },
    ],
    "deliveries": [
        {
            "delivery_id": "drones-2022-08",
            "transfer_id": "drones",
            "delivered_date": "2022-08~",
            "quantity_low": "40",
            "quantity_high": "60",
            "quantity_as_stated": "some 40 to 60 drones",
            "unit_code": "pieces",
            "statement_id": "drones-unnamed-2022-10-10",
        },
        {
            "delivery_id": "drones-2022-09",
            "transfer_id": "drones",
            "delivered_date": "2022-09",
            "quantity_low": "30",
            "quantity_high": "30",
            "quantity_as_stated": "30 drones",
            "unit_code": "pieces",
            "statement_id": "drones-unnamed-2022-10-10",
        },
    ],
    "events": [
        {
            "event_id": "talks-2022-07-19",
            "name": "Talks in Tehran",
            "kind_code": "visit",
            "event_date": "2022-07-19",
            "system_id": "shahed-136",
            "summary": "Both sides meet in Tehran.",
        }
    ],
    "statements": [
        {
            "statement_id": "drones-unnamed-2022-10-10",
            "transfer_id": "drones",
            "speaker_id": "unnamed-officials",
            "is_official": "false",
            "said_date": "2022-10-09",
            "published_date": "2022-10-10",
            "stance_code": "asserts",
            "stage_code": "delivered",
            "stage_date": "2022-09",
            "is_prospective": "false",
            "quantity_low": "70",
            "quantity_high": "100",
            "quantity_as_stated": "70 to 100 drones",
            "unit_code": "pieces",
            "summary": "Unnamed officials say that up to 100 drones have arrived.",
            "source_id": "times-2022-10-10",
            "locator": "paragraph 2",
            "credibility_code": "3",
            "credibility_reason": "No pictures shown.",
        },
        {
            "statement_id": "drones-ministry-2022-10-10",
            "transfer_id": "drones",
            "speaker_id": "iran-ministry",
            "is_official": "true",
            "said_date": "2022-10-10",
            "published_date": "2022-10-10",
            "stance_code": "denies",
            "stage_code": "delivered",
            "is_prospective": "false",
            "summary": "The ministry says that Iran has sent none.",
            "source_id": "times-2022-10-10",
            "credibility_code": "4",
            "credibility_reason": "Taken back a month later.",
        },
        {
            "statement_id": "drones-reza-2022-11-05",
            "transfer_id": "drones",
            "speaker_id": "reza-example",
            "is_official": "true",
            "said_date": "2022-11-05",
            "published_date": "2022-11-05",
            "stance_code": "confirms",
            "stage_code": "delivered",
            "stage_date": "2022~",
            "is_prospective": "false",
            "summary": "The minister says that Iran sent a few before the war.",
            "quotation": "چند پهپاد دادیم",
            "quotation_language": "fa",
            "quotation_locator": "paragraph 3",
            "quotation_translation": "We gave a few drones",
            "source_id": "ministry-2022-11-05",
            "credibility_code": "2",
            "credibility_reason": "Against the speaker's interest.",
            "retracts_id": "drones-ministry-2022-10-10",
        },
        {
            "statement_id": "drones-institute-2022-11-06",
            "transfer_id": "drones",
            "speaker_id": "example-institute",
            "is_official": "false",
            "said_date": "2022-11-06",
            "published_date": "2022-11-06",
            "stance_code": "asserts",
            "stage_code": "delivered",
            "is_prospective": "false",
            "summary": "The institute repeats what the officials say.",
            "source_id": "times-2023",
            "credibility_code": "3",
            "credibility_reason": "A repeat.",
            "derived_from_id": "drones-unnamed-2022-10-10",
        },
        {
            "statement_id": "plant-institute-2023-03",
            "transfer_id": "plant",
            "speaker_id": "example-institute",
            "is_official": "false",
            "said_date": "2023-03",
            "published_date": "2023-03",
            "stance_code": "estimates",
            "stage_code": "licensed_production",
            "stage_date": "2023-02",
            "is_prospective": "false",
            "summary": "The institute reckons that the plant makes drones.",
            "source_id": "times-2023",
            "credibility_code": "3",
            "credibility_reason": "Pictures of the plant.",
        },
        {
            "statement_id": "jets-reza-2023-06-01",
            "transfer_id": "jets",
            "speaker_id": "reza-example",
            "is_official": "true",
            "said_date": "2023-06-01",
            "published_date": "2023-06-01",
            "stance_code": "asserts",
            "stage_code": "agreed",
            "stage_date": "2024",
            "is_prospective": "true",
            "quantity_high": "24",
            "quantity_as_stated": "up to 24 fighters",
            "unit_code": "pieces",
            "summary": "The minister says that up to 24 fighters will come.",
            "source_id": "times-2023",
            "credibility_code": "3",
            "credibility_reason": "Only one side says so.",
            "note": "Number differs between reports.",
        },
        {
            "statement_id": "talks-ministry-2022-07-20",
            "event_id": "talks-2022-07-19",
            "speaker_id": "iran-ministry",
            "is_official": "true",
            "said_date": "2022-07-20",
            "published_date": "2022-07-20",
            "stance_code": "asserts",
            "is_prospective": "false",
            "summary": "The ministry reports the talks.",
            "source_id": "times-2022-10-10",
            "credibility_code": "1",
            "credibility_reason": "Both sides report it.",
        },
    ],
    "views": [
        {
            "view_id": "doe-2023-05-02",
            "person_id": "jane-doe",
            "role": "Fellow",
            "role_kind_code": "researcher",
            "organisation_id": "example-institute",
            "said_date": "2023-05-02",
            "published_date": "2023-05-03",
            "topic_code": "arms",
            "position_code": "relationship_transactional",
            "summary": "Sees a trade of drones for fighters.",
            "forecast": "Fighters will be delivered within a year.",
            "quotation": "a trade, no more",
            "quotation_language": "en",
            "quotation_locator": "paragraph 5",
            "source_id": "times-2023",
            "locator": "paragraph 5",
        }
    ],
    "relations": [
        {
            "relation_id": "iran-militia",
            "kind_code": "proxy_support",
            "from_id": "iran",
            "to_id": "example-militia",
            "relation_date": "1982~/..",
            "published_date": "1985",
            "summary": "Iran arms the militia.",
            "source_id": "times-2023",
        }
    ],
    "statement_sources": [
        {"statement_id": "drones-ministry-2022-10-10", "source_id": "ministry-2022-11-05"}
    ],
    "view_sources": [{"view_id": "doe-2023-05-02", "source_id": "times-2023-06-30"}],
    "relation_sources": [{"relation_id": "iran-militia", "source_id": "times-2022-10-10"}],
    "event_actors": [
        {"event_id": "talks-2022-07-19", "actor_id": "example-works", "role_code": "party"},
        {"event_id": "talks-2022-07-19", "actor_id": "iran", "role_code": "party"},
    ],
    "event_transfers": [{"event_id": "talks-2022-07-19", "transfer_id": "drones"}],
    "view_actors": [{"view_id": "doe-2023-05-02", "actor_id": "russia"}],
    "view_transfers": [{"view_id": "doe-2023-05-02", "transfer_id": "jets"}],
    "view_outcomes": [
        {
            "view_id": "doe-2023-05-02",
            "statement_id": "jets-reza-2023-06-01",
            "outcome_code": "in_part",
            "summary": "The minister speaks of a contract only.",
        }
    ],
}


def read_lines(folder: Path, table: str) -> list[list[str]]:
    """Reads a table's lines, the header being the first."""
    path = folder / _CONTRACT.by_name[table].path
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_lines(folder: Path, table: str, lines: list[list[str]]) -> None:
    """Writes a table's lines, header included."""
    path = folder / _CONTRACT.by_name[table].path
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def edit_cell(folder: Path, table: str, row: int, column: str, value: str) -> None:
    """Writes one cell; row 1 is the header."""
    lines = read_lines(folder, table)
    lines[row - 1][lines[0].index(column)] = value
    write_lines(folder, table, lines)


def add_row(folder: Path, table: str, **cells: str) -> int:
    """Adds a row; cells that aren't named are empty. Returns its row number."""
    lines = read_lines(folder, table)
    unknown = set(cells) - set(lines[0])
    if unknown:
        raise KeyError(f"{table} has no {unknown}")
    lines.append([cells.get(column, "") for column in lines[0]])
    write_lines(folder, table, lines)
    return len(lines)


def remove_row(folder: Path, table: str, row: int) -> None:
    """Removes a row; row 1 is the header."""
    lines = read_lines(folder, table)
    del lines[row - 1]
    write_lines(folder, table, lines)


def row_of(table: str, key: str) -> int:
    """Row number of the first row of the fixture whose first cell is `key`."""
    return [next(iter(row.values())) for row in ROWS[table]].index(key) + 2


def _cut_vocabularies(folder: Path) -> None:
    used: dict[str, set[str]] = {}
    for table in _CONTRACT.tables:
        for key in table.foreign_keys:
            codes = {row.get(key.field, "") for row in ROWS.get(table.name, [])}
            used.setdefault(key.table, set()).update(codes)
    for table in _CONTRACT.tables:
        if table.is_vocabulary and table.name not in WHOLE_VOCABULARIES:
            header, *lines = read_lines(folder, table.name)
            kept = [line for line in lines if line[0] in used[table.name]]
            write_lines(folder, table.name, [header, *kept])


def write_package(folder: Path, *, has_whole_vocabularies: bool = False) -> Path:
    """Writes the fixture package.

    Args:
        folder: Where to; made if it isn't there.
        has_whole_vocabularies: True to keep codes that no row uses. The package
            then loads, but the check of unused codes complains.

    Returns:
        The folder.
    """
    shutil.copytree(FOLDER / "vocabularies", folder / "vocabularies")
    (folder / "tables").mkdir()
    descriptor = json.loads((FOLDER / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor |= {"title": "Fixture", "version": VERSION, "cutOffDate": CUT_OFF_DATE}
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    for table in _CONTRACT.tables:
        if not table.is_vocabulary:
            rows = ROWS[table.name]
            lines = [[row.get(column, "") for column in table.field_names] for row in rows]
            write_lines(folder, table.name, [list(table.field_names), *lines])
    if not has_whole_vocabularies:
        _cut_vocabularies(folder)
    return folder
