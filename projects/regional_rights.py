"""Who may do what with 생활SOC and 균형발전. Each question is one function; templates and views ask it."""

from accounts.models import Role


def follows_regional(user):
    """Say whether this person sees these pages at all: departments, the office, managers."""
    if user.role in (Role.STRATEGY, Role.EXECUTIVE):
        return True
    return user.role in (Role.WRITER, Role.HEAD) and bool(user.department_id)


def keeps_regional(user):
    """Say whether this person keeps types, rates, stages and decisions: the strategy office."""
    return user.role == Role.STRATEGY


def edits_facts(user, department_id):
    """Say whether this person writes facts of a department's project: the office, its own writers."""
    if keeps_regional(user):
        return True
    mine = user.department_id is not None and user.department_id == department_id
    return user.role == Role.WRITER and mine


def proposes(user):
    """Say whether this person may bring a proposal for their department."""
    return user.role in (Role.WRITER, Role.STRATEGY) and user.department_id is not None
