"""The look: vendored files are whole, templates keep to the CSP, charts are exact and escaped."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string

from reporting import charts

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = sorted((Path(settings.BASE_DIR)).glob("**/templates/**/*.html"))
OURS = [path for path in TEMPLATES if ".venv" not in path.parts]
FORBIDDEN = re.compile(
    r"\sstyle\s*=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:", re.I
)
PUBLIC = ["base.html", "parts/header.html", "parts/public_menu.html", "parts/public_utilities.html"]
HOSTILE = '<script>alert("1")</script>'


def draw(source, **context):
    """Render a template source with the chart tags."""
    return Template("{% load charts %}" + source).render(Context(context))


def file_of(css, target):
    """Return the file a url() means; `static:` is the PDF writer's own name for this folder."""
    name = target.split("#")[0]
    if name.startswith("static:"):
        return STATIC / name.removeprefix("static:")
    return css.parent / name


@pytest.mark.parametrize("css", sorted(STATIC.glob("**/*.css")), ids=lambda path: path.name)
def test_every_url_in_css_is_a_file_here(css):
    targets = re.findall(r"url\(\s*['\"]?([^'\")]+)", css.read_text())
    missing = [
        target
        for target in targets
        if not target.startswith("data:") and not file_of(css, target).is_file()
    ]
    assert missing == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_no_template_needs_inline_style_or_script(path):
    assert FORBIDDEN.findall(path.read_text()) == []


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_frame_asks_nothing_of_the_visitor(name):
    source = (STATIC.parent / "templates" / name).read_text()
    assert re.findall(r"\buser\b|csrf_token|messages\.html|perms", source) == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_draw_without_any_context(name):
    page = render_to_string(f"{name}.html")
    assert '<html lang="ko">' in page
    assert page.count("<h1>") == 1


def test_the_500_page_stands_alone():
    source = (STATIC.parent / "templates/500.html").read_text()
    assert re.findall(r"{%\s*(extends|include)|{{", source) == []


def test_chart_colours_are_the_same_on_screen_and_on_paper():
    css = (STATIC / "css/charts.css").read_text()
    fills = dict(re.findall(r"\.fill-(\w+) \{ fill: (#\w{6}); \}", css))
    inks = dict(re.findall(r"\.ink-(\w+) \{ fill: (#\w{6}); \}", css))
    assert {name: (fills[name], inks[name]) for name in fills} == charts.COLOURS


def luminance(colour):
    """Return the relative luminance of #rrggbb (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("token", charts.COLOURS)
def test_text_on_a_fill_can_be_read(token):
    dark, light = sorted(map(luminance, charts.COLOURS[token]))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_shares_are_truncated_and_never_divide_by_nothing():
    assert charts.share(26, 66) == Decimal("39.39")
    assert charts.share(2, 3) == Decimal("66.66")
    assert charts.share(0, 66) == charts.share(5, 0) == charts.share(None, 66) == Decimal("0.00")


def test_segments_fill_the_bar_and_leave_out_what_is_empty():
    parts = [
        charts.Bar("종료", 4),
        charts.Bar("계속", 22),
        charts.Bar("정상", 40),
        charts.Bar("일부", 0),
    ]
    drawn = charts.segments(parts)
    assert [(piece["bar"].label, piece["x"], piece["named"]) for piece in drawn] == [
        ("종료", Decimal("0.00"), False),
        ("계속", Decimal("6.06"), True),
        ("정상", Decimal("39.39"), True),
    ]
    assert sum(piece["width"] for piece in drawn) == Decimal("100.00")


def test_a_bar_is_never_wider_than_its_track():
    rows = charts.bar_rows([charts.Bar("넘침", 130), charts.Bar("모름", None)], top=100)
    assert [row["width"] for row in rows] == [Decimal(100), Decimal("0.00")]


def test_one_part_alone_is_a_whole_ring():
    assert charts.rings([charts.Bar("종료", 66)])[0]["path"].count("M") == 2


@pytest.mark.parametrize(
    ("values", "top"), [([], 1), ([None], 1), ([1], 1), ([3, None], 5), ([66], 100), ([101], 200)]
)
def test_the_top_of_an_axis(values, top):
    assert charts.nice_top(values) == top


@pytest.mark.parametrize("many", [1, 2, 6, 7, 16, 40])
def test_a_line_names_few_enough_columns_and_always_the_last(many):
    named = [place["named"] for place in charts.columns([str(n) for n in range(many)])]
    assert named[-1] and sum(named) <= charts.LABELS_AT_MOST


def test_an_unknown_value_leaves_a_gap_in_the_line():
    places = charts.columns(["1", "2", "3", "4"])
    drawn = charts.line(charts.Series("율", [10, None, 30, 40]), places, 100, 200)
    assert [point["y"] for point in drawn["points"]] == [180, 140, 120]
    assert len(drawn["strokes"]) == 1


ROWS = [(HOSTILE, 3, "partial", "/pledges/?q=<b>&status=x")]
TAGS = [
    '{% bar_chart rows name name unit="건" %}',
    "{% stacked_bar stacks name name %}",
    "{% donut rows name name centre=name note=name %}",
    "{% line_chart labels series name name %}",
    '{% progress_bar 3 10 name "partial" name %}',
    "{% sparkline values name name %}",
]


@pytest.mark.parametrize("tag", TAGS)
def test_charts_escape_what_people_typed_and_carry_no_style(tag):
    drawn = draw(
        tag,
        rows=ROWS,
        name=HOSTILE,
        stacks=[(HOSTILE, ROWS, "/x?<b>")],
        labels=[HOSTILE],
        series=[(HOSTILE, [3])],
        values=[1, None, 3],
    )
    assert "<script" not in drawn and "<b>&" not in drawn and "?<b>" not in drawn
    assert FORBIDDEN.findall(drawn) == []


@pytest.mark.parametrize("tag", TAGS[:4])
def test_a_chart_has_a_name_a_description_and_its_table(tag):
    drawn = draw(
        tag,
        rows=[("종료", 4, "completed")],
        name="이행상태",
        stacks=[("전체", [("종료", 4, "completed")])],
        labels=["2019. 1분기"],
        series=[("율", [4])],
    )
    names = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', drawn).groups()
    assert all(f'id="{name}"' in drawn for name in names)
    assert re.search(r'<details class="chart-table">.*<td class="num">4', drawn, re.S)


def test_an_unknown_value_prints_blank_and_a_zero_prints_zero():
    drawn = draw("{% bar_chart rows 'x' %}", rows=[("모름", None), ("없음", 0)])
    assert re.findall(r'<td class="num">(.*?)</td>', drawn) == ["", "0"]
    assert "fill-primary" not in drawn


def test_the_same_chart_has_the_same_name_and_another_another():
    first, again, other = (
        draw("{% bar_chart rows 'x' %}", rows=[("가", value)]) for value in (1, 1, 2)
    )
    assert first == again != other


def test_an_unheard_of_colour_is_a_fault_of_the_page():
    with pytest.raises(KeyError):
        draw("{% bar_chart rows 'x' %}", rows=[("가", 1, "pink")])


def test_charts_of_nothing_still_draw():
    for tag in TAGS[:4]:
        assert "<figure" in draw(tag, rows=[], name="x", stacks=[], labels=[], series=[])


class Entry(forms.Form):
    """A form with the kinds of field that pages use."""

    rate = forms.IntegerField(label="추진율", max_value=100, help_text="0에서 100까지")
    status = forms.ChoiceField(label="상태", widget=forms.RadioSelect, choices=[("a", "종료")])
    sure = forms.BooleanField(label="확인")


def test_a_field_is_tied_to_its_label_its_help_and_its_error():
    drawn = Entry({"rate": "130"})["rate"].as_field_group()
    assert '<label for="id_rate">추진율<span class="required">필수</span></label>' in drawn
    assert 'aria-describedby="id_rate_helptext id_rate_error"' in drawn
    assert 'id="id_rate_helptext"' in drawn and 'id="id_rate_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_choices_are_a_fieldset_and_a_tick_stands_before_its_label():
    form = Entry({})
    assert re.search(
        r'<fieldset class="field invalid" aria-describedby="id_status_error">\s*<legend>상태',
        form["status"].as_field_group(),
    )
    assert re.search(r"<input[^>]*checkbox[^>]*><label", form["sure"].as_field_group())


def test_the_summary_of_errors_leads_to_each_field():
    drawn = render_to_string("parts/form_errors.html", {"form": Entry({"rate": "130"})})
    targets = re.findall(r'href="#(\w+)"', drawn)
    assert targets == ["id_rate", "id_status", "id_sure"]
    assert render_to_string("parts/form_errors.html", {"form": Entry()}).strip() == ""


def test_paging_keeps_what_was_asked(rf):
    page = Paginator(range(200), 10).page(7)
    request = rf.get("/pledges/", {"status": "partial", "page": "7"})
    drawn = render_to_string("parts/pagination.html", {"page_obj": page}, request)
    numbers = [int(number) for number in re.findall(r"status=partial&amp;page=(\d+)", drawn)]
    assert numbers == [6, 1, 5, 6, 7, 8, 9, 20, 8]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "첫 화면"),
        ("/pledges/", "공약"),
        ("/pledges/1-1/", "공약"),
        ("/pledges/about/", "이행률 산정"),
        ("/login/", None),
    ],
)
def test_the_menu_marks_where_we_are(rf, path, current):
    drawn = Template('{% include "parts/public_menu.html" %}').render(
        Context({"request": rf.get(path)})
    )
    marked = re.findall(r'aria-current="\w+">([^<]+)', drawn)
    assert marked == ([current] if current else [])


def test_crumbs_end_with_the_page_itself():
    drawn = Template('{% load menu %}{% crumbs "공약" "/pledges/" name %}').render(
        Context({"name": HOSTILE})
    )
    assert '<a href="/pledges/">공약</a>' in drawn
    assert '<span aria-current="page">&lt;script&gt;' in drawn
