"""Master data: the strategy office keeps terms and pledge cards; versions, history, checks, in Korean."""

import pytest
from django.forms import BooleanField, ModelMultipleChoiceField
from django.test import Client

from accounts.models import Role
from pledges.history import pledge_changes, term_changes
from pledges.models import AnnualTarget, Funding, Milestone, Pledge, PledgeField, RatePolicy, Term
from tests import factories

LIST = "/admin/pledges/pledge/"
PREFIXES = ("targets", "milestones", "funding", "links", "fields", "rate_policies")


@pytest.fixture
def keeper(people):
    """The strategy office's person who is let into the admin."""
    return _let_in(people["strategy"])


def _let_in(user):
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def pledge(departments):
    """A card with two milestones and two rows of funding."""
    return factories.make_pledge(factories.make_term(), departments["도로과"])


@pytest.fixture
def desk(client, keeper):
    """A browser in which the keeper is logged in."""
    client.force_login(keeper)
    return client


def page(row):
    return f"/admin/pledges/{row._meta.model_name}/{row.pk}/change/"


def form_of(client, row_or_path):
    """Return what a browser would send back untouched: every control of the page's form."""
    path = row_or_path if isinstance(row_or_path, str) else page(row_or_path)
    return controls(client.get(path))


def controls(answer):
    """Return {name: value or values} of the form in a page drawn by the admin."""
    form = answer.context["adminform"].form
    data = {name: texts(form[name]) for name in form.fields}
    for inline in answer.context["inline_admin_formsets"]:
        formset = inline.formset
        management = formset.management_form
        data |= {management.add_prefix(n): management[n].value() for n in management.fields}
        for row in formset.forms:
            data |= {row.add_prefix(name): texts(row[name]) for name in row.fields}
    data |= {name: answer.context[name] for name in ("seen", "was") if name in answer.context}
    return {name: value for name, value in data.items() if value is not None}


def texts(bound):
    value = bound.value()
    if isinstance(bound.field, BooleanField):
        return "on" if value else None
    if isinstance(bound.field, ModelMultipleChoiceField):
        return [str(v) for v in value or []]
    return "" if value is None else str(value)


def line_of(data, prefix, **where):
    """Return the prefix of the posted row whose fields are like `where`."""
    for index in range(int(data[f"{prefix}-TOTAL_FORMS"])):
        start = f"{prefix}-{index}"
        if all(data.get(f"{start}-{name}") == value for name, value in where.items()):
            return start
    raise AssertionError(where)


def add_row(data, prefix, **fields):
    """Fill in the blank row at the end."""
    index = int(data[f"{prefix}-TOTAL_FORMS"]) - 1
    data |= {f"{prefix}-{index}-{name}": value for name, value in fields.items()}


# --- who may come -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.WRITER, Role.HEAD, Role.EXECUTIVE, ""])
def test_somebody_else_let_into_the_admin_sees_no_master_data(client, people, pledge, role):
    person = _let_in(people["writer"])
    person.role = role
    person.save()
    client.force_login(person)
    for path in (LIST, page(pledge), "/admin/pledges/term/", f"{LIST}{pledge.pk}/history/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {"title": "남이 고침"}).status_code in (403, 405)
    assert "공약" not in client.get("/admin/").text
    assert not Pledge.objects.filter(title="남이 고침").exists()


def test_the_strategy_office_without_the_mark_stays_out(client, people, pledge):
    client.force_login(people["strategy"])
    assert client.get(LIST, follow=True).status_code == 403


def test_the_office_sees_master_data_and_no_people(desk, people):
    index = desk.get("/admin/").text
    assert "/admin/pledges/pledge/" in index
    assert "/admin/pledges/term/" in index
    assert "/admin/accounts/" not in index
    for path in ("/admin/accounts/user/", f"/admin/accounts/user/{people['writer'].pk}/change/"):
        assert desk.get(path).status_code == 403


def test_the_operator_keeps_master_data_too(client, people, pledge):
    client.force_login(people["operator"])
    assert client.get(page(pledge)).status_code == 200


def test_reports_and_snapshots_are_not_for_hands(client, people, desk):
    client.force_login(people["operator"])
    for model in ("pledgereport", "publishedpledge", "publishedterm", "spending", "funding"):
        assert client.get(f"/admin/pledges/{model}/").status_code == 404


def test_a_pledge_and_a_term_are_never_deleted(desk, pledge):
    assert desk.post(f"{LIST}{pledge.pk}/delete/", {"post": "yes"}).status_code == 403
    assert (
        desk.post(f"/admin/pledges/term/{pledge.term_id}/delete/", {"post": "yes"}).status_code
        == 403
    )
    desk.post(LIST, {"action": "delete_selected", "_selected_action": pledge.pk, "post": "yes"})
    assert Pledge.objects.filter(pk=pledge.pk).exists()


# --- the list ---------------------------------------------------------------------------------


def test_the_list_stands_in_the_order_of_the_plan(desk, pledge, departments):
    for serial in (10, 2):
        factories.make_pledge(pledge.term, departments["복지과"], 1, serial)
    for query in ("", "?o=0"):
        rows = desk.get(LIST + query).context["cl"].result_list
        assert [row.number for row in rows] == ["1-1", "1-2", "1-10"]


def test_the_list_is_filtered_and_searched(desk, pledge, departments):
    other = factories.make_pledge(
        factories.make_term(8, 2022, 2026),
        departments["복지과"],
        2,
        title="작은 도서관",
        demo="all",
    )
    off = factories.make_pledge(pledge.term, departments["도로과"], 1, 2, is_active=False)
    queries = {
        f"term__id__exact={other.term_id}": {other},
        f"field__id__exact={pledge.field_id}": {pledge, off},
        f"lead_department__id__exact={departments['복지과'].pk}": {other},
        "is_active__exact=0": {off},
        "demo__exact=all": {other},
        "q=도서관": {other},
    }
    for query, expected in queries.items():
        assert set(desk.get(f"{LIST}?{query}").context["cl"].result_list) == expected


def test_the_list_s_queries_do_not_grow(desk, pledge, departments, django_assert_max_num_queries):
    desk.get(LIST)
    for serial in range(2, 12):
        factories.make_pledge(pledge.term, departments["복지과"], 1, serial)
    with django_assert_max_num_queries(14):
        desk.get(LIST)


# --- saving -----------------------------------------------------------------------------------


def test_a_page_sent_back_untouched_writes_nothing(desk, pledge):
    before = Pledge.history.count(), Funding.history.count()
    assert desk.post(page(pledge), form_of(desk, pledge)).status_code == 302
    pledge.refresh_from_db()
    assert pledge.version == 1
    assert (Pledge.history.count(), Funding.history.count()) == before


def test_a_change_is_kept_with_who_and_why(desk, keeper, pledge):
    data = form_of(desk, pledge) | {"scope": "3km", "ends": "2021. 6.", "reason": "설계 변경"}
    assert desk.post(page(pledge), data).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.scope, pledge.ends, pledge.version) == ("3km", "2021-06", 2)
    found = {(c.field, c.before, c.after, c.who, c.reason) for c in pledge_changes(pledge)}
    assert ("규모·대상", "", "3km", "strategy", "설계 변경") in found
    assert ("완료(예정)", "2021.", "2021. 6.", "strategy", "설계 변경") in found


def test_what_is_being_written_follows_the_pledge_to_its_new_department(
    desk, quarter, people, departments
):
    writing, done = (quarter.submissions.get(code=code) for code in ("1-1", "1-2"))
    factories.write(writing, people["writer"])
    factories.move("approve", factories.hand_in(done, people["writer"]), people["strategy2"])
    for item in (writing, done):
        card = item.pledge_report.pledge
        data = form_of(desk, card) | {
            "lead_department": departments["복지과"].pk,
            "reason": "업무 이관",
        }
        assert desk.post(page(card), data).status_code == 302
        item.refresh_from_db()
    assert (writing.department.name, done.department.name) == ("복지과", "도로과")
    factories.hand_in(writing, people["stranger"])
    before = writing.pledge_report.pledge.reports.get(submission__period__code="2019-q1")
    assert before.submission.department.name == "도로과"


def test_rows_are_changed_added_and_removed_in_one_save(desk, pledge):
    data = form_of(desk, pledge)
    data[line_of(data, "funding", source="national") + "-planned"] = "1,234"
    data[line_of(data, "funding", source="municipal") + "-DELETE"] = "on"
    add_row(data, "funding", year="before", source="other", planned="７", secured="", spent="0")
    add_row(data, "targets", year="2019", text="착공", amount="3.5", unit="km")
    add_row(data, "links", label="누리집", url="https://example.kr/")
    data["reason"] = "추경"
    assert desk.post(page(pledge), data).status_code == 302
    found = {(f.year, f.source): (f.planned, f.secured, f.spent) for f in pledge.funding.all()}
    assert found == {("2019", "national"): (1234, 500, None), ("before", "other"): (7, None, 0)}
    assert Pledge.objects.get().version == 2
    told = {(c.field, c.before, c.after) for c in pledge_changes(pledge) if c.reason == "추경"}
    assert told == {
        ("재정투자계획 2019 국비 계획(백만원)", "500", "1,234"),
        ("재정투자계획 2019 시비 삭제", "", ""),
        ("재정투자계획 기투자 기타(민자) 계획(백만원)", "", "7"),
        ("재정투자계획 기투자 기타(민자) 집행(백만원)", "", "0"),
        ("연차별 목표 2019 목표", "", "착공"),
        ("연차별 목표 2019 수치", "", "3.5"),
        ("연차별 목표 2019 단위", "", "km"),
        ("관련 링크 누리집 주소", "", "https://example.kr/"),
    }


def test_cooperating_departments_are_told_in_the_history(desk, pledge, departments):
    both = [departments["복지과"], departments["전략기획실"]]
    data = form_of(desk, pledge)
    data |= {"cooperating_departments": [d.pk for d in both], "reason": "협조"}
    desk.post(page(pledge), data)
    data = form_of(desk, pledge) | {"cooperating_departments": [both[0].pk]}
    desk.post(page(pledge), data)
    told = [(c.before, c.after, c.who) for c in pledge_changes(pledge) if c.field == "협조부서"]
    assert told == [
        ("전략기획실, 복지과", "복지과", "strategy"),
        ("", "전략기획실, 복지과", "strategy"),
    ]


def test_steps_swap_their_places(desk, pledge):
    data = form_of(desk, pledge)
    first, second = (line_of(data, "milestones", order=n) for n in "12")
    data |= {f"{first}-order": "2", f"{second}-order": "1"}
    assert desk.post(page(pledge), data).status_code == 302
    assert list(pledge.milestones.values_list("title", flat=True)) == ["착공", "기본계획"]


def test_a_row_gives_its_place_to_a_new_one(desk, pledge):
    data = form_of(desk, pledge)
    data[line_of(data, "funding", source="national") + "-DELETE"] = "on"
    add_row(data, "funding", year="2019", source="national", planned="9")
    assert desk.post(page(pledge), data).status_code == 302
    assert pledge.funding.get(source="national").planned == 9


def test_a_step_that_was_reported_on_stays(desk, keeper, quarter, people):
    item = quarter.submissions.get(code="1-1")
    pledge = Pledge.objects.get(number="1-1")
    step = pledge.milestones.first()
    factories.write(item, people["writer"], **{f"step_{step.pk}": "2019. 3."})
    data = form_of(desk, pledge)
    data[line_of(data, "milestones", order="1") + "-DELETE"] = "on"
    assert desk.post(page(pledge), data).status_code == 200
    assert Milestone.objects.filter(pk=step.pk).exists()


def test_a_new_pledge_is_added_with_its_rows(desk, keeper, pledge, departments):
    data = form_of(desk, f"{LIST}add/")
    data |= {
        "term": pledge.term_id,
        "field": pledge.field_id,
        "serial": "2",
        "number": "1-2",
        "title": "새 공약",
        "lead_department": departments["복지과"].pk,
        "reason": "분리",
    }
    add_row(data, "milestones", order="1", title="계획 수립", planned="2019")
    assert desk.post(f"{LIST}add/", data).status_code == 302
    new = Pledge.objects.get(number="1-2")
    assert [m.title for m in new.milestones.all()] == ["계획 수립"]
    assert {c.who for c in pledge_changes(new)} == {"strategy"}
    assert {c.reason for c in pledge_changes(new)} == {"분리"}


# --- what is refused, what is only said -------------------------------------------------------

WRONG = [
    ({"starts": "2019. 5.", "ends": "2019. 4."}, "완료(예정)가 시작보다 빠릅니다."),
    ({"starts": "내년"}, "은(는) 날짜가 아닙니다."),
    ({"number": "1-2"}, "관리번호 1-2인 공약이 이미 있습니다."),
    ({"serial": "2"}, "순번 2인 공약이 이미 있습니다."),
    ({"expected_effect": "연락처 900101-1234567"}, "주민등록번호"),
    ({"number": ""}, "필수"),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG)
def test_a_card_that_cannot_be_is_refused_in_korean(desk, pledge, departments, fields, sentence):
    factories.make_pledge(pledge.term, departments["복지과"], 1, 2)
    answer = desk.post(page(pledge), form_of(desk, pledge) | fields)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert Pledge.objects.get(pk=pledge.pk).version == 1


def test_a_field_belongs_to_the_term_of_its_pledge(desk, pledge):
    strange = factories.make_term(8, 2022, 2026).fields.first()
    answer = desk.post(page(pledge), form_of(desk, pledge) | {"field": strange.pk})
    assert "민선7기의 분야가 아닙니다." in answer.text


def test_the_same_number_stands_in_two_terms(desk, pledge, departments):
    term = factories.make_term(8, 2022, 2026)
    assert factories.make_pledge(term, departments["도로과"]).number == pledge.number
    assert desk.post(page(pledge), form_of(desk, pledge) | {"title": "그대로"}).status_code == 302


AMOUNTS = [("1.5", "정수만"), ("천", "정수만"), ("-1", "0 이상"), ("9999999999", "2000000000")]


@pytest.mark.parametrize(("text", "sentence"), AMOUNTS)
def test_an_amount_is_a_whole_number(desk, pledge, text, sentence):
    data = form_of(desk, pledge)
    data[line_of(data, "funding", source="national") + "-planned"] = text
    answer = desk.post(page(pledge), data)
    assert answer.status_code == 200
    assert sentence in answer.text


@pytest.mark.parametrize(
    ("prefix", "fields"),
    [
        ("funding", {"year": "2019", "source": "national", "planned": "1"}),
        ("milestones", {"order": "2", "title": "준공"}),
    ],
)
def test_the_same_row_twice_is_refused(desk, pledge, prefix, fields):
    data = form_of(desk, pledge)
    add_row(data, prefix, **fields)
    answer = desk.post(page(pledge), data)
    assert answer.status_code == 200
    assert "같은 줄이 두 번 있습니다." in answer.text
    assert Funding.objects.count() == 2


def test_more_secured_than_planned_is_said_and_saved(desk, pledge):
    data = form_of(desk, pledge)
    row = line_of(data, "funding", source="national")
    data |= {f"{row}-secured": "1,600", f"{row}-spent": "1,700"}
    answer = desk.post(page(pledge), data, follow=True)
    assert "확보(백만원) 1,600이(가) 계획(백만원) 500보다 큽니다" in answer.text
    assert "집행(백만원) 1,700이(가) 확보(백만원) 1,600보다 큽니다" in answer.text
    assert pledge.funding.get(source="national").secured == 1600


# --- a save that came second ------------------------------------------------------------------


@pytest.fixture
def other(people):
    """A second browser with another keeper."""
    client = Client()
    client.force_login(_let_in(people["strategy2"]))
    return client


def test_a_stale_save_overwrites_nothing_and_shows_both_texts(desk, other, pledge):
    mine, theirs = form_of(desk, pledge), form_of(other, pledge)
    other.post(page(pledge), theirs | {"expected_effect": "남의 글", "location": "취암동"})
    answer = desk.post(page(pledge), mine | {"expected_effect": "내 글", "scope": "3km"})
    assert answer.status_code == 409
    pledge.refresh_from_db()
    assert (pledge.expected_effect, pledge.location, pledge.scope) == ("남의 글", "취암동", "")
    merged = answer.context["merged"]
    found = [(b.label, b.theirs, b.mine, b.both) for b in merged.clashes]
    assert found == [("규모·대상", "", "3km", False), ("기대효과", "남의 글", "내 글", True)]
    assert merged.theirs == [("위치", "취암동")]
    assert "strategy2이(가)" in answer.text
    assert "남의 글" in answer.text and "내 글</textarea>" in answer.text


def test_saving_again_after_a_clash_works(desk, other, pledge):
    mine, theirs = form_of(desk, pledge), form_of(other, pledge)
    other.post(page(pledge), theirs | {"expected_effect": "남의 글", "location": "취암동"})
    answer = desk.post(page(pledge), mine | {"expected_effect": "내 글"})
    assert desk.post(page(pledge), controls(answer)).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.expected_effect, pledge.location, pledge.version) == ("내 글", "취암동", 3)


def test_a_change_of_rows_alone_makes_the_page_stale(desk, other, pledge):
    mine, theirs = form_of(desk, pledge), form_of(other, pledge)
    theirs[line_of(theirs, "funding", source="national") + "-planned"] = "700"
    add_row(theirs, "milestones", order="3", title="준공")
    theirs[line_of(theirs, "milestones", order="2") + "-DELETE"] = "on"
    assert other.post(page(pledge), theirs).status_code == 302
    row = line_of(mine, "funding", source="national")
    mine |= {f"{row}-planned": "800", f"{row}-secured": "450"}
    answer = desk.post(page(pledge), mine)
    assert answer.status_code == 409
    assert pledge.funding.get(source="national").planned == 700
    merged = answer.context["merged"]
    found = [(b.label, b.theirs, b.mine, b.both) for b in merged.clashes]
    assert found == [
        ("재정투자계획 2019 국비 계획(백만원)", "700", "800", True),
        ("재정투자계획 2019 국비 확보(백만원)", "500", "450", False),
    ]
    assert ("이행절차 준공", "(더함)") in merged.theirs
    assert ("이행절차 한 줄", "(지움)") in merged.theirs
    assert desk.post(page(pledge), controls(answer)).status_code == 302
    line = pledge.funding.get(source="national")
    assert (line.planned, line.secured) == (800, 450)
    assert [m.title for m in pledge.milestones.all()] == ["기본계획", "준공"]


def test_what_was_typed_into_a_row_that_others_deleted_is_kept(desk, other, pledge):
    mine, theirs = form_of(desk, pledge), form_of(other, pledge)
    theirs[line_of(theirs, "milestones", order="2") + "-DELETE"] = "on"
    other.post(page(pledge), theirs)
    mine[line_of(mine, "milestones", order="2") + "-title"] = "착공식"
    add_row(mine, "targets", year="2020", text="내 목표")
    answer = desk.post(page(pledge), mine)
    assert answer.status_code == 409
    assert [m.title for m in pledge.milestones.all()] == ["기본계획"]
    assert desk.post(page(pledge), controls(answer)).status_code == 302
    assert [m.title for m in pledge.milestones.all()] == ["기본계획", "착공식"]
    assert AnnualTarget.objects.get().text == "내 목표"


def test_a_page_without_a_version_overwrites_nothing(desk, pledge):
    data = form_of(desk, pledge) | {"location": "몰래"}
    for name in ("seen", "was"):
        data.pop(name)
    assert desk.post(page(pledge), data).status_code == 409
    assert Pledge.objects.get().location == ""


def test_a_wrong_entry_keeps_the_version_that_was_seen(desk, other, pledge):
    mine, theirs = form_of(desk, pledge), form_of(other, pledge)
    wrong = desk.post(page(pledge), mine | {"number": ""})
    other.post(page(pledge), theirs | {"location": "취암동"})
    assert desk.post(page(pledge), controls(wrong) | {"number": "1-1"}).status_code == 409


# --- terms ------------------------------------------------------------------------------------


def test_a_term_is_kept_with_its_fields_and_its_rounding(desk, pledge):
    term = pledge.term
    data = form_of(desk, term) | {"programme": "동고동락", "reason": "새 이름"}
    data[line_of(data, "fields", order="1") + "-full_name"] = "일과 삶이 있는 시민행복도시"
    data["rate_policies-TOTAL_FORMS"] = "1"
    add_row(data, "rate_policies", valid_from="2019-01-01", mode="half_up", places="2")
    assert desk.post(page(term), data).status_code == 302
    term.refresh_from_db()
    assert (term.programme, term.version) == ("동고동락", 2)
    assert RatePolicy.objects.get().places == 2
    told = {(c.field, c.after) for c in term_changes(term) if c.reason == "새 이름"}
    assert told == {
        ("공약 이름", "동고동락"),
        ("분야 시민행복도시 전체 이름", "일과 삶이 있는 시민행복도시"),
        ("이행률 산정 방식 반올림 2자리 방식", "반올림"),
        ("이행률 산정 방식 반올림 2자리 소수 자릿수", "2"),
    }


def test_a_stale_save_of_a_term_is_refused(desk, other, pledge):
    mine, theirs = form_of(desk, pledge.term), form_of(other, pledge.term)
    other.post(page(pledge.term), theirs | {"programme": "남의 것"})
    assert desk.post(page(pledge.term), mine | {"programme": "내 것"}).status_code == 409
    assert Term.objects.get().programme == "남의 것"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": "2018-07-01"}, "임기 끝이 임기 시작보다 뒤여야 합니다."),
        ({"no": "8"}, "이미 존재합니다"),
    ],
)
def test_a_term_that_cannot_be_is_refused(desk, pledge, fields, sentence):
    factories.make_term(8, 2022, 2026)
    answer = desk.post(page(pledge.term), form_of(desk, pledge.term) | fields)
    assert answer.status_code == 200
    assert sentence in answer.text


def test_a_field_with_pledges_stays(desk, pledge):
    data = form_of(desk, pledge.term)
    data[line_of(data, "fields", order="1") + "-DELETE"] = "on"
    assert desk.post(page(pledge.term), data).status_code == 200
    assert PledgeField.objects.count() == 5


def test_the_history_page_tells_the_card_and_its_rows(desk, pledge, django_assert_max_num_queries):
    data = form_of(desk, pledge) | {"expected_effect": "4km 개통", "reason": "보고회"}
    data[line_of(data, "funding", source="national") + "-planned"] = "700"
    desk.post(page(pledge), data)
    with django_assert_max_num_queries(20):
        text = desk.get(f"{LIST}{pledge.pk}/history/").text
    for word in ("기대효과", "4km 개통", "재정투자계획 2019 국비 계획", "700", "보고회"):
        assert word in text


def test_no_page_of_master_data_breaks_the_policy(desk, pledge):
    for path in (
        LIST,
        page(pledge),
        f"{LIST}add/",
        page(pledge.term),
        f"{LIST}{pledge.pk}/history/",
    ):
        answer = desk.get(path)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        for wrong in ("<script>", "<style", " style=", " onclick=", "javascript:"):
            assert wrong not in answer.text, (path, wrong)
