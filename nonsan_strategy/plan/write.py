"""Write the plan's departments, people, term and cards; what is there already stays as it is."""

import datetime
from collections import Counter

from django.contrib.auth.hashers import make_password
from simple_history.utils import bulk_create_with_history

from accounts.actions import register
from accounts.models import Department, Role, User
from pledges.models import (
    AnnualTarget,
    Funding,
    Milestone,
    Pledge,
    PledgeField,
    PledgeLink,
    RatePolicy,
    Term,
)
from reporting.history import keep

from .read import text

LOADER = "plan-loader"
REVIEWER = "plan-reviewer"
PLAIN = (
    *("title", "demo", "newness", "means", "span", "starts", "ends"),
    *("location", "scope", "final_goal", "expected_effect"),
)


class Tally:
    """How many rows of each kind were made and how many were there before."""

    def __init__(self):
        self.made, self.left = Counter(), Counter()

    def count(self, word, made):
        """Count one row and return whether it was made."""
        (self.made if made else self.left)[word] += 1
        return made


def departments(plan, *, reason, tally):
    """Return {key: Department}."""
    found = {}
    for order, row in enumerate(plan.departments):
        there = Department.objects.filter(name=row["name"]).first()
        tally.count("부서", there is None)
        found[row["key"]] = there or keep(
            Department(name=row["name"], order=order, phone=row["phone"]), by=None, reason=reason
        )
    return found


def movers(office, *, reason, tally):
    """Return who brings the papers over and who signs them; neither can log in."""
    return (
        _mover(LOADER, "자료 이관", office, reason, tally),
        _mover(REVIEWER, "자료 이관 확인", office, reason, tally),
    )


def _mover(username, name, office, reason, tally):
    user = User.objects.filter(username=username).first()
    if tally.count("이관용 계정", user is None):
        user = User(
            username=username, name=name, department=office, role=Role.STRATEGY, is_active=False
        )
        user.set_unusable_password()
        register(user, by=None, reason=reason)
    return user


def people(plan, places, *, by, reason, tally):
    """Create the demo logins that are missing, all with the password of the data.

    Their mail goes to a domain that exists nowhere (RFC 2606).
    """
    password = make_password(plan.password)  # once: hashing is slow by design
    for row in plan.people:
        if not tally.count("시연 계정", not User.objects.filter(username=row["username"]).exists()):
            continue
        operator = row.get("operator", False)
        user = User(
            username=row["username"],
            name=row["name"],
            email=f"{row['username']}@demo.example",
            position=row.get("position", ""),
            department=places.get(row.get("department")),
            role=row.get("role", ""),
            is_staff=operator or row.get("staff", False),
            is_superuser=operator,
            password=password,
        )
        register(user, by=by, reason=reason)


def term(plan, *, by, reason, tally):
    """Return the term and {order: field}, made where missing."""
    row = plan.term
    found = Term.objects.filter(no=row["no"]).first()
    if tally.count("임기", found is None):
        found = keep(_new_term(row), by=by, reason=reason)
        keep(_new_policy(found, **row["rate_policy"]), by=by, reason=reason)
    there = {field.order: field for field in found.fields.all()}
    for field in row["fields"]:
        if tally.count("분야", field["order"] not in there):
            there[field["order"]] = keep(PledgeField(term=found, **field), by=by, reason=reason)
    return found, there


def _new_term(row):
    dates = {k: datetime.date.fromisoformat(row[k]) for k in ("starts_on", "ends_on")}
    return Term(no=row["no"], name=row["name"], programme=row["programme"], **dates)


def _new_policy(term, mode, places, valid_from):
    day = datetime.date.fromisoformat(valid_from)
    return RatePolicy(term=term, mode=mode, places=places, valid_from=day)


def pledges(plan, places, *, by, reason, tally):
    """Create the pledge cards that are missing, each with all that hangs on it."""
    in_term, fields = term(plan, by=by, reason=reason, tally=tally)
    there = set(in_term.pledges.values_list("number", flat=True))
    new = [card for card in plan.pledges if tally.count("공약", card["number"] not in there)]
    officers = _officers(plan)
    made = {card["number"]: _pledge(card, plan, in_term, fields, places) for card in new}
    for card in new:
        pledge = made[card["number"]]
        pledge.officer = officers.get(card["lead"])
        keep(pledge, by=by, reason=reason)
        if card.get("cooperating"):
            pledge.cooperating_departments.set([places[key] for key in card["cooperating"]])
    for model, rows in _details(new, made, plan):
        bulk_create_with_history(rows, model, default_user=by, default_change_reason=reason)


def _officers(plan):
    """Return {department key: the demo login in charge of its pledges}; nobody outside the demo."""
    names = {row["username"]: row["department"] for row in plan.people if row.get("in_charge")}
    return {names[user.username]: user for user in User.objects.filter(username__in=names)}


def _pledge(card, plan, in_term, fields, places):
    order, serial = (int(part) for part in card["number"].split("-"))
    return Pledge(
        term=in_term,
        field=fields[order],
        serial=serial,
        number=card["number"],
        is_core=card["title"] in plan.term["core_pledges"],
        election_wording=card.get("election_wording", ""),
        lead_department=places[card["lead"]],
        content=text(card["content"]),
        **{name: card.get(name, "") for name in PLAIN},
    )


def _details(cards, made, plan):
    """Return (model, unsaved rows) for everything that hangs on the new cards."""
    found = {AnnualTarget: [], Milestone: [], Funding: [], PledgeLink: []}
    for card in cards:
        pledge = made[card["number"]]
        steps = enumerate(card["milestones"], start=1)
        found[AnnualTarget] += [AnnualTarget(pledge=pledge, **row) for row in card["targets"]]
        found[Milestone] += [Milestone(pledge=pledge, order=n, **row) for n, row in steps]
        found[Funding] += [
            Funding(pledge=pledge, **row) for row in plan.funding.get(card["number"], [])
        ]
        found[PledgeLink] += [PledgeLink(pledge=pledge, **row) for row in card.get("links", [])]
    return found.items()
