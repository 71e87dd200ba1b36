"""Names that a reader cannot follow: short forms never spelled out, bodies no glossary lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peelian.expressions import expression
from peelian.intake.document import Document, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.recognition.abbreviations import Abbreviation, same_form, spelled_out, stands_before
from peelian.recognition.body_names import (
    Listed,
    governs,
    is_a_body,
    is_elsewhere,
    is_overseer,
    may_be_another,
    named_bodies,
    own_name,
    words_of,
)
from peelian.recognition.everyday import KNOWN_BODIES, is_everyday
from peelian.recognition.mechanisms import Mechanism
from peelian.recognition.oversight_lines import Overseer, overseers
from peelian.recognition.short_forms import Use, attendees_initials
from peelian.recognition.terms import is_used, terms

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof
    from peelian.recognition.plan import Activity

_FULL_NAME = expression(
    r"(?<!\w)[A-Z][a-z’'-]+(?:\s+(?:(?:of|and|for|the|in|&)\s+)?[A-Z][a-z’'-]+){2,7}"
)
# With a post in it, a name is two cells that were read as one: `Head of Custody Estates Group`.
_POST = expression(
    r"\b(?:Head\s+of|Ch\s+Insp|Inspector|Superintendent|Supt|DCC|ACC|Manager|Director|Lead)\b"
)
_CELLS = expression(r"\s{2,}|\t|\|")
_HEAD, _LONGEST_TITLE = 12, 120
_LAST_ENTRY = 6  # lines of a glossary's last entry
_BELOW = 6  # lines under a glossary: who is named there belongs in it
_LETTERS = expression(r"[A-Za-z](?:[A-Za-z&.-]|\d(?=[A-Za-z]))+")


@check("undefined-abbreviation", gettext_lazy("Abbreviations that are not spelled out"))
def undefined_abbreviations(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each short form never spelled out, or only on a later page."""
    spelled = spelled_out(proof.abbreviations)
    names: dict[str, str] | None = None
    for form, uses in _by_form(proof).items():
        if is_everyday(uses[0].short):
            continue
        if form not in spelled and stands_before(uses[0].short, _before(uses[0])):
            continue  # a reader has just read the words
        if form not in spelled:
            names = _full_names(proof.documents) if names is None else names
            yield _undefined(uses, names.get(form, ""))
        elif finding := _late(uses, spelled[form]):
            yield finding


def _by_form(proof: Proof) -> dict[str, list[Use]]:
    found: dict[str, list[Use]] = {}
    for document in proof.documents:
        for use in proof.short_forms(document):
            found.setdefault(same_form(use.short), []).append(use)
    return found


def _before(use: Use) -> str:
    """Return the words around a use that stand before it."""
    return use.quotation.partition(use.short)[0]


def _undefined(uses: list[Use], full_name: str) -> Finding:
    first = uses[0]
    count = len(uses)
    reason = ngettext(
        "“%(short)s” is used once and nowhere spelled out.",
        "“%(short)s” is used %(count)d times and nowhere spelled out.",
        count,
    ) % {"short": first.short, "count": count}
    if full_name:
        mend = _("Spell it out here. If “%(name)s” is meant, write “%(name)s (%(short)s)”.") % {
            "name": full_name,
            "short": first.short,
        }
    else:
        mend = _("Spell it out here, with “%(short)s” in brackets after the words.") % {
            "short": first.short
        }
    likely = any(use.in_prose for use in uses) and not any(use.may_be_a_name for use in uses)
    confidence = Confidence.LIKELY if likely else Confidence.POSSIBLE
    return Finding(Place(first.origin, first.quotation), reason, mend, confidence)


def _full_names(documents: tuple[Document, ...]) -> dict[str, str]:
    """Return names of three words or more by their initials, with and without the small words."""
    found: dict[str, str] = {}
    for document in documents:
        for passage in document.passages():
            for match in _FULL_NAME.finditer(passage.text):
                name = " ".join(match[0].split())
                every = "".join(word[0] for word in name.split())
                for initials in ("".join(c for c in every if c.isupper()), every.upper()):
                    found.setdefault(initials, name)
    return found


def _late(uses: list[Use], definition: Abbreviation) -> Finding | None:
    """Return a finding where words come on a later page than the short form, but for a list's."""
    first = uses[0]
    page, later = first.origin.page, definition.origin.page
    if page is None or later is None or first.origin.file != definition.origin.file:
        return None
    if later <= page or definition.form == "listed":
        return None
    reason = _("“%(short)s” is first used on page %(page)d and spelled out only on page %(later)d.")
    return Finding(
        Place(first.origin, first.quotation),
        reason % {"short": first.short, "page": page, "later": later},
        _("Write “%(long)s (%(short)s)” here, where it comes first.")
        % {"long": definition.long, "short": definition.short},
        Confidence.POSSIBLE,
        (Place(definition.origin, f"{definition.long} ({definition.short})"),),
    )


@check("unused-definition", gettext_lazy("Abbreviations that are spelled out and not used again"))
def unused_definitions(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each short form that is spelled out and then never used."""
    times = _times(proof.documents)
    persons = {one for document in proof.documents for one in attendees_initials(document)}
    defined: dict[str, list[Abbreviation]] = {}
    for one in proof.abbreviations:
        defined.setdefault(same_form(one.short), []).append(one)
    for form, places in defined.items():
        first = places[0]
        known = is_everyday(first.short)
        if form in persons or times[form] > len(places) or first.form == "named":
            continue
        if known and first.short not in KNOWN_BODIES:
            continue
        sure = first.form != "explained" and not known
        yield Finding(
            Place(first.origin, f"{first.long} ({first.short})"),
            _("“%(short)s” is spelled out here and never used again.") % {"short": first.short},
            _("Leave out “%(short)s”, or use it where the words come again.")
            % {"short": first.short},
            Confidence.LIKELY if sure else Confidence.POSSIBLE,
        )


@check("unused-definition")
def unused_terms(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each term that is explained and that nothing else has."""
    for document in proof.documents:
        for term in document.once(terms):
            if not any(is_used(term, other) for other in proof.documents):
                yield Finding(
                    Place(term.origin, term.words),
                    _("“%(term)s” is explained here and used nowhere.") % {"term": term.words},
                    _("Leave the explanation out, or use the word where its matter comes up."),
                    Confidence.POSSIBLE,
                )


def _times(documents: tuple[Document, ...]) -> Counter[str]:
    """Return how often each short form stands in the documents, alone or in a word (`PCC-led`)."""
    times: Counter[str] = Counter()
    for document in documents:
        for passage in document.passages():
            for word in _LETTERS.findall(passage.text):
                for part in {word, *word.split("-")} if "-" in word else (word,):
                    if sum(map(str.isupper, part)) > 1:
                        times[same_form(part.strip(".-"))] += 1
    return times


@check("unlisted-body", gettext_lazy("Bodies of oversight that the glossary does not list"))
def unlisted_bodies(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each body that a plan or a text names and no glossary lists."""
    if not proof.glossaries:
        return
    listed = proof.listed
    in_plan = _in_plans(proof, listed)
    for places in in_plan.values():
        yield _unlisted(places, listed.near(places[0].quotation), Confidence.LIKELY)
    for key, places in _in_prose(proof, listed).items():
        if key not in in_plan:
            yield _unlisted(places, listed.near(places[0].quotation), Confidence.POSSIBLE)


def _in_plans(proof: Proof, listed: Listed) -> dict[str, list[Place]]:
    """Return the bodies that plans or labels name as overseers and no glossary lists."""
    found: dict[str, list[Place]] = {}
    planned = {plan.origin.file for plan in proof.plans}
    for plan in proof.plans:
        for activity in plan.activities:
            for name in activity.oversight:
                printed = re.sub(r"\s*\([^()]*\)|[.;,]+$", "", " ".join(name.split())).strip()
                bare = own_name(printed)
                if _is_cut(bare, activity, listed) or _POST.search(bare):
                    continue
                if is_a_body(bare) and not is_everyday(bare) and listed.same(bare) is None:
                    place = Place(activity.origin, bare)
                    found.setdefault("".join(words_of(bare)), []).append(place)
    for one in _overseers(proof):
        missing = not is_everyday(one.name) and listed.same(one.name) is None
        if missing and (one.is_labelled or one.origin.file not in planned):
            key = "".join(words_of(one.name))
            found.setdefault(key, []).append(Place(one.origin, one.name))
    return found


def _is_cut(name: str, activity: Activity, listed: Listed) -> bool:
    """Return whether a listed name begins so and its rest stands beside: a cell cut in two."""
    near = listed.near(name)
    rest = near.name.removeprefix(name).strip() if near and near.name.startswith(name) else ""
    beside = f"{activity.update} {activity.state} {' '.join(activity.oversight)}"
    return bool(rest) and rest in " ".join(beside.split())


def _overseers(proof: Proof) -> Iterator[Overseer]:
    """Yield the bodies that lines outside the glossaries name as overseers."""
    spans = _spans(proof)
    for document in proof.documents:
        for one in overseers(document):
            place = one.origin
            if not any(f == place.file and a <= place.order <= z for f, a, z in spans):
                yield one


def _in_prose(proof: Proof, listed: Listed) -> dict[str, list[Place]]:
    """Return the boards and committees that texts name outside the glossary and it lacks."""
    found: dict[str, list[Place]] = {}
    own = {name for document in proof.documents for name in _own(document)}
    spans = _spans(proof)
    for passage in _outside(proof):
        for named in named_bodies(passage):
            place = passage.at(named.start)
            below = any(f == place.file and z < place.order <= z + _BELOW for f, _a, z in spans)
            oversees = below or governs(named.name) or is_overseer(passage, named)
            if named.name in own or not oversees or is_elsewhere(named.name):
                continue
            if listed.same(named.name) is None:
                key = "".join(words_of(named.name))
                found.setdefault(key, []).append(Place(place, named.name))
    return found


_FOR_WHOM = expression(
    r"\W*(?:(?:a\s+)?(?:paper|report|update)\s+)?(?:prepared|presented|submitted|written)?\s*(?:for|to)\s+the\b",
    re.IGNORECASE,
)


def _own(document: Document) -> Iterator[str]:
    """Yield the bodies that a document's head names: those that it is of, or for."""
    for block in document.blocks[:_HEAD]:
        is_title = len(block.text) <= _LONGEST_TITLE and not block.text.endswith(".")
        if (is_title and not block.number) or _FOR_WHOM.match(block.text):
            for passage in block.passages():
                yield from (named.name for named in named_bodies(passage))


def _outside(proof: Proof) -> Iterator[Passage]:
    """Yield the texts that do not stand in a glossary of bodies."""
    spans = _spans(proof)
    for document in proof.documents:
        for passage in document.passages():
            if not any(
                f == place.file and a <= place.order <= z
                for f, a, z in spans
                for _offset, place in passage.marks
            ):
                yield passage


def _spans(proof: Proof) -> list[tuple[str, int, int]]:
    """Return where glossaries stand: file, first and last line, up to the next that is free."""
    lines = {document.file: document.lines for document in proof.documents}
    found = []
    for glossary in proof.glossaries:
        file = glossary.origin.file
        orders = [m.origin.order for m in glossary.mechanisms]
        last = max(orders)
        below = islice((n for n in lines[file] if n.origin.order > last), _LAST_ENTRY)
        goes_on = takewhile(lambda line: line.text.strip(), below)
        last = max([last, *(line.origin.order for line in goes_on)])
        title = glossary.origin.order
        # What is told between a title and its list is no part of the list.
        found += [(file, title, title), (file, min(orders), last)]
    return found


def _unlisted(places: list[Place], near: Mechanism | None, confidence: Confidence) -> Finding:
    first = places[0]
    if near:
        reason = _("“%(name)s” is not in the glossary, which has “%(near)s”.")
        mend = _(
            "If they are the same, use one name for both; else add “%(name)s” to the glossary."
        )
        confidence = Confidence.POSSIBLE
    else:
        reason = _("“%(name)s” is named here and is not in the glossary of bodies.")
        mend = _("Add “%(name)s” to the glossary with its purpose and how often it meets.")
    words = {"name": first.quotation, "near": near.name if near else ""}
    return Finding(first, reason % words, mend % words, confidence, tuple(places[1:6]))


@check(
    "unused-body",
    gettext_lazy("Bodies in the glossary that are named nowhere else or say too little"),
)
def unused_bodies(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each body of a glossary that nothing else in the documents names."""
    if not proof.glossaries:
        return
    texts = [passage.text for passage in _outside(proof)]
    if sum(map(len, texts)) < 20 * sum(len(g.mechanisms) for g in proof.glossaries):
        return  # the glossary is all there is
    used = _used(proof, texts)
    listed = [m for glossary in proof.glossaries for m in glossary.mechanisms]
    unused = [mechanism for mechanism in listed if mechanism.name not in used]
    if len(unused) * 3 > len(listed) * 2:
        return  # the rest is about something else
    for mechanism in unused:
        yield Finding(
            Place(mechanism.origin, mechanism.name),
            _("“%(name)s” is in the glossary and named nowhere else.") % {"name": mechanism.name},
            _("Leave it out if it no longer meets; else say what it oversees."),
            Confidence.LIKELY,
        )


def _used(proof: Proof, texts: list[str]) -> set[str]:
    """Return the names of the glossary's bodies that are named elsewhere, however spelled."""
    listed = proof.listed
    said = {named.name for passage in _outside(proof) for named in named_bodies(passage)}
    said |= {name for plan in proof.plans for one in plan.activities for name in one.oversight}
    said |= {use.short for document in proof.documents for use in proof.short_forms(document)}
    near = {m.name for name in said if not may_be_another(name) and (m := listed.near(name))}
    found = near | {m.name for name in said if (m := listed.same(name))}
    everything = " ".join(" ".join(words_of(text)) for text in (*texts, *_cut_cells(proof)))
    for glossary in proof.glossaries:
        for mechanism in glossary.mechanisms:
            core = " ".join(words_of(mechanism.name))
            if core and f" {core} " in f" {everything} ":
                found.add(mechanism.name)
    return found


def _cut_cells(proof: Proof) -> Iterator[str]:
    """Yield the last cells of lines with those of the next line, where a name may go on."""
    spans = _spans(proof)
    for document in proof.documents:
        for line, below in pairwise(document.lines):
            order = line.origin.order
            listed = any(f == document.file and a <= order <= z for f, a, z in spans)
            if not listed and (below.text.startswith("  ") or "  " in below.text.strip()):
                cells = (_CELLS.split(one.text.strip())[-1] for one in (line, below))
                yield f"; {' '.join(cells)} ;"


@check("unused-body")
def bodies_without_rhythm(proof: Proof) -> Iterator[Finding]:
    """Yield a finding for each body of which a glossary does not say how often it meets."""
    for glossary in proof.glossaries:
        silent = [m for m in glossary.mechanisms if not m.meets]
        if len(silent) * 2 > len(glossary.mechanisms):
            continue
        for mechanism in silent:
            yield Finding(
                Place(mechanism.origin, mechanism.name),
                _("The glossary does not say how often “%(name)s” meets.")
                % {"name": mechanism.name},
                _("Say how often it meets, or that this is under review."),
                Confidence.LIKELY,
            )
