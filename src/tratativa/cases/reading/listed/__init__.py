"""Listed: what a page of the list has beside its cases: last words, clocks, sections, several channels merged."""
