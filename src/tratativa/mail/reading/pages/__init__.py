"""A letter's page: a stranger's HTML made into lines, and made harmless."""
