"""How to cite what the ledger shows: the original source first, then the ledger."""
