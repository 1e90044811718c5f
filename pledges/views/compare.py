"""두 분기 비교: what two published quarters say of the same pledges; a page, an Excel sheet, a CSV."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from reporting.documents import Column
from reporting.exports import files, sheets
from reporting.lists import CP949, FORMATS, LOST, named
from reporting.public import public_page

from .. import rates
from ..comparison import ABSENT, compare, label_of
from ..editions import NotPublished, edition_of
from ..lists import Count
from ..models import Status

PAGE = 20
TITLE = "공약 분기 비교"
SHOWS = {"changed": "내용이 달라진 공약", "new": "새로 생긴 공약", "gone": "빠진 공약"}
STATUSES = (*Status.values, "none", ABSENT)
COLUMNS = [
    Column("번호", "text", 8),
    Column("공약명", "text", 36),
    Column("분야", "text", 16),
    Column("주관부서", "text", 18),
    Column("구분", "text", 10),
    Column("앞 분기", "text", 14),
    Column("뒤 분기", "text", 14),
    Column("앞 이행상태", "text", 16),
    Column("뒤 이행상태", "text", 16),
    Column("앞 추진율(%)", "number", 12),
    Column("뒤 추진율(%)", "number", 12),
    Column("차이(%p)", "number", 10),
    Column("앞 집행(백만원)", "amount", 14),
    Column("뒤 집행(백만원)", "amount", 14),
    Column("달라진 글", "text", 20),
]
KINDS = {"changed": "달라짐", "new": "새로 생김", "gone": "빠짐", "same": "같음"}


@public_page
def page(request):
    """Compare two published quarters of one term; without `?from=` the quarter before `?to=`."""
    try:
        before, after, choices = _editions(request.GET)
    except NotPublished as reason:
        raise Http404(str(reason)) from reason
    if after is None:
        return render(request, "pledges/nothing.html")
    if before is None:
        return render(request, "pledges/compare.html", {"edition": after, "alone": True})
    found = compare(before, after)
    pairs, asked = _narrowed(found, request.GET)
    if request.GET.get("format") in FORMATS:
        return _file(found, pairs, request.GET)
    context = {
        "edition": after,
        "before": before,
        "after": after,
        "choices": choices,
        "same_quarter": before.publication == after.publication,
        **_head(found),
        **_table(found),
        "page_obj": Paginator(pairs, PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "all_url": _url(found),
    }
    return render(request, "pledges/compare.html", context)


def _editions(asked):
    """Return (earlier, later, the quarters that have the term); the earlier is None with one quarter.

    The first quarter of all has none before it: it is compared with the one after it.
    """
    after = edition_of(asked.get("to", ""), asked.get("term", ""))
    if after is None:
        return None, None, []
    no = after.term.no
    choices = after.publications
    place = choices.index(after.publication)
    code = asked.get("from", "") or next((p.period.code for p in choices[place + 1 :]), "")
    if code:
        return edition_of(code, str(no)), after, choices
    if place == 0:
        return None, after, choices
    return after, edition_of(choices[place - 1].period.code, str(no)), choices


def _narrowed(found, asked):
    """Return the pledges that are asked for, and what was asked in words."""
    was, now, kind = (asked.get(name, "") for name in ("was", "now", "kind"))
    if was or now:
        if not {was, now} <= {"", *STATUSES}:
            return [], "알 수 없는 이행상태"
        words = [f"{found.before.period} {label_of(was)}" if was else ""]
        words += [f"{found.after.period} {label_of(now)}" if now else ""]
        return found.moved(was, now), " → ".join(filter(None, words))
    if kind in SHOWS:
        return found.of_kind(kind), SHOWS[kind]
    return found.of_kind(*SHOWS), ""


def _url(found, **asked):
    """Return the address of this comparison, narrowed to a list."""
    ends = {"from": found.before.period.code, "to": found.after.period.code}
    term = {"term": found.after.term.no} if found.after.term != found.after.terms[0] else {}
    anchor = "#list" if asked else ""
    return f"{reverse('pledges:compare')}?{urlencode({**ends, **term, **asked})}{anchor}"


def _head(found):
    """Return the two rates with their difference, how many changed, and the chart."""
    before, after = found.groups
    difference = found.rate_difference
    return {
        "old": before,
        "new": after,
        "difference": None if difference is None else f"{difference:+}",
        "fulfilled_more": f"{after.fulfilled - before.fulfilled:+,}",
        "kinds": [
            (SHOWS[kind], Count(len(found.of_kind(kind)), _url(found, kind=kind))) for kind in SHOWS
        ],
        "chart": [
            (
                str(edition.period),
                [
                    (label_of(code), _number(found, code, side), _token(code))
                    for code in _codes(found)
                ],
            )
            for side, edition in enumerate((found.before, found.after))
        ],
        "description": _description(found),
    }


def _codes(found):
    return [code for code in found.codes if code != ABSENT]


def _number(found, code, side):
    """Return how many pledges stand in a status in the earlier (0) or later (1) quarter."""
    return sum(number for both, number in found.tally.items() if both[side] == code)


def _token(code):
    return code if code in Status.values else "neutral"


def _description(found):
    before, after = (rates.show(groups.fulfilled_rate) for groups in found.groups)
    return (
        f"{found.after.term.name} 공약의 {found.before.period}와 {found.after.period} 비교: "
        f"공약이행률 {before} → {after}, 내용이 달라진 공약 {len(found.of_kind('changed'))}건"
    )


def _table(found):
    """Return the table of transitions: a line for every earlier status, a cell for every later one."""
    codes = found.codes
    lines = [
        (
            label_of(was),
            Count(_number(found, was, 0), _url(found, was=was)),
            [
                (
                    label_of(now),
                    Count(found.tally[(was, now)], _url(found, was=was, now=now)),
                    was == now,
                )
                for now in codes
            ],
        )
        for was in codes
    ]
    totals = [(label_of(now), Count(_number(found, now, 1), _url(found, now=now))) for now in codes]
    return {"lines": lines, "totals": totals}


# --- files ------------------------------------------------------------------------------------
def _file(found, pairs, asked):
    """Return the listed pledges as a download; a header names what CP949 could not hold."""
    kind, old = asked["format"], asked["format"] == "csv" and asked.get("encoding") == CP949
    name = files.filename(
        f"{TITLE} {found.before.period.code}", found.after.period.as_of, kind, CP949 if old else ""
    )
    rows = (_sheet_row(found, pair) for pair in pairs)
    if kind == "xlsx":
        return files.download(sheets.sheet(TITLE, COLUMNS, rows), name, kind)
    content, lost = sheets.csv_bytes(COLUMNS, rows, CP949 if old else "utf-8-sig")
    answer = files.download(content, name, kind)
    if lost:
        answer.headers[LOST] = named(lost)
    return answer


def _sheet_row(found, pair):
    row = pair.row
    sides = (pair.before, pair.after)
    return (
        row.number,
        row.title,
        row.field_name,
        row.department_name,
        KINDS[pair.kind],
        str(found.before.period),
        str(found.after.period),
        label_of(pair.was),
        label_of(pair.now),
        *(side.progress_pct if side else None for side in sides),
        pair.gained,
        *(side.spent if side else None for side in sides),
        ", ".join(change.label for change in pair.texts),
    )
