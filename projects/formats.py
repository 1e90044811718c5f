"""How spans of time and money with its sources are printed, everywhere the same (domain.md §9.1, §9.3)."""

from reporting import formats

MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"


def span(starts, ends="", is_open=False):
    """Print partial dates as `2019. 4.`, `2019. 6. ~ 12.`, `2019. 12. ~ 2020. 3.`, `2019. 1. ~`.

    A year that both ends share is said once.
    """
    first = formats.partial(starts)
    if is_open:
        return f"{first} ~".strip()
    if not ends or ends == starts:
        return first
    last = formats.partial(ends)
    if starts and starts[:4] == ends[:4] and len(ends) > 4:
        last = last.removeprefix(f"{ends[:4]}. ")
    return f"{first} ~ {last}".strip()


def several(spans):
    """Print several (starts, ends, is_open) of one step as `2019. 7. / 10. / 12.`, in their order.

    A year is said again only where it changes, or where a span stands among them.
    """
    printed, year = [], ""
    for starts, ends, is_open in spans:
        text = span(starts, ends, is_open)
        if year == starts[:4] and not ends and not is_open and len(starts) > 4:
            text = text.removeprefix(f"{year}. ")
        year = starts[:4]
        printed.append(text)
    return " / ".join(printed)


def years_long(starts, ends):
    """Return `3년간` of two years, blank of anything finer (domain.md §11 x)."""
    if len(starts) == len(ends) == 4:
        return f"{int(ends) - int(starts) + 1}년간"
    return ""


def period(starts, ends):
    """Print a project's period: `2019. 2. ~ 12.`, `2018. ~ 2020. (3년간)`."""
    long = years_long(starts, ends)
    return f"{span(starts, ends)} ({long})" if long else span(starts, ends)


def money(total, shares):
    """Print `600백만원(국비 300, 도비 300)`; one source alone as `50백만원(시비)`; unknown is blank.

    `shares` are (label, 백만원) of the sources whose amount is known.
    """
    if total is None:
        return formats.BLANK
    told = f"{formats.number(total)}백만원"
    if len(shares) == 1 and shares[0][1] == total:
        return f"{told}({shares[0][0]})"
    parts = ", ".join(f"{label} {formats.number(amount)}" for label, amount in shares)
    return f"{told}({parts})" if parts else told


def circled(number):
    """Return ① to ⑮, the circled numerals that old encodings know (domain.md §9.6); beyond, `(16)`."""
    return MARKS[number - 1] if 1 <= number <= len(MARKS) else f"({number})"
