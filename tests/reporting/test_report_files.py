"""Long documents: made off the request once, shown while made, kept with the publication, made again."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pledges.models import PublishedPledge
from reporting import making
from reporting.models import Publication, ReportFile
from reporting.models.files import LOST, NO_WORKER
from reporting.publishing import withdraw_publication
from reporting.reports import all_reports
from tests import factories
from tests.reporting.test_races import together

State = ReportFile.State
Q1 = "/reports/pledges-cards/2019-q1.pdf"
Q2 = "/reports/pledges-cards/2019-q2.pdf"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def row(people, quarter, **facts):
    """Return the row of the first quarter's published cards, by default one that waits."""
    publication = Publication.objects.get(period__code="2019-q1")
    same = {"name": "pledges-cards", "kind": "pdf", "made_by": people["writer"]}
    return ReportFile.objects.create(
        **{**same, "period": publication.period, "publication": publication, **facts}
    )


def body(response):
    return b"".join(response.streaming_content)


# --- the whole way ----------------------------------------------------------------------------
def test_a_long_document_is_asked_for_made_kept_and_taken(client, quarter, people, tmp_path):
    client.force_login(people["writer"])
    offered = client.get(Q1)
    assert "PDF 만들기" in offered.content.decode() and not ReportFile.objects.exists()
    page = client.post(f"{Q1}/make/", follow=True)
    assert "다 되었습니다" in page.content.decode()
    made = ReportFile.objects.get()
    assert (made.state, made.made_by) == (State.DONE, people["writer"])
    assert made.publication == Publication.objects.get(period__code="2019-q1")
    client.force_login(people["executive"])
    first, second = client.get(Q1), client.get(f"/reports/files/{made.pk}/download/")
    assert (
        "관리카드" not in first["Content-Disposition"]
        and first["Content-Type"] == "application/pdf"
    )
    assert first["Cache-Control"] == "no-store"
    content = body(first)
    assert content == body(second) and content.startswith(b"%PDF-1.7")
    assert len(content) == made.size
    kept = set(tmp_path.rglob("*.pdf"))
    client.post(f"{Q1}/make/")
    assert set(tmp_path.rglob("*.pdf")) == kept
    assert ReportFile.objects.get().attempts == 1
    listed = client.get("/reports/files/").content.decode()
    assert "제1판" in listed and "writer" in listed


def test_a_long_hwpx_is_kept_beside_the_pdf(client, quarter, people):
    client.force_login(people["writer"])
    address = Q1.replace(".pdf", ".hwpx")
    assert "HWPX 만들기" in client.get(address).content.decode()
    page = client.post(f"{address}/make/", follow=True)
    assert "다 되었습니다" in page.content.decode()
    made = ReportFile.objects.get()
    assert (made.state, made.kind, made.pages) == (State.DONE, "hwpx", None)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/hwp+zip"
    assert body(answer).startswith(b"PK")
    client.post(f"{address}/make/")
    assert ReportFile.objects.get().attempts == 1


def test_a_preview_is_made_anew_when_its_content_changed(client, quarter, people):
    client.force_login(people["strategy"])
    client.post(f"{Q2}/make/")
    old = ReportFile.objects.get()
    assert old.publication is None and body(client.get(Q2))
    item = quarter.submissions.get(code="1-1")
    factories.write(item, people["writer"], done="새로 쓴 실적")
    assert "내용이 바뀌었습니다" in client.get(Q2).content.decode()
    client.post(f"{Q2}/make/")
    new = ReportFile.objects.get()
    assert (new.pk, new.attempts) == (old.pk, 2) and new.sha256 != old.sha256
    assert not old.file.storage.exists(old.file.name) and body(client.get(Q2))


def test_a_correction_has_a_file_of_its_own_and_the_first_stays(client, quarter, people):
    client.force_login(people["strategy"])
    client.post(f"{Q1}/make/")
    first = ReportFile.objects.get()
    publish_again(first.period, people)
    assert "PDF 만들기" in client.get(Q1).content.decode()
    client.post(f"{Q1}/make/")
    assert [f.publication.revision for f in ReportFile.objects.order_by("pk")] == [1, 2]
    assert body(client.get(f"/reports/files/{first.pk}/download/"))


def publish_again(period, people):
    """Publish the period's second revision with the rows of the first."""
    first = Publication.objects.get(period=period)
    second = Publication.objects.create(
        period=period, revision=2, reason="정정", by=people["strategy"]
    )
    for model in (type(first.terms.first()), PublishedPledge):
        for snapshot in model.objects.filter(publication=first):
            snapshot.pk, snapshot.publication, snapshot._state.adding = None, second, True
            snapshot.save()


# --- who may ----------------------------------------------------------------------------------
def test_a_preview_is_for_those_who_read_drafts(client, quarter, people):
    preview = row(people, quarter, publication=None, period=quarter)
    for name, status in (("strategy", 200), ("executive", 200), ("writer", 404), ("head", 404)):
        client.force_login(people[name])
        assert client.get(f"/reports/files/{preview.pk}/").status_code == status
        assert client.get(f"/reports/files/{preview.pk}/progress/").status_code == status
        assert ("2019년 2분기" in client.get("/reports/files/").content.decode()) == (status == 200)
    assert client.post(f"{Q2}/make/").status_code == 404
    assert ReportFile.objects.count() == 1


def test_the_file_of_what_was_withdrawn_is_for_those_who_read_drafts(client, quarter, people):
    kept = row(people, quarter)
    client.force_login(people["writer"])
    assert client.get(f"/reports/files/{kept.pk}/").status_code == 200
    withdraw_publication(kept.publication, reason="이름이 실림", by=people["strategy"])
    assert client.get(f"/reports/files/{kept.pk}/").status_code == 404
    client.force_login(people["executive"])
    assert client.get(f"/reports/files/{kept.pk}/").status_code == 200


def test_rights_taken_away_count_at_once(client, quarter, people):
    made = row(people, quarter)
    client.force_login(people["writer"])
    assert client.get(f"/reports/files/{made.pk}/").status_code == 200
    type(people["writer"]).objects.filter(pk=people["writer"].pk).update(role="")
    for address in (f"/reports/files/{made.pk}/", f"/reports/files/{made.pk}/download/", Q1):
        assert client.get(address).status_code == 403
    assert client.post(f"{Q1}/make/").status_code == 403


@pytest.mark.parametrize(
    "address", ["nothing/2019-q1.pdf", "pledges/2019-q1.pdf", "pledges-cards/2019-q1.xlsx"]
)
def test_only_long_forms_are_made(client, quarter, people, address):
    client.force_login(people["strategy"])
    assert client.post(f"/reports/{address}/make/").status_code == 404
    assert not ReportFile.objects.exists()


# --- while it is made -------------------------------------------------------------------------
def test_reading_shows_how_far_it_is_and_writes_nothing(client, quarter, people):
    made = row(people, quarter, state=State.RUNNING, done=3, total=69, doing="만드는 중: 1-3")
    client.force_login(people["writer"])
    with CaptureQueriesContext(connection) as captured:
        page = client.get(f"/reports/files/{made.pk}/").content.decode()
        json = client.get(f"/reports/files/{made.pk}/progress/").json()
        assert client.get(Q1).url == f"/reports/files/{made.pk}/"
        assert client.get(f"/reports/files/{made.pk}/download/").status_code == 404
    written = [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in written if "django_session" not in sql]
    assert '<progress max="69" value="3"' in page and 'http-equiv="refresh"' in page
    assert (json["state"], json["done"], json["total"]) == ("running", 3, 69)
    assert (json["finished"], json["waits"]) == (False, False)
    assert client.post(f"{Q1}/make/").url == f"/reports/files/{made.pk}/"
    assert ReportFile.objects.get().attempts == 0


def test_a_file_nobody_takes_up_asks_for_the_worker(client, quarter, people):
    made = row(people, quarter, updated_at=timezone.now() - NO_WORKER * 2)
    client.force_login(people["writer"])
    where = f"/reports/files/{made.pk}/"
    assert client.get(f"{where}progress/").json()["waits"]
    assert "db_worker" in client.get("/reports/files/").content.decode()
    row(people, quarter, name="pledges", state=State.RUNNING)
    assert not client.get(f"{where}progress/").json()["waits"]  # it is at another file


def test_what_was_cut_off_is_made_again(client, quarter, people):
    row(people, quarter, state=State.RUNNING, attempts=1, updated_at=timezone.now() - LOST * 2)
    client.force_login(people["writer"])
    assert "다시 만들기" in client.get("/reports/files/").content.decode()
    client.post(f"{Q1}/make/")
    assert (ReportFile.objects.get().state, ReportFile.objects.get().attempts) == (State.DONE, 2)


def test_what_failed_says_why_and_is_made_again(client, quarter, people, settings, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked
    client.force_login(people["writer"])
    page = client.post(f"{Q1}/make/", follow=True).content.decode()
    assert "만들지 못했습니다" in page and "다시 만들기" in page
    assert ReportFile.objects.get().state == State.FAILED
    settings.MEDIA_ROOT = tmp_path
    client.post(f"{Q1}/make/")
    assert ReportFile.objects.get().state == State.DONE


def test_a_file_lost_from_the_disk_is_made_again(client, quarter, people):
    client.force_login(people["writer"])
    client.post(f"{Q1}/make/")
    made = ReportFile.objects.get()
    made.file.storage.delete(made.file.name)
    assert client.get(f"/reports/files/{made.pk}/download/").status_code == 404
    client.post(f"{Q1}/make/")
    assert body(client.get(Q1))


def test_a_publication_that_changed_meanwhile_is_not_mixed_up(quarter, people):
    waiting = row(people, quarter)
    publish_again(waiting.period, people)
    making.make.func(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED and "공표가 바뀌었습니다" in waiting.error


def test_who_was_taken_for_dead_changes_nothing_any_more(quarter, people):
    made = row(people, quarter, state=State.RUNNING, attempts=1)
    stale = ReportFile.objects.get(pk=made.pk)
    ReportFile.objects.filter(pk=made.pk).update(attempts=2)
    assert not making._tell(stale, done=50)
    assert ReportFile.objects.get().done == 0


# --- kept and cleared away --------------------------------------------------------------------
def test_old_previews_go_and_published_files_stay(client, quarter, people):
    client.force_login(people["strategy"])
    for address in (Q1, Q2):
        client.post(f"{address}/make/")
    assert making.purge()[0] == 0
    old = timezone.now() - datetime.timedelta(days=8)
    preview = ReportFile.objects.get(publication=None)
    ReportFile.objects.update(updated_at=old)
    assert making.purge()[0] == 1
    assert not preview.file.storage.exists(preview.file.name)
    assert ReportFile.objects.get().publication and body(client.get(Q1))


@pytest.mark.parametrize(
    "facts", [{"state": State.DONE}, {"state": State.FAILED}, {}], ids=["done", "failed", "twice"]
)
def test_the_database_refuses_what_must_not_be(quarter, people, facts):
    if not facts:
        row(people, quarter)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(people, quarter, **facts)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", ["2019-q1", "2019-q2"])
def test_two_who_ask_at_once_have_one_file_made_once(quarter, people, code):
    report = all_reports()["pledges-cards"]
    period = type(quarter).objects.get(code=code)
    results = together(
        *[
            lambda n=n: making.ask(report, period, "pdf", by=people[n])
            for n in ("writer", "strategy")
        ]
    )
    assert not [r for r in results if isinstance(r, Exception)], results
    made = ReportFile.objects.get()
    assert {r.pk for r in results} == {made.pk}
    assert (made.state, made.attempts) == (State.DONE, 1)
    again = together(
        *[
            lambda n=n: making.ask(report, period, "pdf", by=people[n])
            for n in ("writer", "strategy")
        ]
    )
    assert {r.pk for r in again} == {made.pk} and ReportFile.objects.get().attempts == 1


# --- short documents: made by whoever first takes one, kept with the publication ---------------
SHORT = "/reports/pledges/2019-q1.xlsx"


def test_a_short_document_is_made_once_and_every_reader_gets_the_same_file(client, quarter, people):
    client.force_login(people["writer"])
    first = client.get(SHORT).content
    made = ReportFile.objects.get()
    assert (made.state, made.made_by, made.kind) == (State.DONE, people["writer"], "xlsx")
    client.force_login(people["executive"])
    assert client.get(SHORT).content == first
    assert ReportFile.objects.get() == made
    listed = client.get("/reports/").content.decode()
    assert f'href="/reports/files/{made.pk}/"' in listed and people["writer"].name in listed


def test_a_kept_file_stays_when_the_program_would_make_another(
    client, quarter, people, monkeypatch
):
    client.force_login(people["writer"])
    first = client.get(SHORT).content
    monkeypatch.setitem(making.RENDERERS, "xlsx", lambda document: b"another")
    assert client.get(SHORT).content == first


def test_a_draft_is_never_kept(client, quarter, people):
    client.force_login(people["strategy"])
    assert client.get("/reports/pledges/2019-q2.xlsx").status_code == 200
    assert not ReportFile.objects.exists()


def test_what_cannot_be_kept_is_handed_over_all_the_same(
    client, quarter, people, settings, tmp_path
):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    settings.MEDIA_ROOT = blocked
    client.force_login(people["writer"])
    assert client.get(SHORT).content.startswith(b"PK")
    assert not ReportFile.objects.exists()


def test_while_another_request_makes_it_the_file_is_handed_over_unkept(client, quarter, people):
    waiting = row(people, quarter, name="pledges", kind="xlsx", state=State.RUNNING)
    client.force_login(people["writer"])
    assert client.get(SHORT).content.startswith(b"PK")
    assert ReportFile.objects.get() == waiting
    assert "지금 만드는 문서가 없습니다" in client.get("/reports/files/").content.decode()
    ReportFile.objects.update(updated_at=timezone.now() - LOST - datetime.timedelta(seconds=1))
    assert client.get(SHORT).content.startswith(b"PK")
    assert ReportFile.objects.get().state == State.DONE


def test_the_file_of_a_withdrawn_publication_is_listed_no_more(client, quarter, people):
    client.force_login(people["writer"])
    assert client.get(SHORT).status_code == 200
    first = ReportFile.objects.get().publication
    assert "보관한 Excel" in client.get("/reports/").content.decode()
    withdraw_publication(first, by=people["strategy"], reason="개인정보가 있었음")
    assert client.get(SHORT).status_code == 404
    client.force_login(people["strategy"])
    assert "보관한 Excel" not in client.get("/reports/").content.decode()
