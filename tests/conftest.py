"""For all tiers: a fault of a panel fails the test instead of being apologised for."""

import functools
import gc
import os
import zlib
from typing import Any

import pytest

os.environ.setdefault("ARMS_LEDGER_FAULTS", "raise")


def pytest_make_parametrize_id(config: pytest.Config, val: Any, argname: str) -> str | None:
    """Plain names for the cases of a test where mutmut names them on its command line."""
    if "MUTANT_UNDER_TEST" not in os.environ:
        return None
    return f"{argname}-{zlib.crc32(repr(val).encode()):08x}"


def pytest_sessionstart() -> None:
    """Forgets what the process that mutants are forked from has already worked out."""
    if "MUTANT_UNDER_TEST" in os.environ:
        for kept in gc.get_objects():
            if isinstance(kept, functools._lru_cache_wrapper):
                kept.cache_clear()
