"""The year's plan and the projects as documents: 주요업무 추진상황, 균형발전, 용역, 관리카드.

All of it comes from snapshot rows, saved by a publication or drawn for a preview, so that screen, PDF, HWPX and
sheet cannot disagree.
"""

from .annual import annual_document
from .balanced import balanced_document
from .book import Book, book_of
from .cards import card_document, cards_document
from .studies import studies_document

DOCUMENTS = {
    "annual-plan": (
        "주요업무 추진상황",
        "추진목표와 추진전략, 주요업무마다 개요·그동안 추진상황·앞으로 추진계획",
        annual_document,
        (),
        True,
    ),
    "balanced": (
        "균형발전 사업 현황",
        "단계별 총괄, 지구별 사업비와 재원, 합계 점검",
        balanced_document,
        (),
        True,
    ),
    "studies": (
        "용역 현황",
        "연구용역마다 기간, 금액, 계약, 보고회, 공개와 활용",
        studies_document,
        (),
        True,
    ),
    "project-cards": (
        "사업 관리카드",
        "사업마다 한 쪽씩: 개요, 재원, 담당자, 추진일정, 변경 (PDF는 따로 만들어 보관함)",
        cards_document,
        ("pdf",),
        True,
    ),
}

__all__ = [
    "DOCUMENTS",
    "Book",
    "annual_document",
    "balanced_document",
    "book_of",
    "card_document",
    "cards_document",
    "studies_document",
]
