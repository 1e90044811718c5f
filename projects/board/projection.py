"""Where the year's spending is heading: a straight line through what is reported, and nothing else."""

from decimal import ROUND_HALF_UP, Decimal

MONTHS = 12


def months_told(as_of, year):
    """Return how many months of a year a figure as of a day rests on, the day's own month included."""
    if as_of is None or as_of.year < year:
        return 0
    return as_of.month if as_of.year == year else MONTHS


def projected(spent, months):
    """Return the year's spending if it goes on as in these months (백만원, half up); None without ground."""
    if spent is None or not 1 <= months <= MONTHS:
        return None
    exact = Decimal(spent) * MONTHS / months
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
