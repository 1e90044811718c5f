"""Pages of pledges: the public ones and the board."""
