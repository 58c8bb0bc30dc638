"""The languages of the pages: catalogues, and how each writes a short date."""
