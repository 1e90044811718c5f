"""What the log leaves out."""

import logging


class OneLine(logging.Filter):
    """Log the sentence without the traceback, and without what the visitor sent in it."""

    def filter(self, record):
        """Shorten the record; it is always logged."""
        record.msg, record.args, record.exc_info = (
            "A request for a host not in ALLOWED_HOSTS.",
            (),
            None,
        )
        return True
