"""Addresses of pledges: the public pages and the managers' board."""

from django.urls import include, path

from .views import board, board_items, manifesto, public, public_list

app_name = "pledges"
urlpatterns = [
    path("pledges/", public_list.PledgeList.as_view(), name="list"),
    path("pledges/about/", public.about, name="about"),
    path("", include("pledges.citizen_urls")),
    path("pledges/<str:number>/", public.detail, name="detail"),
    path("pledges/<str:number>/card.pdf", public.card, name="card"),
    path("board/pledges/", board.board, name="board"),
    path("board/manifesto/", manifesto.manifesto, name="manifesto"),
    path("board/pledges/items/", board_items.items, name="board-items"),
]
