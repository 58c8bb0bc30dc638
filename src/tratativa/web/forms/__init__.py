"""Forms: fields as a page draws them, what was typed, and files kept while they are filled in."""
