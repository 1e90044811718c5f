"""Floor 4: mayoral pledges."""
