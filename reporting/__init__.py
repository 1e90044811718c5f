"""Floor 2: periods, submissions, publication, list pages, documents; knows no subject."""
