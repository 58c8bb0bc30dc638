"""Batches: one thing done on many cases, each as if it were done on its page, with a result each."""
