"""The timeline as one reader has it: its lines drawn, with the letters, files and reports that hang on them."""
