"""GOV.UK Frontend markup for components and for Django forms.

The macros of govuk-frontend-jinja draw everything here, so a form looks and reads
like the official components. `component` draws one component; `field_html` and
`error_summary_html` turn a bound Django field or form into component parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from jinja2.exceptions import TemplateNotFound

Params = dict[str, Any]

# Attributes the macros set themselves, or that GOV.UK forms leave to the server's own checks.
# fmt: off
_OWN_ATTRIBUTES = frozenset({
    "id", "class", "name", "type", "value", "rows", "cols", "required", "disabled",
    "aria-describedby", "aria-invalid", "autocomplete", "inputmode", "spellcheck", "multiple",
    "min", "max", "step", "data-label-size",
})
# fmt: on


class GovukFormRenderer(TemplatesSetting):
    """Makes `{{ form }}` yield GOV.UK markup; named in the FORM_RENDERER setting."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"


@cache
def _environment() -> Environment:
    # Django's own Jinja2 backend prints placeholders for missing values when DEBUG is on,
    # so the macros get an environment of their own; they import each other by this prefix.
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        loader=loader, autoescape=True, undefined=ChainableUndefined, trim_blocks=False
    )


@cache
def _macro(name: str) -> Callable[[Params], str]:
    path = f"govuk_frontend_jinja/components/{name}/macro.html"
    try:
        module = _environment().get_template(path).module
    except TemplateNotFound as missing:
        raise ValueError(f"GOV.UK Frontend has no component called {name!r}.") from missing
    camel = "".join(part.capitalize() for part in name.split("-"))
    macro: Callable[[Params], str] = getattr(module, f"govuk{camel}")
    return macro


def _plain(value: Any) -> Any:
    """Return `value` with every lazy translation in it turned into text."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def component(name: str, /, **params: Any) -> SafeString:
    """Return the HTML of one GOV.UK component, such as `component("tag", text="Late")`.

    `name` is the component's folder name (`date-input`); `params` are its documented
    parameters. Text is escaped, `html` parameters are not. Raises ValueError for a
    component that does not exist.
    """
    # Rendered by the macros with escaping on; only parameters named html pass through as given.
    return SafeString(str(_macro(name)(_plain(params))).strip())


def field_html(
    bound: BoundField, *, label_size: str = "", label_class: str = "", mark_optional: bool = True
) -> SafeString:
    """Return a whole form group (label, hint, error, control) for one bound field.

    `label_size` is s, m, l or xl (or the widget attribute `data-label-size`);
    `label_class` adds classes to the label or legend, such as `govuk-visually-hidden`.
    Fields that may be left empty say so unless `mark_optional` is false.
    """
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    shown = _Shown(bound, label_size, label_class, mark_optional)
    for widget_class, draw in _DRAWN_BY:
        if isinstance(bound.field.widget, widget_class):
            return draw(shown)
    return _draw_input(shown)


def error_summary_html(form: forms.BaseForm) -> SafeString:
    """Return the box that lists every error of `form` with links to the fields, or nothing."""
    items: list[Params] = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        # Named, because several fields may say no more than that they are required.
        for error in bound.errors:
            link = {} if bound.is_hidden else {"href": f"#{first_id(bound)}"}
            items.append({"text": f"{bound.label}: {error}"} | link)
    if not items:
        return SafeString("")
    return component("error-summary", titleText=_("There is a problem"), errorList=items)


def first_id(bound: BoundField) -> str:
    """Return the id of the control that a link to the field should go to."""
    base = _id(bound)
    return f"{base}_day" if isinstance(bound.field.widget, forms.SelectDateWidget) else base


def _id(bound: BoundField) -> str:
    return str(bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name)


class _Shown:
    """What the macros need to know of a bound field, in their own words."""

    def __init__(
        self, bound: BoundField, label_size: str, label_class: str, mark_optional: bool
    ) -> None:
        self.bound = bound
        self.widget = bound.field.widget
        self.attrs: dict[str, Any] = dict(self.widget.attrs)
        self.size = label_size or str(self.attrs.get("data-label-size", ""))
        self.label_class = label_class
        self.mark_optional = mark_optional and not bound.field.required
        self.id = _id(bound)

    @property
    def classes(self) -> str:
        return str(self.attrs.get("class", ""))

    def common(self) -> Params:
        """Return the parameters every control takes."""
        params: Params = {
            "name": self.bound.html_name,
            "classes": self.classes,
            "attributes": self.attributes(),
            "disabled": bool(self.bound.field.disabled or self.attrs.get("disabled")),
        }
        if self.bound.help_text:
            params["hint"] = {"text": self.bound.help_text}
        if self.bound.errors:
            params["errorMessage"] = {
                "text": " ".join(str(error) for error in self.bound.errors),
                "visuallyHiddenText": _("Error"),
            }
        return params

    def attributes(self) -> Params:
        """Return the widget's remaining HTML attributes, `True` as a bare name."""
        return {
            name: {"value": True, "optional": True} if value is True else value
            for name, value in self.attrs.items()
            if name not in _OWN_ATTRIBUTES and value is not None and value is not False
        }

    def text(self) -> str:
        label = str(self.bound.label)
        return _("%(label)s (optional)") % {"label": label} if self.mark_optional else label

    def label(self, kind: str = "label") -> Params:
        size = f"govuk-{kind if kind == 'label' else 'fieldset__legend'}--{self.size}"
        classes = f"{size if self.size else ''} {self.label_class}".strip()
        return {"text": self.text(), "classes": classes}

    def fieldset(self) -> Params:
        return {"legend": self.label("legend")}

    def value(self) -> str:
        """Return what stands in the box: as typed, or the stored value as the locale writes it."""
        shown = self.widget.format_value(self.bound.value())
        return "" if shown is None else str(shown)

    def options(self) -> Iterator[tuple[str, Params]]:
        """Yield (group name or nothing, option) for every choice of the widget."""
        context = self.widget.get_context(self.bound.html_name, self.bound.value(), {})
        for group, options, _index in context["widget"]["optgroups"]:
            for option in options:
                yield str(group or ""), option


def _draw_input(shown: _Shown) -> SafeString:
    params = shown.common() | {"id": shown.id, "label": shown.label(), "value": shown.value()}
    kind = shown.attrs.get("type") or getattr(shown.widget, "input_type", "text")
    for name in ("autocomplete", "inputmode", "spellcheck"):
        if name in shown.attrs:
            params[name] = shown.attrs[name]
    if kind == "number":
        # A number box changes by scrolling and hides what was typed wrongly.
        whole = isinstance(shown.bound.field, forms.IntegerField)
        kind, params["inputmode"] = "text", "numeric" if whole else "decimal"
    return component("input", type=kind, **params)


def _draw_date(shown: _Shown) -> SafeString:
    params = shown.common()
    params.setdefault("hint", {"text": _("For example, 27/3/2026")})
    classes = f"govuk-input--width-10 {shown.classes}".strip()
    params |= {"classes": classes, "value": shown.value(), "label": shown.label()}
    return component("input", id=shown.id, type="text", **params)


def _draw_password(shown: _Shown) -> SafeString:
    words = {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }
    autocomplete = shown.attrs.get("autocomplete", "current-password")
    params = shown.common() | words | {"label": shown.label(), "autocomplete": autocomplete}
    return component("password-input", id=shown.id, **params)


def _draw_textarea(shown: _Shown) -> SafeString:
    # Django's own default of ten rows is not a choice anyone made.
    rows = shown.attrs.get("rows")
    rows = 5 if rows in (None, "10") else rows
    params = shown.common() | {"label": shown.label(), "value": shown.value(), "rows": rows}
    return component("textarea", id=shown.id, **params)


def _draw_select(shown: _Shown) -> SafeString:
    items = []
    for group, option in shown.options():
        value = "" if option["value"] is None else str(option["value"])
        text = str(option["label"])
        if not value and not text.strip("-"):
            text = _("Choose one") if shown.bound.field.required else _("None chosen")
        label = f"{group}: {text}" if group else text
        items.append({"value": value, "text": label, "selected": option["selected"]})
    return component("select", id=shown.id, label=shown.label(), items=items, **shown.common())


def _choices(shown: _Shown, kind: str, **more: Any) -> SafeString:
    items: list[Params] = []
    heading = ""
    for group, option in shown.options():
        if group and group != heading:
            items.append({"divider": group})
            heading = group
        value = "" if option["value"] is None else str(option["value"])
        text = str(option["label"])
        if not value and not text.strip("-"):
            text = _("None of these")
        item = {"value": value, "text": text, "checked": bool(option["selected"])}
        items.append(item | {"disabled": bool(option["attrs"].get("disabled"))})
    params = shown.common() | {"idPrefix": shown.id, "fieldset": shown.fieldset(), "items": items}
    return component(kind, **(params | more))


def _draw_radios(shown: _Shown) -> SafeString:
    return _choices(shown, "radios")


def _draw_checkboxes(shown: _Shown) -> SafeString:
    size = "govuk-checkboxes--small" if len(shown.widget.choices) > 6 else ""
    return _choices(shown, "checkboxes", classes=f"{size} {shown.classes}".strip())


def _draw_checkbox(shown: _Shown) -> SafeString:
    params = shown.common()
    item: Params = {"value": "on", "text": str(shown.bound.label)}
    # The value as the widget would tick it: any true value but the words for false.
    context = shown.widget.get_context(shown.bound.html_name, shown.bound.value(), {})
    item["checked"] = bool(context["widget"]["attrs"].get("checked"))
    item["disabled"] = params.pop("disabled")
    item["attributes"] = params.pop("attributes")
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return component("checkboxes", idPrefix=shown.id, items=[item], **params)


def _draw_date_parts(shown: _Shown) -> SafeString:
    widget, bound = shown.widget, shown.bound
    name = bound.html_name
    parts = widget.format_value(bound.value())
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    items = []
    for part, label in words.items():
        field = getattr(widget, f"{part}_field") % name
        value = parts.get(part)
        if bound.form.is_bound:
            # What was typed comes back as typed, even where it is no number.
            value = bound.form.data.get(field, value)
        classes = f"govuk-input--width-{4 if part == 'year' else 2}"
        if bound.errors:
            classes += " govuk-input--error"
        item = {"id": f"{shown.id}_{part}", "name": field, "label": label, "classes": classes}
        items.append(item | {"value": "" if value is None else str(value)})
    params = shown.common() | {"id": shown.id, "fieldset": shown.fieldset(), "items": items}
    params.setdefault("hint", {"text": _("For example, 27 3 2026")})
    return component("date-input", **params)


def _draw_file(shown: _Shown) -> SafeString:
    # With scripts a place to drop a file on, without them the browser's own button.
    params = shown.common() | {
        "label": shown.label(),
        "multiple": bool(shown.attrs.get("multiple")),
        "javascript": True,
        "chooseFilesButtonText": _("Choose file"),
        "noFileChosenText": _("No file chosen"),
        "dropInstructionText": _("or drop file"),
        "enteredDropZoneText": _("Entered drop zone"),
        "leftDropZoneText": _("Left drop zone"),
    }
    return component("file-upload", id=shown.id, **params)


# The order matters: CheckboxSelectMultiple is a kind of RadioSelect, and that a kind of Select.
_DRAWN_BY: tuple[tuple[type[forms.Widget], Callable[[_Shown], SafeString]], ...] = (
    (forms.SelectDateWidget, _draw_date_parts),
    (forms.CheckboxSelectMultiple, _draw_checkboxes),
    (forms.SelectMultiple, _draw_checkboxes),
    (forms.RadioSelect, _draw_radios),
    (forms.Select, _draw_select),
    (forms.CheckboxInput, _draw_checkbox),
    (forms.Textarea, _draw_textarea),
    (forms.PasswordInput, _draw_password),
    (forms.FileInput, _draw_file),
    (forms.DateInput, _draw_date),
)
