"""Pages of the reporting floor; one file per place."""
