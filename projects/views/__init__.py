"""Pages of plan and projects."""
