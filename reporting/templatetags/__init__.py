"""Template tags and filters: formats (built in everywhere), charts, menu."""
