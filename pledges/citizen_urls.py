"""Addresses of what citizens compare, say, follow and pass on, and of the office's queue of opinions."""

from django.urls import path

from .views import compare, feeds, follow, opinion_desk, opinions, share

urlpatterns = [
    path("pledges/compare/", compare.page, name="compare"),
    path("pledges/embed/", share.embed, name="embed"),
    path("pledges/share.png", share.front, name="share"),
    path("pledges/<str:number>/share.png", share.pledge, name="share-pledge"),
    path("pledges/feed.atom", feeds.publications, name="feed"),
    path("pledges/<str:number>/feed.atom", feeds.of_pledge, name="feed-pledge"),
    path("pledges/opinions/", opinions.find, name="opinion-find"),
    path("pledges/opinions/<str:receipt>/", opinions.receipt, name="opinion-receipt"),
    path("pledges/<str:number>/opinion/", opinions.write, name="opinion"),
    path("pledges/<str:number>/opinions/", opinions.listed, name="opinions"),
    path("pledges/follow/<str:token>/", follow.confirm, name="follow-confirm"),
    path("pledges/follow/<str:token>/leave/", follow.leave, name="follow-leave"),
    path("pledges/<str:number>/follow/", follow.ask, name="follow"),
    path("opinions/", opinion_desk.OpinionList.as_view(), name="opinion-desk"),
    path("opinions/<int:pk>/", opinion_desk.item, name="opinion-item"),
    path("opinions/<int:pk>/decide/", opinion_desk.decide, name="opinion-decide"),
    path("opinions/<int:pk>/answer/", opinion_desk.answer, name="opinion-answer"),
]
