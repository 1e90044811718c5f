"""Who may do what. Each question is one function; templates and views ask the same one."""

from accounts.models import Role


def has_desk(user):
    """Say whether this person's department owes reports that they may read."""
    return user.role in (Role.WRITER, Role.HEAD, Role.STRATEGY) and bool(user.department_id)


def writes(user, submission):
    """Say whether this person writes for the submission's department; a head only reads."""
    return (
        user.role in (Role.WRITER, Role.STRATEGY)
        and user.department_id is not None
        and user.department_id == submission.department_id
    )


def brings_sheets(user):
    """Say whether this person may bring a filled-in sheet of their department back; a head only takes it."""
    return has_desk(user) and user.role != Role.HEAD


def reviews_any(user):
    """Say whether this person sits at the strategy office's queue."""
    return user.role == Role.STRATEGY


def wrote(user, submission):
    """Say whether this person had a hand in the text; costs a query."""
    return submission.authors.filter(pk=user.pk).exists()


def reviews(user, submission):
    """Say whether this person may decide on the submission: nobody approves what they wrote."""
    return reviews_any(user) and not wrote(user, submission)


def runs_periods(user):
    """Say whether this person opens, closes and publishes periods."""
    return user.role == Role.STRATEGY


def hands_over(user):
    """Say whether this person moves people's items to successors: the office, a head in their department."""
    return user.role == Role.STRATEGY or (user.role == Role.HEAD and bool(user.department_id))


def hands_over_in(user, department_id):
    """Say whether this person moves items of this very department to a successor."""
    return hands_over(user) and (user.role == Role.STRATEGY or user.department_id == department_id)


def reads_handovers(user):
    """Say whether this person reads hand-overs: who moves items, and who gave or took them."""
    return hands_over(user) or (user.role == Role.WRITER and bool(user.department_id))


def may_succeed(user, department_id):
    """Say whether this person can take a department's items over: an active writer of it."""
    writer = user.role in (Role.WRITER, Role.STRATEGY)
    return user.is_active and writer and user.department_id == department_id


def watches(user):
    """Say whether this person sees the boards."""
    return user.role in (Role.EXECUTIVE, Role.STRATEGY, Role.HEAD)


def reads_reports(user):
    """Say whether this person takes reports away: everybody with a role in the city's service."""
    return bool(user.role) and user.role != Role.JUROR


def reads_drafts(user):
    """Say whether this person reads reports of periods that are not published: the office and managers."""
    return user.role in (Role.STRATEGY, Role.EXECUTIVE)


def is_open_for_entry(submission, today):
    """Say why the text can't be written today, or return "" if it can.

    A returned item stays open until its own deadline even when the period has been closed since.
    """
    period = submission.period
    if not submission.is_editable_state:
        return f"'{submission.get_state_display()}' 상태에서는 고칠 수 없습니다."
    if period.state == period.State.PREPARED or today < period.opens_on:
        return f"{period} 입력은 아직 시작하지 않았습니다."
    if period.state != period.State.OPEN and submission.state != submission.State.RETURNED:
        return f"{period}은(는) 마감되었습니다. 고치려면 전략기획실에 알려 주세요."
    if today > submission.due_on:
        return "제출 기한이 지났습니다. 전략기획실에 알려 주세요."
    return ""


def keeps_master_data(user):
    """Say whether this person keeps master data: the strategy office let into the admin."""
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or user.role == Role.STRATEGY
