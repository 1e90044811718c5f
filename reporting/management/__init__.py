"""Commands of the reporting floor."""
