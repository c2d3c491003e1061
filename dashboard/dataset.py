"""The dataset that this process shows: read once, shared by pages and API.

A package that can't be read doesn't stop the process: every call raises the full
report, and reading is tried again once the files have changed.
"""

import logging
import os
import threading
import time
from functools import cache
from pathlib import Path

from data.load import Dataset, load_dataset
from data.package import FOLDER, PackageError, Problem

VARIABLE = "ARMS_LEDGER_DATA"
SECONDS_BETWEEN_LOOKS = 3.0

_log = logging.getLogger(__name__)

# Path, time of change and size of each file of a package.
_Stamp = tuple[tuple[str, int, int], ...]


class SharedDataset:
    """A package that is read once, or again after its files changed while broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._dataset: Dataset | None = None
        self._problems: tuple[Problem, ...] = ()
        self._stamp: _Stamp = ()
        self._looked = 0.0

    def get(self) -> Dataset:
        """The dataset; the first caller reads it, the others wait.

        Raises:
            PackageError: With every problem of the package, for each call as long as
                its files are broken.
        """
        dataset = self._dataset
        if dataset is None:
            with self._lock:
                dataset = self._read_if_new()
        return dataset

    def _read_if_new(self) -> Dataset:
        if self._dataset is None and self._is_unread():
            self._read()
        if self._dataset is None:
            # A new error for each caller: a raised one collects its callers' frames.
            raise PackageError(list(self._problems))
        return self._dataset

    def _is_unread(self) -> bool:
        """True if the files as they are now were not read yet."""
        now = time.monotonic()
        if self._problems and now - self._looked < SECONDS_BETWEEN_LOOKS:
            return False
        before, self._stamp, self._looked = self._stamp, _stamp(self.folder), now
        return not self._problems or self._stamp != before

    def _read(self) -> None:
        try:
            self._dataset = load_dataset(self.folder)
        except PackageError as error:
            self._problems = _report(self.folder, error)
            lines = "\n".join(map(str, self._problems))
            _log.error("The dataset in %s is broken:\n%s", self.folder, lines)


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


def current_dataset() -> Dataset:
    """The dataset of this process.

    It is the package in the folder that `ARMS_LEDGER_DATA` names, else the ledger's
    own. Once read it stays as it is until the process is started anew.

    Raises:
        PackageError: With every problem of the package.
    """
    named = os.environ.get(VARIABLE)
    folder = Path(named).expanduser().resolve() if named else FOLDER
    with _shared_lock:
        shared = _shared(folder)
    return shared.get()
