"""A marketplace's after-sales rules as data, and the pure functions that answer from them. No Django here."""
