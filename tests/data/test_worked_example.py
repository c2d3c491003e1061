"""README's worked example tells every turn of its three cases, and no other."""

import re
from datetime import datetime
from pathlib import Path

from data.history import status_history
from data.load import load_dataset
from data.package import FOLDER

README = Path(__file__).resolve().parents[2] / "README.md"
CASES = {
    "Drones before the invasion": "shahed-before-war",
    "Fath-360 missiles": "fath-360",
    "Su-35 fighters": "su-35",
}
ROW = re.compile(r"^\| (.*?) ?\| (\d+ \w+ \d{4}) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def told():
    """Turns as README has them: name of the case → days and statuses."""
    section = README.read_text(encoding="utf-8").partition("## How a status is found")[2]
    section = section.partition("\n## ")[0]
    found, name = {}, ""
    for case, day, status, because in ROW.findall(section):
        name = case or name
        assert len(because) > 20
        when = datetime.strptime(day, "%d %B %Y").date()
        found.setdefault(name, []).append((when, status))
    return found


def status_words(assessment):
    if assessment.standing_code == "denied":
        return "only denied"
    return f"{assessment.stage_code}, {assessment.standing_code}".replace("_", " ")


def test_the_worked_example_is_the_history_that_the_rows_give():
    dataset = load_dataset(FOLDER)
    names = dict(zip(dataset.transfers["name"], dataset.transfers["transfer_id"], strict=True))
    assert {name: names[name] for name in told()} == CASES
    for name, turns in told().items():
        history = status_history(dataset, CASES[name])
        assert turns == [(turn.day, status_words(turn.after)) for turn in history]
