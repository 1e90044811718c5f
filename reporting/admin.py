"""The operator's look at mails and reminders: to be read, never written; no citizen's address or text."""

from django.contrib import admin

from accounts.admin import ReadOnly

from .models import Mail, Reminder
from .notices import TOLD
from .stages import CHOICES

# What is known of the kinds that this floor writes; others show as they are.
KINDS = {
    **{f"remind-{code}": f"알림: {label}" for code, label in CHOICES},
    **{move: word for move, (word, _) in TOLD.items()},
    "extension": "기한 연장",
    "handover": "업무 인계",
}


@admin.register(Mail)
class MailAdmin(ReadOnly):
    """메일: what was written to whom, and whether it left."""

    date_hierarchy = "written_at"
    list_display = [
        "written_at",
        "kind_shown",
        "whom",
        "subject_shown",
        "sent_at",
        "attempts",
        "error_shown",
    ]
    list_select_related = ["person"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["person__username", "person__name"]
    fields = [
        "written_at",
        "kind_shown",
        "whom",
        "subject_shown",
        "text",
        "sent_at",
        "attempts",
        "error_shown",
    ]

    def has_view_permission(self, request, obj=None):
        """Open no mail to a citizen: its title alone may name one."""
        of_staff = obj is None or obj.person_id is not None
        return of_staff and super().has_view_permission(request, obj)

    @admin.display(description="종류", ordering="kind")
    def kind_shown(self, row):
        return KINDS.get(row.kind, row.kind)

    @admin.display(description="받는 사람", ordering="person__name")
    def whom(self, row):
        return f"{row.person} <{row.to}>" if row.person else "시민"

    @admin.display(description="제목")
    def subject_shown(self, row):
        return row.subject if row.person else "(시민에게 보낸 메일)"

    @admin.display(description="내용")
    def text(self, row):
        return row.body

    @admin.display(description="마지막 오류")
    def error_shown(self, row):
        """An error of the mail server often repeats the address: of a citizen's mail only its kind stays."""
        return row.error if row.person or not row.error else "보내지 못함"


@admin.register(Reminder)
class ReminderAdmin(ReadOnly):
    """독촉 이력."""

    list_display = ["at", "period", "department", "person", "stage", "due_on", "why_not", "by"]
    list_select_related = ["period", "department", "person", "by"]
    list_filter = ["stage", "why_not", "period"]
    search_fields = ["person__username", "person__name", "department__name"]
