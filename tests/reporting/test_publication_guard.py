"""Personal numbers stop a publication until somebody lets exactly these pass, by name and reason."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pledges.models import Evidence, PledgeReport
from reporting import actions, publishing
from reporting.models import FileScan, Period, Publication, ScanOverride
from reporting.scan.period import scan
from reporting.subjects import subject_of
from reporting.workflow import Refused, take
from tests import factories
from tests.change_makers import reword
from tests.reporting import scanned


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attach(item, by, name, content):
    subject = subject_of(item)
    actions.save_entry(
        item,
        version=subject.report(item).version,
        by=by,
        fill=lambda report: subject.form(
            report,
            data=factories.entry(),
            files={"evidence": SimpleUploadedFile(name, content)},
        ),
    )


@pytest.fixture
def close(quarter, people):
    """Return a function that approves the first item with these fields and files, and closes."""

    def run(file=None, **fields):
        item = quarter.submissions.get(code="1-1")
        factories.write(item, people["writer"], **fields)
        if file:
            attach(item, people["writer"], *file)
        factories.move("submit", item, people["writer"])
        factories.move("approve", item, people["strategy"])
        actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
        return Period.objects.get(pk=quarter.pk)

    return run


def publish(period, by, revision=1, reason=""):
    return actions.publish_period(period, by=by, revision=revision, reason=reason)


def told(period):
    return [(f.label, f.masked, f.where) for f in scan(period).findings]


def test_clean_texts_are_published_without_a_word(close, people):
    period = close(done="문의 041-000-0000, road@nonsan.go.kr")  # the department's own phone
    assert told(period) == []
    assert publish(period, people["strategy"])


def test_a_phone_in_a_text_stops_the_publication_until_somebody_answers_for_it(close, people):
    period = close(done="문의 홍길동 010-1234-5678")
    assert told(period) == [("전화번호", "010-****-5678", "1-1 추진실적")]
    with pytest.raises(Refused, match="1건 있습니다"):
        publish(period, people["strategy"])
    assert not Publication.objects.filter(period=period).exists()
    row = publishing.override_findings(
        period, digest=scan(period).digest, reason="공개한 번호", by=people["strategy"]
    )
    assert (row.by, row.findings) == (
        people["strategy"],
        [["전화번호", "010-****-5678", "1-1 추진실적"]],
    )
    assert publish(period, people["strategy"])


def test_the_card_is_looked_through_too(close, people):
    pledge = PledgeReport.objects.filter(submission__code="1-1").last().pledge
    reword(pledge, content="신청 a@naver.com")
    assert told(close()) == [("이메일", "a***@naver.com", "1-1 공약 내용")]


def test_a_new_finding_needs_a_new_word(close, people):
    period = close(done="문의 010-1234-5678")
    publishing.override_findings(
        period, digest=scan(period).digest, reason="공개한 번호", by=people["strategy"]
    )
    PledgeReport.objects.in_period(period).filter(submission__code="1-1").update(
        done="문의 010-1234-5679"
    )
    with pytest.raises(Refused, match="1건 있습니다"):
        publish(period, people["strategy"])
    with pytest.raises(Refused, match="바뀌었습니다"):
        publishing.override_findings(period, digest="old", reason="사유", by=people["strategy"])


def test_a_registration_number_in_a_text_never_passes(close, people):
    period = close()
    PledgeReport.objects.in_period(period).filter(submission__code="1-1").update(
        done="850101-1234567"
    )
    found = scan(period)
    assert [f.masked for f in found.findings] == ["8*****-1******"]
    for attempt in (
        lambda: publish(period, people["strategy"]),
        lambda: publishing.override_findings(
            period, digest=found.digest, reason="사유", by=people["strategy"]
        ),
    ):
        with pytest.raises(Refused, match="어떤 사유로도"):
            attempt()


def test_files_are_read_at_the_closing_and_stop_the_publication(close, people):
    period = close(file=("명단.xlsx", scanned.xlsx("홍길동 850101-1234567")))
    assert told(period) == [("주민등록번호", "8*****-1******", "1-1 증빙 · 명단.xlsx")]
    assert "850101" not in str(FileScan.objects.get().found)
    with pytest.raises(Refused, match="1건"):
        publish(period, people["strategy"])
    publishing.override_findings(
        period, digest=scan(period).digest, reason="비공개 증빙", by=people["strategy"]
    )
    assert publish(period, people["strategy"])


def test_a_file_that_cannot_be_read_needs_the_same_word(close, people):
    period = close(file=("사진.png", b"\x89PNG\r\n\x1a\n"))
    assert told(period) == [
        ("읽지 못한 파일", "그림이라 글을 읽지 못합니다.", "1-1 증빙 · 사진.png")
    ]
    with pytest.raises(Refused):
        publish(period, people["strategy"])


def test_a_file_not_read_yet_stops_the_publication(client, close, people):
    period = close(file=("명단.xlsx", scanned.xlsx("비어 있음")))
    FileScan.objects.all().delete()
    with pytest.raises(Refused, match="읽지 않은 파일이 1개"):
        publish(period, people["strategy"])
    client.force_login(people["strategy"])
    client.post(reverse("reporting:period-scan", args=[period.pk]))
    assert publish(period, people["strategy"])


def test_the_same_content_is_read_once(close, people):
    period = close(file=("명단.xlsx", scanned.xlsx("x")))
    row = Evidence.objects.get()
    before = FileScan.objects.get().at
    actions.open_period(period, by=people["strategy"])
    actions.close_period(period, by=people["strategy"], missing_reason="지연")
    assert FileScan.objects.get().at == before and row.sha256 == FileScan.objects.get().sha256


def test_a_correction_is_looked_through_as_well(close, people):
    period = close()
    publish(period, people["strategy"])
    item = period.submissions.get(code="1-1")
    take("reopen", item, by=people["strategy"], comment="정정", due_on=factories.Q2_DUE)
    factories.hand_in(item, people["writer"], done="문의 010-1234-5678")
    factories.move("approve", item, people["strategy"])
    with pytest.raises(Refused, match="1건 있습니다"):
        publish(period, people["strategy"], 2, "실적 정정")
    with pytest.raises(Refused, match="누구나 보는 글에.*010-\\*\\*\\*\\*-9999"):
        publish(period, people["strategy"], 2, "문의 010-1234-9999")


def test_only_the_office_lets_findings_pass_and_only_with_a_reason(close, people):
    period = close(done="문의 010-1234-5678")
    digest = scan(period).digest
    with pytest.raises(PermissionDenied):
        publishing.override_findings(period, digest=digest, reason="사유", by=people["writer"])
    with pytest.raises(Refused, match="사유"):
        publishing.override_findings(period, digest=digest, reason=" ", by=people["strategy"])
    assert not ScanOverride.objects.exists()


def test_the_page_shows_findings_refuses_and_shows_the_override(client, close, people):
    period = close(done="문의 010-1234-5678")
    client.force_login(people["strategy"])
    address = reverse("reporting:period", args=[period.pk])
    page = client.get(address).content.decode()
    assert "공표 전 개인정보 점검" in page and "010-****-5678" in page
    assert "010-1234-5678" not in page
    refused = client.post(
        reverse("reporting:period-publish", args=[period.pk]), {"revision": 1, "checked": "on"}
    )
    assert refused.status_code == 409 and "1건 있습니다" in refused.content.decode()
    override = reverse("reporting:period-override", args=[period.pk])
    digest = scan(period).digest
    assert client.post(override, {"digest": digest, "reason": ""}).status_code == 422
    assert client.post(override, {"digest": "old", "reason": "까닭"}).status_code == 409
    client.post(override, {"digest": digest, "reason": "공개에 동의한 번호"})
    page = client.get(address).content.decode()
    assert "개인정보 점검을 넘어간 기록" in page
    assert "공개에 동의한 번호" in page and "<b>strategy</b>" in page
