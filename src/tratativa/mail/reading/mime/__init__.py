"""The letter as it travels: headers, encodings, parts and files."""
