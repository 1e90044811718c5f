"""매니페스토 자체점검: the published criteria as questions about what is there, what is missing, and where.

Each check is one small function of `Facts` (domain.md §1.5). It never gives a score: the center's own
scoring is not published. What only a person can judge says so.
"""

from dataclasses import dataclass

from reporting import clock
from reporting.models import Period

from . import rates
from .consistency import consistency
from .editions import Edition
from .lists import list_url
from .models import ChangeRecord, JuryPanel, JurySession, Opinion

THERE, PARTLY, MISSING, PERSON = "there", "partly", "missing", "person"
STATES = {
    THERE: ("갖춤", "approved"),
    PARTLY: ("일부", "returned"),
    MISSING: ("없음", "overdue"),
    PERSON: ("사람이 판단", "draft"),
}
CARD = (  # what a whole card has (domain.md §1.6), each with the question whether a published row has it
    ("공약 내용", lambda row: row.card.get("content")),
    ("최종 목표", lambda row: row.card.get("final_goal")),
    ("연차별 목표", lambda row: row.card.get("targets")),
    ("이행절차", lambda row: row.card.get("milestones")),
    ("재정투자계획", lambda row: row.card.get("funding") or "비재정" in row.card.get("kinds", [])),
    ("사업기간", lambda row: row.card.get("starts") and row.card.get("ends")),
    ("담당부서 전화", lambda row: row.department_phone),
)


@dataclass(frozen=True)
class Facts:
    """What the checks look at: the newest published edition and its rows."""

    edition: Edition
    rows: list

    @property
    def rates(self):
        """Return {key: Rate} of the official rates."""
        return {rate.key: rate for rate in rates.official_rates(self.rows, self.edition.rounding)}


@dataclass(frozen=True)
class Finding:
    """What a check found: its state, a sentence, and the page that shows it."""

    state: str
    sentence: str
    href: str = ""
    page: str = ""

    @property
    def label(self):
        """Return the state in words."""
        return STATES[self.state][0]

    @property
    def token(self):
        """Return the badge's colour, a state of submissions."""
        return STATES[self.state][1]


@dataclass(frozen=True)
class Check:
    """One question of a criterion."""

    criterion: str
    label: str
    find: object

    def about(self, facts):
        """Return the `Finding`."""
        return self.find(facts)


def facts_of(edition):
    """Return the facts of an edition; one query."""
    return Facts(edition, list(edition.rows.select_related("publication__period")))


# --- completion and yearly target ---------------------------------------------------------------
def fulfilled(facts):
    """Say the rate of fulfilment with its two counts."""
    rate = facts.rates["fulfilled"]
    sentence = f"{rate.numerator}건 ÷ {rate.denominator}건 = {rates.show(rate.value)}"
    href = list_url(facts.edition, counted="fulfilled")
    return Finding(THERE if rate.denominator else MISSING, sentence, href, "완료한 공약")


def target_met(facts):
    """Say how many of this year's targets are met, and how many nobody has judged."""
    rate = facts.rates["target_met"]
    open_ones = len(facts.rows) - rate.denominator
    sentence = f"올해 목표를 이룬 {rate.numerator}건 ÷ 판단한 {rate.denominator}건 = {rates.show(rate.value)}"
    if open_ones:
        sentence += f". 올해 목표를 아직 판단하지 않은 {open_ones}건"
    state = MISSING if not rate.denominator else PARTLY if open_ones else THERE
    return Finding(state, sentence, list_url(facts.edition, counted="has_target"), "판단한 공약")


def judged_at_year_end(facts):
    """Say whether the figures are those of 31 December, on which the center counts."""
    as_of = facts.edition.period.as_of
    if (as_of.month, as_of.day) == (12, 31):
        return Finding(THERE, "기준일이 12월 31일인 자료가 공표되어 있습니다.", "/pledges/", "공약")
    sentence = (
        f"평가는 12월 31일을 기준으로 셉니다. 지금 공표된 자료는 {as_of:%Y. %-m. %-d.} 기준입니다."
    )
    return Finding(PARTLY, sentence, "/periods/", "보고기간")


# --- resident communication ---------------------------------------------------------------------
def procedure(facts):
    """Say that pledges change only by the procedure, and how many changes are public."""
    number = ChangeRecord.objects.filter(term__no=facts.edition.term.no).count()
    sentence = (
        "공약은 부서 요청, 주민배심원단, 시장 결정, 공개의 절차로만 바뀝니다. "
        f"공개한 변경 {number}건"
    )
    return Finding(THERE, sentence, "/pledges/changes/", "변경 이력")


def jury_works(facts):
    """Say how many panels the term has and how often they met."""
    panels = JuryPanel.objects.filter(term__no=facts.edition.term.no)
    met = JurySession.objects.filter(panel__in=panels, held_on__lte=clock.today()).count()
    hidden = panels.filter(is_public=False).count()
    sentence = f"주민배심원단 {len(panels)}개, 회의 {met}회."
    if hidden:
        sentence += f" 시민에게 공개하지 않은 배심원단 {hidden}개"
    state = MISSING if not panels else PARTLY if hidden or not met else THERE
    return Finding(state, sentence, "/pledges/jury/", "주민배심원단")


def voices_heard(facts):
    """Say how many opinions of citizens came, and how many wait."""
    mine = Opinion.objects.filter(pledge__term__no=facts.edition.term.no)
    number, waiting = mine.count(), mine.unhandled().count()
    sentence = f"시민 의견 {number}건을 받아 {number - waiting}건을 처리했습니다."
    state = MISSING if not number else PARTLY if waiting else THERE
    return Finding(state, sentence, "/opinions/", "시민 의견")


def published_regularly(facts):
    """Say how many of the year's quarters that are over have been published."""
    today, year = clock.today(), facts.edition.period.year
    over = [p for p in _quarters(year) if p.as_of <= today]
    out = [p for p in over if p.state == Period.State.PUBLISHED]
    names = ", ".join(p.name for p in over if p not in out)
    sentence = f"{year}년에 끝난 분기 {len(over)}개 가운데 {len(out)}개를 공표했습니다."
    if names:
        sentence += f" 공표하지 않은 분기: {names}"
    state = MISSING if not out else PARTLY if names else THERE
    return Finding(state, sentence, "/periods/", "보고기간")


def _quarters(year):
    return list(Period.objects.filter(cadence=Period.Cadence.QUARTER, year=year).order_by("number"))


def originality(facts):
    """Leave to a person what cannot be counted."""
    return Finding(PERSON, "다른 곳에 없는 우리 시의 방법을 한 문단으로 적어 두세요.")


# --- web ----------------------------------------------------------------------------------------
def reachable(facts):
    """Say that the first page leads to every pledge by one click."""
    return Finding(THERE, "첫 화면에서 한 번 눌러 공약 목록에 닿습니다.", "/", "첫 화면")


def on_its_own(facts):
    """Say that the pledges have a menu and an address of their own."""
    return Finding(THERE, "공약은 따로 된 메뉴와 주소(/pledges/)를 씁니다.", "/pledges/", "공약")


def accurate(facts):
    """Say how old the newest published figures are; a quarter without news is too old."""
    period = facts.edition.period
    age = (clock.today() - period.as_of).days
    sentence = (
        f"{period}, {period.as_of:%Y. %-m. %-d.} 현재의 자료이며 그 뒤로 {age}일이 지났습니다."
    )
    return Finding(PARTLY if age > 120 else THERE, sentence, "/pledges/about/", "이행률 산정")


def specific(facts):
    """Say how many cards are whole, and which part is missing most."""
    gaps = {name: [r for r in facts.rows if not has(r)] for name, has in CARD}
    whole = [r for r in facts.rows if all(has(r) for _, has in CARD)]
    sentence = f"관리카드가 다 찬 공약 {len(whole)}건 ÷ 전체 {len(facts.rows)}건."
    found = [f"{name} 없음 {len(rows)}건" for name, rows in gaps.items() if rows]
    state = THERE if not found else PARTLY if whole else MISSING
    return Finding(
        state, " ".join([sentence, ", ".join(found)]).strip(), "/admin/pledges/pledge/", "관리카드"
    )


def open_to_voices(facts):
    """Say that every pledge takes opinions and can be followed."""
    sentence = "공약마다 의견을 남기고 답을 읽으며, 메일과 소식 피드로 받아 볼 수 있습니다."
    return Finding(
        THERE, sentence, f"/pledges/{facts.rows[0].number}/" if facts.rows else "", "공약"
    )


# --- consistency ----------------------------------------------------------------------------------
def worded_as_promised(facts):
    """Say how many pledges stand as in the election, or differ with a line of the register."""
    found = consistency(facts.rows, facts.edition.term.no)
    sentence = f"선거공보와 같거나 변경 이력이 설명하는 공약 {found.agreed}건 ÷ 문안을 아는 공약 {found.counted}건."
    if found.unexplained:
        sentence += f" 설명이 없는 {len(found.unexplained)}건"
    if found.unknown:
        sentence += f" 문안을 모르는 {len(found.unknown)}건"
    state = MISSING if not found.passes else PARTLY if found.unknown else THERE
    return Finding(state, sentence, "/pledges/consistency/", "공약일치도")


# --- the table ----------------------------------------------------------------------------------
COMPLETION, TARGET = "공약이행완료", "목표달성"
RESIDENTS, WEB, CONSISTENCY = "주민소통", "웹소통", "공약일치도"
CHECKS = (
    Check(COMPLETION, "공약이행률", fulfilled),
    Check(COMPLETION, "연말 기준 자료", judged_at_year_end),
    Check(TARGET, "올해 목표 달성", target_met),
    Check(RESIDENTS, "제도적 기반", procedure),
    Check(RESIDENTS, "자발적 참여", voices_heard),
    Check(RESIDENTS, "정기 공개", published_regularly),
    Check(RESIDENTS, "평가단 구성·운영", jury_works),
    Check(RESIDENTS, "독창성", originality),
    Check(WEB, "접근성", reachable),
    Check(WEB, "정확성", accurate),
    Check(WEB, "독립성", on_its_own),
    Check(WEB, "구체성", specific),
    Check(WEB, "참여성", open_to_voices),
    Check(CONSISTENCY, "선거공보와 같은가", worded_as_promised),
)
MEANINGS = {
    COMPLETION: "완료한 공약 ÷ 전체 공약",
    TARGET: "올해 목표를 이룬 공약 ÷ 올해 목표가 있는 공약",
    RESIDENTS: "제도적 기반, 자발적 참여 계획, 정기 공개, 평가단 구성·운영의 민주성, 독창성",
    WEB: "메인화면에서의 접근성, 정확성, 독립성, 구체성, 참여성",
    CONSISTENCY: "선거공보의 공약과 실천계획의 공약이 같은가, 다르면 설명하는가",
}


def self_check(edition):
    """Return [(criterion, its meaning, [(Check, Finding)])] in the order of the published criteria."""
    facts = facts_of(edition)
    found = [(check, check.about(facts)) for check in CHECKS]
    return [
        (name, meaning, [pair for pair in found if pair[0].criterion == name])
        for name, meaning in MEANINGS.items()
    ]


def tally(groups):
    """Return [(label, token, number)] of every state over all criteria."""
    findings = [finding for _, _, pairs in groups for _, finding in pairs]
    return [
        (label, token, sum(f.state == state for f in findings))
        for state, (label, token) in STATES.items()
    ]
