"""Floor 3: projects and the annual plan."""
