"""A package that a reader brings along as a ZIP: unpacked within limits, checked, then loaded.

Nothing in the archive is trusted: neither names nor sizes nor the order of bytes. Only the
files of the contract are unpacked, each up to its limit, into a folder that is removed again;
the checks run in a process of their own, which is ended when it takes too long.
"""

import io
import json
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data.load import Dataset, load_dataset
from data.package import DESCRIPTOR, FOLDER, PackageError, Problem, read_package

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may ask for.

    Attributes:
        archive_bytes: Size of the ZIP file.
        total_bytes: Size of all unpacked files of the contract together.
        ratio: How many times larger an unpacked file may be than its packed form.
        members: Entries of the archive.
        seconds: Time that the checks may take.
    """

    archive_bytes: int = 8 * MB
    total_bytes: int = 24 * MB
    ratio: int = 60
    members: int = 200
    seconds: float = 60.0


LIMITS = Limits()
# One at a time: the checks keep a core busy for seconds.
_CHECKING = threading.Lock()
_END = struct.Struct("<4s4H2LH")
_SMALL = 64 << 10  # what is smaller may shrink as it likes


def _refuse(name: str, value: str, message: str) -> PackageError:
    return PackageError([Problem(name or "the archive", 0, "", value, message)])


def _look_at_end(content: bytes, limits: Limits) -> None:
    """Refuses an archive whose list of entries alone would keep us busy.

    Raises:
        PackageError: If there is no such list or it is too long.
    """
    at = content.rfind(b"PK\x05\x06")
    if at < 0 or len(content) < at + _END.size:
        raise _refuse("", "", "is no ZIP file; send one, such as the ledger’s own data package")
    _, _, _, _, count, size, _, _ = _END.unpack_from(content, at)
    if count > limits.members or size > limits.members * 1024:
        raise _refuse("", f"{count} entries", f"has too many; keep to {limits.members}")
    if b"PK\x06\x07" in content[max(at - 20, 0) : at]:
        raise _refuse("", "", "is in the ZIP64 form, for files larger than fit here; pack it plain")


def _look_at_names(entries: list[zipfile.ZipInfo]) -> None:
    """Refuses entries that mean to land elsewhere or aren't plain files.

    Raises:
        PackageError: Naming every such entry.
    """
    problems: list[Problem] = []
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        parts = PurePosixPath(name.replace("\\", "/")).parts
        kind = stat.S_IFMT(entry.external_attr >> 16)
        wrong = ""
        if name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name:
            wrong = "leads out of the package; name it by its path inside"
        elif "\\" in name:
            wrong = "has a backslash in its name; write a slash"
        elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            wrong = "is a link or another thing than a file; put the file itself there"
        elif entry.flag_bits & 1:
            wrong = "is encrypted; pack it without a password"
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            wrong = "is packed in a way that is not read here; use Deflate"
        elif name in seen:
            wrong = "stands in the archive twice; remove one"
        seen.add(name)
        if wrong:
            problems.append(Problem(name[:200], 0, "", "", wrong))
    if problems:
        raise PackageError(problems)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits) -> bytes:
    """One file, read up to its limit whatever its header says."""
    most = min(left, max(entry.compress_size * limits.ratio, _SMALL))
    with archive.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        allowed = f"{limits.total_bytes // MB} MB in all and {limits.ratio} times its packed size"
        raise _refuse(entry.filename, "", f"is too large when unpacked; keep to {allowed}")
    return content


def _unpack(content: bytes, folder: Path, limits: Limits) -> None:
    """Writes the files of the contract, and no others, into a folder.

    Raises:
        PackageError: If the archive is refused.
    """
    if len(content) > limits.archive_bytes:
        most = limits.archive_bytes // MB
        raise _refuse("", f"{len(content)} bytes", f"is too large; keep it under {most} MB")
    _look_at_end(content, limits)
    wanted = {DESCRIPTOR, *(table.path for table in read_package(FOLDER).tables)}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_at_names(archive.infolist())
            left = limits.total_bytes
            for entry in archive.infolist():
                if entry.filename in wanted:
                    unpacked = _unpacked(archive, entry, left, limits)
                    left -= len(unpacked)
                    path = folder / entry.filename
                    path.parent.mkdir(exist_ok=True)
                    path.write_bytes(unpacked)
    except PackageError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise _refuse("", "", "is damaged or no ZIP file; pack it again") from error
    except OSError as error:
        raise _refuse(
            "", "", f"could not be unpacked here ({error.strerror}); try again later"
        ) from error


def _checked(folder: Path, limits: Limits) -> list[Problem]:
    """Everything that the contract and the rules find wrong, found in another process."""
    command = [sys.executable, "-m", "data.upload", str(folder)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, a path of our own making
            command,
            cwd=FOLDER.parent,
            capture_output=True,
            timeout=limits.seconds,
            check=True,
        )
        return [Problem(**problem) for problem in json.loads(done.stdout)]
    except subprocess.TimeoutExpired:
        raise _refuse(
            "", "", f"could not be checked within {limits.seconds:g} seconds; send fewer rows"
        ) from None
    except (subprocess.CalledProcessError, ValueError, TypeError) as error:
        raise _refuse(
            "", "", "could not be checked; run `python -m data.checks` on its folder"
        ) from error


def open_archive(content: bytes, limits: Limits = LIMITS) -> Dataset:
    """Opens a package that a reader sent.

    Args:
        content: The ZIP file, with `datapackage.json`, `tables/` and `vocabularies/` at its
            top. Files that the contract doesn't name are left packed.
        limits: How much it may ask for.

    Returns:
        The dataset; none of its files are left on the disk.

    Raises:
        PackageError: With every reason for which it isn't opened.
    """
    with tempfile.TemporaryDirectory(prefix="ledger-own-") as name:
        folder = Path(name)
        _unpack(content, folder, limits)
        read_package(folder)
        if not _CHECKING.acquire(timeout=limits.seconds):
            raise _refuse("", "", "cannot be checked now, others are waiting; try again later")
        try:
            problems = _checked(folder, limits)
        finally:
            _CHECKING.release()
        if problems:
            raise PackageError(problems)
        return load_dataset(folder)


def main(folder: Path) -> None:
    """Prints the problems of a folder as JSON, within limits on memory and time."""
    from dataclasses import asdict

    from data.checks import check

    try:
        import resource
    except ImportError:  # not on Windows; the time limit still holds
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    try:
        problems = check(folder)
    except PackageError as error:
        problems = list(error.problems)
    json.dump([asdict(problem) for problem in problems], sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
