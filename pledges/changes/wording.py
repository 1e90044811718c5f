"""The wording of a pledge as plain JSON, and what differs between two of them."""

from reporting.formats import number, partial

from ..models import Kind, Pledge, Source
from ..snapshots import total

TEXTS = ("title", "content", "final_goal")
DATES = ("starts", "ends")
FIELDS = (*TEXTS, *DATES, "location", "scope")
FIELDS_OF = {
    Kind.RENAME: ("title",),
    Kind.CONTENT: FIELDS,
    Kind.EXCLUDE: (),
    Kind.MERGE: TEXTS,
    Kind.SPLIT: TEXTS,
}


def wording(pledge):
    """Return a pledge's number, wording and planned money by source (백만원, None unknown)."""
    lines = list(pledge.funding.all())
    return {
        "number": pledge.number,
        **{name: getattr(pledge, name) for name in FIELDS},
        "funding": {s: total(f.planned for f in lines if f.source == s) for s in Source.values},
        "active": pledge.is_active,
    }


def wording_with(pledge, absorbed):
    """Return the wording of a pledge and of those that are to be merged into it."""
    others = sorted(absorbed, key=lambda other: other.pk)
    return {**wording(pledge), "absorbed": [{"pk": o.pk, **wording(o)} for o in others]}


def label(name):
    """Return the name of a field as people read it."""
    return str(Pledge._meta.get_field(name).verbose_name)


def lines(kind, before, after):
    """Return [{label, before, after}] of what an adjustment changes, in the order of the card."""
    if kind == Kind.EXCLUDE:
        return [_line("관리 대상", before["title"], "제외")]
    found = [
        _line(label(name), _text(name, before[name]), _text(name, after[name]))
        for name in FIELDS_OF[kind]
        if after.get(name, before[name]) != before[name]
    ]
    found += _money(before, after) if kind == Kind.CONTENT else []
    found += _parts(before, after) if kind == Kind.SPLIT else []
    return _merged(before, after) + found if kind == Kind.MERGE else found


def _line(name, before, after):
    return {"label": name, "before": before, "after": after}


def _text(name, value):
    return partial(value) if name in DATES else value


def _money(before, after):
    """Return the sources whose total changes, in 백만원."""
    new = after.get("funding", {})
    return [
        _line(f"총사업비 {name}(백만원)", number(before["funding"].get(s)), number(new[s]))
        for s, name in Source.choices
        if s in new and new[s] != before["funding"].get(s)
    ]


def _parts(before, after):
    return [
        _line("분리되어 생기는 공약", before["title"], _whole(part))
        for part in after.get("parts", [])
    ]


def _whole(part):
    return "\n".join(filter(None, [part["title"], part["content"], part["final_goal"]]))


def _merged(before, after):
    kept = f"{before['number']} {after.get('title', before['title'])}"
    return [
        _line(f"통합되는 공약 {other['number']}", other["title"], f"{kept}에 통합")
        for other in before.get("absorbed", [])
    ]


def problems(adjustment):
    """Return what is missing before an adjustment may be requested."""
    found = []
    if not lines(adjustment.kind, adjustment.before, adjustment.after):
        found.append("당초와 달라진 것이 없습니다. 변경할 내용을 적어 주세요.")
    if adjustment.kind == Kind.MERGE and not adjustment.before.get("absorbed"):
        found.append("통합될 공약을 골라 주세요.")
    if adjustment.kind == Kind.SPLIT and not adjustment.after.get("parts"):
        found.append("분리되어 생기는 공약을 하나 이상 적어 주세요.")
    if not adjustment.reason:
        found.append("사유를 적어 주세요.")
    if not adjustment.evidence:
        found.append("근거를 적어 주세요.")
    return [*found, *stale(adjustment)]


def stale(adjustment):
    """Say that the pledges have become different since the request was written; [] if they have not."""
    pledge = Pledge.objects.get(pk=adjustment.pledge_id)  # as it is now, not as it was fetched
    now = wording_with(pledge, adjustment.absorbed.all())
    if now == adjustment.before and all(w["active"] for w in (now, *now["absorbed"])):
        return []
    return ["요청을 쓴 뒤에 공약이 바뀌었습니다. 지금의 내용으로 다시 저장해 주세요."]
