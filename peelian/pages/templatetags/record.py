"""Filters that show records and the references in their text."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from peelian.pages.comparison import ACTIONS
from peelian.record import access
from peelian.record.kinds import Kind, kind_of
from peelian.record.models import Change, Record
from peelian.record.references import Resolved
from peelian.record.scope import Scope

register = template.Library()


@register.filter
def linked(text: str, references: Resolved) -> SafeString:
    """Return a text with the references that resolve as links."""
    return references.html(text or "")


@register.filter
def address(record: Record, scope: Scope) -> str:
    """Return where a record is in this scope."""
    return scope.url(record)


@register.filter
def action_label(change: Change) -> str:
    """Return what was done, in words."""
    return str(ACTIONS.get(change.action, change.action.replace("_", " ").capitalize()))


@register.filter
def office(record: Record, page: str) -> str:
    """Return where a record's office page is: `show`, `edit`, `history`, `compare`, `publish`."""
    return reverse(f"office-{kind_of(record).slug}-{page}", args=[record.reference])


@register.filter
def list_address(kind: Kind, scope: Scope) -> str:
    """Return where the list of a kind is in this scope."""
    return reverse(scope.name(f"{kind.slug}-list"))


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], action: str, record: Record) -> bool:
    """Return whether the person signed in may do this with a record."""
    return access.may(context["request"].user, action, kind_of(record).area)
