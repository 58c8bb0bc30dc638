"""The pages: the desk, the customers, the partners, and what they share."""
