"""Who may do what with pledges. Each question is one function; templates and views ask the same one."""

from accounts.models import Role


def keeps_master_data(user):
    """Say whether this person keeps terms and pledge cards: the strategy office let into the admin."""
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or user.role == Role.STRATEGY
