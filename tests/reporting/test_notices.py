"""The mails on a decision: to those who wrote and answer for it, with the words, the day and the link."""

import pytest
from django.core import mail as outbox_of

from pledges.models import Pledge
from reporting.actions import approve_many, take_many
from reporting.models import Mail
from reporting.subjects import subject_of
from reporting.workflow import Refused, take
from tests import factories


@pytest.fixture(autouse=True)
def addressed(quarter, people):
    """Give everybody an address once the first quarter is done."""
    for name, person in people.items():
        person.email = f"{name}@nonsan.example"
        person.save()
    return people


@pytest.fixture
def handed_in(item, people):
    item = factories.hand_in(item, people["writer"])
    outbox_of.outbox.clear()
    return item


def receivers():
    return sorted(to for m in outbox_of.outbox for to in m.to)


def to(*names):
    return sorted(f"{name}@nonsan.example" for name in names)


def test_a_return_is_told_with_words_day_and_link(handed_in, people):
    factories.send_back(handed_in, people["strategy"], comment="실적을 숫자로\n적어 주세요.")
    [letter] = outbox_of.outbox
    assert (letter.to, letter.subject) == (
        to("writer"),
        "[반려] 1-1 (예시) 공약 1-1 (2019년 2분기)",
    )
    assert "    실적을 숫자로\n    적어 주세요." in letter.body
    assert "다시 낼 기한: 2019. 7. 10." in letter.body
    assert f"http://127.0.0.1:8000/desk/{handed_in.pk}/" in letter.body


def test_an_approval_and_a_reopening_are_told(handed_in, people):
    factories.move("approve", handed_in, people["strategy"], comment="잘 정리했습니다.")
    words = {"comment": "집행액 정정", "due_on": factories.Q2_DUE}
    factories.move("reopen", handed_in, people["strategy"], **words)
    first, second = outbox_of.outbox
    assert first.subject.startswith("[승인] 1-1") and "잘 정리했습니다." in first.body
    assert second.subject.startswith("[정정 요구] 1-1") and "집행액 정정" in second.body
    assert list(Mail.objects.order_by("pk").values_list("kind", flat=True)) == ["approve", "reopen"]


def test_handing_in_and_taking_back_are_told_to_nobody(item, people):
    factories.hand_in(item, people["writer"])
    factories.move("recall", item, people["writer"])
    assert outbox_of.outbox == []


def test_every_author_and_the_officer_are_told_not_the_reviewer(item, people):
    Pledge.objects.filter(number="1-1").update(officer=people["head"])
    factories.write(item, people["colleague"])
    item = factories.hand_in(item, people["writer"])
    factories.send_back(item, people["strategy"])
    assert receivers() == to("colleague", "head", "writer")


def test_the_reviewer_is_not_told_of_an_own_decision(handed_in, people, departments):
    people["strategy"].department = departments["도로과"]
    people["strategy"].save()
    Pledge.objects.filter(number="1-1").update(officer=people["strategy"])
    factories.move("approve", handed_in, people["strategy"])
    assert receivers() == to("writer")


def test_who_left_the_department_is_not_told_but_somebody_is(handed_in, people, departments):
    people["writer"].department = departments["복지과"]
    people["writer"].save()
    factories.send_back(handed_in, people["strategy"])
    assert receivers() == to("colleague")


def test_who_cannot_log_in_any_more_is_not_told(handed_in, people):
    people["writer"].is_active = False
    people["writer"].save()
    factories.move("approve", handed_in, people["strategy"])
    assert receivers() == []


def test_a_refused_decision_is_told_to_nobody(handed_in, people):
    with pytest.raises(Refused):
        take("return", handed_in, by=people["strategy"], comment="")
    assert outbox_of.outbox == [] and not Mail.objects.exists()


def test_many_approvals_are_one_mail_a_person(quarter, people):
    for item in quarter.submissions.all():
        factories.hand_in(item, people["stranger" if item.code == "2-1" else "writer"])
    seen = {s.pk: subject_of(s).report(s).version for s in quarter.submissions.all()}
    assert approve_many(seen, by=people["strategy"]) == (3, [])
    assert receivers() == to("stranger", "writer")
    letter = next(m for m in outbox_of.outbox if m.to == to("writer"))
    assert letter.subject == "[승인] 1-1 (예시) 공약 1-1 등 2건 (2019년 2분기)"
    assert "○ 1-1" in letter.body and "○ 1-2" in letter.body and "2-1" not in letter.body


def test_what_was_refused_among_many_is_not_in_the_mail(quarter, people):
    first, second = quarter.submissions.filter(department__name="도로과").order_by("order")
    factories.hand_in(first, people["writer"])
    seen = {s.pk: subject_of(s).report(s).version for s in (first, second)}
    done, refused = take_many("approve", seen, by=people["strategy"])
    assert (done, [s for s, _ in refused]) == (1, [second])
    assert "1-2" not in outbox_of.outbox[0].body
