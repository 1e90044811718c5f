"""The demo's jury: a panel, jurors, meetings, an adjustment on the agenda, a question with its answer."""

import datetime
import uuid

from accounts.models import User
from pledges import jury
from pledges.changes.requests import start
from pledges.changes.workflow import take
from pledges.models import Juror, JuryPanel, JurySession, Pledge, Term


def bring_over(plan, *, keeper, tally):
    """Write everything through the doors that people use; a panel of that name is left as it is."""
    data, term = plan.jury, Term.objects.get(no=plan.term["no"])
    there = JuryPanel.objects.filter(term=term, name=data["panel"]["name"]).exists()
    if not tally.count("배심원단", not there):
        return
    panel = JuryPanel(term=term, is_public=True, is_demo=True, **data["panel"])
    jury.save_panel(panel, by=keeper)
    jurors = {row["number"]: _juror(row, panel, data, keeper) for row in data["jurors"]}
    sessions = {row["number"]: _session(row, panel, keeper) for row in data["sessions"]}
    _adjust(data["adjustment"], term, sessions, keeper)
    for row in data["questions"]:
        _ask(row, term, jurors[data["login"]["number"]])


def _day(text):
    return datetime.date.fromisoformat(text)


def _juror(row, panel, data, keeper):
    login = data["login"]
    mine = row["number"] == login["number"]
    user = User.objects.filter(username=login["username"]).first() if mine else None
    facts = {name: row[name] for name in ("number", "sex", "age", "district")}
    days = {name: _day(data[name]) for name in ("consent_on", "keep_until")}
    person = {"name": row["name"], "phone": row["phone"], **days}
    juror = Juror(panel=panel, user=user, **facts)
    return jury.save_juror(juror, person=person, by=keeper, ip=None)


def _session(row, panel, keeper):
    return jury.save_session(
        JurySession(panel=panel, **{**row, "held_on": _day(row["held_on"])}), by=keeper
    )


def _adjust(row, term, sessions, keeper):
    """Let the department ask for an example, and put it on the agenda."""
    pledge, by = _pledge(term, row["pledge"]), User.objects.get(username=row["by"])
    words = {name: row[name] for name in ("reason", "evidence")}
    adjustment = start(pledge, kind=row["kind"], after={"title": row["title"]}, by=by, **words)
    take("request", adjustment, by=by)
    take("accept", adjustment, by=keeper, session=sessions[row["session"]])


def _pledge(term, number):
    return Pledge.objects.get(term=term, number=number)


def _ask(row, term, juror):
    if juror.user is None:
        return
    pledge = _pledge(term, row["pledge"])
    question = jury.ask(
        juror, pledge, kind=row["kind"], text=row["text"], key=uuid.uuid4(), by=juror.user
    )
    if answer := row.get("reply"):
        by = User.objects.get(username=answer["by"])
        words = {name: text for name, text in answer.items() if name != "by"}
        jury.reply(question, number=1, by=by, **words)
