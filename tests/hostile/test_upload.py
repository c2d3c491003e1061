"""A package that a reader sends: opened whole, or refused before anything of it is used."""

import io
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data import upload
from data.exports.excerpt import excerpt
from data.exports.package import data_package
from data.load import load_dataset
from data.package import FOLDER, PackageError
from data.selection import Selection
from data.upload import LIMITS, Limits, open_archive
from tests.data.package_fixture import edit_cell, row_of, write_package


def packed(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return buffer.getvalue()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return packed(write_package(tmp_path_factory.mktemp("own") / "package"))


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused before its rows are looked at doesn't need the checks."""
    monkeypatch.setattr(upload, "_checked", lambda *_: pytest.fail("the checks were reached"))


def more(content: bytes, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return buffer.getvalue()


def refusal(content: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(PackageError) as caught:
        open_archive(content, limits)
    for problem in caught.value.problems:
        assert "; " in problem.message, problem
    return str(caught.value)


def _linked(name: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry, target


def _device(name: str) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFCHR | 0o666) << 16
    return entry, b""


def test_a_sound_package_is_opened_and_leaves_no_file(
    sound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dataset = open_archive(more(sound, ("README.md", b"x"), ("tables/strange.csv", b"\0")))
    assert dataset.transfers["transfer_id"].tolist() == ["drones", "plant", "jets"]
    assert list(tmp_path.iterdir()) == []


def test_the_ledgers_own_download_is_opened() -> None:
    view = excerpt(load_dataset(FOLDER), Selection(direction="russia-iran"))
    dataset = open_archive(data_package(view))
    assert set(dataset.transfers["transfer_id"]) >= set(view.rows.transfers["transfer_id"])


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.csv", "tables/../../evil.csv", "/etc/cron.d/evil", "\\\\host\\share\\x"),
        *("..\\..\\evil.csv", "C:\\evil.csv", "tables\\views.csv", "C:evil.csv"),
    ],
)
@pytest.mark.usefixtures("unchecked")
def test_an_entry_that_means_to_land_elsewhere(sound: bytes, name: str) -> None:
    told = refusal(more(sound, (name, b"x")))
    assert "leads out of the package" in told or "backslash" in told


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda raw: b"", "no ZIP file"),
        (lambda raw: b"PK\x05\x06", "no ZIP file"),
        (lambda raw: b"<!doctype html>" * 99, "no ZIP file"),
        (lambda raw: raw[: len(raw) // 2], "no ZIP file"),
        (lambda raw: raw[:200] + b"\xff" * 400 + raw[600:], "damaged"),
        (lambda raw: b"\0" * (LIMITS.archive_bytes + 1), "too large"),
        (lambda raw: more(raw, *((f"x{n}", b"") for n in range(LIMITS.members))), "too many"),
        (lambda raw: more(raw, _linked("tables/x.csv", b"/etc/passwd")), "a link"),
        (lambda raw: more(raw, _device("tables/x.csv")), "another thing than a file"),
        (lambda raw: more(raw, ("tables/views.csv", b"again")), "twice"),
    ],
    ids=[
        *("empty", "only an end", "HTML", "cut off", "damaged", "large", "many entries"),
        *("link", "device", "an entry twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_that_is_refused(
    sound: bytes, spoil: Callable[[bytes], bytes], says: str
) -> None:
    assert says in refusal(spoil(sound))


def _bomb(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables/actors.csv", b"a" * size)
    return buffer.getvalue()


@pytest.mark.usefixtures("unchecked")
def test_a_file_that_grows_out_of_all_proportion() -> None:
    assert "too large when unpacked" in refusal(_bomb(64 << 20))


@pytest.mark.usefixtures("unchecked")
def test_a_header_that_lies_about_the_size() -> None:
    raw = bytearray(_bomb(8 << 20))
    true = (8 << 20).to_bytes(4, "little")
    for _ in range(raw.count(true)):
        at = raw.index(true)
        raw[at : at + 4] = (100).to_bytes(4, "little")
    told = refusal(bytes(raw))
    assert "too large when unpacked" in told or "damaged" in told


def test_rows_that_break_the_contract_are_named(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "package")
    row = row_of("statements", "jets-reza-2023-06-01")
    edit_cell(folder, "statements", row, "summary", "<script>alert(1)</script> " * 100)
    edit_cell(folder, "statements", row, "derived_from_id", "jets-reza-2023-06-01")
    told = refusal(packed(folder))
    assert f"tables/statements.csv:{row}:summary:" in told
    assert f"tables/statements.csv:{row}:derived_from_id:" in told


def test_checks_that_take_too_long_are_ended(sound: bytes) -> None:
    told = refusal(sound, Limits(seconds=0.05))
    assert "within 0.05 seconds" in told


def test_a_check_that_dies_is_a_refusal(sound: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_args: object, **_more: object) -> None:
        raise subprocess.CalledProcessError(-9, "check")

    monkeypatch.setattr(subprocess, "run", die)
    assert "could not be checked" in refusal(sound)
