"""Reading: lists, filters, the timeline, what else is on the desk. Nothing here changes a case."""
