"""The partner's pages: the child cases it was asked about, on a phone first."""
