"""What the page of a case shows beside its timeline."""
