"""Questions to queues: child cases, what they are shown, their answers, who takes them up."""
