"""The operator's pages: people and departments changed with a reason, logs only read."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import AccessChange, AccessLog, Department, Role, User

from .conftest import PASSWORD

LIST = "/admin/accounts/user/"


@pytest.fixture
def operator(client, acc_operator):
    """A browser in which the operator is logged in."""
    client.force_login(acc_operator)
    return client


def page_of(user, name="change"):
    return reverse(f"admin:accounts_user_{name}", args=[user.pk])


def sent(user, **fields):
    """What the form of a person sends when only `fields` are touched."""
    data = {
        "username": user.username,
        "name": user.name,
        "position": user.position,
        "email": user.email,
        "department": user.department_id or "",
        "role": user.role,
        "reason": "",
    }
    data |= {
        name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(user, name)
    }
    data |= fields
    return {name: value for name, value in data.items() if value is not None}


def logged():
    return list(AccessLog.objects.order_by("pk").values_list("who", "action", "whom", "what"))


def test_the_admin_has_no_door_of_its_own(client, acc_operator):
    door = client.get("/admin/login/?next=/admin/accounts/user/")
    assert door.headers["Location"] == "/login/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    client.post("/admin/login/", {"username": "operator", "password": PASSWORD})
    assert client.get("/admin/").status_code == 302


def test_the_admin_blocks_after_the_same_five_failures(client, acc_login, acc_operator):
    for _ in range(5):
        acc_login("operator", "틀림")
    acc_login("operator")
    assert client.get("/admin/").status_code == 302


def test_somebody_without_business_there_gets_403(client, acc_writer):
    client.force_login(acc_writer)
    assert client.get("/admin/", follow=True).status_code == 403


def test_logging_out_of_the_admin_is_logging_out(operator):
    assert operator.get("/admin/logout/").status_code == 200
    operator.post("/admin/logout/")
    assert logged() == [("operator", "logout", "", "")]
    assert operator.get("/admin/").status_code == 302


def test_the_password_is_changed_at_the_one_place(operator):
    assert operator.get("/admin/password_change/").headers["Location"] == "/account/password/"


def test_a_role_changes_with_a_reason(operator, acc_writer, acc_operator):
    answer = operator.post(page_of(acc_writer), sent(acc_writer, role="head", reason="승진"))
    assert answer.headers["Location"] == LIST
    acc_writer.refresh_from_db()
    assert acc_writer.role == Role.HEAD
    record = AccessChange.objects.get()
    assert (record.by, record.whom, record.reason) == (acc_operator, acc_writer, "승진")
    assert (record.field, record.before, record.after) == ("역할", "부서 담당자", "부서장")
    assert logged() == [("operator", "change", "writer", "변경: 역할, 변경 사유")]


RIGHTS = [
    {"role": "head"},
    {"department": ""},
    {"is_active": None},
    {"is_staff": "on"},
    {"is_superuser": "on"},
]


@pytest.mark.parametrize("fields", RIGHTS)
def test_a_right_does_not_change_without_a_reason(operator, acc_writer, fields):
    page = operator.post(page_of(acc_writer), sent(acc_writer, **fields, reason=" "))
    assert page.status_code == 200
    assert "변경 사유를 적어 주세요." in page.text
    assert not AccessChange.objects.exists()


def test_a_name_changes_without_a_reason(operator, acc_writer):
    assert operator.post(page_of(acc_writer), sent(acc_writer, name="홍길순")).status_code == 302
    acc_writer.refresh_from_db()
    assert acc_writer.name == "홍길순"
    assert not AccessChange.objects.exists()


def test_operators_do_not_lock_themselves_out(operator, acc_operator):
    fields = sent(acc_operator, is_superuser=None, reason="실수")
    assert "스스로 끌 수 없습니다" in operator.post(page_of(acc_operator), fields).text


def test_a_person_is_added_with_a_first_password(operator, acc_roads, acc_login):
    fields = {"username": "new", "name": "새이", "department": acc_roads.pk, "role": "writer"}
    fields |= {"password1": PASSWORD, "password2": PASSWORD}
    assert operator.post("/admin/accounts/user/add/", fields).status_code == 302
    assert User.objects.get(username="new").check_password(PASSWORD)
    assert AccessChange.objects.filter(whom__username="new", field="역할").count() == 1
    assert ("operator", "change", "new", "사용자 추가") in logged()


def test_a_name_is_taken_whatever_the_case(operator, acc_writer):
    fields = {"username": "WRITER", "password1": PASSWORD, "password2": PASSWORD}
    page = operator.post("/admin/accounts/user/add/", fields)
    assert page.status_code == 200
    assert User.objects.filter(username__iexact="writer").count() == 1


def test_the_operator_sets_a_password_and_it_is_logged(operator, acc_writer):
    path = reverse("admin:auth_user_password_change", args=[acc_writer.pk])
    assert 'name="usable_password"' not in operator.get(path).text
    fields = {"password1": "새-비밀번호-31", "password2": "새-비밀번호-31"}
    assert operator.post(path, fields).status_code == 302
    acc_writer.refresh_from_db()
    assert acc_writer.check_password("새-비밀번호-31")
    assert ("operator", "change", "writer", "변경: 비밀번호") in logged()


def test_a_lost_second_factor_is_taken_away_with_a_reason(operator, acc_writer):
    TOTP.activate(acc_writer, "JBSWY3DPEHPK3PXP")
    fields = sent(acc_writer, remove_second_factor="on")
    assert "변경 사유를 적어 주세요." in operator.post(page_of(acc_writer), fields).text
    operator.post(page_of(acc_writer), fields | {"reason": "휴대전화 분실"})
    assert not Authenticator.objects.exists()
    assert AccessChange.objects.get().field == "2단계 인증"


def test_nobody_is_deleted(operator, acc_writer, acc_roads):
    for path in (
        page_of(acc_writer, "delete"),
        f"/admin/accounts/department/{acc_roads.pk}/delete/",
    ):
        assert operator.get(path).status_code == 403
        assert operator.post(path, {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": acc_writer.pk, "post": "yes"}
    operator.post(LIST, action)
    assert User.objects.filter(pk=acc_writer.pk).exists()


@pytest.mark.parametrize("model", ["accesschange", "accesslog"])
def test_the_logs_are_only_read(operator, acc_writer, model):
    AccessChange.objects.create(whom=acc_writer, field="역할", reason="인사이동")
    AccessLog.objects.create(who="writer", action="login")
    base = f"/admin/accounts/{model}/"
    pk = (AccessChange if model == "accesschange" else AccessLog).objects.first().pk
    assert operator.get(base).status_code == 200
    assert operator.get(f"{base}{pk}/change/").status_code == 200
    assert operator.post(f"{base}{pk}/change/", {"reason": "다름"}).status_code == 403
    assert operator.get(f"{base}add/").status_code == 403
    assert operator.post(f"{base}{pk}/delete/", {"post": "yes"}).status_code == 403


LOOKS = [
    (lambda user: f"{LIST}?q=홍", ("", "사용자 목록 q=%ED%99%8D")),
    (page_of, ("writer", "사용자 정보")),
    (lambda user: page_of(user, "history"), ("writer", "사용자 변경 이력")),
]


@pytest.mark.parametrize(("path", "expected"), LOOKS)
def test_every_look_at_people_is_logged(operator, acc_writer, path, expected):
    assert operator.get(path(acc_writer)).status_code == 200
    assert logged() == [("operator", "view", *expected)]


PAGES = [
    "/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/accounts/department/",
    "/admin/accounts/accesslog/", "/admin/accounts/accesschange/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_only_superusers_manage_people(client, acc_clerk, path):
    acc_clerk.user_permissions.set(Permission.objects.all())
    client.force_login(acc_clerk)
    assert client.get("/admin/").status_code == 200
    assert "사용자와 부서" not in client.get("/admin/").text
    assert client.get(path).status_code == 403
    assert logged() == []


@pytest.mark.parametrize("name", ["change", "history"])
def test_a_clerk_does_not_see_a_person(client, acc_clerk, acc_writer, name):
    client.force_login(acc_clerk)
    assert client.get(page_of(acc_writer, name)).status_code == 403
    assert client.post(page_of(acc_writer), sent(acc_writer, role="head")).status_code == 403
    assert logged() == []


def test_what_must_not_be_edited_by_hand_is_not_there():
    shown = {model._meta.label for model in admin.site._registry}
    assert not shown & {"auth.Group", "account.EmailAddress", "mfa.Authenticator"}


def test_the_history_is_read_field_by_field(operator, acc_writer, acc_roads):
    operator.post(page_of(acc_writer), sent(acc_writer, role="head", name="홍길순", reason="승진"))
    page = operator.get(page_of(acc_writer, "history")).text
    rows = [re.findall("<td>(.*?)</td>", row) for row in re.findall("<tr>.*?</tr>", page, re.S)]
    assert ["전산이", "역할", "부서 담당자", "부서장", "승진"] in rows
    assert ["전산이", "성명", "홍길동", "홍길순", "승진"] in rows
    change = reverse("admin:accounts_department_change", args=[acc_roads.pk])
    operator.post(change, {"name": "도로과", "order": 2, "is_active": "on"})
    page = operator.get(f"/admin/accounts/department/{acc_roads.pk}/history/").text
    assert "<td>부서명</td><td>(예시) 도로과</td><td>도로과</td>" in page


def test_a_history_of_nobody_leads_back(operator):
    assert operator.get("/admin/accounts/user/9999/history/").status_code == 302


def test_a_page_shows_nothing_of_the_password(operator, acc_writer):
    page = operator.get(page_of(acc_writer)).text
    assert "새 비밀번호 주기" in page
    assert acc_writer.password.split("$")[0] not in page


def test_the_list_finds_and_filters(operator, acc_writer, acc_clerk):
    assert "홍길동" in operator.get(f"{LIST}?q=도로").text
    page = operator.get(f"{LIST}?role__exact=strategy").text
    assert "전략이" in page
    assert "홍길동" not in page


def test_queries_do_not_grow_with_people(operator, acc_writer, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(20) as queries:
            operator.get(LIST)
        return len(queries)

    count()  # the first page of a session writes its stamps
    before = count()
    for number in range(30):
        department = Department.objects.create(name=f"부서{number}")
        User.objects.create(username=f"u{number}", department=department)
    assert count() == before


def test_queries_of_a_history_do_not_grow_with_changes(
    operator, acc_writer, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(15) as queries:
            operator.get(page_of(acc_writer, "history"))
        return len(queries)

    def move(number):
        acc_writer.department = Department.objects.create(name=f"부서{number}")
        acc_writer.save()

    move(0)
    count()
    before = count()
    for number in range(1, 10):
        move(number)
    assert count() == before


ENGLISH = re.compile(r">[^<>]*\b(?:the|and|of|to|Add|Change|Save|Delete|Home|History)\b[^<>]*<")


def test_the_pages_are_korean_throughout(operator, acc_writer):
    paths = ["/admin/", LIST, "/admin/accounts/user/add/", *PAGES, page_of(acc_writer)]
    paths += [page_of(acc_writer, "history"), f"/admin/auth/user/{acc_writer.pk}/password/"]
    for path in paths:
        page = operator.get(path, follow=True).text
        assert not ENGLISH.findall(page), path


def test_the_pages_carry_nothing_that_our_policy_forbids(operator, acc_writer):
    for path in ["/admin/", LIST, page_of(acc_writer), page_of(acc_writer, "history")]:
        page = operator.get(path).text
        assert not re.findall(
            r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(?:src|application/json))", page
        )
