"""The guard at work: a reason or a tick before handing in, never silently, seen by the reviewer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pledges import guard
from pledges.models import Completion
from reporting.actions import take_many
from reporting.models import Submission
from reporting.subjects import briefs_of, subject_of
from reporting.workflow import Refused, take
from tests import factories

TICK = "살펴볼 점을 확인했으며 그대로 냅니다"


def report_of(item):
    return subject_of(item).report(item)


def page_of(client, item, name="entry"):
    return client.get(reverse(f"reporting:{name}", args=[item.pk])).content.decode()


def sent(item, **fields):
    return factories.entry(version=report_of(item).version, **fields)


@pytest.fixture
def raw(people):
    """Return a function that saves as the form does, without any answer."""
    return lambda item, **fields: factories.write(item, people["writer"], answered=False, **fields)


def test_a_contradiction_is_refused_until_the_reason_is_written(item, people, raw):
    raw(item, status="completed", spent_national="500", spent_municipal="300")
    with pytest.raises(Refused, match="이행절차가 2개.*상태 사유"):
        take("submit", item, by=people["writer"])
    raw(item, status="completed", status_reason="착공은 협약으로 갈음", progress_pct="25",
        spent_national="500", spent_municipal="300")  # fmt: skip
    assert factories.move("submit", item, people["writer"]).state == "submitted"


def test_a_draft_is_always_saved(client, item, people):
    client.force_login(people["writer"])
    data = sent(item, status="completed", progress_pct="99", then="save")
    client.post(reverse("reporting:entry", args=[item.pk]), data)
    assert (report_of(item).status, report_of(item).progress_pct) == ("completed", 99)


def test_a_warning_is_shown_ticked_and_handed_in(client, item, people):
    client.force_login(people["writer"])
    address = reverse("reporting:entry", args=[item.pk])
    assert TICK not in page_of(client, item)
    first = client.post(address, sent(item, progress_pct="99", then="submit"), follow=True)
    assert "저장했습니다. 제출하려면: 추진율이 25%에서 99%로" in first.content.decode()
    assert TICK in page_of(client, item)
    marks = guard.marks(subject_of(item).warnings(report_of(item)))
    client.post(address, sent(item, progress_pct="99", acknowledge=marks, then="submit"))
    item.refresh_from_db()
    assert item.state == "submitted"
    assert report_of(item).acknowledged == ["추진율이 25%에서 99%로 올랐는데 증빙이 없습니다."]


def test_no_tick_no_handing_in_however_it_is_tried(client, item, people, raw):
    report = raw(item, progress_pct="99")
    done, refused = take_many("submit", {item.pk: report.version}, by=people["writer"])
    assert done == 0 and "증빙이 없습니다" in refused[0][1]
    assert any("99%" in gap for gap in briefs_of([item])[item.pk].missing)
    raw(item, progress_pct="99", acknowledge="on")
    with pytest.raises(Refused):
        take("submit", item, by=people["writer"])


def test_a_new_warning_after_the_tick_needs_a_new_tick(item, people, raw):
    report = raw(item, progress_pct="98")
    marks = guard.marks(subject_of(item).warnings(report))
    raw(item, progress_pct="99", acknowledge=marks)
    assert report_of(item).acknowledged == []
    with pytest.raises(Refused, match="99%"):
        take("submit", item, by=people["writer"])


def test_the_old_tick_does_not_cover_a_second_warning(item, people, raw):
    marks = guard.marks(subject_of(item).warnings(raw(item, progress_pct="99")))
    raw(item, progress_pct="99", spent_national="1", acknowledge=marks)
    with pytest.raises(Refused, match="줄었습니다") as refusal:
        take("submit", item, by=people["writer"])
    assert "99%" not in str(refusal.value)


def test_taking_the_tick_away_takes_the_word_away(item, people, raw):
    marks = guard.marks(subject_of(item).warnings(raw(item, progress_pct="99")))
    raw(item, progress_pct="99", acknowledge=marks)
    raw(item, progress_pct="99")
    assert report_of(item).acknowledged == []


def test_the_tick_is_drawn_set_only_while_it_covers_everything(client, item, people, raw):
    client.force_login(people["writer"])
    marks = guard.marks(subject_of(item).warnings(raw(item, progress_pct="99")))
    raw(item, progress_pct="99", acknowledge=marks)
    ticked = f'name="acknowledge" value="{marks}"'
    assert f'{ticked} id="id_acknowledge" checked' in page_of(client, item).replace(
        ' maxlength="500"', ""
    )
    raw(item, progress_pct="99", spent_national="1", acknowledge=marks)
    assert " checked" not in page_of(client, item).partition('name="acknowledge"')[2][:200]


def test_the_reviewer_sees_the_reason_and_who_overruled_what(client, item, people):
    factories.hand_in(
        item, people["writer"], status="partial", status_reason="보상 협의 지연", progress_pct="99"
    )
    client.force_login(people["strategy"])
    page = page_of(client, item, "review-item")
    assert "보상 협의 지연" in page
    assert "추진율이 25%에서 99%로 올랐는데 증빙이 없습니다. (writer 확인, " in page
    assert "확인하고 낸 점" in page
    lines = subject_of(item).lines(report_of(item))
    assert lines["상태 사유"] == "보상 협의 지연"


def test_history_tells_the_reason_and_the_tick(item, people):
    factories.hand_in(item, people["writer"], progress_pct="99", status_reason="까닭")
    told = {change.field: change.after for change in subject_of(item).history(report_of(item))}
    assert told["상태 사유"] == "까닭"
    assert told["확인하고 낸 점"] == "추진율이 25%에서 99%로 올랐는데 증빙이 없습니다."


def test_the_reason_is_kept_while_typing_and_shown_in_a_conflict(client, item, people, raw):
    client.force_login(people["writer"])
    client.post(
        reverse("reporting:autosave", args=[item.pk]), sent(item, status_reason="쓰는 중인 사유")
    )
    assert "쓰는 중인 사유" in page_of(client, item)
    was = page_of(client, item).partition('name="was" value="')[2].partition('"')[0]
    data = sent(item, status_reason="내 사유", was=was)
    factories.write(item, people["colleague"], answered=False, status_reason="동료의 사유")
    answer = client.post(reverse("reporting:entry", args=[item.pk]), data)
    assert answer.status_code == 409
    assert "동료의 사유" in answer.content.decode() and "내 사유" in answer.content.decode()


# --- completion -------------------------------------------------------------------------------
@pytest.fixture
def claim(item, people):
    """Return the item, handed in with a completion that nobody has confirmed."""
    return factories.hand_in(item, people["writer"], status="completed", status_reason="준공")


def decide(client, item, **more):
    data = {"move": "approve", "seen": report_of(item).version, **more}
    return client.post(reverse("reporting:review-decide", args=[item.pk]), data)


def test_a_claimed_completion_shows_the_check_list(client, claim, people):
    client.force_login(people["strategy"])
    page = page_of(client, claim, "review-item")
    for text in (
        "완료 확정",
        "2개가 끝나지 않았습니다: 기본계획, 착공",
        "확보 800",
        "붙인 파일이 없습니다",
    ):
        assert text in page


def test_approval_without_the_tick_is_refused_in_a_sentence(client, claim, people):
    client.force_login(people["strategy"])
    answer = decide(client, claim)
    assert answer.status_code == 409
    assert "&#x27;완료 확정&#x27;에 표시해야 승인할 수 있습니다" in answer.content.decode()
    claim.refresh_from_db()
    assert (claim.state, Completion.objects.count()) == ("submitted", 0)


def test_approval_with_the_tick_confirms_by_name(client, claim, people):
    client.force_login(people["strategy"])
    decide(client, claim, confirmed="on", comment="현장 확인")
    row = Completion.objects.get()
    assert (row.by, row.note, row.report) == (people["strategy"], "현장 확인", report_of(claim))
    claim.refresh_from_db()
    assert claim.state == "approved"


def test_bulk_approval_leaves_a_claim_out_with_the_sentence(client, claim, people):
    client.force_login(people["strategy"])
    pick = f"{claim.pk}:{report_of(claim).version}"
    answer = client.post(reverse("reporting:review-approve"), {"pick": pick}, follow=True)
    assert "완료 확정" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.state == Submission.State.SUBMITTED


def test_nobody_confirms_what_they_wrote(claim, people):
    claim.authors.add(people["strategy"])
    for person in ("strategy", "writer"):
        with pytest.raises(PermissionDenied):
            guard.confirm_completion(report_of(claim), by=people[person])
    assert guard.confirm_completion(report_of(claim), by=people["strategy2"])
    with pytest.raises(Refused, match="확정할 새 완료"):
        guard.confirm_completion(report_of(claim), by=people["strategy2"])


def test_a_changed_text_is_confirmed_again_and_an_unchanged_one_is_not(claim, people):
    words = {"comment": "다시", "due_on": factories.Q2_DUE}
    take("approve", claim, by=people["strategy"], confirmed=True)
    take("reopen", claim, by=people["strategy"], **words)
    take("submit", claim, by=people["writer"])
    take("approve", claim, by=people["strategy"])  # the very text that was confirmed
    take("reopen", claim, by=people["strategy"], **words)
    factories.hand_in(claim, people["writer"], status="completed", status_reason="다른 근거")
    with pytest.raises(Refused, match="완료 확정"):
        take("approve", claim, by=people["strategy"])
    take("approve", claim, by=people["strategy"], confirmed=True)
    assert Completion.objects.count() == 2


def test_an_ordinary_item_asks_for_no_confirmation(client, item, people):
    factories.hand_in(item, people["writer"])
    client.force_login(people["strategy"])
    assert "완료 확정" not in page_of(client, item, "review-item")
    decide(client, item)
    item.refresh_from_db()
    assert (item.state, Completion.objects.count()) == ("approved", 0)
