"""The picture that messengers show of a shared address: 1200 × 630 PNG, drawn with our own font."""

import io
from dataclasses import dataclass
from functools import cache, lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from reporting.charts import COLOURS

SIZE = (1200, 630)
EDGE = 72  # px of white around
KEPT = 128  # pictures of about 30 KB kept per process
FONTS = settings.BASE_DIR / "static" / "vendor" / "pretendard-gov" / "otf"
INK, SOFT, LINE, BLUE, PALE = "#1e2124", "#58616a", "#e6e8ea", "#0b50d0", "#ecf2fe"
TITLE_LINES = 3


@dataclass(frozen=True)
class Card:
    """What a picture says; equal cards are drawn once. Rates as printed, progress in %."""

    kicker: str  # 공약 1-1 · 시민행복도시
    title: str
    status: str = ""  # its words
    token: str = "neutral"  # its colour
    progress: int | None = None
    said: str = ""  # what stands at the end of the bar, if not the progress
    rate: str = ""  # 공약이행률 as printed
    facts: str = ""  # one line at the bottom: period, as-of date, counts
    office: str = ""


@lru_cache(maxsize=KEPT)
def png(card):
    """Return the picture of a card as PNG bytes."""
    image = Image.new("RGB", SIZE, "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=BLUE)
    draw.text((EDGE, 62), card.kicker, font=_font("Bold", 32), fill=BLUE)
    draw.text((SIZE[0] - EDGE, 64), card.office, font=_font("Regular", 28), fill=SOFT, anchor="ra")
    _title(draw, card.title)
    _state(draw, card)
    _foot(draw, card)
    held = io.BytesIO()
    image.save(held, "PNG", optimize=True)
    return held.getvalue()


def _title(draw, title):
    """Draw the title in at most three lines, in the middle of its room."""
    font = _font("Bold", 64)
    lines = wrapped(title, font, SIZE[0] - 2 * EDGE)
    top = 128 + (TITLE_LINES - len(lines)) * 30
    for at, line in enumerate(lines):
        draw.text((EDGE, top + at * 84), line, font=font, fill=INK)


def _state(draw, card):
    """Draw the status as a pill and the progress as a bar beside it."""
    if not card.status:
        return
    fill, ink = COLOURS[card.token]
    font = _font("Bold", 34)
    width = int(font.getlength(card.status)) + 56
    draw.rounded_rectangle((EDGE, 404, EDGE + width, 468), 32, fill=fill)
    draw.text((EDGE + width // 2, 436), card.status, font=font, fill=ink, anchor="mm")
    if card.progress is None:
        return
    left, right = EDGE + width + 36, SIZE[0] - EDGE - 150
    draw.rounded_rectangle((left, 426, right, 446), 10, fill=LINE)
    end = left + (right - left) * min(card.progress, 100) // 100
    if end - left >= 20:
        draw.rounded_rectangle((left, 426, end, 446), 10, fill=fill)
    said = card.said or f"{card.progress}%"
    draw.text((SIZE[0] - EDGE, 436), said, font=_font("Bold", 44), fill=INK, anchor="rm")


def _foot(draw, card):
    draw.rectangle((0, 510, SIZE[0], SIZE[1]), fill=PALE)
    draw.text((EDGE, 570), card.facts, font=_font("Regular", 30), fill=INK, anchor="lm")
    if card.rate:
        font = _font("Bold", 48)
        draw.text((SIZE[0] - EDGE, 570), card.rate, font=font, fill=BLUE, anchor="rm")
        left = SIZE[0] - EDGE - font.getlength(card.rate) - 16
        draw.text((left, 572), "공약이행률", font=_font("Regular", 30), fill=INK, anchor="rm")


def wrapped(text, font, width, lines=TITLE_LINES):
    """Return the text in lines that fit, broken at spaces where there are any; what is too long ends in …"""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            found[-1] = longer
            continue
        pieces = _pieces(word, font, width)
        found += pieces if found[-1] else []
        found = found if found[0] else pieces
    if len(found) > lines:
        last = found[lines - 1]
        while last and font.getlength(f"{last}…") > width:
            last = last[:-1]
        found = [*found[: lines - 1], f"{last}…"]
    return found


def _pieces(word, font, width):
    """Return a word as it fits; only one that is longer than a whole line is cut."""
    found = [""]
    for letter in word:
        if font.getlength(found[-1] + letter) > width:
            found.append("")
        found[-1] += letter
    return found


@cache
def _font(weight, size):
    return ImageFont.truetype(FONTS / f"PretendardGOV-{weight}.otf", size)
