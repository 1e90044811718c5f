"""`load_plan` and `demo_logins`."""
