"""The bound book: the same text as the plain document, pieces kept, one structure, numbers and links."""

import io
import re
from dataclasses import replace

import pytest

from reporting import documents as d
from reporting.exports import book, pdf
from reporting.exports.book import press, sheets, shelf

pypdf = pytest.importorskip("pypdf")

CARDS = 4
TABLE = d.Table(
    [d.Column("구분", header=True), d.Column("국비", "amount"), d.Column("도비", "amount")],
    [("계획", 1200, 300), ("집행", 900, 10)],
    unit="단위: 백만원",
)


def card(number, text="추진함"):
    return [
        d.Card(f"카드 {number}", mark=f"1-{number}"),
        d.Facts([d.Fact("관리번호", f"1-{number}"), d.Fact("추진실적", text, wide=True)]),
        d.Heading("재정투자계획"),
        TABLE,
    ]


def document(*, changed=(), draft=False, cover=True):
    cards = [card(n, "고침 (12 0 R)" if n in changed else "추진함") for n in range(1, CARDS + 1)]
    return d.Document(
        title="공약 추진상황 보고",
        department="논산시 전략기획실",
        summary="요지",
        keywords=("공약",),
        cover=cover,
        draft=draft,
        blocks=[
            d.Contents(),
            d.PageBreak(),
            d.Part("총괄현황"),
            d.Task("재정"),
            TABLE,
            d.PageBreak(),
            d.Part("관리카드", mark="붙임"),
            *(block for blocks in cards for block in blocks),
        ],
    )


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cards"


@pytest.fixture
def made(folder):
    return book.make(document(), folder=folder, processes=2)


def reader(content):
    return pypdf.PdfReader(io.BytesIO(content))


def texts(content):
    return [
        "".join(sorted(page.extract_text().replace("\u2060", "").split()))
        for page in reader(content).pages
    ]


@pytest.mark.parametrize("look", [{}, {"cover": False}, {"draft": True}])
def test_a_book_says_on_every_page_what_the_plain_document_says(folder, look):
    plain = pdf.pdf(document(**look))
    bound = book.make(document(**look), folder=folder, processes=1)
    assert texts(bound.content) == texts(plain)
    assert bound.pages == len(reader(plain).pages)


def test_pages_are_numbered_through_and_the_cover_is_not_counted(made):
    pages = [page.extract_text() for page in reader(made.content).pages]
    assert "- " not in pages[0]
    assert [f"- {n} -" in text for n, text in enumerate(pages[1:], 1)] == [True] * (made.pages - 1)


def test_contents_lead_to_the_page_they_name(made):
    file = reader(made.content)
    names = file.named_destinations
    links = [a.get_object() for a in file.pages[1]["/Annots"]]
    targets = dict.fromkeys(link["/Dest"] for link in links)
    found = [file.get_destination_page_number(names[target]) for target in targets]
    assert len(found) == 2 + 1 + CARDS
    contents = file.pages[1].extract_text().replace("\u2060", "")
    for number in found:
        assert re.search(rf"\.\s+{number}\b", contents)
        assert f"- {number} -" in file.pages[number].extract_text()


def test_every_card_has_a_bookmark(made):
    file = reader(made.content)

    def flat(items):
        for item in items:
            yield from flat(item) if isinstance(item, list) else [item]

    marks = {m.title: file.get_destination_page_number(m) for m in flat(file.outline)}
    for n in range(1, CARDS + 1):
        text = file.pages[marks[f"1-{n} 카드 {n}"]].extract_text().replace("\u2060", "")
        assert f"카드 {n}" in text


# --- what was not changed is not printed again ------------------------------------------------
def kept(folder):
    return set(folder.rglob("*.sheets"))


def test_only_changed_cards_are_printed_again(made, folder):
    before = kept(folder)
    again = book.make(document(changed={2, 3}), folder=folder, processes=1)
    assert len(kept(folder) - before) == again.printed == 2
    assert again.reused == made.printed - 2
    assert "고침 (12 0 R)" in "".join(p.extract_text() for p in reader(again.content).pages)


def test_a_draft_and_its_publication_share_all_cards(made, folder):
    before = kept(folder)
    book.make(document(draft=True), folder=folder, processes=1)
    assert len(kept(folder) - before) <= 2  # the front, which says that it is a draft


def test_the_same_document_makes_the_same_bytes(made, folder):
    again = book.make(document(), folder=folder, processes=1)
    assert (again.content, again.printed) == (made.content, 0)


def test_a_new_style_sheet_or_printer_leaves_the_kept_cards_alone(folder):
    one, other = shelf.Shelf("one", folder), shelf.Shelf("other", folder)
    assert one.key("<p>") != other.key("<p>")


def test_a_damaged_card_is_printed_again(made, folder):
    for path in kept(folder):
        path.write_bytes(path.read_bytes()[:-5])
    again = book.make(document(), folder=folder, processes=1)
    assert (again.content, again.printed) == (made.content, made.printed)


def test_cards_no_book_used_for_long_are_cleared_away(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    book.make(document(), processes=1)
    assert shelf.purge() == 0
    assert shelf.purge(days=-1) == CARDS + 3
    assert not kept(tmp_path)


# --- the tagged structure ---------------------------------------------------------------------
def test_the_structure_is_one_and_every_page_finds_its_part(made):
    file = reader(made.content)
    catalog = file.root_object
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/Lang"] == "ko"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    tree = catalog["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(tree[::2], [each.get_object() for each in tree[1::2]], strict=True))
    assert list(parents) == sorted(parents)
    for page in file.pages:
        own = parents[page["/StructParents"]]
        assert own and all(e.get_object()["/Pg"].get_object() == page for e in own)
        for annotation in page.get("/Annots", []):
            kids = parents[annotation.get_object()["/StructParent"]]["/K"]
            objects = [k.get_object() for k in kids if isinstance(k.get_object(), dict)]
            assert annotation in [each.raw_get("/Obj") for each in objects if "/Obj" in each]


def elements(node):
    yield node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            yield from elements(kid)


def test_headings_tables_and_their_heads_are_there(made):
    root = reader(made.content).root_object["/StructTreeRoot"]
    found = list(elements(root["/K"][0].get_object()))
    kinds = [element["/S"] for element in found]
    assert kinds.count("/H3") == CARDS + 1
    assert kinds.count("/Table") == 2 * CARDS + 1
    ids = [element["/ID"] for element in found if "/ID" in element]
    assert len(ids) == len(set(ids))
    named = {h for e in found for h in e.get("/A", {}).get("/Headers", [])}
    assert named and named <= set(ids)
    assert all(e["/P"].get_object() for e in found)


def test_each_font_is_embedded_once(made):
    fonts = {
        font.get_object()["/BaseFont"]: font.idnum
        for page in reader(made.content).pages
        for font in (page["/Resources"]["/Font"].raw_get(n) for n in page["/Resources"]["/Font"])
    }
    assert len(fonts) == 2


# --- what goes wrong --------------------------------------------------------------------------
def test_a_piece_that_asks_elsewhere_stops_the_book(folder):
    with pytest.raises(pdf.Refused):
        press.printed('<html lang="ko"><body><img alt="x" src="file:///etc/passwd"></body></html>')


def test_progress_counts_up_to_the_binding(folder):
    heard = []
    book.make(document(), lambda *far: heard.append(far), folder=folder, processes=1)
    counts = [done for done, _, _ in heard]
    assert counts == sorted(counts) and heard[-1][2].startswith("묶는 중")
    assert {total for _, total, _ in heard} == {CARDS + 3}


def test_kept_sheets_prove_themselves():
    content = sheets.Sheets(objects=[b"<</A 1 0 R>>"]).pack()
    assert sheets.unpack(content).objects == [b"<</A 1 0 R>>"]
    with pytest.raises(sheets.Damaged):
        sheets.unpack(content.replace(b"1 0 R", b"2 0 R"))


def test_what_looks_like_a_reference_in_a_text_stays(folder):
    text = rb"<</Alt (see 3 0 R \(and @key:1\))/K 4 0 R>>"
    filled = sheets.fill(text, lambda n: b"%d 0 R" % (n + 10), lambda kind, value: b"?")
    assert filled == rb"<</Alt (see 3 0 R \(and @key:1\))/K 14 0 R>>"


def test_a_document_without_contents_or_cards_is_a_book_too(folder):
    plain = replace(document(), blocks=[d.Part("총괄현황"), TABLE])
    bound = book.make(plain, folder=folder, processes=1)
    assert texts(bound.content) == texts(pdf.pdf(plain))
