"""What is judged of a past case apart from its deadlines: forms, words, a procedure's timers, queues' clocks."""
