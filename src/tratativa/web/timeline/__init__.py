"""The timeline as one reader has it: a sentence for everything that can happen, and what hangs on it."""
