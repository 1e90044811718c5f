"""Publishing and withdrawing at once: one after the other, whoever comes first; on both databases."""

import pytest

from reporting import actions, publishing
from reporting.models import Publication, ScanOverride, Withdrawal
from reporting.scan.period import scan
from reporting.workflow import Refused
from tests import factories
from tests.reporting.test_races import together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_two_clicks_on_withdraw_take_back_once(quarter, people):
    first = Publication.objects.get()
    results = together(
        *[
            lambda: publishing.withdraw_publication(first, reason="까닭", by=people["strategy"])
        ] * 3
    )  # fmt: skip
    assert sum(isinstance(r, Refused) for r in results) == 2
    assert Withdrawal.objects.count() == 1


def test_a_correction_and_a_withdrawal_do_not_cross(quarter, people):
    first = Publication.objects.get()
    corrected, gone = together(
        lambda: actions.publish_period(
            first.period, by=people["strategy"], revision=2, reason="정정"
        ),
        lambda: publishing.withdraw_publication(first, reason="까닭", by=people["strategy2"]),
    )
    assert corrected.revision == 2
    assert Publication.objects.current().get() == corrected
    assert isinstance(gone, Refused) or gone.at <= corrected.at


def test_two_words_for_the_same_findings_are_one(quarter, people):
    item = quarter.submissions.get(code="1-1")
    factories.hand_in(item, people["writer"], done="문의 010-1234-5678")
    factories.move("approve", item, people["strategy"])
    actions.close_period(quarter, by=people["strategy"], missing_reason="지연")
    digest = scan(quarter).digest
    results = together(
        *[
            lambda who=who: publishing.override_findings(
                quarter, digest=digest, reason="까닭", by=people[who]
            )
            for who in ("strategy", "strategy2")
        ]
    )
    assert len({row.pk for row in results}) == 1
    assert ScanOverride.objects.count() == 1
