"""Rights change with a reason, one record per field, and count at the next request."""

import pytest
from django.core.exceptions import ValidationError

from accounts.actions import change_access, note_access, register, remove_second_factor
from accounts.models import AccessChange, AccessLog, Department, Role, User


def rows():
    return list(AccessChange.objects.order_by("pk").values_list("field", "before", "after"))


def test_each_changed_field_is_one_record(acc_writer, acc_operator):
    planning = Department.objects.create(name="전략기획실")
    change_access(
        acc_writer,
        by=acc_operator,
        reason="인사이동",
        department=planning,
        role=Role.STRATEGY,
        is_active=True,
    )
    assert rows() == [
        ("부서", "(예시) 도로과", "전략기획실"),
        ("역할", "부서 담당자", "전략기획실"),
    ]
    record = AccessChange.objects.first()
    assert (record.by, record.whom, record.reason) == (acc_operator, acc_writer, "인사이동")
    acc_writer.refresh_from_db()
    assert (acc_writer.department, acc_writer.role) == (planning, "strategy")
    assert acc_writer.history.first().history_change_reason == "인사이동"
    assert acc_writer.history.first().history_user == acc_operator


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_changes(acc_writer, acc_operator, reason):
    with pytest.raises(ValidationError, match="변경 사유"):
        change_access(acc_writer, by=acc_operator, reason=reason, role=Role.HEAD)
    acc_writer.refresh_from_db()
    assert (acc_writer.role, rows()) == ("writer", [])


def test_what_stays_the_same_needs_no_reason_and_leaves_no_record(acc_writer, acc_operator):
    acc_writer.position = "주무관"
    change_access(acc_writer, by=acc_operator, reason="", role=Role.WRITER)
    acc_writer.refresh_from_db()
    assert (acc_writer.position, rows()) == ("주무관", [])


@pytest.mark.parametrize("field", ["is_active", "is_staff", "is_superuser"])
def test_operators_do_not_lock_themselves_out(acc_operator, field):
    with pytest.raises(ValidationError, match="스스로 끌 수 없습니다"):
        change_access(acc_operator, by=acc_operator, reason="실수", **{field: False})


def test_a_field_nobody_watches_is_not_slipped_in(acc_writer, acc_operator):
    with pytest.raises(TypeError, match="username"):
        change_access(acc_writer, by=acc_operator, reason="실수", username="x")


def test_a_record_and_its_change_stand_or_fall_together(acc_writer, acc_operator):
    acc_writer.username = acc_operator.username
    with pytest.raises(Exception, match="(?i)unique"):
        change_access(acc_writer, by=acc_operator, reason="인사이동", role=Role.HEAD)
    assert rows() == []


def test_a_new_person_starts_with_a_record(acc_roads, acc_operator):
    register(User(username="new", department=acc_roads, role=Role.HEAD), by=acc_operator)
    assert rows() == [
        ("역할", "", "부서장"),
        ("부서", "", "(예시) 도로과"),
        ("계정 사용", "", "예"),
    ]


def test_taking_a_second_factor_needs_a_reason(acc_writer, acc_operator):
    with pytest.raises(ValidationError, match="변경 사유"):
        remove_second_factor(acc_writer, by=acc_operator, reason=" ")


def test_a_person_without_second_factor_loses_none(acc_writer, acc_operator):
    remove_second_factor(acc_writer, by=acc_operator, reason="분실")
    assert rows() == []


def test_a_change_counts_at_the_next_request(client, acc_login, acc_writer, acc_operator):
    acc_login("writer")
    assert "부서 담당자" in client.get("/account/").text
    change_access(acc_writer, by=acc_operator, reason="승진", role=Role.HEAD)
    assert "부서장" in client.get("/account/").text


def test_logging_in_leaves_no_history_but_a_new_name_does(acc_login, acc_writer):
    before = acc_writer.history.count()
    acc_login("writer")
    assert acc_writer.history.count() == before
    acc_writer.name = "홍길순"
    acc_writer.save()
    assert acc_writer.history.count() == before + 1


def test_the_history_never_holds_a_password(acc_writer):
    fields = {field.name for field in User.history.model._meta.get_fields()}
    assert not fields & {"password", "last_login"}


def test_long_words_are_cut_not_refused(db):
    note_access(who="가" * 300, ip=None, action=AccessLog.Action.VIEW, what="나" * 300)
    assert len(AccessLog.objects.get().who) == 150


LOGS = [
    ("writer", None, ("writer", "login", "")),
    ("writer", "틀림", ("writer", "login_failed", "비밀번호")),
    ("nobody", "틀림", ("nobody", "login_failed", "비밀번호")),
]


@pytest.mark.parametrize(("name", "password", "expected"), LOGS)
def test_every_try_is_logged_with_its_address(acc_login, acc_writer, name, password, expected):
    args = [name, password] if password else [name]
    acc_login(*args, REMOTE_ADDR="10.1.2.3", headers={"x-forwarded-for": "6.6.6.6"})
    row = AccessLog.objects.get()
    assert (row.who, row.action, row.what) == expected
    assert row.ip == "10.1.2.3"


def test_a_logout_is_logged(client, acc_login, acc_writer):
    acc_login("writer")
    client.post("/logout/")
    row = AccessLog.objects.first()
    assert (row.who, row.action, row.ip) == ("writer", "logout", "127.0.0.1")


def test_a_blocked_try_is_logged(acc_login, acc_writer):
    for _ in range(6):
        acc_login("writer", "틀림")
    assert AccessLog.objects.first().what == "실패 횟수 제한"


def test_a_disabled_account_is_logged(acc_login, acc_writer):
    User.objects.filter(pk=acc_writer.pk).update(is_active=False)
    acc_login("writer")
    assert AccessLog.objects.get().what == "사용이 중지된 계정"
