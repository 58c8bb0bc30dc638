"""The handbook's generated pages: what the language, the settings and the events are, and a picture of the rooms."""
