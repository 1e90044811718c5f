"""A year's plan as data: read from files, checked against its sums, written through the doors."""
