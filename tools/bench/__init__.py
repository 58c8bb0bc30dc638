"""Measuring the desk: a generator that fills a database by COPY, and timings of the pages people sit in."""
