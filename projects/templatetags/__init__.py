"""Template tags of plan and projects."""
