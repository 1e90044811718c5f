"""Where projects are, as far as their 위치 names a 읍·면·동 of the city."""

TOWNS = (  # the city's 2읍 11면 2동, in the order of its papers
    *("강경읍", "연무읍", "성동면", "광석면", "노성면", "상월면", "부적면", "연산면"),
    *("벌곡면", "양촌면", "가야곡면", "은진면", "채운면", "취암동", "부창동"),
)


def by_town(projects):
    """Return ([(읍·면·동, rows)] of those that have any, rows with another 위치, how many have none)."""
    towns = [(town, [row for row in projects if town in row.location]) for town in TOWNS]
    other = [r for r in projects if r.location and not any(town in r.location for town in TOWNS)]
    blank = sum(not row.location for row in projects)
    return [(town, rows) for town, rows in towns if rows], other, blank
