"""The rulebook studio: a marketplace's rules drafted, checked, rehearsed and published by its administrators."""
