"""The gate: what every request passes before a thread or a parser is given to it."""
