"""What the law asks of a police and crime plan at the stage it has come to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from peelian.duties.rulebook import binds, rule_named
from peelian.pages.sections import Section
from peelian.record.access import may
from peelian.record.models import Record
from peelian.record.scope import Scope

_PACK = "plan-and-report"
# By the stage of a plan (`promises`), the rules that speak of it.
ASKED = {
    "draft": ("consult-chief-constable", "plan-contents"),
    "consultation": ("views-on-plan", "send-draft-plan", "review-draft-plan", "respond-on-plan"),
    "final": ("issue-plan", "copies-of-plan"),
    "delivery": ("annual-report-draft", "keep-plan-under-review"),
    "review": ("keep-plan-under-review",),
}


def plan_law_section(record: Record, scope: Scope) -> Section | None:
    """Return what the law asks of a plan at its stage, each with its rule and why; no query.

    Nothing of a strategy or a delivery plan: the law knows none. The way to the panel's review of
    a draft is shown to who may begin it.
    """
    if getattr(record, "form", "") != "plan":
        return None
    stage = str(getattr(record, "stage", ""))
    found = [rule_named(f"{_PACK}/{name}") for name in ASKED.get(stage, ())]
    rules = [
        (rule, reverse("duty-rule", args=[rule.pack, rule.name]))
        for rule in found
        if rule and binds(rule)
    ]
    if not rules:
        return None
    begins = stage in ("draft", "consultation") and may(scope.user, "edit", "processes")
    shown = {
        "rules": rules,
        "process_url": reverse("office-processes-begin-one", args=["plan-review"])
        if begins
        else "",
    }
    return Section(_("What the law asks at this stage"), "duties/plan_law.html", shown)
