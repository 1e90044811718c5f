"""The inputs that are drawn without a template are but for blanks between tags what Django's templates draw."""

import datetime
import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from nonsan_strategy.rendering import DRAWN, Renderer

NASTY = "<\"'&> 가나다"
CHOICES = [("", "모두"), ("묶음 <&>", [("a", NASTY), (1, mark_safe("<b>1</b>"))]), (2, "둘")]
WIDGETS = {
    "text": (forms.TextInput(), NASTY),
    "blank": (forms.TextInput(attrs={"class": "x", "required": True, "off": False}), None),
    "zero": (forms.NumberInput(attrs={"min": 0, "step": "any"}), 0),
    "hidden": (forms.HiddenInput(), "v"),
    "password": (forms.PasswordInput(), "never"),
    "email": (forms.EmailInput(), "a@b"),
    "url": (forms.URLInput(), "https://x/?a=1&b=2"),
    "date": (forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), datetime.date(2019, 7, 3)),
    "file": (forms.FileInput(), "x"),
    "textarea": (forms.Textarea(attrs={"rows": 4}), f"{NASTY}\n둘째 줄"),
    "empty textarea": (forms.Textarea(), ""),
    "select": (forms.Select(choices=CHOICES), 2),
    "nothing chosen": (forms.Select(choices=CHOICES, attrs={"id": NASTY}), None),
    "several": (forms.SelectMultiple(choices=CHOICES), ["a", 1]),
    "boxes": (forms.CheckboxSelectMultiple(choices=CHOICES), ["a"]),
    "box": (forms.CheckboxInput(), True),
}


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_is_drawn_as_its_template_draws_it(name):
    widget, value = WIDGETS[name]
    drawn, usual = (
        re.sub(r">\s+<", "><", widget.render("이름<", value, {"id": "id_x"}, renderer=renderer()))
        for renderer in (Renderer, TemplatesSetting)
    )
    assert drawn == usual


def test_every_drawn_template_has_a_case():
    seen = {widget.template_name for widget, _ in WIDGETS.values()}
    assert set(DRAWN) <= seen
