"""Citizens at once: one form is one opinion, a limit holds, one mail a publication; on both databases."""

import pytest
from django.core import mail as outside

from pledges import follow, limits, opinions
from pledges.limits import LIMITS, TooMany
from pledges.models import Follower, FollowerTold, Opinion, OpinionAnswer, Pledge, Quota
from reporting.history import Stale
from reporting.models import Publication
from tests import factories
from tests.reporting.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def wrote(key, who="a"):
    return lambda: opinions.write(
        Pledge.objects.get(number="1-1").pk, key=key, text="글", nickname="", who=who
    )


def test_one_form_sent_twice_at_once_is_one_opinion(quarter):
    for turn in range(5):
        results = together(*[wrote(f"form {turn}", f"who {turn}")] * 4)
        assert len({opinion.receipt for opinion in results}) == 1
    assert Opinion.objects.count() == 5


def test_of_many_at_once_only_as_many_as_allowed(quarter):
    limit = LIMITS["opinion"][0][2]
    results = together(*[wrote(f"form {n}") for n in range(limit + 4)])
    assert sum(isinstance(result, Opinion) for result in results) == limit
    assert sum(isinstance(result, TooMany) for result in results) == 4
    assert Opinion.objects.count() == limit
    assert max(Quota.objects.values_list("used", flat=True)) == limit


def test_two_decisions_at_once_make_one(quarter, people):
    opinion = factories.make_opinion()
    results = together(
        *[
            lambda shown=shown: opinions.decide(
                opinion, shown=shown, version=1, by=people["strategy"], reason="광고"
            )
            for shown in (True, False)
        ]
    )
    assert sum(isinstance(result, Opinion) for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 1
    assert opinion.decisions.count() == 1


def test_two_first_answers_at_once_make_one(quarter, people):
    opinion = factories.make_opinion()
    results = together(
        *[
            lambda who=who: opinions.answer(opinion, text=who, version=0, by=people[who])
            for who in ("writer", "colleague")
        ]
    )
    assert sum(isinstance(result, OpinionAnswer) for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 1


def test_the_same_address_twice_at_once_is_one_follower(quarter):
    row = Publication.objects.get().pledges.get(number="1-1")
    together(
        *[lambda n=n: follow.ask(row, "a@b.kr", key=f"key {n}", who=f"who {n}") for n in range(3)]
    )
    assert Follower.objects.count() == 1
    assert len(outside.outbox) == 3


def test_telling_twice_at_once_writes_once(quarter):
    publication = Publication.objects.get()
    pledge = Pledge.objects.get(number="1-1")
    for n in range(3):
        Follower.objects.create(
            pledge=pledge, email=f"{n}@b.kr", token=f"{n}", confirmed_at=publication.at
        )
    together(*[lambda: follow.tell.func(publication.pk)] * 3)
    assert sorted(message.to[0] for message in outside.outbox) == ["0@b.kr", "1@b.kr", "2@b.kr"]
    assert FollowerTold.objects.count() == 3


def test_one_key_is_used_once(quarter):
    assert sorted(together(*[lambda: limits.once("key")] * 4)) == [False, False, False, True]
