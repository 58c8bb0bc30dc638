"""What counts for a seller and what may be said against it; what customers say of the service."""
