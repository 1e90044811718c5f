"""The document's blocks as paragraphs and tables, in order, under the marks of official reports."""

from reporting import documents as d
from reporting import formats

from .cells import of_facts, of_table
from .grids import Grids
from .looks import BLUE, NAVY
from .marks import child, cleaned, paragraph, run

DRAFT = "미공표 · 내부 검토용"
LINES = {
    d.Aim: "aim",
    d.Heading: "heading",
    d.Item: "item",
    d.Detail: "detail",
    d.Note: "note",
    d.Paragraph: "paragraph",
}
IN_CARDS = {"heading": "card_heading", "note": "card_note"}


class Body:
    """Writes one document into the section that holds its text."""

    def __init__(self, section, styles, document):
        self.section, self.styles, self.document = section, styles, document
        self.grids = Grids(styles)
        self.count = 0
        self.in_card = False
        self.new_page = False
        self.restart = False  # page numbers begin anew with the next paragraph
        self.last = None

    # --- paragraphs ---
    def line(self, look):
        """Add an empty paragraph and return (paragraph, style)."""
        style = self.styles[look]
        self.count += 1
        element = paragraph(self.section, style, self.count, new_page=self.new_page)
        if self.restart:
            control = child(child(element, "run", charPrIDRef=style.letters), "ctrl")
            child(control, "newNum", num=1, numType="PAGE")
        self.new_page = self.restart = False
        return element, style

    def write(self, look, text):
        """Add a paragraph of one text, unless it is empty."""
        if text:
            element, style = self.line(look)
            run(element, style.letters, cleaned(text))

    # --- the front ---
    def front(self):
        """Write the title with its date, on a page of its own where the document has a cover."""
        document = self.document
        cover = "cover_" if document.cover else ""
        if cover:
            self.line("cover_top")
        self.write("draft", DRAFT if document.draft else "")
        self.write(f"{cover}subtitle", document.subtitle)
        self.write(f"{cover}title", document.title)
        self.write(f"{cover}as_of", document.as_of and f"({document.as_of})")
        imprint = [formats.day(document.date), document.department]
        if cover:
            self.write("cover_date", imprint[0])
            self.write("cover_department" if imprint[0] else "cover_date", imprint[1])
            self.new_page = self.restart = True
        else:
            self.write("imprint", " · ".join(filter(None, imprint)))
        self._abstract()

    def _abstract(self):
        """Write 문서요지 and 키워드 (domain.md §9.5)."""
        facts = [("문서요지", self.document.summary), ("키워드", ", ".join(self.document.keywords))]
        self._grid(of_facts(d.Facts([d.Fact(*fact, wide=True) for fact in facts if fact[1]])))

    # --- blocks ---
    def blocks(self):
        """Write every block."""
        placed = d.placed(self.document)
        for each in placed:
            self._block(each, placed)
            self.last = each.block

    def _block(self, each, placed):
        block = each.block
        if isinstance(block, d.PageBreak):
            self.new_page = True
        elif type(block) in LINES:
            look = LINES[type(block)]
            look = IN_CARDS.get(look, look) if self.in_card else look
            self.write(look, f"{each.mark} {block.text}" if each.mark else block.text)
        elif isinstance(block, d.Part | d.Task | d.Card):
            self._title(each)
        elif isinstance(block, d.Contents):
            self._contents(block, placed)
        elif isinstance(block, d.Facts):
            self._grid(of_facts(block))
        elif isinstance(block, d.ChartBlock):
            self._grid(of_table(block.as_table, block.title))
        else:
            self._grid(of_table(block))

    def _title(self, each):
        block = each.block
        self.in_card = isinstance(block, d.Card)
        if self.in_card and not isinstance(self.last, d.Part) and self.last is not None:
            self.new_page = True
        look = type(block).__name__.lower()
        element, style = self.line(look)
        if each.mark:
            self._mark(element, look, each.mark)
        run(element, style.letters, cleaned(f" {block.title}" if each.mark else block.title))

    def _mark(self, element, look, mark):
        """Write the mark before a title: white on blue, boxed, or plain for a card."""
        if look == "part":
            letters = self.styles.letters(look, color="#FFFFFF", highlight=NAVY)
        elif look == "task":
            letters = self.styles.letters(look, highlight=BLUE)
        else:
            letters = self.styles.letters(look, color=NAVY)
        run(element, letters, f" {mark} " if look != "card" else mark)

    def _contents(self, block, placed):
        kinds = (d.Part, d.Task, d.Card) if block.cards else (d.Part, d.Task)
        self.write("contents", block.title)
        for each in placed:
            if isinstance(each.block, kinds):
                look = f"contents_{type(each.block).__name__.lower()}"
                self.write(look, f"{each.mark} {each.block.title}".strip())

    def _grid(self, grid):
        if grid.rows:
            self._caption(grid)
            element, _ = self.line("anchor")
            self.grids.write(element, grid)

    def _caption(self, grid):
        """Write a table's title, and its unit at the right edge of the same line."""
        if not grid.caption:
            self.write("unit", grid.unit)
            return
        element, style = self.line("caption")
        run(element, style.letters, cleaned(grid.caption))
        if grid.unit:
            run(element, self.styles["unit"].letters, "\t" + cleaned(grid.unit))
