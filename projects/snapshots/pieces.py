"""The parts of a snapshot's JSON: outline, steps, money, revisions; amounts in 백만원, None unknown."""

from .. import formats
from ..details import DETAILS
from ..models import OutlineRow, Source
from ..wording import fill

Fact = OutlineRow.Fact
UNDATED = "9999"  # a step without a date comes last


def outline(sections, figures, blocks_of):
    """Return the sections of a task as they nest: kind, mark, title, insert, blocks, rows, sections.

    `blocks_of(insert)` gives the blocks of another subject as JSON: a publication keeps them too.
    """
    sections = list(sections)
    return [_section(s, sections, figures, blocks_of) for s in sections if s.parent_id is None]


def _section(section, sections, figures, blocks_of):
    rows = [line for row in section.rows.all() for line in _rows(row, section, figures)]
    return {
        "kind": section.kind,
        "mark": section.mark,
        "title": fill(section.title, figures),
        "insert": section.insert,
        "blocks": blocks_of(section.insert),
        "project": section.project_id,
        "rows": rows,
        "sections": [
            _section(s, sections, figures, blocks_of) for s in sections if s.parent_id == section.pk
        ],
    }


def _rows(row, section, figures):
    """Return the lines of one outline row; a project in parts is a line for each of them."""
    if not row.fact:
        return [_line(row, fill(row.text, figures))]
    if row.fact == Fact.PARTS:
        parts = [p for p in section.project.parts.all() if p.is_active]
        if not parts:
            return [_line(row, section.project.title)]
        names = [
            {"level": "detail", "label": "", "text": f"{formats.circled(n)} {part.title}"}
            for n, part in enumerate(sorted(parts, key=lambda p: (p.order, p.pk)), 1)
        ]
        return [_line(row, ""), *names]
    return [_line(row, _fact(row.fact, section.project))]


def _line(row, text):
    return {"level": row.level, "label": row.label, "text": text}


def _fact(fact, project):
    if fact == Fact.PERIOD:
        return formats.period(project.starts, project.ends)
    if fact == Fact.COST:
        return formats.money(project.total_cost, shares(project.funding.all()))
    names = [partner.name for partner in project.partners.all()]
    return f"{project.scope} {len(names)}개 시·군({', '.join(names)})".strip()


def shares(lines):
    """Return (label, 백만원 planned) by source over all years, of the sources that are known."""
    found = []
    for source, label in Source.choices:
        amounts = [line.planned for line in lines if line.source == source]
        if amounts and None not in amounts:
            found.append((label, sum(amounts)))
    return found


def steps_of(milestones, actual, figures):
    """Return the steps in the order of their dates, undated ones last; `actual` is {milestone pk: partial date}."""
    ordered = sorted(milestones, key=lambda m: (m.starts or UNDATED, m.order, m.pk))
    return [
        {
            "pk": step.pk,
            "title": fill(step.title, figures),
            "starts": step.starts,
            "ends": step.ends,
            "is_open": step.is_open,
            "actual": actual.get(step.pk) or step.done_before,
            "notes": [
                {"mark": note.mark, "text": fill(note.text, figures)} for note in step.notes.all()
            ],
        }
        for step in ordered
    ]


def project_data(project, told):
    """Return the rest of a project as plain JSON."""
    special = DETAILS.get(project.kind)
    return {
        "scope": project.scope,
        "expected_effect": project.expected_effect,
        "parent": project.parent.title if project.parent else "",
        "lines": [{"text": line.text, "is_detail": line.is_detail} for line in project.lines.all()],
        "funding": money_of(project, told.spent()),
        "milestones": steps_of(project.milestones.all(), told.actual(), {}),
        "revisions": [_revision(revision) for revision in project.revisions.all()],
        "relations": [
            {"kind": r.get_kind_display(), "title": r.other.title, "project": r.other_id}
            for r in project.relations.all()
        ],
        "partners": [partner.name for partner in project.partners.all()],
        "detail": special(project) if special else {"facts": [], "tables": []},
    }


def _revision(revision):
    return {
        "number": revision.number,
        "decided_on": revision.decided_on.isoformat(),
        "reason": revision.reason,
        "lines": [
            {"label": line.label, "before": line.before, "after": line.after}
            for line in revision.lines.all()
        ],
    }


def money_of(project, spent):
    """Return one dict per source and year (None: whole period); reported years' spending by the reports."""
    labels = dict(Source.choices)
    order = list(labels)
    rows = {
        (line.source, line.year): {
            "planned": line.planned,
            "secured": line.secured,
            "spent": line.spent,
        }
        for line in project.funding.all()
    }
    for year, figures in spent.items():
        for source, amount in figures.items():
            row = rows.setdefault((source, year), {"planned": None, "secured": None})
            row["spent"] = amount
    return [
        {"source": source, "label": labels[source], "year": year, **amounts}
        for (source, year), amounts in sorted(
            rows.items(), key=lambda item: (item[0][1] or 0, order.index(item[0][0]))
        )
    ]


def this_year(funding, year):
    """Return {planned, secured, spent} of one year over its sources; None where nothing is known."""
    rows = [row for row in funding if row["year"] == year]
    return {name: total(row[name] for row in rows) for name in ("planned", "secured", "spent")}


def total(amounts):
    """Return the sum of the known amounts, None when none is known (백만원)."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
