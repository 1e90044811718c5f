"""A rule of the guard, and the short marks by which a tick names the sentences it covers."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One question about a report; its answer is a sentence with the figures in it, "" where all is well."""

    key: str
    label: str
    sentence: str  # what the rule says, for the page of rules
    looks_at: str
    todo: str
    question: Callable  # (Facts) -> str


def broken(rules, facts):
    """Return the sentences of the rules that this report breaks, in order."""
    return [said for rule in rules if (said := rule.question(facts))]


def mark(sentence):
    """Return the short mark of one sentence; another figure in it is another mark."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:12]


def marks(sentences):
    """Return the marks of several sentences as one text, as the tick of a form sends it."""
    return " ".join(mark(sentence) for sentence in sentences)


def ticked(sentences, text):
    """Return those of the sentences whose mark stands in the text of a tick."""
    seen = set(text.split())
    return [sentence for sentence in sentences if mark(sentence) in seen]
