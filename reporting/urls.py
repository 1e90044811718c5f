"""Addresses of the reporting floor: desk, review, periods, reports."""

from django.urls import path

from .views import (
    boards,
    chase,
    desk,
    entry,
    evidence,
    handovers,
    kept,
    periods,
    publications,
    reports,
    review,
)

app_name = "reporting"
urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/submit/", desk.submit_ticked, name="desk-submit"),
    path("desk/<int:pk>/", entry.entry, name="entry"),
    path("desk/<int:pk>/move/", desk.move, name="move"),
    path("desk/<int:pk>/autosave/", kept.autosave, name="autosave"),
    path("desk/<int:pk>/discard/", kept.discard, name="discard"),
    path("desk/<int:pk>/evidence/<int:file_pk>/", evidence.download, name="evidence"),
    path("desk/<int:pk>/evidence/<int:file_pk>/remove/", evidence.remove, name="evidence-remove"),
    path("review/", review.queue, name="review"),
    path("review/approve/", review.approve_ticked, name="review-approve"),
    path("review/<int:pk>/", review.item, name="review-item"),
    path("review/<int:pk>/decide/", review.decide, name="review-decide"),
    path("periods/", periods.periods, name="periods"),
    path("periods/new/", periods.new, name="period-new"),
    path("periods/<int:pk>/", periods.period, name="period"),
    path("periods/<int:pk>/edit/", periods.edit, name="period-edit"),
    path("periods/<int:pk>/open/", periods.open_, name="period-open"),
    path("periods/<int:pk>/close/", periods.close, name="period-close"),
    path("periods/<int:pk>/publish/", periods.publish, name="period-publish"),
    path("periods/<int:pk>/remind/", chase.remind, name="period-remind"),
    path("periods/<int:pk>/extend/", periods.extend, name="period-extend"),
    path("handovers/", handovers.HandoverList.as_view(), name="handovers"),
    path("handovers/new/", handovers.new, name="handover-new"),
    path("handovers/<int:pk>/", handovers.handover, name="handover"),
    path("handovers/<int:pk>/cancel/", handovers.cancel, name="handover-cancel"),
    path("handovers/<int:pk>/document.<slug:kind>", handovers.document, name="handover-document"),
    path("periods/<int:pk>/scan/", publications.scan, name="period-scan"),
    path("periods/<int:pk>/override/", publications.override, name="period-override"),
    path("periods/<int:pk>/withdraw/", publications.withdraw, name="period-withdraw"),
    path("board/", boards.boards, name="boards"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:name>/<slug:code>.<slug:kind>", reports.report, name="report"),
]
