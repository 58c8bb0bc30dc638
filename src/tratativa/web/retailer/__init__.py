"""The retailer's 360: what an agent knows of a company beside its case, gathered in a fixed number of queries."""
