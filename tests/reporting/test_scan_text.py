"""What counts as a personal number in a text, and what of it is shown."""

import pytest

from reporting.scan.patterns import find, phones_of, private


def masked(text):
    return [(hit.kind, hit.masked) for hit in find(text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("홍길동 850101-1234567", ("rrn", "8*****-1******")),
        ("홍길동 8501011234567", ("rrn", "8*****-1******")),
        ("홍길동 ８５０１０１－１２３４５６７", ("rrn", "8*****-1******")),
        ("연락처 010-1234-5678", ("phone", "010-****-5678")),
        ("연락처 ０１０．１２３４．５６７８", ("phone", "010-****-5678")),
        ("연락처 01012345678", ("phone", "010-****-5678")),
        ("연락처 (041) 123-4567", ("phone", "041-****-4567")),
        ("연락처 02-123-4567", ("phone", "02-****-4567")),
        ("연락처 +82 10-1234-5678", ("phone", "010-****-5678")),
        ("연락처 011 234 5678", ("phone", "011-****-5678")),
        ("메일 Hong.Gil@naver.com", ("mail", "h***@naver.com")),
        ("메일 ａ@ｂ.kr", ("mail", "a***@b.kr")),
    ],
)
def test_it_is_found_and_masked(text, shown):
    assert masked(text) == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "2019. 04. 25. 준공, 2019-04-25",
        "국비 1,234,567백만원 확보",
        "주민 85명, 010 사업, 041",
        "850101-9234567 851301-1234567",
        "사업번호 20190412345678",
        "회의@오후 3시",
    ],
)
def test_dates_and_figures_are_left_alone(text):
    assert masked(text) == []


def test_a_value_is_told_once_however_it_is_written():
    assert len(find("010-1234-5678, 010.1234.5678, 01012345678")) == 1


def test_an_office_is_no_private_person():
    hits = find("041-746-5114 010-1234-5678 a@nonsan.go.kr b@korea.kr c@notkorea.kr")
    known = phones_of(["041-746-5114 (내선 12)"])
    assert [hit.masked for hit in private(hits, known=known)] == [
        "010-****-5678",
        "c***@notkorea.kr",
    ]


def test_the_value_itself_is_kept_nowhere():
    (hit,) = find("850101-1234567")
    assert "1234567" not in repr(hit) and "850101" not in repr(hit)


def test_a_long_run_of_letters_is_read_quickly():
    assert find("a" * 400_000 + "0" * 400_000 + "@" * 1000) == []
