"""The data dictionary: complete, well formed, and its check names what is stale."""

import re
from pathlib import Path

import pytest

from data import docs
from data.package import Package, read_package


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package()


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(f"# Title\n\n{docs.BEGIN}\n{docs.END}\n\nAfter.\n", encoding="utf-8")
    return path


def cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line)[1:-1]


def test_every_field_and_every_code_is_listed(package: Package) -> None:
    text = docs.dictionary(package)
    for table in package.tables:
        if table.is_vocabulary:
            assert f"| `{table.name}` |" in text
            assert docs.codes(package, table) in text
        else:
            for name in table.field_names:
                assert f"`{name}`" in text


def test_fields_tell_type_target_and_need(package: Package) -> None:
    rows = {row[0]: row for row in docs.field_rows(package.by_name["statements"])}
    assert rows["`speaker_id`"][1:3] == ("→ actors", "yes")
    assert rows["`stage_date`"][1:3] == ("date", "")
    assert rows["`quantity_low`"][1] == "number"
    assert "EDTF" not in rows["`stage_date`"][3]


def test_tables_are_well_formed_markdown(package: Package) -> None:
    for part in docs.sections(package).values():
        widths = {len(cells(line)) for line in part.splitlines() if line.startswith("|")}
        assert len(widths) <= 1


def test_a_bar_in_a_description_does_not_break_the_table(package: Package) -> None:
    rows = {row[0]: row for row in docs.field_rows(package.by_name["actors"])}
    assert "` \\| `" in rows["`aliases`"][3]


def test_codes_stand_in_their_order(package: Package) -> None:
    listed = docs.codes(package, package.by_name["stages"])
    assert listed.startswith("`discussed` Discussed · `agreed` Agreed")


def test_writing_keeps_the_rest_and_is_then_up_to_date(
    readme: Path, package: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    assert docs.main([], readme) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Title\n")
    assert text.endswith("\n\nAfter.\n")
    assert docs.main(["--check"], readme) == 0
    assert docs.main([], readme) == 0
    assert readme.read_text(encoding="utf-8") == text
    assert "up to date" in capsys.readouterr().out


def test_check_names_the_stale_part_and_the_mend(
    readme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs.main([], readme)
    text = readme.read_text(encoding="utf-8")
    readme.write_text(text.replace("`transfer_id`", "`deal_id`", 1), encoding="utf-8")
    capsys.readouterr()
    assert docs.main(["--check"], readme) == 1
    said = capsys.readouterr().out
    assert "transfers" in said
    assert "statements" not in said
    assert "make docs" in said


def test_check_sees_foreign_text_between_the_markers(readme: Path, package: Package) -> None:
    docs.main([], readme)
    text = readme.read_text(encoding="utf-8").replace(docs.END, f"Mine.\n{docs.END}")
    assert docs.stale_sections(text, package) == ["order"]


@pytest.mark.parametrize("text", ["", docs.BEGIN, docs.END + docs.BEGIN, docs.BEGIN * 2 + docs.END])
def test_missing_markers_are_named(
    readme: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    readme.write_text(text, encoding="utf-8")
    for arguments in ([], ["--check"]):
        assert docs.main(arguments, readme) == 1
        assert docs.BEGIN in capsys.readouterr().out
        assert readme.read_text(encoding="utf-8") == text


def test_missing_readme_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--check"], tmp_path / "README.md") == 1
    assert "cannot be read" in capsys.readouterr().out
