"""The forms of an adjustment: what to adjust, the wording as it shall be, and what a move needs."""

from django import forms

from reporting.fields import CleanTextField, FigureField, PartialDateFormField
from reporting.formats import number, partial
from reporting.forms import date_input

from .changes.wording import DATES, FIELDS_OF, label
from .models import JurySession, Kind, Pledge, Source, YearSlot

PARTS = 3  # pledges that a division can give rise to at once
MOST_MONEY = 2_000_000_000
SHORT, LONG = {"rows": 3}, {"rows": 6}
LENGTHS = {"title": 200, "location": 200, "scope": 300}


class Several(forms.ModelMultipleChoiceField):
    """Rows to tick; a key beyond 64 bits is none of them, where SQLite would stop."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError("없는 공약입니다.") from error


class ChoiceForm(forms.Form):
    """Which pledge, and how: the first page of a request."""

    pledge = forms.ModelChoiceField(label="공약", queryset=Pledge.objects.none())
    kind = forms.ChoiceField(
        label="조정유형",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        help_text="통합은 남을 공약을 고릅니다. 이름과 내용을 함께 바꾸려면 내용변경을 고릅니다.",
    )

    def __init__(self, *args, pledges, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pledge"].queryset = pledges


class AdjustmentForm(forms.Form):
    """The wording as it shall be, with reason and evidence; blank is allowed until it is requested."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    reason = CleanTextField(
        label="사유",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs=LONG),
        help_text="시민에게 그대로 공개됩니다.",
    )
    evidence = CleanTextField(
        label="근거",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs=SHORT),
        help_text="관련 법령·지침, 예산서, 협의 공문의 문서번호 등. 배심원이 읽습니다.",
    )

    def __init__(self, *args, kind, pledge, before, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.was = kind, before
        new = {name: _field(name) for name in FIELDS_OF[kind]}
        if kind == Kind.CONTENT:
            new |= _money_fields()
        if kind == Kind.MERGE:
            new = {"absorbed": _others(pledge)} | new
        if kind == Kind.SPLIT:
            new |= _part_fields()
        rest, self.fields = self.fields, {}
        self.fields |= {"version": rest.pop("version"), **new, **rest}
        self.before = _printed(before)  # what the page shows beside each field

    @classmethod
    def initial_of(cls, before, after):
        """Return what the fields hold at first: the new wording as far as it is written, else the old one."""
        money = {
            f"funding_{s}": n for s, n in {**before["funding"], **after.get("funding", {})}.items()
        }
        parts = {
            f"part{n}_{name}": text
            for n, part in enumerate(after.get("parts", []), 1)
            for name, text in part.items()
        }
        absorbed = [other["pk"] for other in before.get("absorbed", [])]
        year = after.get("funding_year", "")
        return {**before, **after, **money, **parts, "absorbed": absorbed, "funding_year": year}

    def clean(self):
        """Refuse an end before the start, and a changed total without the year it belongs to."""
        data = super().clean()
        starts, ends = data.get("starts") or "", data.get("ends") or ""
        known = min(len(starts), len(ends))
        if known and ends[:known] < starts[:known]:
            self.add_error("ends", "완료(예정)가 시작보다 빠릅니다.")
        if "title" in self.fields and not self.errors.get("title") and not data.get("title"):
            self.add_error("title", "공약명은 비울 수 없습니다.")
        if self.kind == Kind.CONTENT:
            self._check_money(data)
        for n in range(1, PARTS + 1) if self.kind == Kind.SPLIT else []:
            if not data.get(f"part{n}_title") and any(
                data.get(f"part{n}_{name}") for name in ("content", "final_goal")
            ):
                self.add_error(f"part{n}_title", "분리되어 생기는 공약의 이름을 적어 주세요.")
        return data

    def _check_money(self, data):
        old = self.was["funding"]
        for source in Source.values:
            name = f"funding_{source}"
            if data.get(name) is None and old.get(source) is not None and name not in self.errors:
                self.add_error(name, "알고 있던 금액은 비울 수 없습니다. 없어지면 0을 적어 주세요.")
        if self._money(data) and not data.get("funding_year"):
            self.add_error("funding_year", "사업비를 바꾸면 차액을 넣을 연도를 골라 주세요.")

    def _money(self, data):
        old = self.was["funding"]
        new = {source: data.get(f"funding_{source}") for source in Source.values}
        return {
            s: amount for s, amount in new.items() if amount is not None and amount != old.get(s)
        }

    def values(self):
        """Return what `changes.requests` takes from a valid form."""
        data = self.cleaned_data
        after = {name: data[name] for name in FIELDS_OF[self.kind]}
        if self.kind == Kind.CONTENT and (money := self._money(data)):
            after |= {"funding": money, "funding_year": data["funding_year"]}
        if self.kind == Kind.SPLIT:
            after["parts"] = [
                {name: data[f"part{n}_{name}"] for name in FIELDS_OF[Kind.SPLIT]}
                for n in range(1, PARTS + 1)
                if data[f"part{n}_title"]
            ]
        return {
            "after": after,
            "absorbed": data.get("absorbed", ()),
            "reason": data["reason"],
            "evidence": data["evidence"],
        }

    @property
    def words(self):
        """Return the fields of the wording, which the page shows beside the old one."""
        return [self[name] for name in FIELDS_OF[self.kind]]

    @property
    def others(self):
        """Return the fields that have no old wording: money, what is merged, what is divided off."""
        known = {*FIELDS_OF[self.kind], "version", "reason", "evidence"}
        return [self[name] for name in self.fields if name not in known]


def _field(name, required=False):
    if name in DATES:
        return PartialDateFormField(label=label(name), required=required, help_text="예: 2021. 6.")
    one_line = name in LENGTHS
    widget = forms.TextInput() if one_line else forms.Textarea(attrs=LONG)
    return CleanTextField(
        label=label(name), required=required, max_length=LENGTHS.get(name, 5000), widget=widget
    )


def _money_fields():
    found = {
        f"funding_{source}": FigureField(
            label=f"총사업비 {name}(백만원)", required=False, min_value=0, max_value=MOST_MONEY
        )
        for source, name in Source.choices
    }
    year = forms.ChoiceField(
        label="차액을 넣을 연도",
        required=False,
        choices=[("", "사업비를 바꿀 때만 고릅니다"), *YearSlot.choices],
        help_text="총사업비에서 늘거나 준 금액이 이 연도의 계획에 더해지거나 빠집니다.",
    )
    return {**found, "funding_year": year}


def _others(pledge):
    found = Pledge.objects.active().filter(term=pledge.term_id).exclude(pk=pledge.pk)
    return Several(
        label="통합될 공약",
        queryset=found.select_related("field").in_order(),
        required=False,
        help_text="고른 공약은 이 공약에 통합되어 관리 대상에서 빠집니다.",
    )


def _part_fields():
    found = {}
    for n in range(1, PARTS + 1):
        for name in FIELDS_OF[Kind.SPLIT]:
            field = _field(name)
            field.label = f"분리되어 생기는 공약 {n} · {label(name)}"
            found[f"part{n}_{name}"] = field
    return found


def _printed(before):
    money = {f"funding_{s}": number(n) or "모름" for s, n in before["funding"].items()}
    dates = {name: partial(before[name]) for name in DATES}
    return {**before, **dates, **money}


class MoveForm(forms.Form):
    """What a move needs besides its button; every field is read by the moves that know it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    session = forms.ModelChoiceField(
        label="배심원단 회의", queryset=JurySession.objects.none(), required=False
    )
    votes_for = FigureField(label="찬성", required=False, min_value=0, max_value=1000)
    votes_against = FigureField(label="반대", required=False, min_value=0, max_value=1000)
    votes_abstain = FigureField(label="기권", required=False, min_value=0, max_value=1000)
    decided_on = forms.DateField(label="시장이 결정한 날", required=False, widget=date_input())
    document = CleanTextField(
        label="결재 문서",
        required=False,
        max_length=120,
        widget=forms.TextInput(),
        help_text="예: 전략기획실-1234(2019. 7. 1.). 전략기획실이 대신 기록할 때는 꼭 적습니다.",
    )
    comment = CleanTextField(
        label="남길 말",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=SHORT),
        help_text="보완 요구, 철회, 채택 안 함, 불승인에는 까닭을 적어야 합니다.",
    )

    def __init__(self, *args, adjustment, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = JurySession.objects.filter(panel__term=adjustment.pledge.term_id)
        self.fields["session"].queryset = sessions.select_related("panel").order_by("-held_on")

    def values(self):
        """Return what `workflow.take` takes from a valid form."""
        data = self.cleaned_data
        votes = tuple(data[f"votes_{side}"] for side in ("for", "against", "abstain"))
        return {
            "seen": data["seen"],
            "session": data["session"],
            "votes": votes,
            "decided_on": data["decided_on"],
            "document": data["document"],
            "comment": data["comment"],
        }
