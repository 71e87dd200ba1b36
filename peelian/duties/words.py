"""The codes of rule packs in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from peelian.law.packs import Rule

Text = str | LazyText

WHO: dict[str, Text] = {"office": _("Policing body"), "panel": _("Panel")}
CONFIDENCE: dict[str, Text] = {
    "A": _("Checked against the text of the law"),
    "B": _("From a reliable second source that agrees with the law"),
    "C": _("To verify: the text of the law has still to be checked"),
}
NATIONS: dict[str, Text] = {"england": _("England"), "wales": _("Wales")}
BODY_MODELS: dict[str, Text] = {
    "pcc": _("Police and crime commissioner"),
    "pfcc": _("Police, fire and crime commissioner"),
    "mayor": _("Mayor"),
    "board": _("Board"),
    "panel": _("Panel"),
}
TRIGGERS: dict[str, Text] = {
    "financial_year": _("Every financial year"),
    "meeting": _("A meeting of the panel"),
    "inspection_report": _("The publication of an inspection report"),
    "ordinary_election": _("An ordinary election"),
}


def trigger(rule: Rule) -> Text:
    """Return what starts the clock; a trigger that has no words yet is shown as it is written."""
    return TRIGGERS.get(rule.trigger, rule.trigger.replace("_", " ").capitalize())


def listed(codes: Iterable[str], words: Mapping[str, Text]) -> str:
    """Return codes as words with commas between."""
    return ", ".join(str(words[code]) for code in codes)
