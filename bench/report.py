"""One JSON line per figure: the value, its floor in the same run, their ratio, the aim."""

import json
import sys
from dataclasses import asdict, dataclass


@dataclass
class Figure:
    """One measured figure; `better` says which side of the aim is the good one."""

    figure: str
    times: int
    database: str
    value: float
    unit: str
    floor: str
    floor_value: float
    aim: float | None = None
    better: str = "lower"
    note: str = ""

    @property
    def ratio(self):
        """Return value ÷ floor, or floor ÷ value where more is better (speed)."""
        pair = (self.value, self.floor_value)
        above, below = pair if self.better == "lower" else pair[::-1]
        return above / below if below else None

    def line(self):
        """Return the figure as a dict for JSON."""
        ratio, row = self.ratio, asdict(self)
        row["ratio"] = None if ratio is None else round(ratio, 3)
        row["value"], row["floor_value"] = round(self.value, 4), round(self.floor_value, 4)
        if self.aim is not None and ratio is not None:
            row["reached"] = ratio <= self.aim if self.better == "lower" else ratio >= self.aim
        return {name: value for name, value in row.items() if value not in (None, "")}


def tell(row):
    """Print one line and return it."""
    row = row.line() if isinstance(row, Figure) else row
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return row


def percentile(values, share):
    """Return the value below which so large a share lies; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
