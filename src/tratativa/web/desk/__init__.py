"""Pages of the staff of sellers and marketplaces: one tree, the acting membership decides what it shows."""
