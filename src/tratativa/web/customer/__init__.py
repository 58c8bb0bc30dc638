"""Pages of the customer: phone first, one thing at a time."""
