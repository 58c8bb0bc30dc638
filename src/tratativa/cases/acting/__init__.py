"""Acting: opening, replying, the rulebook's actions, what is held until somebody lets it go."""
