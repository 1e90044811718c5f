"""생활SOC and 균형발전 as the office works on them: verbs, forms and lists."""
