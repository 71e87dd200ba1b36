"""Search over everything the one who asks may see: page, snippets and download.

Hits are ids of records that the scope lets through; nothing else is counted or quoted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from peelian.pages import export
from peelian.pages.views import scope_for
from peelian.record.kinds import kind_named, kinds
from peelian.record.models import Record
from peelian.record.scope import Scope
from peelian.record.search import find
from peelian.website.forms import MOST_LETTERS, SearchForm

PER_PAGE = 20
AROUND = 140  # letters of a snippet on either side of the first word found


@dataclass(frozen=True)
class Hit:
    """A record that was found, with the words that were looked for marked."""

    record: Record
    kind: str
    url: str
    title: SafeString
    snippet: SafeString
    part_of: str


@dataclass(frozen=True)
class Facet:
    """How many of the records found are of one kind; `query` narrows the search to them."""

    label: str
    count: int
    name: str


@dataclass(frozen=True)
class Found:
    """What a search found that may be seen: ids, best first, and how many there are of a kind."""

    ids: list[int]
    facets: list[Facet]
    total: int


def search(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Show what was found for `?q=`, narrowed by `&kind=`, a page at a time. Five queries."""
    scope = scope_for(request, office)
    form = SearchForm(request.GET)
    query, kind = asked(request)
    found = look(query, kind, scope)
    page = Paginator(found.ids, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "scope": scope,
        "form": form,
        "query": query,
        "chosen": kind,
        "found": found,
        "page": page,
        "hits": hits(page, query, scope),
        "csv_url": reverse(scope.name("search-csv")),
        "search_url": reverse(scope.name("search")),
    }
    return render(request, "website/search.html", context)


def export_search(request: HttpRequest, *, office: bool = False) -> HttpResponse:
    """Download what was found as CSV."""
    scope = scope_for(request, office)
    query, kind = asked(request)
    found = look(query, kind, scope)
    records = scope.by_id(found.ids)
    head = [_("Kind"), _("Reference"), _("Title"), _("Address")]
    rows = (
        [str(kind_named(r.kind).label), r.reference, r.title, request.build_absolute_uri(url)]
        for r, url in ((records[pk], scope.url(records[pk])) for pk in found.ids if pk in records)
    )
    response: HttpResponse = export.respond("search", head, rows, "csv")
    return response


def asked(request: HttpRequest) -> tuple[str, str]:
    """Return the words and the kind that were asked for, cut to what a search takes."""
    query = request.GET.get("q", "").strip()[:MOST_LETTERS]
    return query, request.GET.get("kind", "")


def look(query: str, kind: str, scope: Scope) -> Found:
    """Return what may be seen of what holds every word. Two queries."""
    ids = find(query, scope.see(Record.objects.all()))
    seen = dict(Record.objects.filter(pk__in=ids).values_list("pk", "kind"))
    counts = Counter(seen.values())
    facets = [Facet(str(k.plural), counts[k.name], k.name) for k in kinds() if counts[k.name]]
    wanted = [pk for pk in ids if pk in seen and kind in ("", seen[pk])]
    return Found(wanted, facets, sum(counts.values()))


def hits(page: Page[Any], query: str, scope: Scope) -> list[Hit]:
    """Return the records of a page with their snippets. Three queries."""
    ids: list[int] = list(page)
    records = scope.by_id(ids)
    parents = scope.by_id(record.parent_id for record in records.values())
    texts = texts_of(records.values())
    shown = []
    for record in (records[pk] for pk in ids if pk in records):
        kind, parent = kind_named(record.kind), parents.get(record.parent_id or 0)
        # What is known by other things than a title goes by the title of what it is part of.
        named = parent if parent and "title" not in kind.columns else record
        shown.append(
            Hit(
                record,
                str(kind.label),
                scope.url(record),
                marked(named.title, query),
                marked(snippet(texts.get(record.pk, ""), query), query),
                Truncator(parent.title).chars(90) if parent and named is record else "",
            )
        )
    return shown


def texts_of(records: Iterable[Record]) -> dict[int, str]:
    """Return the official text of each record, whatever their kinds, in one query."""
    wanted: dict[str, list[int]] = {}
    for record in records:
        wanted.setdefault(record.kind, []).append(record.pk)
    parts = [_texts(name, ids) for name, ids in wanted.items() if kind_named(name).text]
    if not parts:
        return {}
    first, *rest = parts
    return dict(first.union(*rest, all=True) if rest else first)


def _texts(name: str, ids: Sequence[int]) -> Any:
    kind = kind_named(name)
    columns: list[Any] = [Value("", TextField())]
    for column in kind.text:
        if column != "title":
            written = Cast(column, TextField())
            columns += [Coalesce(written, Value("", TextField())), Value("\n", TextField())]
    said = Concat(*columns, Value("", TextField()), output_field=TextField())
    return kind.all().filter(pk__in=ids).order_by().values_list("pk", said)


def words_of(query: str) -> list[str]:
    """Return the words of a query, longest first, so that the longest is marked."""
    found = {word for word in re.findall(r"\w+(?:[.’'-]\w+)*", query) if len(word) > 1}
    return sorted(found, key=lambda word: (-len(word), word))


def _pattern(query: str) -> re.Pattern[str] | None:
    # A word and its endings, as the index stems them: “crime” also marks “crimes”.
    stems = [re.escape(word[:-1] if len(word) > 4 else word) for word in words_of(query)]
    return re.compile(rf"(\b(?:{'|'.join(stems)})\w*)", re.IGNORECASE) if stems else None


def snippet(text: str, query: str) -> str:
    """Return the part of a text round the first word of the query that stands in it."""
    text = " ".join(text.split())
    pattern = _pattern(query)
    match = pattern.search(text) if pattern else None
    place = match.start() if match else 0
    start, end = max(place - AROUND, 0), min(place + AROUND, len(text))
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def marked(text: str, query: str) -> SafeString:
    """Return a text, escaped, with the words of the query in `<mark>`."""
    pattern = _pattern(query)
    if not pattern:
        return format_html("{}", text)
    pieces = (
        format_html("<mark>{}</mark>", piece) if number % 2 else format_html("{}", piece)
        for number, piece in enumerate(pattern.split(text))
    )
    return format_html_join("", "{}", ((piece,) for piece in pieces))
