"""What a seller may not write to a customer: what is looked for in a message, a file a kind, and the rules."""
