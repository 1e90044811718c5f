"""The verbs of reporting: open, save, autosave, close, publish. Each is one transaction, by somebody."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from . import clock, formats
from .history import Stale, keep, keep_version, remove
from .marks import changed_in_public
from .models import Autosave, Extension, Period, Publication, Submission
from .notices import tell
from .permissions import is_open_for_entry, runs_periods, writes
from .scan.period import read_files, refuse_private, scan
from .subjects import all_subjects, subject_of
from .workflow import Refused, locked, locked_period, take

State = Period.State


def create_period(period, *, by):
    """Save a new prepared period under its code; of two at once the unique key refuses the second."""
    _must_run_periods(by)
    period.code = Period.code_of(period.cadence, period.year, period.number)
    try:
        with transaction.atomic():
            return keep(period, by=by, reason="보고기간 만듦")
    except IntegrityError as error:
        if not Period.objects.filter(code=period.code).exists():
            raise
        raise Refused(f"{period}은(는) 이미 있습니다.") from error


@transaction.atomic
def reschedule(period, *, version, by):
    """Save new dates; open items that had the old deadline get the new one. Raises `Stale`.

    The as-of date stands on public pages and chooses the rounding, so publication fixes it.
    """
    _must_run_periods(by)
    old = locked_period(period.pk)
    if old.state == State.PUBLISHED and old.as_of != period.as_of:
        raise Refused("공표한 기간의 기준일은 바꿀 수 없습니다. 시민이 읽는 자료의 날짜입니다.")
    keep_version(period, version, by=by, reason="날짜 변경")
    _follow(period, old.due_on)
    return period


def _follow(period, old_due):
    """Give open items the period's new deadline; an extended department keeps its own if that is later."""
    extended = Extension.objects.deadlines(period)
    rest = period.submissions.exclude(department__in=extended)
    rest.filter(due_on=old_due).update(due_on=period.due_on)
    for department, day in extended.items():
        mine = period.submissions.filter(department=department, due_on=max(old_due, day))
        mine.update(due_on=max(period.due_on, day))


@transaction.atomic
def open_period(period, *, by):
    """Open a prepared period: from now on every active subject's department owes one submission.

    A closing by mistake is taken back the same way, as long as nothing is published.
    """
    _must_run_periods(by)
    period = locked_period(period.pk)
    if period.state == State.PUBLISHED:
        raise Refused(f"{period}은(는) 공표되어 다시 열 수 없습니다. 승인 취소로 정정해 주세요.")
    if period.state != State.OPEN:
        reason = "입력 시작" if period.state == State.PREPARED else "마감 취소"
        period.state, period.closed_at = State.OPEN, None
        keep_version(period, period.version, by=by, reason=reason)
    return _add_owed(period, by)


def _add_owed(period, by):
    """Create the submissions that are still missing; return how many."""
    made, extended = 0, Extension.objects.deadlines(period)
    for subject in all_subjects():
        if period.cadence not in subject.cadences:
            continue
        there = set(period.submissions.filter(kind=subject.kind).values_list("key", flat=True))
        new = [owed for owed in subject.owed(period) if owed.key not in there]
        rows = Submission.objects.bulk_create(
            _submission(period, subject, owed, extended) for owed in new
        )
        subject.start(rows, by=by)
        made += len(rows)
    return made


def _submission(period, subject, owed, extended):
    return Submission(
        period=period,
        kind=subject.kind,
        key=owed.key,
        code=owed.code,
        title=owed.title,
        order=owed.order,
        department_id=owed.department_id,
        due_on=max(period.due_on, extended.get(owed.department_id, period.due_on)),
    )


@transaction.atomic
def save_entry(submission, *, version, by, fill):
    """Save one entry if it still stands at `version`; return (report, form).

    `fill(report)` returns the bound form for the locked row. Raises PermissionDenied, Refused (closed,
    past the deadline: judged here, inside the transaction) or Stale (saved by somebody else since).
    An invalid form is returned with its errors and nothing is written.
    """
    submission = locked(submission.pk)
    if not writes(by, submission):
        raise PermissionDenied("다른 부서의 항목은 고칠 수 없습니다.")
    closed = is_open_for_entry(submission, clock.today())
    if closed:
        raise Refused(closed)
    report = subject_of(submission).report(submission, lock=True)
    stands_at = report.version
    form = fill(report)
    if not form.is_valid():
        return report, form
    if stands_at != version:
        raise Stale
    form.save(by=by)
    submission.authors.add(by)
    Autosave.objects.filter(submission=submission, user=by).delete()
    return report, form


def autosave(submission, *, by, fields, version):
    """Keep what is being typed, as typed; the entry itself is not touched."""
    if not writes(by, submission):
        raise PermissionDenied("다른 부서의 항목은 고칠 수 없습니다.")
    if not submission.is_editable_state:
        raise Refused(f"'{submission.get_state_display()}' 상태에서는 고칠 수 없습니다.")
    row, _ = Autosave.objects.update_or_create(
        submission=submission, user=by, defaults={"fields": fields, "version": version}
    )
    return row


def discard_autosave(submission, *, by):
    """Throw away what was typed and not saved."""
    Autosave.objects.filter(submission=submission, user=by).delete()


@transaction.atomic
def remove_file(submission, file_pk, *, by):
    """Take an evidence file away; return its name, or None when it is gone already.

    What was put in by mistake must not stay on the disk: the file goes, its history line stays.
    """
    submission = locked(submission.pk)
    if not writes(by, submission):
        raise PermissionDenied("다른 부서의 항목은 고칠 수 없습니다.")
    closed = is_open_for_entry(submission, clock.today())
    if closed:
        raise Refused(closed)
    subject = subject_of(submission)
    row = next((f for f in subject.files(subject.report(submission)) if f.pk == file_pk), None)
    if row is None:
        return None
    name, file = row.name, row.file
    remove(row, by=by, reason="증빙 삭제")
    transaction.on_commit(lambda: file.storage.delete(file.name))
    return name


def move_items(kind, key, department):
    """Give a subject's undecided items of open periods to its new department; return how many.

    What is approved stays with those who wrote it.
    """
    undecided = Submission.objects.filter(kind=kind, key=key, period__state=State.OPEN).exclude(
        state=Submission.State.APPROVED
    )
    return undecided.exclude(department=department).update(department=department)


def approve_many(seen_by_pk, *, by):
    """Approve each {submission pk: version seen}; return (number approved, [(submission, why not)])."""
    return take_many("approve", seen_by_pk, by=by)


def take_many(name, seen_by_pk, *, by):
    """Take one move for each {submission pk: version seen}; return (how many, [(submission, why not)]).

    Each move is a transaction of its own; those who wrote get one mail for all of them.
    """
    steps, refused = [], []
    for submission in Submission.objects.visible_to(by).filter(pk__in=seen_by_pk):
        try:
            seen = seen_by_pk[submission.pk]
            steps.append(take(name, submission, by=by, seen=seen, quiet=True))
        except (Refused, PermissionDenied) as error:
            refused.append((submission, str(error)))
    with transaction.atomic():
        tell(steps)
    return len(steps), refused


@transaction.atomic
def close_period(period, *, by, missing_reason=""):
    """Close an open period; what is not approved is left out only with a written reason.

    Left-out items are shown to the public as "미보고" with the figures of the period before.
    """
    _must_run_periods(by)
    period = locked_period(period.pk)
    if period.state != State.OPEN:
        raise Refused(f"{period}은(는) '{period.get_state_display()}' 상태라서 마감할 수 없습니다.")
    missing = period.submissions.exclude(state=Submission.State.APPROVED).count()
    if missing and not missing_reason.strip():
        raise Refused(
            f"승인되지 않은 {missing}건이 있습니다. 미보고로 두고 마감하려면 사유를 적어 주세요."
        )
    period.state = State.CLOSED
    period.closed_at = timezone.now()
    reason = f"마감(미보고 {missing}건: {missing_reason.strip()})" if missing else "마감"
    read_files.enqueue(period.pk)
    return keep_version(period, period.version, by=by, reason=reason[:100])


@transaction.atomic
def publish_period(period, *, by, revision, reason=""):
    """Publish a closed period, or a correction of a published one as its next revision.

    `revision` is the number the person saw on the button, so that a second click does nothing more:
    it returns the publication that stands. A correction needs a public reason.
    """
    _must_run_periods(by)
    period = locked_period(period.pk)
    last = period.publications.order_by("-revision").first()
    if last and last.revision == revision:
        return last
    _check_publishing(period, last, revision, reason.strip())
    publication = Publication.objects.create(
        period=period, revision=revision, by=by, reason=reason.strip()
    )
    for subject in all_subjects():
        if period.cadence in subject.cadences:
            subject.publish(publication)
    changed_in_public()
    if period.state != State.PUBLISHED:
        period.state = State.PUBLISHED
        keep_version(period, period.version, by=by, reason="공표")
    return publication


def _check_publishing(period, last, revision, reason):
    """Raise `Refused` unless this revision may be published now."""
    if period.state not in (State.CLOSED, State.PUBLISHED):
        raise Refused(f"{period}을(를) 먼저 마감해야 공표할 수 있습니다.")
    if period.as_of > clock.today():
        day = formats.day(period.as_of)
        raise Refused(f"기준일 {day}이 아직 오지 않아 공표할 수 없습니다. 기준일을 확인해 주세요.")
    if revision != (last.revision + 1 if last else 1):
        raise Refused("그 사이 다른 판이 공표되었습니다. 새로 고친 뒤 다시 해 주세요.")
    if last and not reason:
        raise Refused("정정 공표에는 무엇을 왜 바꾸었는지 적어야 합니다. 누구나 보는 글입니다.")
    pending = corrections(period).count()
    if pending:
        raise Refused(f"정정 중인 {pending}건의 승인이 끝나야 공표할 수 있습니다.")
    private = refuse_private(reason) or scan(period).refusal
    if private:
        raise Refused(private)


def corrections(period):
    """Return the items reopened since the closing that are not approved again yet."""
    return (
        period.submissions.filter(
            transitions__move="reopen", transitions__at__gt=period.closed_at or timezone.now()
        )
        .exclude(state=Submission.State.APPROVED)
        .distinct()
    )


def _must_run_periods(user):
    if not runs_periods(user):
        raise PermissionDenied("보고기간은 전략기획실만 다룹니다.")
