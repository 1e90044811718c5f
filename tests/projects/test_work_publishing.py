"""What stands before a half year is published: texts and files to look through, the preview, a figure nobody gives."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from projects.models import PublishedTask, Task, TaskAim
from projects.subject import WorkSubject
from reporting.actions import close_period, publish_period
from reporting.clock import on_day
from reporting.models import Period, Publication
from reporting.workflow import Refused
from tests.projects.work_makers import approved, report_of, save, step_name


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def told(half, people):
    """Return the half year with both reports approved."""
    task, project = (half.submissions.get(code=c) for c in ("업무 1", "사업 1-1"))
    approved(task, people, done="착공함", problems="보상", **{step_name(task): "2019-04-25"})
    approved(project, people, next_plans="공정률 20%", done="공정률 10%", spent_municipal="60")
    return half


def publish(half, people, **more):
    close_period(half, by=people["strategy"], **more)
    with on_day(half.due_on):
        return publish_period(half, by=people["strategy"], revision=1)


def test_every_text_that_goes_out_is_looked_through(told):
    task = Task.objects.get()
    TaskAim.objects.create(task=task, order=1, text="(예시) 목표 문장")
    read = {r.where: r for r in WorkSubject().texts_to_scan(told)}
    assert read["업무 1 추진실적"].text == "착공함"
    assert read["업무 1 문제점"].text == "보상"
    assert read["업무 1 업무 목표"].text == "(예시) 목표 문장"
    assert "착공" in read["업무 1 추진일정"].text
    # Two projects bear this name; which comes last is the database's own affair.
    texts = {(r.where, r.text) for r in WorkSubject().texts_to_scan(told)}
    assert ("출렁다리 향후계획", "공정률 20%") in texts
    item = told.submissions.get(code="업무 1")
    assert read["업무 1 추진실적"].link == f"/review/{item.pk}/"


def test_every_word_of_the_snapshot_is_among_the_texts(told, people):
    """What a publication stores of a task is what was looked through before it."""
    TaskAim.objects.create(task=Task.objects.get(), order=1, text="(예시) 목표 문장")
    looked = "\n".join(r.text for r in WorkSubject().texts_to_scan(told))
    publish(told, people)
    row = PublishedTask.objects.get()
    assert all(text in looked for text in (row.title, row.done, row.problems, *row.data["aims"]))


def test_the_files_of_the_period_are_looked_through(half, people):
    item = half.submissions.get(code="업무 1")
    file = SimpleUploadedFile("사진.png", b"\x89PNG\r\n\x1a\n" + b"0" * 20, "image/png")
    _, form = save(item, people["writer"], files={"evidence": file}, done="착공함")
    assert form.is_valid(), form.errors
    (found,) = WorkSubject().files_to_scan(half)
    assert (found.where, found.name) == ("업무 1 증빙", "사진.png")
    assert found.link == f"/review/{item.pk}/"
    assert list(WorkSubject().files(report_of(item))) == list(report_of(item).evidence.all())


def test_the_preview_counts_steps_and_what_is_missing(half, people):
    assert WorkSubject().preview(half) == [
        "주요업무 1건, 사업 2건, 추진일정 1건 가운데 완료 0건",
        "주요업무·사업 2건은 미보고로, 지난 기간의 값으로 나갑니다.",
    ]


def test_the_preview_says_what_citizens_read_now(told, people):
    assert WorkSubject().preview(told)[0].endswith("완료 1건")
    publish(told, people)
    assert WorkSubject().preview(told)[0].endswith("완료 1건 (지금 시민 화면 1건)")


def test_a_figure_that_nobody_gives_refuses_the_publication_in_a_sentence(told, people, client):
    TaskAim.objects.create(task=Task.objects.get(), order=1, text="{nobody-knows}곳 조성")
    why = "'{nobody-knows}곳 조성'의 {nobody-knows}에 맞는 수가 없습니다."
    assert WorkSubject().preview(told) == [why]
    assert list(WorkSubject().texts_to_scan(told)) == []
    with pytest.raises(Refused, match="nobody-knows"):
        publish(told, people)
    assert not Publication.objects.filter(period=told).exists()
    assert Period.objects.get(pk=told.pk).state == Period.State.CLOSED
    client.force_login(people["strategy"])
    answer = client.get(f"/periods/{told.pk}/")
    assert answer.status_code == 200 and why in answer.content.decode().replace("&#x27;", "'")


def test_history_tells_fields_steps_and_money(told, people):
    task, project = (told.submissions.get(code=c) for c in ("업무 1", "사업 1-1"))
    mine = {(c.field, c.after) for c in WorkSubject().history(report_of(task))}
    assert {("추진실적", "착공함"), ("일정 착공 완료", "2019. 4. 25.")} <= mine
    mine = {(c.field, c.after) for c in WorkSubject().history(report_of(project))}
    assert ("집행 시비 올해 집행(백만원)", "60") in mine
