"""Who may do what with pledges. Each question is one function; templates and views ask the same one."""

from accounts.models import Role


def keeps_master_data(user):
    """Say whether this person keeps terms and pledge cards: the strategy office let into the admin."""
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or user.role == Role.STRATEGY


def reads_opinions(user):
    """Say whether this person sees the queue of citizens' opinions; a department sees its own."""
    if user.role in (Role.STRATEGY, Role.EXECUTIVE):
        return True
    return user.role in (Role.WRITER, Role.HEAD) and bool(user.department_id)


def moderates(user):
    """Say whether this person decides which opinions everybody reads: the strategy office."""
    return user.role == Role.STRATEGY


def answers(user, opinion):
    """Say whether this person answers an opinion: somebody of the department that leads the pledge."""
    return (
        user.role in (Role.WRITER, Role.HEAD, Role.STRATEGY)
        and user.department_id is not None
        and user.department_id == opinion.pledge.lead_department_id
    )
