"""Who may do what with pledges. Each question is one function; templates and views ask the same one."""

from accounts.models import Role


# --- opinions ---------------------------------------------------------------------------------
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


# --- adjustments ------------------------------------------------------------------------------
def rules_changes(user):
    """Say whether this person handles the adjustments of all departments: the strategy office."""
    return user.role == Role.STRATEGY


def follows_changes(user):
    """Say whether this person sees adjustments at all: departments, the office, managers."""
    if user.role in (Role.STRATEGY, Role.EXECUTIVE):
        return True
    return user.role in (Role.WRITER, Role.HEAD) and bool(user.department_id)


def adjusts_for(user, department_id):
    """Say whether this person may ask for an adjustment of this department's pledges."""
    writes = user.role in (Role.WRITER, Role.STRATEGY)
    return writes and user.department_id is not None and user.department_id == department_id


def requests(user, adjustment):
    """Say whether the request is in this person's hands."""
    return adjusts_for(user, adjustment.department_id)


def wrote_change(user, adjustment):
    """Say whether this person had a hand in the request; costs a query."""
    return adjustment.authors.filter(pk=user.pk).exists()


def handles_change(user, adjustment):
    """Say whether this person decides for the office: nobody does on what they requested."""
    return rules_changes(user) and not wrote_change(user, adjustment)


def decides_change(user, adjustment):
    """Say whether this person takes down the mayor's decision, never on what they requested."""
    return user.role in (Role.EXECUTIVE, Role.STRATEGY) and not wrote_change(user, adjustment)


# --- the jury ---------------------------------------------------------------------------------
def sits_on_jury(user):
    """Say whether this person is a juror, who sees /jury/ and the public pages only."""
    return user.role == Role.JUROR


def keeps_jury(user):
    """Say whether this person keeps panels, jurors and meetings."""
    return user.role == Role.STRATEGY


def reads_jury(user):
    """Say whether this person reads what jurors wrote: the office, and departments about their pledges."""
    if user.role == Role.STRATEGY:
        return True
    return user.role in (Role.WRITER, Role.HEAD) and bool(user.department_id)


def answers_jury(user, question):
    """Say whether this person may answer: the office, or a writer of the pledge's lead department."""
    if user.role == Role.STRATEGY:
        return True
    mine = user.department_id is not None
    return (
        user.role == Role.WRITER
        and mine
        and user.department_id == question.pledge.lead_department_id
    )
