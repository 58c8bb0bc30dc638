"""What every room of a case rests on: the change, its ledger and readers, the rules in force, the registries."""
