"""Commands of the reporting floor, by their file's name."""
