"""Who sees projects as they stand now, and who revises a plan; views and templates ask the same questions."""

from accounts.models import Role

from .models.work import READERS


def reads_projects(user):
    """Say whether this person reads projects as they stand: whoever works for the city."""
    return user.role in READERS


def revises(user):
    """Say whether this person takes down a change of a project's plan: the strategy office."""
    return user.role == Role.STRATEGY
