"""What `doctor` looks at, a file a subject; each look is one finding, in the language of whoever reads it."""
