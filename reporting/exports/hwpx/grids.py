"""Writes grids as tables of the format: joined cells, heads on every page."""

from .marks import child, cleaned, paragraph, run, texts

MARGINS = {"left": 340, "right": 340, "top": 180, "bottom": 180}
ROW = 1610  # the least height; a row grows with its text
PLACE = {
    "affectLSpacing": 0,
    "flowWithText": 1,
    "allowOverlap": 0,
    "holdAnchorAndSO": 0,
    "vertRelTo": "PARA",
    "horzRelTo": "COLUMN",
    "vertAlign": "TOP",
    "horzAlign": "LEFT",
    "vertOffset": 0,
    "horzOffset": 0,
}


class Grids:
    """Writes tables into paragraphs of one file; each gets the next number."""

    def __init__(self, styles):
        self.styles = styles
        self.borders = {}
        self.count = 0

    def write(self, line, grid):
        """Put a grid into a paragraph."""
        self.count += 1
        element = child(
            child(line, "run", charPrIDRef=self.styles["anchor"].letters),
            "tbl",
            id=self.count,
            zOrder=self.count,
            numberingType="TABLE",
            textWrap="TOP_AND_BOTTOM",
            textFlow="BOTH_SIDES",
            lock=0,
            dropcapstyle="None",
            pageBreak=grid.breaks,
            repeatHeader=int(grid.has_head),
            rowCnt=grid.rows,
            colCnt=len(grid.widths),
            cellSpacing=0,
            borderFillIDRef=self._border(""),
            noAdjust=0,
        )
        self._frame(element, grid)
        rows, points = [child(element, "tr") for _ in range(grid.rows)], grid.points
        for cell in grid.cells:
            self._cell(rows[cell.row], cell, points)

    def _frame(self, element, grid):
        """Say how large the table is and where it stands.

        A short one stands in its line like a letter (글자처럼 취급), so that its caption keeps with it; so would
        a long one be cut off at the page's end.
        """
        sizes = {"widthRelTo": "ABSOLUTE", "heightRelTo": "ABSOLUTE", "protect": 0}
        wide = sum(grid.points)
        child(element, "sz", width=wide, height=ROW * grid.rows, **sizes)
        child(element, "pos", treatAsChar=int(grid.breaks == "NONE"), **PLACE)
        child(element, "outMargin", left=0, right=0, top=100, bottom=300)
        child(element, "inMargin", **MARGINS)

    def _cell(self, row, cell, points):
        element = child(
            row,
            "tc",
            name="",
            header=int(cell.is_head),
            hasMargin=0,
            protect=0,
            editable=0,
            dirty=0,
            borderFillIDRef=self._border(cell.fill),
        )
        inside, style = texts(element, vertical="CENTER"), self.styles[cell.look]
        for text in cleaned(cell.text).split("\n"):
            run(paragraph(inside, style, 0), style.letters, text)
        child(element, "cellAddr", colAddr=cell.column, rowAddr=cell.row)
        child(element, "cellSpan", colSpan=cell.colspan, rowSpan=cell.rowspan)
        width = sum(points[cell.column : cell.column + cell.colspan])
        child(element, "cellSz", width=width, height=ROW * cell.rowspan)
        child(element, "cellMargin", **MARGINS)

    def _border(self, fill):
        if fill not in self.borders:
            self.borders[fill] = self.styles.border(fill or None)
        return self.borders[fill]
