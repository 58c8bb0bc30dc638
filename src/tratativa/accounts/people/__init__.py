"""People: who belongs to a team, by whose word, in which role, and until when."""
