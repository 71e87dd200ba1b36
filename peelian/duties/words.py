"""The codes of rule packs in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from peelian.law.rule import Rule

Text = str | LazyText

WHO: dict[str, Text] = {"office": _("Policing body"), "panel": _("Panel")}
ROLES: dict[str, Text] = {
    "commissioner": _("Commissioner"),
    "chief_executive": _("Chief executive"),
    "monitoring_officer": _("Monitoring officer"),
    "chief_finance_officer": _("Chief finance officer"),
    "panel_support_officer": _("Panel support officer"),
    "chair": _("Chair of the panel"),
    "chief_constable": _("Chief constable"),
}
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
# What sets a yearly or a steady duty off. Events have their words in rules/events.yaml.
PERIODS: dict[str, Text] = {
    "financial_year": _("Every financial year"),
    "quarter": _("Every quarter"),
    "month": _("Every month"),
    "continuous": _("All the time"),
}
CADENCES: dict[str, Text] = {
    "U": _("Kept up to date"),
    "M": _("Each month"),
    "Q": _("Each quarter"),
    "FY": _("Each financial year"),
}
PAUSES: dict[str, Text] = {
    "post_election_period": _("From the poll at an ordinary election to taking office"),
    "clarification": _("While a clarification that was asked for is awaited"),
    "fee": _("While a fee that was asked for is awaited"),
}
# Numbers that a rule's words speak of.
LIMITS: dict[str, Text] = {
    "hour": _("hour of the last day: %(n)s"),
    "words": _("words: %(n)s"),
    "questions": _("questions of one person: %(n)s"),
    "months": _("months before it may be asked again: %(n)s"),
    "signatures": _("signatures: %(n)s"),
}


def limits(rule: Rule) -> str:
    """Return the numbers of a rule as words with commas between; nothing where it has none."""
    said = ", ".join(str(LIMITS[name]) % {"n": number} for name, number in rule.limits)
    return said[:1].upper() + said[1:]


def listed(codes: Iterable[str], words: Mapping[str, Text]) -> str:
    """Return codes as words with commas between."""
    return ", ".join(str(words[code]) for code in codes)


def trigger(rule: Rule) -> Text:
    """Return what starts the clock: a period, or an event by its title."""
    from peelian.duties.events import title

    return PERIODS.get(rule.trigger) or title(rule.trigger)


def role(rule: Rule) -> Text:
    """Return who within the body acts; the body itself where the rule does not say."""
    return ROLES[rule.role] if rule.role else WHO[rule.who]


def cites_law(rule: Rule) -> bool:
    """Return whether the duty itself is law, also where only its date is a local standard."""
    return not rule.citation.startswith("Local standard")
