"""References in text resolved to records one may see, and shown as links.

What a reference names is the areas' business: each registers a resolver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from peelian.blocks import Run, Runs
from peelian.recognition.references import Mention, mentions

if TYPE_CHECKING:
    from peelian.record.models import Record
    from peelian.record.scope import Scope

Names = Iterable[str]
Resolver = Callable[[set[str], "Scope", str], "dict[str, list[Record]]"]
_resolvers: dict[str, Resolver] = {}


def register_resolver(form: str, resolver: Resolver) -> None:
    """Let `resolver(names, scope, within)` say which records the names of a form stand for."""
    _resolvers[form] = resolver


@dataclass(frozen=True)
class Resolved:
    """What the references of some texts stand for, for one who may see `scope`."""

    by_form: dict[str, dict[str, list[Record]]]
    scope: Scope

    def of(self, mention: Mention) -> list[Record]:
        """Return the records a mention stands for, a range in full; none where unresolved."""
        names = self.by_form.get(mention.form, {})
        return [record for name in mention.names() for record in names.get(name, [])]

    def parts(self, text: str) -> list[tuple[str, Record | None]]:
        """Return a text cut into pieces, each with the record it leads to, if any."""
        pieces: list[tuple[str, Record | None]] = []
        place = 0
        for mention in mentions(text):
            own = self.by_form.get(mention.form, {}).get(mention.names()[0])
            if own:
                pieces.append((text[place : mention.start], None))
                pieces.append((text[mention.start : mention.end], own[0]))
                place = mention.end
        pieces.append((text[place:], None))
        return [(piece, record) for piece, record in pieces if piece]

    def html(self, text: str) -> SafeString:
        """Return a text with its references as links; one that does not resolve stays text."""
        made = [
            format_html('<a class="govuk-link" href="{}">{}</a>', self.scope.url(record), piece)
            if record
            else conditional_escape(piece)
            for piece, record in self.parts(text)
        ]
        return mark_safe("".join(made))  # noqa: S308 — each piece is escaped above

    def runs(self, text: str, places: Mapping[int, str]) -> Runs:
        """Return a text for a document; `places` gives the anchor of each record that is in it."""
        return tuple(
            Run(piece, href=f"#{places[record.pk]}")
            if record and record.pk in places
            else Run(piece)
            for piece, record in self.parts(text)
        )


def resolve(texts: Iterable[str], scope: Scope, *, within: str = "") -> Resolved:
    """Return what the references in texts stand for, one query for each form found.

    `within` is the reference of the plan whose numbering the texts use.
    """
    wanted: dict[str, set[str]] = {}
    for text in texts:
        for mention in mentions(text):
            wanted.setdefault(mention.form, set()).update(mention.names())
    return Resolved(
        {
            form: _resolvers[form](names, scope, within)
            for form, names in wanted.items()
            if form in _resolvers
        },
        scope,
    )
