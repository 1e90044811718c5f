"""Staff pages of 생활SOC and 균형발전."""
