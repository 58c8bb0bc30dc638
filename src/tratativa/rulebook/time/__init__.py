"""Business time: durations, opening hours, holidays, and why a deadline falls when it does."""
