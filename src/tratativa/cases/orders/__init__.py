"""What a case asks of the marketplace's own systems, and what comes back."""
