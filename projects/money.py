"""A project's money as a table, and the year's budget of a plan by source; 백만원, None is unknown."""

from dataclasses import dataclass

from .models import Source

WHOLE = "기간 전체"  # money whose years are not known


@dataclass(frozen=True)
class Line:
    """One source, or the sum of all: planned altogether and by column, secured, spent."""

    label: str
    planned: int | None
    cells: list
    secured: int | None
    spent: int | None


def whole(amounts):
    """Return the sum where every amount is known; None of nothing, and where one is unknown."""
    amounts = list(amounts)
    return None if not amounts or None in amounts else sum(amounts)


def table(funding, total_cost=None):
    """Return {"slots": labels of years, "lines": the sum first, then each source}; no line without money."""
    if not funding:
        return {"slots": [], "lines": []}
    years = sorted({row["year"] for row in funding}, key=lambda year: (year is None, year or 0))
    labels = [label for _, label in Source.choices]
    labels = [label for label in labels if any(row["label"] == label for row in funding)]
    lines = [_line(label, [r for r in funding if r["label"] == label], years) for label in labels]
    total = _line("계", funding, years)
    if total.planned is None:
        total = Line("계", total_cost, total.cells, total.secured, total.spent)
    return {
        "slots": [f"{year}년" if year else WHOLE for year in years],
        "lines": [total, *lines],
    }


def _line(label, rows, years):
    return Line(
        label,
        whole(row["planned"] for row in rows),
        [whole(row["planned"] for row in rows if row["year"] == year) for year in years],
        whole(row["secured"] for row in rows),
        whole(row["spent"] for row in rows),
    )


@dataclass(frozen=True)
class Budget:
    """The planned money of a year by source, and the projects whose share of the year is not known."""

    sources: list  # (label, amount), only those that have any
    counted: list  # (project row, amount)
    unknown: list  # project rows of whose money the year's share is not, or not wholly, known

    @property
    def total(self):
        """Return the sum of what is known."""
        return sum(amount for _, amount in self.sources)


def budget(projects, year):
    """Return the `Budget` of a year: programmes count once, by their own money or else by their parts'."""
    by_source, counted, unknown = {}, [], []
    for row in projects:
        if row.parent_id:
            continue
        parts = [p for p in projects if p.parent_id == row.project_id]
        asked = [row] if _of_year(row, year) or not parts else parts
        rows = [share for r in asked for share in _of_year(r, year)]
        for label, amount in rows:
            by_source[label] = by_source.get(label, 0) + amount
        if rows:
            counted.append((row, sum(amount for _, amount in rows)))
        if any(_is_open(r, year) for r in asked) or (not rows and _is_open(row, year)):
            unknown.append(row)
    sources = [(label, by_source[label]) for _, label in Source.choices if label in by_source]
    return Budget(sources, counted, unknown)


def _of_year(row, year):
    found = [r for r in row.data["funding"] if r["year"] == year and r["planned"] is not None]
    return [(r["label"], r["planned"]) for r in found]


def _is_open(row, year):
    """Say whether money is known that may fall into the year, and not how much of it does."""
    funding = row.data["funding"]
    if not funding:
        return row.total_cost is not None
    return any(r["year"] is None or (r["year"] == year and r["planned"] is None) for r in funding)
