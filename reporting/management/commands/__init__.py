"""`remind`: what is to be done by itself every day."""
