"""PostgreSQL as Django speaks to it, told with the first query of each piece of work whose rows it may touch."""
