"""Lists: the cases, the queues, the tasks, filtered, saved and exported."""
