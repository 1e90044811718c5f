"""Addresses of 생활SOC and 균형발전, for staff."""

from django.urls import path

from .views.regional import balanced, soc

app_name = "regional"
urlpatterns = [
    path("projects/soc/", soc.ComplexList.as_view(), name="soc"),
    path("projects/soc/new/", soc.new, name="complex-new"),
    path("projects/soc/rates/", soc.rates, name="rates"),
    path("projects/soc/<int:pk>/", soc.one, name="complex"),
    path("projects/soc/<int:pk>/<slug:name>/", soc.part, name="complex-part"),
    path("projects/balanced/", balanced.overview, name="balanced"),
    path("projects/balanced/<int:pk>/", balanced.district, name="district"),
    path("projects/balanced/<int:pk>/edit/", balanced.district_edit, name="district-edit"),
    path("projects/balanced/<int:pk>/money/", balanced.rung, name="rung"),
    path("projects/proposals/", balanced.ProposalList.as_view(), name="proposals"),
    path("projects/proposals/new/", balanced.proposal_new, name="proposal-new"),
    path("projects/proposals/<int:pk>/", balanced.proposal, name="proposal"),
    path("projects/proposals/<int:pk>/edit/", balanced.proposal_edit, name="proposal-edit"),
    path("projects/proposals/<int:pk>/move/", balanced.proposal_move, name="proposal-move"),
]
