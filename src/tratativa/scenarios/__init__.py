"""Scenarios: a rulebook's stories, played on the real engine and a real database, the clock in the step's hand."""
