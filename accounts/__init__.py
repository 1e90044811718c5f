"""Floor 1: departments, people, roles, login."""
