"""What a person typed into an entry form: as text, and beside what is stored."""

import hashlib
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from .fields import CleanTextField


@dataclass(frozen=True)
class Clash:
    """One field that two people wrote at once; `both` when the other person changed it too."""

    field: BoundField
    theirs: str
    mine: str
    both: bool


def text_names(form):
    """Return the names of the fields that carry text, so all but files."""
    return [name for name, f in form.fields.items() if not isinstance(f, forms.FileField)]


def sent(form, post):
    """Return {name: text as typed} of the form's own fields, without NUL, which no database keeps."""
    return {n: post[n].replace("\x00", "") for n in text_names(form) if n in post}


def stored(form):
    """Return {name: text} of the row behind a form, as its fields print it."""
    return {
        name: _text(form.fields[name], form.get_initial_for_field(form.fields[name], name))
        for name in text_names(form)
    }


def typed(form):
    """Return {name: text} of a bound form, printed like `stored`, so that equal texts are equal."""
    return {name: _normal(form.fields[name], form[name].data) for name in text_names(form)}


def readable(form):
    """Return {name: text} of the row behind a form, choices by their label, blank where unknown."""
    return {name: label_of(form.fields[name], text) for name, text in stored(form).items()}


def fillable(form, old):
    """Return {name: text} of the long texts in `old` for which the row behind the form has none."""
    now = stored(form)
    long = [name for name, field in form.fields.items() if isinstance(field, CleanTextField)]
    return {name: old[name] for name in long if old.get(name) and not now[name].strip()}


def label_of(field, text):
    """Return the words a person picked for the value of a choice; other texts as they are."""
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(text, text)) if text else ""


def _text(field, value):
    value = field.prepare_value(value)
    return "" if value is None else str(value)


def _normal(field, raw):
    try:
        return _text(field, field.to_python(raw))
    except ValidationError:
        return str(raw or "")


def prints(form):
    """Return a short mark of every stored text; the page carries it, to tell later who changed what."""
    return " ".join(f"{name}:{_mark(text)}" for name, text in stored(form).items())


def _mark(text):
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _marks(was):
    return dict(pair.partition(":")[::2] for pair in was.split())


def clashes(form, was):
    """Return a `Clash` for each field this person wrote since `was` that is stored otherwise now."""
    base, now, mine = _marks(was), stored(form), typed(form)
    return [
        Clash(
            form[name],
            label_of(form.fields[name], now[name]),
            label_of(form.fields[name], mine[name]),
            _mark(now[name]) != base.get(name),
        )
        for name in now
        if mine[name] != now[name] and _mark(mine[name]) != base.get(name)
    ]


def only_theirs(form, was):
    """Return the names of fields that others changed since `was` and this person left as they were."""
    base, now, mine = _marks(was), stored(form), typed(form)
    return [n for n in now if mine[n] != now[n] and _mark(mine[n]) == base.get(n)]


def picks(post):
    """Say whether somebody sent the page of a conflict, where stored texts can be picked."""
    return any(name.startswith("pick_") for name in post)


def resolved(form, post):
    """Return what was sent with the stored text put in where the person picked it (`pick_<name>`)."""
    data = post.copy()
    for name, text in stored(form).items():
        if post.get(f"pick_{name}") == "theirs":
            data[name] = text
    return data
