"""Tests of queues: given out by themselves, to whom, and when."""
