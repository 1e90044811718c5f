"""The rules of 생활SOC and 균형발전 as small functions, each with its sentence; they read, never write."""
