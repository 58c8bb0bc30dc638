"""What was filled in: typed fields as people write them, read, refused by name, shown, and known as facts."""
