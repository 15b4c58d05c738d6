"""What a round of assessment is, as values: files, decisions, losses, rates."""
