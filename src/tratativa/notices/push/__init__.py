"""Web Push: to browsers that asked for it, sealed for each (RFC 8291), signed by a key of the desk (RFC 8292)."""
