"""Write what is published of the Manifesto center's yearly evaluation (domain.md §1.5)."""

from pledges.models import ManifestoGradeScale, ManifestoItem, ManifestoResult
from reporting.history import keep

TABLES = (  # the word of the tally, the table, its rows in the data, what names a row
    ("매니페스토 평가항목", ManifestoItem, "items", ("year", "kind", "order")),
    ("매니페스토 등급 기준", ManifestoGradeScale, "grades", ("year", "kind", "grade")),
    ("매니페스토 평가결과", ManifestoResult, "results", ("year", "kind")),
)


def bring_over(plan, *, by, reason, tally):
    """Create the rows that are missing; what is there already stays as it is."""
    for word, model, key, names in TABLES:
        there = set(model.objects.values_list(*names))
        for row in plan.manifesto[key]:
            if tally.count(word, tuple(row[name] for name in names) not in there):
                keep(model(**row), by=by, reason=reason)
