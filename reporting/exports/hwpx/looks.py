"""How each kind of line looks: letters, indents, borders; every look is a named style of the file.

Lengths are points (1 pt = 100 units of the format) unless a name says mm.
"""

from dataclasses import dataclass

INK, SOFT, NAVY, LINE, DANGER = "#1E2124", "#464C53", "#0B3A82", "#9AA2AB", "#BD2C0F"
BLUE, GREY = "#EEF2F7", "#F4F5F6"
SERIF, SANS = "함초롬바탕", "함초롬돋움"  # every 한글 brings them
TEXT_WIDTH_MM = 170
MM = 25.4 / 72  # millimetres in a point
TEXT_WIDTH = int(TEXT_WIDTH_MM / MM * 100)  # hundredths of a point
# The widths of a mark and the space behind it, in ems of both fonts.
HANGING = {"◇": 1.27, "□": 1.27, "○": 1.27, "-": 0.85, "※": 1.07}


@dataclass(frozen=True)
class Look:
    """One style: its name in 한글, its letters and its paragraph.

    `left` is where the mark or the first line begins; what follows a mark hangs behind it.
    `level` is the line's rank in the outline (한글's 개요), 0 for running text.
    """

    name: str
    size: float = 13
    bold: bool = False
    font: str = SERIF
    color: str = INK
    align: str = "JUSTIFY"
    left: float = 0
    mark: str = ""
    before: float = 0
    after: float = 0
    spacing: int = 160
    keep: bool = False
    level: int = 0
    sides: tuple = ()
    line: tuple = ("SOLID", "0.12 mm", LINE)
    fill: str = ""
    tab: str = ""

    @property
    def hanging(self):
        """How far the text stands behind the place of its mark."""
        return HANGING.get(self.mark, 0) * self.size


def _heading(name, **look):
    return Look(name, font=SANS, bold=True, keep=True, align="LEFT", **look)


LOOKS = {
    # --- the front ---
    "draft": Look("미공표 표시", 11, True, SANS, DANGER, "CENTER", after=4),
    "subtitle": Look("부제목", 13, False, SANS, SOFT, "CENTER", after=6),
    "title": Look(
        "제목",
        20,
        True,
        SANS,
        align="CENTER",
        before=4,
        after=6,
        spacing=140,
        sides=("top", "bottom"),
        line=("DOUBLE_SLIM", "0.7 mm", INK),
    ),
    "as_of": Look("기준일", 12, False, SANS, SOFT, "CENTER", before=4),
    "imprint": Look("날짜와 부서", 12, False, SANS, SOFT, "CENTER", after=6),
    "cover_top": Look("표지 위", 10),
    "cover_subtitle": Look("표지 부제목", 16, False, SANS, SOFT, "CENTER", before=130, after=10),
    "cover_title": Look(
        "표지 제목",
        26,
        True,
        SANS,
        align="CENTER",
        before=6,
        after=14,
        spacing=150,
        sides=("top", "bottom"),
        line=("DOUBLE_SLIM", "1.0 mm", INK),
    ),
    "cover_as_of": Look("표지 기준일", 14, False, SANS, SOFT, "CENTER"),
    "cover_date": Look("표지 날짜", 16, False, SANS, align="CENTER", before=230, after=12),
    "cover_department": Look("표지 부서", 20, True, SANS, align="CENTER"),
    # --- contents ---
    "contents": Look("차례 제목줄", 16, True, SANS, align="CENTER", before=10, after=8, keep=True),
    "contents_part": Look("차례 장", 13, True, SANS, align="LEFT", before=6),
    "contents_task": Look("차례 과제", 12, font=SANS, align="LEFT", left=18),
    "contents_card": Look("차례 카드", 11, font=SANS, align="LEFT", left=18, spacing=140),
    # --- the lines of the report ---
    "part": _heading(
        "장(Ⅰ)",
        size=18,
        before=20,
        after=8,
        level=1,
        sides=("bottom",),
        line=("SOLID", "0.5 mm", NAVY),
    ),
    "task": _heading("과제(1)", size=16, before=16, after=6, level=2),
    "card": _heading(
        "관리카드",
        size=15,
        before=0,
        after=4,
        level=2,
        sides=("top", "bottom"),
        line=("SOLID", "0.4 mm", NAVY),
        fill=BLUE,
    ),
    "aim": Look(
        "목표(◇)",
        13,
        True,
        SANS,
        left=8,
        mark="◇",
        before=6,
        after=8,
        spacing=150,
        keep=True,
        sides=("left", "right", "top", "bottom"),
        line=("SOLID", "0.15 mm", SOFT),
    ),
    "heading": _heading("제목(□)", size=14, mark="□", before=12, after=3, level=3),
    "item": Look("항목(○)", left=10, mark="○", before=3),
    "detail": Look("세부(-)", left=24, mark="-", before=2),
    "note": Look("주석(※)", 11, color=SOFT, left=26, mark="※", before=2, font=SANS),
    "paragraph": Look("본문글", left=8, before=3),
    # --- the lines of a card, which keeps to one page where it can ---
    "card_heading": _heading(
        "카드 제목(□)", size=12, mark="□", before=7, after=2, level=3, spacing=140
    ),
    "card_note": Look("카드 주석(※)", 9.5, color=SOFT, mark="※", after=3, font=SANS, spacing=130),
    # --- tables ---
    "caption": Look(
        "표 제목", 11, True, SANS, align="LEFT", before=6, spacing=130, keep=True, tab="RIGHT"
    ),
    "unit": Look("표 단위", 10, False, SANS, SOFT, "RIGHT", before=3, spacing=130, keep=True),
    "anchor": Look("표 자리", 2, spacing=100),
    "head": Look("표 머리", 10, True, SANS, align="CENTER", spacing=125),
    "left": Look("표 글", 10, False, SANS, align="LEFT", spacing=125),
    "center": Look("표 가운데", 10, False, SANS, align="CENTER", spacing=125),
    "right": Look("표 숫자", 10, False, SANS, align="RIGHT", spacing=125),
    "total_left": Look("표 합계 글", 10, True, SANS, align="LEFT", spacing=125),
    "total_center": Look("표 합계 가운데", 10, True, SANS, align="CENTER", spacing=125),
    "total_right": Look("표 합계 숫자", 10, True, SANS, align="RIGHT", spacing=125),
    # --- every page ---
    "running": Look(
        "머리글",
        9,
        False,
        SANS,
        SOFT,
        "LEFT",
        spacing=130,
        tab="RIGHT",
        sides=("bottom",),
        line=("SOLID", "0.12 mm", LINE),
    ),
}


@dataclass(frozen=True)
class Style:
    """The numbers under which the file knows a look."""

    paragraph: str
    letters: str
    style: str


class Styles:
    """The looks as styles of one file, in its list of styles whether it needs them or not."""

    def __init__(self, file):
        self.file = file
        for font in (SERIF, SANS):
            file.styles.ensure_font(font)
        self.known = {name: self._write(look) for name, look in LOOKS.items()}

    def __getitem__(self, name):
        return self.known[name]

    def letters(self, name, **other):
        """Return the number of a look's letters with something changed (`color`, `highlight`, `bold`)."""
        look = LOOKS[name]
        wanted = {"size": look.size, "bold": look.bold, "font": look.font, "color": look.color}
        return self.file.styles.ensure_run(**wanted | other)

    def border(self, fill=None):
        """Return the number of a cell's border, filled or not."""
        return self.file.styles.ensure_border_fill(
            border_color=LINE, border_width="0.12 mm", fill_color=fill
        )

    def _write(self, look):
        letters = self.file.styles.ensure_run(
            size=look.size, bold=look.bold, font=look.font, color=look.color
        )
        paragraph = self._paragraph(look)
        head = self.file.oxml.headers[0]
        style = head.ensure_style(
            look.name,
            style_type="PARA",
            para_pr_id_ref=paragraph,
            char_pr_id_ref=letters,
            lang_id=1042,
        )
        head.ensure_style(look.name, next_style_id_ref=style)
        return Style(paragraph, letters, style)

    def _paragraph(self, look):
        """Return the number of a look's paragraph: the library gives one to a paragraph only, so it gets one."""
        model = self.file.add_paragraph("", include_run=False, inherit_style=False)
        self.file.styles.apply_paragraph_format(paragraphs=[model], **_format(look))
        number = model.element.get("paraPrIDRef")
        model.element.getparent().remove(model.element)
        for each in self.file.oxml.headers[0].element.iter("{*}paraPr"):
            if each.get("id") == number:
                self._refine(each, look)
        return number

    def _refine(self, element, look):
        """Say what the library has no word for: lines break between words (어절), a heading's ground."""
        setting = element.find("{*}breakSetting")
        setting.set("breakNonLatinWord", "KEEP_WORD")
        setting.set("widowOrphan", "1")
        if look.fill:
            kind, width, color = look.line
            ground = self.file.styles.ensure_border_fill(
                border_color=color,
                border_width=width,
                border_type=kind,
                active_borders=look.sides,
                fill_color=look.fill,
            )
            element.find("{*}border").set("borderFillIDRef", ground)


def _format(look):
    wanted = {
        "alignment": look.align,
        "line_spacing_percent": look.spacing,
        "indent_left_mm": look.left * MM,
        "first_line_indent_mm": -look.hanging * MM,
        "spacing_before_pt": look.before,
        "spacing_after_pt": look.after,
        "keep_with_next": look.keep,
        "outline_level": look.level,
    }
    if look.sides:
        kind, width, color = look.line
        wanted["border"] = {
            "sides": look.sides,
            "type": kind,
            "width": width,
            "color": color,
            "offset_mm": (2, 2, 1.5, 1.5),
            "ignore_margin": True,
        }
    if look.tab:
        wanted["tab_stops"] = [{"pos_mm": TEXT_WIDTH_MM, "type": look.tab}]
    return wanted
