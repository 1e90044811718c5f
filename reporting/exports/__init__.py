"""What a document or a list becomes: one file per library; `RENDERERS` names them all.

HWPX joins as `exports/hwpx.py` and one line below.
"""

from reporting.exports import html, pdf, sheets

RENDERERS = {
    "html": html.fragment,
    "pdf": pdf.pdf,
    "xlsx": sheets.workbook,
}
