"""A day's work as a script: what an agent, a mediator and a customer do, in a browser, timed, with a trace of each."""
