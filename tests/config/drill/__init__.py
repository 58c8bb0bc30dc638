"""A desk for drills: the real processes with hardly a page, and a job that waits to be killed."""
