"""What `bin/bench` runs: the site under load, measured against floors of the same run. Never part of the site."""
