"""The web shell: forms read as GOV.UK forms, and every template can be translated."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from peelian.website.renderer import component, field_html

PACKAGE = Path(__file__).resolve().parents[2] / "peelian"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))


class Elements(HTMLParser):
    """Collects every element's name and attributes, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, name: str) -> list[dict[str, str]]:
        return [attrs for _tag, attrs in self.found if attrs.get("name") == name]

    def one(self, name: str) -> dict[str, str]:
        (only,) = self.named(name)
        return only

    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.found if "id" in attrs]

    def references(self) -> set[str]:
        named = ("for", "aria-describedby", "aria-controls", "aria-labelledby")
        words = [w for _tag, attrs in self.found for n in named for w in attrs.get(n, "").split()]
        links = [a["href"][1:] for _t, a in self.found if a.get("href", "").startswith("#")]
        return {*words, *links}


class Update(forms.Form):
    title = forms.CharField(help_text="As printed in the plan")
    officers = forms.IntegerField(required=False, help_text="Full-time equivalents")
    said = forms.CharField(widget=forms.Textarea, required=False)
    status = forms.ChoiceField(choices=[("", "---------"), ("on_track", "On track")])
    release = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("p", "Public"), ("c", "Closed")]
    )
    areas = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("h", "Herefordshire"), ("s", "Shropshire"), ("w", "Worcester")],
        required=False,
    )
    many = forms.MultipleChoiceField(choices=[("1", "One"), ("2", "Two")], required=False)
    due = forms.DateField(widget=forms.SelectDateWidget)
    as_at = forms.DateField()
    agreed = forms.BooleanField(help_text="It shows at once")
    evidence = forms.FileField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("The update was changed by someone else.")


WRONG = {
    "title": "",
    "officers": "12x",
    "said": "Two <b>more</b> advisers",
    "release": "c",
    "areas": ["s"],
    "many": ["2"],
    "due_day": "31",
    "due_month": "feb",
    "due_year": "2026",
    "as_at": "31/2/2026",
    "version": "7",
}


def filled() -> Elements:
    day = dt.date(2026, 3, 27)
    initial = {"title": 'The "plan" & more', "officers": 12, "said": "Done", "status": "on_track"}
    initial |= {"release": "p", "areas": ["h", "w"], "many": ["1"], "due": day, "as_at": day}
    return Elements(str(Update(initial=initial | {"agreed": True, "version": 3})))


def refused() -> Elements:
    return Elements(str(Update(WRONG)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", 'The "plan" & more'),
        ("officers", "12"),
        ("due_day", "27"),
        ("due_month", "3"),
        ("due_year", "2026"),
        ("as_at", "27/03/2026"),
        ("version", "3"),
    ],
)
def test_a_stored_value_is_shown_in_its_box(name: str, value: str) -> None:
    assert filled().one(name)["value"] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("officers", "12x"),
        ("due_day", "31"),
        ("due_month", "feb"),
        ("due_year", "2026"),
        ("as_at", "31/2/2026"),
        ("version", "7"),
    ],
)
def test_what_was_typed_wrongly_is_kept_as_typed(name: str, value: str) -> None:
    assert refused().one(name)["value"] == value


def test_typed_markup_is_shown_as_text() -> None:
    html = str(Update(WRONG))
    assert "Two &lt;b&gt;more&lt;/b&gt; advisers" in html
    assert "<b>more" not in html


@pytest.mark.parametrize(
    ("name", "kind", "ticked"),
    [
        ("areas", "checkbox", {"h", "w"}),
        ("many", "checkbox", {"1"}),
        ("release", "radio", {"p"}),
        ("agreed", "checkbox", {"on"}),
    ],
)
def test_choices_are_drawn_as_what_they_are(name: str, kind: str, ticked: set[str]) -> None:
    boxes = filled().named(name)
    assert {box["type"] for box in boxes} == {kind}
    assert {box["value"] for box in boxes if "checked" in box} == ticked


def test_a_chosen_option_is_selected_and_an_empty_one_has_words() -> None:
    html = str(Update(initial={"status": "on_track"})["status"].as_field_group())
    options = [attrs for tag, attrs in Elements(html).found if tag == "option"]
    assert [o["value"] for o in options if "selected" in o] == ["on_track"]
    assert "---" not in html
    assert "Choose one" in html


@pytest.mark.parametrize("page", [filled(), refused()], ids=["filled", "refused"])
def test_every_reference_leads_to_exactly_one_element(page: Elements) -> None:
    assert page.references() <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


@pytest.mark.parametrize(
    ("name", "described_by"),
    [
        ("title", "id_title-hint id_title-error"),
        ("officers", "id_officers-hint id_officers-error"),
        ("as_at", "id_as_at-hint id_as_at-error"),
        ("status", "id_status-error"),
        ("agreed", "id_agreed-error id_agreed-item-hint"),
    ],
)
def test_a_box_is_described_by_its_hint_and_its_error(name: str, described_by: str) -> None:
    assert refused().one(name)["aria-describedby"] == described_by


def test_the_summary_links_to_every_field_that_is_wrong() -> None:
    summary = Elements(str(Update(WRONG)).split('class="govuk-form-group')[0])
    links = [attrs["href"] for tag, attrs in summary.found if tag == "a"]
    wrong = ["title", "officers", "status", "due_day", "as_at", "agreed"]
    assert links == [f"#id_{name}" for name in wrong]
    assert "The update was changed by someone else." in "".join(summary.text)
    assert "Title: This field is required." in "".join(summary.text)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "govuk-error-summary" not in str(Update())


def test_a_date_in_three_boxes_comes_back_as_a_date() -> None:
    class Due(forms.Form):
        due = forms.DateField(widget=forms.SelectDateWidget)

    form = Due({"due_day": "27", "due_month": "3", "due_year": "2026"})
    assert form.is_valid()
    assert form.cleaned_data["due"] == dt.date(2026, 3, 27)


def test_labels_say_what_may_be_left_empty_unless_told_otherwise() -> None:
    form = Update()
    assert "Officers (optional)" in field_html(form["officers"])
    assert "(optional)" not in field_html(form["officers"], mark_optional=False)
    assert "(optional)" not in field_html(form["title"])
    assert "govuk-label--l" in field_html(form["title"], label_size="l")


def test_widget_attributes_reach_the_control() -> None:
    attrs = {
        "class": "govuk-input--width-5",
        "maxlength": 4,
        "data-live": True,
        "autocomplete": "off",
    }

    class Short(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs=attrs))

    box = Elements(str(Short())).one("code")
    assert box["class"] == "govuk-input govuk-input--width-5"
    assert (box["maxlength"], box["autocomplete"], box["data-live"]) == ("4", "off", "")
    assert "required" not in box


def test_a_component_that_does_not_exist_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="'buton'"):
        component("buton", text="Save")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% govuk "tag" text=raw %}', "A &lt;b&gt;"),
        ('{% govuk "input" name="q" id="q" label__text=_("Find") %}', 'label" for="q"'),
        ('{% govuk "button" params classes="x" %}', 'class="govuk-button x"'),
        ('{% status_tag "late" "Three days late" %}', "app-tag--red"),
        ('{% status_tag "good" "Good" %}', "Good"),
    ],
)
def test_tags_in_templates(source: str, expected: str) -> None:
    template = engines["django"].from_string(source)
    params = {"text": gettext_lazy("Save"), "classes": "y"}
    assert expected in template.render({"params": params, "raw": "A <b>"})


def test_a_status_is_never_colour_alone() -> None:
    html = render_to_string("components/status_tag.html", {"code": "at_risk", "label": "At risk"})
    assert "At risk" in html
    assert "<path" in html


def test_the_list_keeps_its_filters_from_page_to_page_and_in_its_downloads() -> None:
    request = RequestFactory().get("/plan/?status=at_risk&page=2")
    page = Paginator(range(200), 20).page(2)
    context = {"page": page, "csv_url": "/plan.csv"}
    pages = render_to_string("components/pagination.html", context, request)
    assert "?status=at_risk&amp;page=3" in pages
    assert 'href="/plan.csv?status=at_risk"' in render_to_string(
        "components/downloads.html", context, request
    )


def test_a_table_has_a_caption_headers_and_a_region_of_its_own() -> None:
    rows = [[{"text": "A4.6", "url": "/a"}, {"text": "At risk", "code": "at_risk"}, "<b>", None]]
    head = ["Reference", {"text": "Status", "sort": "ascending", "sort_url": "?s"}, "Text", "Due"]
    html = render_to_string(
        "components/table.html", {"caption": "Commitments", "head": head, "rows": rows}
    )
    page = Elements(html)
    region = page.found[0][1]
    assert (region["role"], region["tabindex"], region["aria-label"]) == (
        "region",
        "0",
        "Commitments",
    )
    scopes = [attrs["scope"] for tag, attrs in page.found if tag == "th"]
    assert scopes == ["col"] * 4 + ["row"]
    assert "&lt;b&gt;" in html
    assert "None" not in html


@pytest.mark.parametrize("name", ["404.html", "403.html", "500.html"])
def test_error_pages_come_out_without_any_context(name: str) -> None:
    html = render_to_string(name)
    assert '<main class="govuk-main-wrapper "' in html
    assert '<html lang="en' in html


def test_the_back_office_is_marked_and_signs_out_by_post(db: None) -> None:
    html = render_to_string(
        "base_office.html",
        {
            "sign_out_url": "/out/",
            "navigation": [("Plan", "/plan/", True)],
            "office": {"name": "X"},
        },
        RequestFactory().get("/plan/"),
    )
    assert "Back office" in html
    assert '<form class="app-account__form" action="/out/" method="post">' in html
    assert 'href="/plan/" aria-current="page"' in html


# ---- every template of the project ----

_SKIPPED = re.compile(
    r"{%\s*comment.*?endcomment\s*%}"
    r"|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}"
    r"|{%\s*block \w*class\s*%}.*?endblock\s*%}"
    r"|{#.*?#}",
    re.S,
)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
_SPOKEN = ("alt", "title", "aria-label", "aria-roledescription", "placeholder")
# A plain string given to a parameter that people read; _("…") is translated.
_PLAIN = re.compile(
    r"""\b\w*(?:text|label|title|caption|heading|empty|link|what)=("[^"]*"|'[^']*')"""
)
_NAMES = re.compile(r"\b(Peelian|CSV|XLSX|SVG|PNG|PDF|HTML)\b")


def spoken(source: str) -> list[str]:
    """Return the words of a template that people read and that nobody can translate."""
    without = _SKIPPED.sub(" ", source)
    tags = [m for m in _TAGS.findall(without) if not m.startswith(("{% trans", "{% if", "{% elif"))]
    plain = [m.strip("\"'") for tag in tags for m in _PLAIN.findall(tag)]
    # An element whose name is a variable is an element all the same.
    page = Elements(_TAGS.sub("", re.sub(r"(</?)\{\{[^}]*\}\}", r"\1div", without)))
    attributes = [attrs[n] for _tag, attrs in page.found for n in _SPOKEN if n in attrs]
    words = [w.strip() for w in (*page.text, *attributes, *plain)]
    return [w for w in words if re.search(r"[^\W\d_]", _NAMES.sub("", w))]


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<a aria-label="Next page">{{ x }}</a>',
        '{% govuk "button" text="Save" %}',
        '{% include "x.html" with caption="Plans" %}',
        "<p>{% if a %}yes{% endif %}</p>",
    ],
)
def test_untranslated_words_are_seen(source: str) -> None:
    assert spoken(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="govuk-body">{% translate "Hello" %} – {{ name }} · 12</p>',
        "{% blocktranslate %}Page {{ n }}{% endblocktranslate %}",
        '<{{ tag }} class="govuk-list">{{ words }}</{{ tag }}>',
        '{% govuk "button" text=_("Save") %}{# a remark #}',
        '<span aria-label="{% translate "Next" %}">Peelian</span>',
    ],
)
def test_translated_words_pass(source: str) -> None:
    assert spoken(source) == []


def _names(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", TEMPLATES, ids=_names)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    assert spoken(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_names)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    page = Elements(_TAGS.sub("", _SKIPPED.sub(" ", path.read_text(encoding="utf-8"))))
    for tag, attrs in page.found:
        assert tag != "style"
        assert tag != "script" or "src" in attrs
        assert not [name for name in attrs if name == "style" or name.startswith("on")]
