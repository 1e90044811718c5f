"""A save that came second: what is stored now beside what was typed, field by field, nothing lost.

The page carries a mark of every stored text, so that it can be told later who changed what: a field that
only others changed takes their value; one that this person changed keeps what they typed.
"""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.http import QueryDict

MOST_ROWS = 300  # per kind of row; a form with more is none of ours
DIGITS = 40  # beyond that a number typed as 1e999999999 would be written out


@dataclass(frozen=True)
class Beside:
    """One field as it is stored now and as it was typed; `both` when the other person changed it too."""

    label: str
    theirs: str
    mine: str
    both: bool = True


@dataclass
class Merged:
    """What the page shows after a stale save: the data to go on from, the clashes, what only others changed."""

    data: QueryDict
    clashes: list = field(default_factory=list)
    theirs: list = field(default_factory=list)


def marks(form, formsets):
    """Return a short mark of every stored text of a card and its rows, as one line for the page."""
    found = {name: _mark(_stored(form, name)) for name in form.told}
    for formset in formsets:
        for row in formset.initial_forms:
            for name in _names(formset, row):
                found[_key(formset, row, name)] = _mark(_stored(row, name))
    return " ".join(f"{key}:{mark}" for key, mark in found.items())


def merge(form, formsets, post):
    """Return the `Merged` of what was posted and what is stored; form and formsets are unbound, fresh."""
    base = dict(pair.rpartition(":")[::2] for pair in post.get("was", "").split())
    merged = Merged(post.copy())
    for name in form.told:
        kept = _meet(merged, form, name, name, post, base.get(name), str(form.fields[name].label))
        merged.data.setlist(name, kept or _nothing(form.fields[name]))
    for formset in formsets:
        _Rows(merged, formset, post, base).meet()
    merged.data["was"] = marks(form, formsets)
    return merged


def _meet(merged, form, name, sent_as, post, base, label):
    """Let the stored and the typed value of one field meet; return the texts to go on from."""
    field, now = form.fields[name], _stored(form, name)
    mine = _normal(field, field.widget.value_from_datadict(post, {}, sent_as))
    if mine == now:
        return now
    theirs = _words(form, name, now)
    if _mark(mine) == base:
        merged.theirs.append((label, theirs))
        return now
    both = _mark(now) != base
    merged.clashes.append(Beside(label, theirs, _words(form, name, mine), both))
    return post.getlist(sent_as)


class _Rows:
    """The rows of one kind: those stored now first, then what was typed into rows that are not there."""

    def __init__(self, merged, formset, post, base):
        self.merged, self.formset, self.post, self.base = merged, formset, post, base
        self.kind = formset.model._meta.verbose_name
        self.sent = self._sent()

    def _sent(self):
        """Return [(pk or "", prefix)] of the rows that were posted."""
        total = self.post.get(f"{self.formset.prefix}-TOTAL_FORMS", "")
        count = min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 5 else 0
        prefixes = [f"{self.formset.prefix}-{index}" for index in range(count)]
        return [(self.post.get(f"{prefix}-id", ""), prefix) for prefix in prefixes]

    def meet(self):
        """Write the merged rows into the data, in a new numbering."""
        sent = {pk: prefix for pk, prefix in self.sent if pk}
        written = []
        for row in self.formset.initial_forms:
            prefix = sent.pop(str(row.instance.pk), None)
            written.append(self._stored_row(row, prefix, len(written)))
        for pk, prefix in self.sent:
            if not pk or (pk in sent and self._was_touched(pk, prefix)):
                written.append(self._loose_row(prefix, len(written), deleted=bool(pk)))
            elif pk in sent:
                self.merged.theirs.append((f"{self.kind} 한 줄", "(지움)"))
        self._write(written)

    def _write(self, written):
        data, start = self.merged.data, f"{self.formset.prefix}-"
        management = {f"{start}{name}_FORMS" for name in ("MIN_NUM", "MAX_NUM")}
        for key in [k for k in data if k.startswith(start) and k not in management]:
            del data[key]
        for values in written:
            for key, texts in values.items():
                data.setlist(key, texts)
        data[f"{start}TOTAL_FORMS"] = str(len(written))
        data[f"{start}INITIAL_FORMS"] = str(len(self.formset.initial_forms))

    def _stored_row(self, row, prefix, index):
        """Return the merged values of a row that is stored now."""
        label = f"{self.kind} {row.instance}"
        values = {f"{self.formset.prefix}-{index}-id": [str(row.instance.pk)]}
        if prefix is None:
            self.merged.theirs.append((label, "(더함)"))
        for name in _names(self.formset, row):
            key = f"{self.formset.prefix}-{index}-{name}"
            values[key] = self._value(row, prefix, name, label) or _nothing(row.fields[name])
        if prefix and self.post.get(f"{prefix}-DELETE"):
            values[f"{self.formset.prefix}-{index}-DELETE"] = ["on"]
            if self._was_changed(row):
                self.merged.clashes.append(Beside(label, "(고침)", "(지움)"))
        return values

    def _value(self, row, prefix, name, label):
        if prefix is None:
            return _stored(row, name)
        base = self.base.get(_key(self.formset, row, name))
        label = f"{label} {row.fields[name].label}"
        return _meet(self.merged, row, name, f"{prefix}-{name}", self.post, base, label)

    def _was_changed(self, row):
        """Say whether somebody else changed this stored row since the page was drawn."""
        names = _names(self.formset, row)
        return any(
            self.base.get(_key(self.formset, row, n)) != _mark(_stored(row, n)) for n in names
        )

    def _was_touched(self, pk, prefix):
        """Say whether this person changed a row that somebody else has deleted since."""
        blank = self.formset.empty_form
        return any(
            self.base.get(f"{self.formset.prefix}.{pk}.{name}")
            != _mark(_normal(blank.fields[name], self._raw(blank.fields[name], prefix, name)))
            for name in _names(self.formset, blank)
        )

    def _loose_row(self, prefix, index, *, deleted):
        """Return the values of a row that is stored nowhere: typed anew, or deleted by others."""
        blank = self.formset.empty_form
        values = {}
        for name in _names(self.formset, blank):
            values[f"{self.formset.prefix}-{index}-{name}"] = self.post.getlist(f"{prefix}-{name}")
        if deleted:
            texts = [", ".join(texts) for texts in values.values() if any(texts)]
            self.merged.clashes.append(Beside(f"{self.kind} 한 줄", "(지움)", " · ".join(texts)))
        return values

    def _raw(self, field, prefix, name):
        return field.widget.value_from_datadict(self.post, {}, f"{prefix}-{name}")


def _names(formset, row):
    """Return the fields of a row that people fill in."""
    own = {formset._pk_field.name, formset.fk.name, "DELETE"}
    return [name for name in row.fields if name not in own]


def _key(formset, row, name):
    return f"{formset.prefix}.{row.instance.pk}.{name}"


def _stored(form, name):
    field = form.fields[name]
    return _texts(field, form.get_initial_for_field(field, name))


def _normal(field, raw):
    """Return what was typed, printed like what is stored, so that equal values are equal."""
    try:
        return _texts(field, field.to_python(raw))
    except ValidationError:
        return [str(text) for text in raw] if isinstance(raw, list) else [str(raw or "")]


def _texts(field, value):
    """Return a value as the texts that a form sends for it; [] for nothing."""
    if isinstance(value, Decimal) and abs(value.adjusted()) < DIGITS:
        value = f"{value.normalize():f}"
    value = field.prepare_value(value)
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return sorted(map(str, value))
    return [] if value in (None, "") else [str(value)]


def _nothing(field):
    """Return what a browser sends for an empty field: nothing at all for unticked boxes."""
    boxes = getattr(field.widget, "allow_multiple_selected", False)
    return [] if boxes or getattr(field.widget, "input_type", "") == "checkbox" else [""]


def _words(form, name, texts):
    """Return texts as people read them: choices by their label."""
    field = form.fields[name]
    if getattr(field.widget, "input_type", "") == "checkbox" and not hasattr(field, "choices"):
        return "예" if texts else "아니오"
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(labels.get(text, text) for text in texts)


def _mark(texts):
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:10]
