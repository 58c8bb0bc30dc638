"""Letters out: which change is worth one, what it says, how it is sent."""
