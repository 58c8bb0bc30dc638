"""The signed anchors of the ledger, for whoever wants to keep them."""
