"""Floor 5: settings, addresses, the first page and the commands that see every floor."""
