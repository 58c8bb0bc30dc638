"""Web Push: to browsers that asked for it, sealed for each (RFC 8291) and signed with a key of the desk's (RFC 8292)."""
