"""The official rates: every vector of domain.md §1.3, what is left out, and the list behind each count."""

import itertools
from decimal import Decimal
from types import SimpleNamespace

import pytest

from pledges import rates
from pledges.filters import COUNTED, GROUPS
from pledges.models import Pledge, PublishedPledge, RatePolicy, Status
from pledges.rates import DEFAULT, Groups, Rounding, official_rates, percent, show
from reporting.models import Publication
from tests import factories

TRUNC, UP = RatePolicy.Mode.TRUNC_COMPLEMENT, RatePolicy.Mode.HALF_UP
ONE, TWO = Rounding(UP, 1), Rounding(UP, 2)


def D(text):
    return None if text is None else Decimal(text)


# --- the two shares of the plan ---------------------------------------------------------------

VECTORS = [
    # (done, going, total), rounding, 완료, 추진중
    ((26, 40, 66), DEFAULT, "39.3", "60.7"),
    ((0, 66, 66), DEFAULT, "0.0", "100.0"),
    ((66, 0, 66), DEFAULT, "100.0", "0.0"),
    ((22, 44, 66), DEFAULT, "33.3", "66.7"),
    ((1, 2, 3), DEFAULT, "33.3", "66.7"),
    ((51, 15, 66), DEFAULT, "77.2", "22.8"),
    ((51, 15, 66), ONE, "77.3", "22.7"),
    # What other years printed (domain.md §1.3):
    ((48, 31, 79), Rounding(TRUNC, 2), "60.75", "39.25"),
    ((12, 71, 83), ONE, "14.5", "85.5"),
    ((44, 35, 79), ONE, "55.7", "44.3"),
    ((58, 21, 79), DEFAULT, "73.4", "26.6"),
    ((58, 21, 79), ONE, "73.4", "26.6"),
    ((22, 222, 244), TWO, "9.02", "90.98"),
    ((80, 164, 244), TWO, "32.79", "67.21"),
    ((102, 142, 244), TWO, "41.80", "58.20"),
    ((26, 40, 66), Rounding(TRUNC, 0), "39", "61"),
]


@pytest.mark.parametrize(("counts", "rounding", "done", "going"), VECTORS)
def test_the_vectors_of_the_plan_and_of_other_years(counts, rounding, done, going):
    groups = Groups(counts[0], counts[1], 0, rounding=rounding)
    assert groups.total == counts[2]
    assert (groups.fulfilled_rate, groups.in_progress_rate) == (D(done), D(going))
    # Equal numbers may print differently: the places are part of the figure.
    assert (show(groups.fulfilled_rate), show(groups.in_progress_rate)) == (f"{done}%", f"{going}%")


def test_a_half_is_rounded_up_and_never_to_even():
    assert percent(1, 800, TWO) == D("0.13")  # 0.125
    assert percent(1, 2000, ONE) == D("0.1")  # 0.05
    assert percent(5, 2000, ONE) == D("0.3")  # 0.25, which round() makes 0.2


def test_nothing_to_divide_by_is_a_dash_and_zero_is_zero():
    empty = Groups(0, 0, 0)
    assert (empty.fulfilled_rate, empty.in_progress_rate, empty.set_aside_rate) == (None,) * 3
    assert show(empty.fulfilled_rate) == "-"
    assert show(percent(0, 3)) == "0.0%"
    assert percent(3, None) is None and percent(None, 3) is None


# --- pledges that are in neither group --------------------------------------------------------


def test_what_is_set_aside_is_in_neither_group():
    statuses = [Status.COMPLETED, Status.ON_TRACK, Status.ON_HOLD, Status.SCRAPPED, Status.PARTIAL]
    groups = rates.groups([*statuses, Status.COMPLETED_ONGOING])
    assert (groups.fulfilled, groups.in_progress, groups.set_aside) == (2, 2, 2)
    shares = (groups.fulfilled_rate, groups.in_progress_rate, groups.set_aside_rate)
    assert shares == (D("33.3"), D("33.4"), D("33.3"))


def test_the_complement_does_not_hide_scrapped_pledges():
    groups = Groups(26, 35, 5)
    assert groups.set_aside_rate == D("7.5")  # 7.57…
    assert groups.in_progress_rate == D("53.2")  # 100 - 39.3 - 7.5


def test_a_pledge_without_any_report_stands_with_the_set_aside_in_the_shares():
    groups = rates.groups([Status.COMPLETED, "", ""])
    assert (groups.unreported, groups.set_aside, groups.total) == (2, 0, 3)
    shares = (groups.fulfilled_rate, groups.in_progress_rate, groups.set_aside_rate)
    assert shares == (D("33.3"), D("0.0"), D("66.7"))  # 0건 has no share


def test_under_half_up_each_share_stands_for_itself():
    groups = Groups(1, 1, 1, rounding=ONE)
    assert groups.fulfilled_rate == groups.in_progress_rate == groups.set_aside_rate == D("33.3")


def test_the_three_shares_add_up_to_exactly_100_under_truncation():
    hypothesis = pytest.importorskip("hypothesis")
    counts = hypothesis.strategies.integers(0, 10_000)

    @hypothesis.settings(database=None, deadline=None)
    @hypothesis.given(counts, counts, counts, counts, hypothesis.strategies.integers(0, 4))
    def hold(done, going, aside, unreported, places):
        groups = Groups(done, going, aside, unreported, Rounding(TRUNC, places))
        if not groups.total:
            return
        shares = (groups.fulfilled_rate, groups.in_progress_rate, groups.set_aside_rate)
        assert sum(shares) == 100
        assert min(shares) >= 0
        assert going or not groups.in_progress_rate  # no pledge, no share
        assert {-share.as_tuple().exponent for share in shares} == {places}

    hold()


def test_a_rate_is_what_integers_give():
    hypothesis = pytest.importorskip("hypothesis")
    most = 10**12
    integers = hypothesis.strategies.integers

    @hypothesis.settings(database=None, deadline=None)
    @hypothesis.given(integers(0, most), integers(1, most), integers(0, 4))
    def hold(numerator, denominator, places):
        scaled = numerator * 100 * 10**places
        down, up = (
            percent(numerator, denominator, Rounding(TRUNC, places)),
            percent(numerator, denominator, Rounding(UP, places)),
        )
        assert down.scaleb(places) == scaled // denominator
        assert up.scaleb(places) == (2 * scaled + denominator) // (2 * denominator)

    hold()


# --- the labels of the statuses ---------------------------------------------------------------

LABELS = [
    ("종료", Status.COMPLETED),
    ("완료", Status.COMPLETED),
    ("종료(완료)", Status.COMPLETED),
    ("이행후계속추진", Status.COMPLETED_ONGOING),
    ("이행 후 계속추진", Status.COMPLETED_ONGOING),
    ("이행후 계속추진", Status.COMPLETED_ONGOING),
    (" 이행후\u00a0계속\t추진\n", Status.COMPLETED_ONGOING),
    ("정상 추진", Status.ON_TRACK),
    ("일부추진", Status.PARTIAL),
    ("보 류", Status.ON_HOLD),
    ("폐기", Status.SCRAPPED),
]


@pytest.mark.parametrize(("label", "code"), LABELS)
def test_a_label_is_known_whatever_its_spaces(label, code):
    assert rates.status_of(label) == code


def test_every_status_is_known_by_its_own_label():
    assert [rates.status_of(status.label) for status in Status] == list(Status)


@pytest.mark.parametrize("label", ["", "추진중", "시기미도래", "완료함"])
def test_an_unknown_label_is_refused(label):
    with pytest.raises(KeyError):
        rates.status_of(label)


# --- the other official rates -----------------------------------------------------------------


def row(status="on_track", target_met=None, planned=None, secured=None, progress_pct=None):
    return SimpleNamespace(
        status=status,
        target_met=target_met,
        planned_in_term=planned,
        secured=secured,
        progress_pct=progress_pct,
    )


def rate(key, pledges, rounding=DEFAULT):
    return next(r for r in official_rates(pledges, rounding) if r.key == key)


def figures(found):
    return found.numerator, found.denominator, found.value


SIX = [
    row("completed", True, 300, 200, 100),
    row("completed_ongoing", None, 100, 100, 0),
    row("on_track", True, None, 50, None),
    row("partial", False, 200, None, 50),
    row("on_hold", None, 0, 0, None),
    row("scrapped", None, None, None, None),
]


def test_the_fulfilled_rate_leaves_nothing_out():
    assert figures(rate("fulfilled", SIX)) == (2, 6, D("33.3"))
    assert figures(rate("fulfilled", SIX, TWO)) == (2, 6, D("33.33"))
    assert figures(rate("fulfilled", [*SIX, row("")])) == (2, 7, D("28.5"))


def test_the_wide_rate_counts_what_is_on_track_too():
    assert figures(rate("wide", SIX)) == (3, 6, D("50.0"))


def test_met_targets_are_set_against_judged_targets_only():
    found = rate("target_met", SIX)
    assert figures(found) == (2, 3, D("66.6"))
    assert "3건은 뺍니다" in found.excluded


def test_secured_money_counts_where_both_amounts_are_known():
    found = rate("secured", SIX)
    assert figures(found) == (300, 400, D("75.00"))
    assert "3건은 뺍니다" in found.excluded
    assert found.unit == "백만원"


def test_secured_money_is_rounded_half_up_to_two_places():
    assert rate("secured", [row(planned=3, secured=2)]).value == D("66.67")


def test_mean_progress_counts_where_it_was_written_zero_included():
    found = rate("progress", SIX)
    assert figures(found) == (150, 3, D("50.0"))
    assert "3건은 뺍니다" in found.excluded
    assert rate("progress", [row(progress_pct=n) for n in (0, 0, 50)]).value == D("16.7")


def test_rates_of_nothing_are_unknown():
    assert [r.value for r in official_rates([])] == [None] * 5
    unknown = [row("") for _ in range(2)]
    assert [r.value for r in official_rates(unknown)] == [D("0.0"), D("0.0"), None, None, None]


def test_a_rate_is_unknown_when_either_amount_is():
    assert percent(None, 100) is None
    assert percent(50, None) is None
    assert percent(50, 0) is None
    assert percent(0, 100) == D("0.0")
    assert percent(2, 3) == D("66.6")
    assert percent(150, 100) == D("150.0")


# --- each count has its list ------------------------------------------------------------------


@pytest.fixture
def mixed(departments, people):
    """Published pledges of every status, answer and combination of known and unknown amounts."""
    amounts = [(None, None), (None, 5), (0, None), (0, 0), (10, 5)]
    mixes = list(
        itertools.product([*Status.values, ""], [None, True, False], amounts, [None, 0, 70])
    )
    term = factories.make_term()
    field, lead = term.fields.get(order=1), departments["도로과"]
    pledges = Pledge.objects.bulk_create(
        Pledge(
            term=term, field=field, serial=n, number=f"1-{n}", title="공약", lead_department=lead
        )
        for n in range(1, len(mixes) + 1)
    )
    period = factories.make_period(people["strategy"])
    publication = Publication.objects.create(period=period, revision=1, by=people["strategy"])
    PublishedPledge.objects.bulk_create(
        PublishedPledge(
            publication=publication,
            pledge=pledge,
            term_no=7,
            number=pledge.number,
            order=1000 + pledge.serial,
            title=pledge.title,
            field_order=1,
            field_name=field.name,
            department=lead,
            department_name=lead.name,
            status=status,
            target_met=met,
            planned_in_term=planned,
            secured=secured,
            progress_pct=progress,
        )
        for pledge, (status, met, (planned, secured), progress) in zip(pledges, mixes, strict=True)
    )
    return publication.pledges.all()


def numbers(rows):
    return sorted(row.number for row in rows)


def test_every_count_has_its_list(mixed):
    assert set(COUNTED) == set(rates.COUNTED_IN)
    for key, test in rates.COUNTED_IN.items():
        counted = [row for row in mixed if test(row)]
        assert 0 < len(counted) < len(mixed)
        assert numbers(mixed.filter(COUNTED[key][1])) == numbers(counted), key


def test_every_group_has_its_list(mixed):
    groups = rates.groups(row.status for row in mixed)
    counts = {
        "fulfilled": groups.fulfilled,
        "in_progress": groups.in_progress,
        "set_aside": groups.set_aside,
        "none": groups.unreported,
    }
    unreported = sum(not row.reported for row in mixed)
    found = {key: mixed.filter(rule).count() for key, (_, rule) in GROUPS.items()}
    assert found == {**counts, "unreported": unreported}
    assert sum(counts.values()) == groups.total == len(mixed)


def test_numerators_and_denominators_are_the_length_of_their_lists(mixed):
    length = {key: mixed.filter(rule).count() for key, (_, rule) in COUNTED.items()}
    found = {r.key: r for r in official_rates(list(mixed))}
    assert found["fulfilled"].numerator == length["fulfilled"]
    assert found["wide"].numerator == length["wide"]
    target = found["target_met"]
    assert (target.numerator, target.denominator) == (length["target_met"], length["has_target"])
    assert found["progress"].denominator == length["has_progress"]
    assert found["secured"].denominator == sum(
        r.planned_in_term for r in mixed.filter(COUNTED["has_money"][1])
    )
