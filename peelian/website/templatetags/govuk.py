"""Template tags for GOV.UK components, forms and lists of pages.

{% govuk "button" text=_("Save") %} draws a component; a double underscore reaches
inside: {% govuk "input" name="q" id="q" label__text=_("Search") %}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from peelian.website import renderer

register = template.Library()


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return `flat` with keys such as `label__text` opened into dictionaries."""
    result: dict[str, Any] = {}
    for key, value in flat.items():
        *path, last = key.split("__")
        place = result
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    return result


@register.simple_tag(name="govuk")
def govuk_component(
    name: str, params: Mapping[str, Any] | None = None, /, **more: Any
) -> SafeString:
    """Return one GOV.UK component; `params` is a dictionary from the view, `more` overrides it."""
    return renderer.component(name, **{**(params or {}), **nested(more)})


@register.simple_tag
def govuk_field(
    bound: BoundField,
    label_size: str = "",
    label_class: str = "",
    mark_optional: bool = True,
) -> SafeString:
    """Return the form group of one bound field: label, hint, error and control."""
    return renderer.field_html(
        bound, label_size=label_size, label_class=label_class, mark_optional=mark_optional
    )


@register.simple_tag
def govuk_error_summary(form: forms.BaseForm | None) -> SafeString:
    """Return the summary of a form's errors with links to its fields, or nothing."""
    return renderer.error_summary_html(form) if form is not None else SafeString("")


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """Return the page numbers to offer round `page`; None stands for a gap."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


_SHAPES = {
    "tick": "M6.4 13.6 1 8.2l2.1-2.1 3.3 3.3 6.5-6.9L15 4.6z",
    "dot": "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z",
    "ring": "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 2.4a4.6 4.6 0 1 0 0 9.2 4.6 4.6 0 0 0 0-9.2z",
    "half": "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 2.2v9.6a4.8 4.8 0 0 0 0-9.6z",
    "triangle": "M8 1.2 15.4 15H.6z",
    "diamond": "M8 .5 15.5 8 8 15.5.5 8z",
    "bars": "M3 2h3.6v12H3zm6.4 0H13v12H9.4z",
    "cross": "M3.2 1.2 8 6l4.8-4.8 2 2L10 8l4.8 4.8-2 2L8 10l-4.8 4.8-2-2L6 8 1.2 3.2z",
    "arrow": "M8.5 2 15 8l-6.5 6v-4H1V6h7.5z",
}
# Statuses of promises, publications, findings and dates: (colour, shape).
_STATUSES = {
    "not_started": ("grey", "ring"),
    "on_track": ("teal", "dot"),
    "at_risk": ("amber", "triangle"),
    "off_track": ("red", "diamond"),
    "on_hold": ("purple", "bars"),
    "complete": ("green", "tick"),
    "superseded": ("grey", "arrow"),
    "draft": ("grey", "ring"),
    "in_review": ("purple", "half"),
    "approved": ("teal", "dot"),
    "published": ("green", "tick"),
    "withdrawn": ("grey", "cross"),
    "error": ("red", "diamond"),
    "warning": ("amber", "triangle"),
    "notice": ("teal", "dot"),
    "due": ("amber", "triangle"),
    "late": ("red", "diamond"),
    "met": ("green", "tick"),
}


@register.inclusion_tag("components/status.html")
def status_tag(code: str, label: str) -> dict[str, str]:
    """Return a status in words with the shape and colour of its code; other codes stay words."""
    tone, shape = _STATUSES.get(str(code), ("", ""))
    return {"tone": tone, "path": _SHAPES.get(shape, ""), "label": label}
