"""The case: the aggregate, the one door through which it changes, its ledger, clocks, and who may read what."""
