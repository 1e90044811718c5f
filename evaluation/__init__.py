"""Floor 4: indicators, project reviews, policy real-name records."""
