"""Workbooks that come back: looked at as a zip, read in a child process, judged cell by cell."""
