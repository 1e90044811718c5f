"""Addresses of pledges: the public pages and the managers' board."""

from django.urls import path

from .views import board, board_items

app_name = "pledges"
urlpatterns = [
    path("board/pledges/", board.board, name="board"),
    path("board/pledges/items/", board_items.items, name="board-items"),
]
