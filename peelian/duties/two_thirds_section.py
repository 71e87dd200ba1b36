"""What the law says of a panel's two-thirds, for the panel's page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from peelian.duties.rulebook import rule_named
from peelian.law.rule import Rule
from peelian.pages.sections import Section
from peelian.people.models import Body
from peelian.record.models import Record
from peelian.record.scope import Scope

# A panel decides by two-thirds of all its members twice: on a precept, and on a chief constable.
RULES = ("precept/veto-decision", "chief-constable/veto")


def two_thirds_rules() -> list[Rule]:
    """Return the rules by which a panel vetoes, as the rule packs have them."""
    return [rule for rule in map(rule_named, RULES) if rule]


def two_thirds_section(record: Record, scope: Scope) -> Section | None:
    """Return the rules by which a panel vetoes, for the panel's page. No query."""
    found = two_thirds_rules()
    if not isinstance(record, Body) or record.form != Body.Form.PANEL or not found:
        return None
    return Section(
        _("Two-thirds of the members"), "duties/two_thirds_section.html", {"rules": found}
    )
