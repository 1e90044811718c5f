"""What a document or a list becomes: one file per library; `RENDERERS` names them all."""

from reporting.exports import html, hwpx, pdf, sheets

RENDERERS = {
    "html": html.fragment,
    "pdf": pdf.pdf,
    "hwpx": hwpx.package,
    "xlsx": sheets.workbook,
}
