"""Forms one party asks another to fill in, and the answers, by whatever way they come."""
