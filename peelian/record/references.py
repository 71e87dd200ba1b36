"""References in text: found, resolved to records one may see, followed along their chains.

`A4.6`, `2.1.2`, `3.1 - 3.8`, `3.5, 1.2 & 2.1.2`, `D2 and D5`, `minute 321` and `Performance
summary, December 2019, line 5` are found here. What they name is the areas' business: each
registers a resolver.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from peelian.blocks import Run, Runs

if TYPE_CHECKING:
    from peelian.record.models import Record
    from peelian.record.scope import Scope

LETTERED = r"[A-Z]\.?\d{1,2}(?:\.\d{1,2}){0,2}"
NUMBERED = r"\d{1,2}(?:\.\d{1,2}){1,2}"
# Neither inside a longer word or number, nor a quantity: £1.2m, 73.6%, 10.30am, 18.11.19
_BEFORE = r"(?<![\w.£$/])(?<![A-Za-z]-)"
_AFTER = r"(?![\w/%]|\.\d|[ ]?(?:per cent|percent|million|billion|m\b|k\b|%|[ap]\.?m\b|hours|pm))"
# A stroke joins two lettered references; a small letter counts only where words announce it.
_TOKEN = re.compile(
    rf"(?:(?:{_BEFORE}|(?<=\d/))(?:{LETTERED}|[a-z]\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})"
    rf"(?=/[A-Z]\.?\d|{_AFTER})|{_BEFORE}(?:{NUMBERED}){_AFTER})"
)
_MINUTE = re.compile(
    rf"{_BEFORE}(?<!\d\s)[Mm]inutes?\s+"
    r"(?P<printed>\d{1,5}(?:(?:\s*,\s*|\s+and\s+|\s*[-–]\s*)\d{1,5})*)\b"
)
_SUMMARY = re.compile(
    r"\bperformance\s+summary(?:\s*,\s*|\s+(?:of|for)\s+)"
    r"(?:quarter\s+[1-4]\s+(?:of\s+)?20\d\d/\d\d|[a-z]{3,9}\s+20\d\d)\b"
    r"(?:\s*,?\s*\(?lines?\s+\d{1,3}\b)?",
    re.IGNORECASE,
)
_CERTAIN = re.compile(r"[A-Z]\.?\d+\.\d+(?:\.\d+)?|[A-Z]\.\d+|\d\.\d+\.\d+")
_CUE = re.compile(
    r"(?:refer(?:s|red)?(?:\s+(?:back|on|also))?\s+to|cross[- ]?references?(?:\s+to)?|"
    r"see(?:\s+also)?|"
    r"\bref\.?|references?|activit(?:y|ies)|commitments?|lines?|rows?|actions?|sections?|"
    r"under|as in)"
    r"\s*:?\s*\(?\s*$",
    re.IGNORECASE,
)
_JOINER = r"(?:,|&|and|or|to|-|–|;|/|\([^()]{0,60}\)?|\s)*"
_JOINED = re.compile(rf"{_JOINER}\(?")
_BARE = re.compile(r"(?:[\s,&;–-]|and|or|to)*")
_RANGE = re.compile(r"\s*(?:-|–|to)\s*")
_LABEL = re.compile(r"\s*\(([^()]{3,60})\)?")
# How far before a reference its announcement may begin, and how long what joins two may be.
_NEAR = 80


@dataclass(frozen=True)
class Mention:
    """A reference in a text: where it stands, as printed, and whether words announce it.

    `form` is `plan`, `minute` or `summary`; `through` ends a range; `label` is what brackets say
    it is.
    """

    start: int
    end: int
    printed: str
    form: str
    announced: bool
    through: str = ""
    label: str = ""

    def names(self) -> list[str]:
        """Return every reference it stands for, a range written out."""
        if self.form == "summary":
            return [self.printed]
        return spread(self.printed, self.through) if self.through else [normal(self.printed)]


def normal(printed: str) -> str:
    """Return a printed reference without the full stop after its letter: A.4 is A4, so is a4."""
    return re.sub(r"^([A-Z])\.", r"\1", printed.strip().upper())


def spread(first: str, last: str) -> list[str]:
    """Return the references of a range, ends included; only the ends where they are not alike."""
    head, _dot, start = normal(first).rpartition(".")
    other, _dot, end = normal(last).rpartition(".")
    if not head and not other:  # D2 - D5
        head, start = normal(first)[:1], normal(first)[1:]
        other, end = normal(last)[:1], normal(last)[1:]
        made = [f"{head}{n}" for n in _between(start, end)]
    else:
        made = [f"{head}.{n}" for n in _between(start, end)]
    return made if head == other and made else [normal(first), normal(last)]


def _between(start: str, end: str) -> range:
    if not (start.isdecimal() and end.isdecimal()) or int(end) - int(start) > 60:
        return range(0)
    return range(int(start), int(end) + 1)


def mentions(text: str) -> list[Mention]:
    """Return the references in a text, in order.

    A4.6 and 2.1.2 count wherever they stand. A5 may be a road and 3.5 a quantity: they count where
    words announce them ("refer to", "activity") or where they continue such a list; A5 also in
    brackets, or where brackets say what it is.
    """
    found: list[Mention] = []
    for match in _MINUTE.finditer(text):
        for number in re.finditer(r"\d+", match["printed"]):
            start = match.start("printed") + number.start()
            found.append(Mention(start, start + len(number[0]), number[0], "minute", True))
    for match in _SUMMARY.finditer(text):
        found.append(Mention(*match.span(), match[0], "summary", True))
    others = {place for m in found for place in range(m.start, m.end)}
    tokens = [match for match in _TOKEN.finditer(text) if match.start() not in others]
    # A text of nothing but references needs no words to announce them.
    bare = bool(_BARE.fullmatch(_TOKEN.sub("", text)))
    previous: Mention | None = None
    for match in tokens:
        start, end, printed = match.start(), match.end(), match[0]
        between = text[previous.end : start] if previous else ""
        near = len(between) <= _NEAR
        continues = near and bool(previous and previous.announced and _JOINED.fullmatch(between))
        announced = bare or continues or bool(_CUE.search(text, max(start - _NEAR, 0), start))
        label = _LABEL.match(text, end)
        bracketed = bool(label) or text[max(start - 1, 0) : start] + text[end : end + 1] == "()"
        certain = bool(_CERTAIN.fullmatch(printed)) or (bracketed and printed[0].isalpha())
        if not (announced or certain):
            continue
        mention = Mention(
            start, end, printed, "plan", announced, label=label[1].strip() if label else ""
        )
        if previous and near and _RANGE.fullmatch(between):
            found[-1] = Mention(**{**vars(previous), "through": printed})
        found.append(mention)
        previous = mention
    return sorted(found, key=lambda m: m.start)


# ---- resolving ----

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
