"""The dataset that this process shows, shared by pages and API.

It is read once and again whenever its files have changed. A package that can't be read
doesn't stop the process: while a good version was read before, that one is served and the
fault is told beside it; else every call raises the full report.
"""

import logging
import os
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from data.load import Dataset, load_dataset
from data.package import FOLDER, PackageError, Problem

VARIABLE = "ARMS_LEDGER_DATA"
SECONDS_BETWEEN_LOOKS = 3.0

_log = logging.getLogger(__name__)

# Path, time of change and size of each file of a package.
_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why newer files than those that are shown can't be.

    Attributes:
        problems: Every problem of the files as they are now.
        since: When this was found.
    """

    problems: tuple[Problem, ...]
    since: datetime


class SharedDataset:
    """A package that is read once, and again after its files changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._dataset: Dataset | None = None
        self._fault: Fault | None = None
        self._read_stamp: _Stamp = ()
        self._seen_stamp: _Stamp = ()
        self._looked = 0.0

    @property
    def fault(self) -> Fault | None:
        """What is wrong with the files as they are now; None while they are those shown."""
        return self._fault

    def get(self) -> Dataset:
        """The dataset as last read; the first caller reads it, the others wait.

        Raises:
            PackageError: With every problem of the package, for each call as long as
                its files are broken and no good version has been read.
        """
        if self._dataset is None:
            with self._lock:
                self._read_first()
        # Whoever comes first looks whether there is a newer one; the others are not kept waiting.
        elif self._is_time() and self._lock.acquire(blocking=False):
            try:
                self._read_newer()
            finally:
                self._lock.release()
        dataset = self._dataset
        if dataset is None:
            # A new error for each caller: a raised one collects its callers' frames.
            raise PackageError(list(self._fault.problems if self._fault else ()))
        return dataset

    def _is_time(self) -> bool:
        return time.monotonic() - self._looked >= SECONDS_BETWEEN_LOOKS

    def _read_first(self) -> None:
        if self._dataset is not None or (self._fault and not self._is_time()):
            return
        self._looked = time.monotonic()
        stamp = _stamp(self.folder)
        if self._fault is None or stamp != self._read_stamp:
            self._read(stamp)

    def _read_newer(self) -> None:
        """Reads files that have changed, once they have lain still between two looks."""
        self._looked = time.monotonic()
        before, self._seen_stamp = self._seen_stamp, _stamp(self.folder)
        if self._seen_stamp == self._read_stamp:
            return
        # Files that are still being written may be whole and yet not belong together.
        if self._seen_stamp == before:
            self._read(before)

    def _read(self, stamp: _Stamp) -> None:
        try:
            dataset = load_dataset(self.folder)
        except PackageError as error:
            problems = _report(self.folder, error)
            if self._dataset is not None and stamp != _stamp(self.folder):
                return  # written to while it was read: the next look tells
            self._fault = Fault(problems, datetime.now(UTC))
            lines = "\n".join(map(str, problems))
            kept = "; the version read before is still shown" if self._dataset else ""
            _log.error("The dataset in %s is broken%s:\n%s", self.folder, kept, lines)
        else:
            if self._dataset is not None and stamp != _stamp(self.folder):
                return
            if self._dataset is not None:
                _log.info("The dataset in %s was read anew: %s", self.folder, dataset.version)
            self._dataset, self._fault = dataset, None
        self._read_stamp = self._seen_stamp = stamp


def _report(folder: Path, error: PackageError) -> tuple[Problem, ...]:
    """All that is wrong with a package that can't be loaded.

    The checks read the files anew and find more than what stops the load. They are
    heavy to import, and a sound package doesn't need them.
    """
    from data.checks import check

    try:
        return tuple(check(folder)) or error.problems
    except PackageError as unreadable:
        return unreadable.problems


def _stamp(folder: Path) -> _Stamp:
    found: list[tuple[str, int, int]] = []
    for pattern in ("*.json", "tables/*.csv", "vocabularies/*.csv"):
        for path in sorted(folder.glob(pattern)):
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)


@cache
def _shared(folder: Path) -> SharedDataset:
    return SharedDataset(folder)


_shared_lock = threading.Lock()


def _current() -> SharedDataset:
    named = os.environ.get(VARIABLE)
    folder = Path(named).expanduser().resolve() if named else FOLDER
    with _shared_lock:
        return _shared(folder)


def current_dataset() -> Dataset:
    """The dataset of this process.

    It is the package in the folder that `ARMS_LEDGER_DATA` names, else the ledger's
    own, as it was when it was last whole.

    Raises:
        PackageError: With every problem of the package, if it was never whole.
    """
    return _current().get()


def current_fault() -> Fault | None:
    """What keeps the files of the dataset, as they are now, from being shown; None if nothing."""
    return _current().fault
