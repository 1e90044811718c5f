"""Mail: written in the transaction of what it tells of, sent by the worker, tried again by `remind`.

mail.post(person=officer, kind="returned", subject="[반려] 1-1 …", body="…")      to a colleague
mail.post(to="a@b.kr", kind="follow", subject="…", body="…", headers={…})         to a citizen
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from .formats import clean
from .models import Mail

MOST_ATTEMPTS = 5


def post(*, kind, subject, body, person=None, to="", headers=None):
    """Write one mail to a colleague or to an address; None when a colleague has no address.

    The subject loses line ends (no header can be smuggled in); links begin with `link(…)`.
    """
    address = person.email if person else to
    if not address:
        return None
    row = Mail.objects.create(
        kind=kind,
        person=person,
        to=address,
        subject=" ".join(clean(subject).split())[:200],
        body=body,
        headers=headers or {},
    )
    deliver.enqueue(row.pk)
    return row


def link(path):
    """Return a path of this site as an address that works in a mail."""
    return f"{settings.SITE_URL}{path}"


@task()
def deliver(pk):
    """Send one mail that is not sent yet; what went wrong stays on its row."""
    row = Mail.objects.filter(pk=pk, sent_at=None).first()
    if row is None:
        return
    message = EmailMessage(row.subject, row.body, to=[row.to], headers=row.headers)
    try:
        message.send()
    except Exception as error:
        row.attempts, row.error = row.attempts + 1, str(error)[:300]
        row.save(update_fields=["attempts", "error"])
        raise
    row.sent_at, row.error = timezone.now(), ""
    if row.person_id is None:
        row.to = row.body = ""
        row.headers = {}
    row.save(update_fields=["sent_at", "error", "to", "body", "headers"])


def try_again():
    """Queue what could not be sent and has tries left; return how many."""
    rows = Mail.objects.waiting().filter(attempts__gt=0, attempts__lt=MOST_ATTEMPTS)
    found = list(rows.values_list("pk", flat=True))
    for pk in found:
        deliver.enqueue(pk)
    return len(found)
