"""A quarter that is being entered, and helpers to put an item where a test needs it."""

import pytest

from reporting.models import Submission
from tests import factories


@pytest.fixture
def quarter(people, departments):
    """Return 2019-q2, open after a published 2019-q1: two items of 도로과, one of 복지과."""
    return factories.make_quarters(people, departments)


@pytest.fixture
def item(quarter):
    """Return the first item of 도로과, untouched."""
    return quarter.submissions.get(code="1-1")


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
