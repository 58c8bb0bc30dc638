"""Orders as the marketplace tells them, and what the desk asks its systems to do."""
