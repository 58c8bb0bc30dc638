"""Rehearsal: a rulebook's scenarios on the real engine and a real database, the clock in the step's hand."""
