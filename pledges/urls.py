"""Addresses of pledges: the public pages and the managers' board."""

from django.urls import include, path

from .views import (
    adjusting,
    board,
    board_items,
    changes,
    jury_office,
    jury_seat,
    manifesto,
    public,
    public_list,
    rule_pages,
)

app_name = "pledges"
urlpatterns = [
    path("pledges/", public_list.PledgeList.as_view(), name="list"),
    path("pledges/about/", public.about, name="about"),
    path("pledges/changes/", changes.ChangeList.as_view(), name="changes"),
    path("pledges/consistency/", changes.consistency_page, name="consistency"),
    path("pledges/jury/", changes.jury, name="jury-public"),
    path("pledges/rules/", rule_pages.rules, name="rules"),
    path("", include("pledges.citizen_urls")),
    path("pledges/<str:number>/", public.detail, name="detail"),
    path("pledges/<str:number>/card.pdf", public.card, name="card"),
    path("pledges/<str:number>/card.hwpx", public.card_hwpx, name="card-hwpx"),
    path("board/pledges/", board.board, name="board"),
    path("board/manifesto/", manifesto.manifesto, name="manifesto"),
    path("board/pledges/items/", board_items.items, name="board-items"),
    path("adjustments/", adjusting.AdjustmentList.as_view(), name="adjustments"),
    path("adjustments/new/", adjusting.new, name="adjustment-new"),
    path("adjustments/<int:pk>/", adjusting.adjustment, name="adjustment"),
    path("adjustments/<int:pk>/edit/", adjusting.edit, name="adjustment-edit"),
    path("adjustments/<int:pk>/move/", adjusting.move, name="adjustment-move"),
    path("jury/", jury_seat.seat, name="jury"),
    path("jury/pledges/<str:number>/", jury_seat.seat_pledge, name="jury-pledge"),
    path("jury/panels/", jury_office.panels, name="panels"),
    path("jury/panels/new/", jury_office.panel_new, name="panel-new"),
    path("jury/panels/<int:pk>/", jury_office.panel, name="panel"),
    path("jury/panels/<int:pk>/edit/", jury_office.panel_edit, name="panel-edit"),
    path("jury/panels/<int:pk>/jurors/new/", jury_office.juror_new, name="juror-new"),
    path("jury/panels/<int:pk>/destroy/", jury_office.destroy, name="panel-destroy"),
    path("jury/panels/<int:pk>/sessions/new/", jury_office.session_new, name="session-new"),
    path("jury/sessions/<int:pk>/", jury_office.session_edit, name="session-edit"),
    path("jury/jurors/<int:pk>/", jury_office.juror, name="juror"),
    path("jury/questions/", jury_office.questions, name="jury-questions"),
    path("jury/questions/<int:pk>/", jury_office.question, name="jury-question"),
]
