"""Evidence: what lets an operator, and a stranger, check that nobody rewrote the ledger of any case."""
