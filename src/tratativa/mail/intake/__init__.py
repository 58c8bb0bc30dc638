"""Letters coming in: fetched, handed over or posted by a provider, and kept before anybody is told so."""
