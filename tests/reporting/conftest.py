"""A helper to put an item where a test needs it."""

import pytest

from reporting.models import Submission
from tests import factories


@pytest.fixture
def at(people):
    """Return a function that brings an item to a state by the real moves."""

    def bring(submission, state):
        if state != Submission.State.DRAFT:
            submission = factories.hand_in(submission, people["writer"])
        if state == Submission.State.RETURNED:
            submission = factories.send_back(submission, people["strategy"])
        if state == Submission.State.APPROVED:
            submission = factories.move("approve", submission, people["strategy"])
        return submission

    return bring
