"""Reading: bytes of a stranger into an understood letter. Pure: no database, no settings, no clock, no network."""
