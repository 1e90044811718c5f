"""All findings of one period, and what they leave to be done before it may be published."""

import hashlib
from dataclasses import dataclass

from django_tasks import task

from accounts.models import Department

from ..models import Period, ScanOverride
from ..subjects import all_subjects
from .files import hits_of, read_all, scans_of
from .patterns import LABELS, RRN_KIND, UNREAD, find, phones_of, private

NEVER = "공표할 글에 주민등록번호로 보이는 숫자가 있습니다. 지우기 전에는 어떤 사유로도 공표할 수 없습니다."


@dataclass(frozen=True)
class Finding:
    """One personal number, or one file that could not be read, and where it stands."""

    kind: str
    masked: str
    where: str
    link: str
    digest: str
    is_final: bool = False  # a registration number in a text for citizens: nobody overrides it

    @property
    def label(self):
        """Return the kind in words."""
        return LABELS[self.kind]


@dataclass(frozen=True)
class Scan:
    """What was found in a period, what has not been read yet, and who let exactly this pass."""

    findings: list
    unread: int
    override: ScanOverride | None

    @property
    def digest(self):
        """Return one digest of exactly these findings, whatever their order."""
        return digest_of(self.findings)

    @property
    def is_final(self):
        """Say whether something was found that no reason lets pass."""
        return any(finding.is_final for finding in self.findings)

    @property
    def refusal(self):
        """Say what keeps the period from being published, or ""."""
        if self.unread:
            return (
                f"개인정보 점검에서 아직 읽지 않은 파일이 {self.unread}개 있습니다. "
                "'파일 점검'을 누르고 잠시 뒤 다시 해 주세요."
            )
        if self.is_final:
            return NEVER
        if self.findings and not self.override:
            return (
                f"개인정보로 보이거나 읽지 못한 것이 {len(self.findings)}건 있습니다. "
                "고치거나, 사유를 적고 그대로 공표한다고 확인해 주세요."
            )
        return ""


def digest_of(findings):
    """Return one digest of these findings, whatever their order."""
    lines = sorted(f"{f.kind}|{f.where}|{f.digest}|{f.masked}" for f in findings)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def scan(period):
    """Return the `Scan` of a period as it would be published now; reads no file and writes nothing."""
    known = phones_of(Department.objects.exclude(phone="").values_list("phone", flat=True))
    files = files_of(period)
    there = scans_of(files)
    findings = list(dict.fromkeys([*_in_texts(period, known), *_in_files(files, there, known)]))
    override = None
    if findings:
        override = ScanOverride.objects.filter(period=period, digest=digest_of(findings))
        override = override.select_related("by").first()
    return Scan(findings, sum(file.key not in there for file in files), override)


def _subjects(period):
    return [subject for subject in all_subjects() if period.cadence in subject.cadences]


def files_of(period):
    """Return every file that hangs on the period's reports."""
    return [file for subject in _subjects(period) for file in subject.files_to_scan(period)]


def _in_texts(period, known):
    """Yield what stands in the texts."""
    for subject in _subjects(period):
        for text in subject.texts_to_scan(period):
            for hit in private(find(text.text), known=known):
                final = text.is_public and hit.kind == RRN_KIND
                yield Finding(hit.kind, hit.masked, text.where, text.link, hit.digest, final)


def _in_files(files, there, known):
    """Yield what stands in the files that were read, and the files that could not be."""
    for file in files:
        row = there.get(file.key)
        if row is None:
            continue
        where = f"{file.where} · {file.name}"
        for hit in private(hits_of(row), known=known):
            yield Finding(hit.kind, hit.masked, where, file.link, hit.digest)
        if row.unread:
            yield Finding(UNREAD, row.unread, where, file.link, file.sha256)


def refuse_private(text):
    """Return a sentence when a text that everybody reads holds a private number, else ""."""
    known = phones_of(Department.objects.exclude(phone="").values_list("phone", flat=True))
    hits = private(find(text), known=known)
    if not hits:
        return ""
    shown = ", ".join(f"{LABELS[hit.kind]} {hit.masked}" for hit in hits)
    return f"누구나 보는 글에 개인정보로 보이는 것이 있습니다({shown}). 지우고 다시 해 주세요."


@task()
def read_files(period_pk):
    """Read the files of a period that have not been read yet; the worker does it."""
    read_all(files_of(Period.objects.get(pk=period_pk)))
