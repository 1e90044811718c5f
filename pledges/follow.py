"""Following a pledge by mail: ask, confirm, leave, and one mail for every publication that changes it."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from reporting import mail
from reporting.models import Mail, Publication

from . import limits
from .editions import changes_between, row_before
from .models import Follower, FollowerTold, PublishedPledge, PublishedTerm

KIND = "follow"
UNCONFIRMED_DAYS = 7
MORE_TEXTS = ("countermeasures", "next_plans")
FOOT = "이 전자우편 주소는 소식을 보내는 데에만 쓰고, 그만 받으면 바로 지웁니다."


def ask(pledge, email, *, key, who):
    """Write to an address that wants to follow a pledge; what the page says is the same whoever asks.

    Raises `limits.TooMany` for an address of the net that asks too often; a mailbox gets at most a few
    such mails a day, whoever asks.
    """
    with transaction.atomic():
        if not limits.once(key):
            return
        limits.use("follow", who)
        follower = _follower(pledge, email)
        try:
            with transaction.atomic():
                limits.use("follow-mail", email.lower())
        except limits.TooMany:
            return
        _write_back(follower, pledge)


def _follower(pledge, email):
    """Return the row of this pledge and address, made if there is none."""
    mine = Follower.objects.filter(pledge=pledge.pledge_id, email__iexact=email)
    try:
        with transaction.atomic():
            return mine.first() or Follower.objects.create(
                pledge_id=pledge.pledge_id, email=email, token=secrets.token_urlsafe(32)
            )
    except IntegrityError:
        return mine.get()


def _write_back(follower, pledge):
    """Send the link that confirms, or say that the address follows already."""
    if follower.confirmed_at:
        head = f"'{pledge}' 공약의 소식을 이미 받고 계십니다. 더 하실 일은 없습니다."
        lines = [head, "", f"그만 받으려면: {mail.link(_leave(follower))}"]
    else:
        lines = [
            f"'{pledge}' 공약의 소식을 이 주소로 받겠다는 신청이 있었습니다.",
            "",
            "본인이 신청했으면 아래 주소를 열고 단추를 눌러 주세요. 그때부터 소식을 보냅니다.",
            mail.link(reverse("pledges:follow-confirm", args=[follower.token])),
            "",
            f"신청하지 않았으면 그냥 두세요. {UNCONFIRMED_DAYS}일 뒤에 주소를 지웁니다.",
        ]
    _post(follower, f"[논산시 공약] {pledge} 소식 받기", [*lines, "", FOOT])


def _post(follower, subject, lines):
    """Send one mail with the headers by which a mail program offers a button to leave (RFC 8058)."""
    return mail.post(
        to=follower.email,
        kind=KIND,
        subject=subject,
        body="\n".join(lines),
        headers={
            "List-Unsubscribe": f"<{mail.link(_leave(follower))}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _leave(follower):
    return reverse("pledges:follow-leave", args=[follower.token])


def confirm(follower):
    """Begin to send; a second click changes nothing."""
    mine = Follower.objects.filter(pk=follower.pk, confirmed_at=None)
    return mine.update(confirmed_at=timezone.now())


@transaction.atomic
def leave(follower):
    """Delete the address, also from the mails that are still waiting to go to it."""
    for waiting in Mail.objects.waiting().filter(kind=KIND, to=follower.email):
        if follower.token in str(waiting.headers):
            waiting.delete()
    follower.delete()


@transaction.atomic
def purge():
    """Delete the addresses that nobody confirmed, and what could not be sent in a week; return how many."""
    old = timezone.now() - datetime.timedelta(days=UNCONFIRMED_DAYS)
    Mail.objects.waiting().filter(kind=KIND, person=None, written_at__lt=old).delete()
    rows = Follower.objects.filter(confirmed_at=None, asked_at__lt=old)
    found = rows.count()
    rows.delete()
    return found


# --- what a publication changed -----------------------------------------------------------------
@task()
def tell(publication_pk):
    """Write to every follower of a pledge that this publication changed, once and never twice."""
    publication = Publication.objects.select_related("period").get(pk=publication_pk)
    rows = PublishedPledge.objects.filter(
        publication=publication, pledge__followers__confirmed_at__isnull=False
    )
    for row in rows.select_related("publication__period").distinct():
        lines = news(row)
        if lines:
            _tell_all(row, lines)


def tell_again():
    """Queue the telling of this week's publications once more, for a worker that was killed on the way."""
    week = timezone.now() - datetime.timedelta(days=7)
    of_pledges = PublishedTerm.objects.values("publication")
    new = Publication.objects.filter(at__gte=week, pk__in=of_pledges).order_by("pk")
    for pk in new.values_list("pk", flat=True):
        tell.enqueue(pk)


def news(row):
    """Return what a publication changed of a pledge, in lines of a mail; none when nothing changed."""
    before = row_before(row)
    if before is None:
        return ["이 공약이 처음 공표되었습니다."]
    found = [_line(change) for change in changes_between(before, row)]
    for name in MORE_TEXTS:
        if getattr(before, name) != getattr(row, name):
            found.append(_text_line(row._meta.get_field(name).verbose_name, getattr(row, name)))
    if before.title != row.title:
        found.insert(0, f"- 공약명: {before.title} → {row.title}")
    return found


def _line(change):
    if change.pieces:
        return _text_line(change.label, change.after)
    more = f" ({change.more})" if change.more else ""
    return f"- {change.label}: {change.before} → {change.after}{more}"


def _text_line(label, text):
    inner = text.replace("\n", "\n  ")
    return f"- {label}:\n  {inner}" if text else f"- {label}: (지움)"


def _tell_all(row, lines):
    before = Follower.objects.confirmed().filter(confirmed_at__lte=row.publication.at)
    for follower in before.filter(pledge=row.pledge_id).order_by("pk"):
        try:
            with transaction.atomic():
                FollowerTold.objects.create(follower=follower, publication=row.publication)
                _post(follower, f"[논산시 공약] {row}, {_what(row)}", _letter(row, lines, follower))
        except IntegrityError:
            continue  # told already, or the follower left meanwhile


def _what(row):
    publication = row.publication
    return f"{publication.period} 정정" if publication.revision > 1 else str(publication.period)


def _letter(row, lines, follower):
    publication = row.publication
    why = [f"정정 사유: {publication.reason}", ""] if publication.reason else []
    page = reverse("pledges:detail", args=[row.number])
    return [
        f"'{row}' 공약의 {_what(row)} 자료가 공표되었습니다. 달라진 것:",
        "",
        *why,
        *lines,
        "",
        f"자세히 보기: {mail.link(page)}?period={publication.period.code}&term={row.term_no}",
        "",
        f"그만 받기(한 번 누르면 끝): {mail.link(_leave(follower))}",
        FOOT,
    ]
