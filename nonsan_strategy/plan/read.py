"""Read `data/<year>/` into one `Plan`; whether its sums are right says `check.py`."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

AMOUNTS = ("planned", "secured", "spent")


class PlanError(Exception):
    """The data can't be used; the message is a sentence for the person who edits it."""


@dataclass(frozen=True)
class Plan:
    """Everything of one year as it stands in the files; amounts in 백만원, None unknown."""

    departments: list  # [{key, name, phone, real?}] in the order of the office
    people: list  # [{username, name, position?, department?, role?, staff?, operator?, in_charge?}]
    password: str  # of every demo login
    term: dict
    pledges: list  # [card] in order of field and serial
    funding: dict  # {pledge number: [{source, year, planned, secured, spent}]}
    periods: list
    reports: dict  # {period code: [report]}
    totals: dict  # the plan's own sums, with the plan's line numbers
    manifesto: dict  # {items, grades, results}: what is published of the yearly evaluation
    changes: dict  # {counts: how many pledges when, records: the register before this system}
    work: dict  # {plan, tasks, projects}: the office's work plan of the year
    regional: dict  # {soc, balanced}: facility types and uplift, phases and districts
    jury: dict  # a panel with jurors, meetings and an adjustment, for the demo only


def read(folder):
    """Return the `Plan` of a folder; raises `PlanError` naming the file and the place."""
    folder = Path(folder)
    if not folder.is_dir():
        raise PlanError(f"자료 폴더가 없습니다: {folder}")
    people = _json(folder / "people.json")
    periods = _json(folder / "periods.json")
    codes = [period_code(period) for period in periods]
    return Plan(
        departments=_json(folder / "departments.json"),
        people=people["people"],
        password=people["password"],
        term=_json(folder / "term.json"),
        pledges=_all(folder / "pledges"),
        funding=_funding(folder / "funding.csv"),
        periods=periods,
        reports={code: _all(folder / f"reports-{code}") for code in codes},
        totals=_json(folder / "totals.json"),
        manifesto=_json(folder / "manifesto.json"),
        changes=_json(folder / "changes.json"),
        work={
            "plan": _json(folder / "plan" / "plan.json"),
            "tasks": [_json(path) for path in sorted((folder / "plan" / "tasks").glob("*.json"))],
            "projects": _json(folder / "plan" / "projects.json"),
        },
        regional=_json(folder / "regional.json"),
        jury=_json(folder / "jury.json"),
    )


def _all(folder):
    """Return the rows of every JSON file of a folder, in the order of the file names."""
    return [row for path in sorted(folder.glob("*.json")) for row in _json(path)]


def _json(path):
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise PlanError(f"자료 파일이 없습니다: {path}") from None
    except UnicodeDecodeError:
        raise PlanError(f"{path.name}을(를) UTF-8로 읽을 수 없습니다.") from None
    except json.JSONDecodeError as error:
        raise PlanError(
            f"{path.name} {error.lineno}번째 줄 {error.colno}번째 글자: JSON 형식이 어긋났습니다."
        ) from None


def _funding(path):
    """Return {number: rows}; a blank cell is unknown."""
    found = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                amounts = {name: _amount(row[name], path, row["number"]) for name in AMOUNTS}
                found.setdefault(row["number"], []).append(
                    {"source": row["source"], "year": row["year"], **amounts}
                )
    except FileNotFoundError:
        raise PlanError(f"자료 파일이 없습니다: {path}") from None
    except KeyError as error:
        raise PlanError(f"{path.name}에 {error} 열이 없습니다.") from None
    return found


def _amount(text, path, number):
    if not (text or "").strip():
        return None
    if not text.strip().isdecimal():
        raise PlanError(
            f"{path.name}: 공약 {number}의 금액 '{text}'이(가) 정수(백만원)가 아닙니다."
        )
    return int(text)


def text(lines):
    """Return the lines of a text as one text."""
    return "\n".join(lines or [])


def period_code(period):
    """Return `2019-q1` of a period of the data."""
    return f"{period['year']}-{period['cadence']}{period['number']}"
