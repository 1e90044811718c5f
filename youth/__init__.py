"""Floor 4: youth programmes."""
