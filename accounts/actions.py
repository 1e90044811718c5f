"""What is done to people's accounts: each change with who, whom, before, after and why."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from .models import AccessChange, AccessLog, User

WATCHED = ("role", "department", "is_active", "is_staff", "is_superuser")
SECOND_FACTOR = "2단계 인증"


def note_access(*, who, ip, action, whom="", what=""):
    """Add one row to the access log (safety.md, standing rules)."""
    return AccessLog.objects.create(
        who=who[:150], ip=ip, action=action, whom=whom[:150], what=what[:200]
    )


@transaction.atomic
def change_access(user, *, by, reason, **fields):
    """Save `user` with the given fields, adding one `AccessChange` for each that differs.

    Fields are those of `WATCHED`; other attributes of `user` are saved along. Refuses, as a
    ValidationError, a change without a reason and an operator's own loss of the rights to operate.
    """
    before = User.objects.select_for_update().get(pk=user.pk)
    changed = [name for name in fields if getattr(before, name) != fields[name]]
    if unknown := set(fields) - set(WATCHED):
        raise TypeError(f"change_access keeps no record of {', '.join(sorted(unknown))}")
    if changed and not reason.strip():
        raise ValidationError("변경 사유를 적어 주세요.")
    if by == before and any(fields[name] is False for name in changed):
        raise ValidationError("자기 계정의 사용 상태나 관리 권한은 스스로 끌 수 없습니다.")
    for name in changed:
        setattr(user, name, fields[name])
        _record(user, name, _word(before, name), _word(user, name), by=by, reason=reason)
    return _save(user, by=by, reason=reason)


@transaction.atomic
def register(user, *, by, reason="계정을 새로 만듦"):
    """Save a new user, adding one `AccessChange` for each right given from the start."""
    _save(user, by=by, reason=reason)
    for name in WATCHED:
        if getattr(user, name):
            _record(user, name, "", _word(user, name), by=by, reason=reason)
    return user


@transaction.atomic
def remove_second_factor(user, *, by, reason):
    """Take a lost second factor away, so that the person can log in and set up a new one."""
    if not reason.strip():
        raise ValidationError("변경 사유를 적어 주세요.")
    deleted, _ = Authenticator.objects.filter(user=user).delete()
    if deleted:
        AccessChange.objects.create(
            by=by, whom=user, field=SECOND_FACTOR, before="사용", after="해제", reason=reason
        )


def _save(user, *, by, reason):
    user._history_user = by
    user._change_reason = reason
    user.save()
    return user


def _record(user, name, before, after, *, by, reason):
    label = User._meta.get_field(name).verbose_name
    AccessChange.objects.create(
        by=by, whom=user, field=label, before=before, after=after, reason=reason
    )


def _word(user, name):
    """Return the value of a watched field as people read it."""
    if name == "role":
        return user.get_role_display()
    value = getattr(user, name)
    if isinstance(value, bool):
        return "예" if value else "아니오"
    return str(value or "")
