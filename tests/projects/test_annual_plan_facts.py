"""주요업무 추진상황 of 2019 against the paper: every heading, line, date, number and table, in every form.

What is expected is typed from the paper (`plan_facts`); what is found is read from the finished files (`readers`).
"""

import pytest

from reporting.exports import RENDERERS
from tests.projects import plan_facts as facts
from tests.projects.readers import READERS, Cell, squeezed

pytestmark = pytest.mark.django_db
KINDS = list(RENDERERS)
WITH_TABLES = [kind for kind in KINDS if kind != "pdf"]
MARKS = "◇□○-※⇒"


@pytest.fixture(scope="module")
def files():
    """Return the files of the published half year, made once: {kind: (text, tables)}."""
    return {}


@pytest.fixture
def read(plan_2019, client, files):
    """Return what a reader finds in the report of 2019 in one form, taken from its address."""

    def found(kind):
        if kind not in files:
            client.force_login(plan_2019["strategy"])
            answer = client.get(f"/reports/annual-plan/2019.{kind}")
            assert answer.status_code == 200
            content = answer.content
            files[kind] = READERS[kind](content.decode() if kind == "html" else content)
        return files[kind]

    return found


def body(text):
    """Return the text from part Ⅰ on: the list of contents says every title before."""
    first = squeezed(facts.PART_ONE.strip().split("\n")[0])
    return text[text.rindex(first) :]


def missing(text, lines):
    """Return the lines that a text does not hold in their order."""
    at, lost = 0, []
    for line in lines:
        found = text.find(squeezed(line), at)
        if found < 0:
            lost.append(line)
        else:
            at = found + len(squeezed(line))
    return lost


def lines_of(number):
    return facts.LINES[number].strip().split("\n")


def plain(line):
    """Return a line without the mark before it: lists of a screen reader may set it elsewhere."""
    return line[1:].strip() if line[0] in MARKS else line


# --- text ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_the_front_and_the_first_part(read, kind):
    text, _ = read(kind)
    assert squeezed(facts.TITLE) in text and facts.DEPARTMENT in text
    assert missing(body(text), facts.PART_ONE.strip().split("\n")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_tasks_stand_in_the_order_of_the_paper(read, kind):
    titles = [f"{number} {title}" for number, title in enumerate(facts.TASKS, 1)]
    assert missing(body(read(kind)[0]), titles) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "xlsx"])
def test_the_contents_list_parts_and_tasks(read, kind):
    text = read(kind)[0]
    before = text[: len(text) - len(body(text))]
    assert missing(before, [facts.TITLE, *facts.TASKS]) == []


@pytest.mark.parametrize("number", facts.LINES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_task_says_what_the_paper_says_in_its_order(read, kind, number):
    text = body(read(kind)[0])
    start = text.index(squeezed(f"{number} {facts.TASKS[number - 1]}"))
    after = facts.TASKS[number] if number < len(facts.TASKS) else None
    end = text.index(squeezed(f"{number + 1} {after}"), start) if after else len(text)
    mine = text[start:end]
    assert missing(mine, lines_of(number)) == []
    # Nothing is said twice: a step stands under one heading only.
    for line in lines_of(number):
        if line.startswith(("○ 2", "- 2")):
            assert mine.count(squeezed(plain(line))) == 1


def test_every_milestone_is_known(plan_2019):
    """The typed facts are whole: as many dated lines as the paper has."""
    dated = [
        line
        for number in facts.LINES
        for line in lines_of(number)
        if line.startswith(("○ 2018. ", "○ 2019. ", "- 2019. ", "- 2020. "))
    ]
    assert len(dated) == 57


# --- tables -------------------------------------------------------------------------------------
def amount(value, kind):
    """Return a number as the form has it: Excel to reckon with, the others as printed."""
    return value if kind == "xlsx" else f"{value:,}"


def rows_with(tables, word):
    """Return the rows of the first table (or sheet) in which a cell is exactly this."""
    for rows in tables:
        if any(squeezed(cell.value) == squeezed(word) for row in rows for cell in row):
            return rows
    raise AssertionError(f"no table with {word}")


def values(row):
    return [squeezed(cell.value) for cell in row if cell.value not in ("", None)]


@pytest.mark.parametrize("kind", WITH_TABLES)
def test_the_districts_sum_first_with_unit_content_and_remark(read, kind):
    text, tables = read(kind)
    assert squeezed(facts.UNIT) in text
    rows = [values(row) for row in rows_with(tables, "4 소상공인·청년 창업지원")]
    head = next(row for row in rows if "사업내용" in row and "사업비" in row)
    assert head[-5:] == facts.DISTRICT_HEAD
    at = rows.index(head) + 1
    for row, (_, *cells) in zip(rows[at : at + 8], facts.DISTRICTS, strict=True):
        wanted = [amount(c, kind) if isinstance(c, int) else c for c in cells if c != ""]
        assert "".join(row).endswith("".join(squeezed(cell) for cell in wanted))


@pytest.mark.parametrize("kind", KINDS)
def test_the_districts_add_up_to_the_sum(read, kind):
    """The sum is printed and is the sum of what is printed (29,376)."""
    text = read(kind)[0]
    costs = [cost for _, _, _, cost, _, _ in facts.DISTRICTS]
    assert costs[0] == sum(costs[1:])
    for cost in costs:
        assert str(amount(cost, kind)) in text


@pytest.mark.parametrize("kind", WITH_TABLES)
def test_the_pledges_by_field(read, kind):
    rows = [values(row) for row in rows_with(read(kind)[1], "일류교육도시")]
    head, counts = facts.FIELDS
    at = rows.index(head)
    assert rows[at + 1] == [str(count) for count in counts]


@pytest.mark.parametrize("kind", WITH_TABLES)
def test_the_pledges_by_status_under_two_joined_heads(read, kind):
    rows = rows_with(read(kind)[1], "완료(39.3%)")
    upper = next(row for row in rows if any(squeezed(c.value) == "완료(39.3%)" for c in row))
    at = rows.index(upper)
    wanted = [[Cell(squeezed(t), *spans) for t, *spans in row] for row in facts.STATUS_HEAD]
    found = [
        [Cell(squeezed(c.value), c.colspan, c.rowspan) for c in row if c.value not in ("", None)]
        for row in rows[at : at + 2]
    ]
    assert found == wanted
    zero = "0" if kind == "xlsx" else facts.ZERO
    counts = [zero if count == 0 else str(count) for count in facts.STATUS if count != ""]
    assert values(rows[at + 2]) == counts


def test_a_pdf_says_the_table_cells_too(read):
    text = read("pdf")[0]
    for _, *cells in facts.DISTRICTS[1:]:
        for words in (str(cell).split() for cell in cells[:1]):
            assert all(squeezed(word) in text for word in words)
    for word in (*facts.FIELDS[0], "완료(39.3%)", "추진중(60.7%)", "이행후 계속추진"):
        assert squeezed(word) in text


# --- rights and addresses -------------------------------------------------------------------------
def test_a_year_without_a_plan_is_not_found(plan_2019, client):
    client.force_login(plan_2019["strategy"])
    for code in ("2018", "0000", "9999", "2019-q1", "20190"):
        assert client.get(f"/reports/annual-plan/{code}.html").status_code == 404


def test_a_report_that_is_not_named_by_year_has_no_year(plan_2019, client):
    client.force_login(plan_2019["strategy"])
    assert client.get("/reports/pledges/2019.html").status_code == 404
