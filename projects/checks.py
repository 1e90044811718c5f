"""Sums that must be right: a plan's figures and their parts, a programme's money and that of its parts.

Each check returns sentences with the difference; [] when all is well. Unknown parts are not zero:
a sum is compared only where every part is known (domain.md §6).
"""

from reporting.formats import number

from .models import Source


def figure_problems(plan):
    """Return where the parts of a figure do not add up to it, e.g. 104 = 74 + 30."""
    figures = list(plan.figures.all())
    found = []
    for figure in figures:
        parts = [f for f in figures if f.parent_id == figure.pk]
        total = sum(part.value for part in parts)
        if parts and total != figure.value:
            found.append(_differs(figure.label, total, figure.value))
    return found


def money_problems(project):
    """Return where a project's sources, or its parts, do not add up to its total (백만원)."""
    return [*_sources(project), *_parts(project)]


def _sources(project):
    if project.total_cost is None:
        return []
    by_source = {}
    for line in project.funding.all():
        by_source.setdefault(line.source, []).append(line.planned)
    amounts = [amount for rows in by_source.values() for amount in rows]
    if not amounts or None in amounts or sum(amounts) == project.total_cost:
        return []
    labels = dict(Source.choices)
    told = " + ".join(f"{labels[s]} {number(sum(a))}" for s, a in by_source.items())
    return [_differs(f"{project.title} 재원 합계({told})", sum(amounts), project.total_cost)]


def _parts(project):
    if project.total_cost is None:
        return []
    totals = [part.total_cost for part in project.parts.all() if part.is_active]
    if not totals or None in totals or sum(totals) == project.total_cost:
        return []
    return [_differs(f"{project.title} 아래 사업 합계", sum(totals), project.total_cost)]


def _differs(what, have, want):
    return f"{what}: {number(have)}, 총계 {number(want)}, 차이 {number(have - want)}"
