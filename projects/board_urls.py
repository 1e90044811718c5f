"""Addresses of the managers' board of plan and projects."""

from django.urls import path

from .views import board, board_items

app_name = "projectboard"
urlpatterns = [
    path("board/projects/", board.board, name="board"),
    path("board/projects/items/", board_items.items, name="items"),
]
