"""For all tiers: a fault of a panel fails the test instead of being apologised for."""

import os

os.environ.setdefault("ARMS_LEDGER_FAULTS", "raise")
