"""Undertakings of an earlier meeting that left no trace in what is laid before the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.intake.document import Origin
from peelian.proofreading.answers import minutes_answered
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.programmed import programmed
from peelian.proofreading.proof import Proof
from peelian.proofreading.traces import Passages, Sought, Trace, names_any, sought
from peelian.recognition.minutes import Minutes, Undertaking

# Less than this besides the minutes is no paper in which anything could be answered.
_LEAST_BLOCKS = 8
_MOST = 200  # more than a year of meetings undertakes
_MOST_SAID, _NEAR = 8, 0.4


@check("lost-undertaking", gettext_lazy("Undertakings that left no trace"))
def lost_undertakings(proof: Proof) -> Iterator[Finding]:
    """Yield each undertaking of earlier minutes of which the documents say nothing."""
    for source in _sources(proof):
        hidden = _Hidden(proof, source)
        blocks = [b for d in proof.documents for b in d.blocks if not hidden(b.origin)]
        passages = Passages(blocks)
        if len(passages.blocks) < _LEAST_BLOCKS:
            continue
        programme = programmed(proof.documents, hidden)
        tracked = minutes_answered(blocks)
        times = Counter(one.minute for one in source.undertakings)
        for undertaking in source.undertakings[:_MOST]:
            if undertaking.settled:
                continue
            wanted = _wanted(undertaking, source)
            if not wanted.terms:
                continue
            rows = tracked.get(undertaking.minute, [])
            if rows and (
                times[undertaking.minute] == 1 or any(names_any(row, wanted) for row in rows)
            ):
                continue
            listed = programme.holds(undertaking, wanted)
            if listed is None:
                trace = passages.nearest(wanted)
            else:
                trace = Trace(
                    programme.origin,
                    programme.items[0].title,
                    0.0,
                    speaks=listed,
                    unlisted=not listed,
                )
            if trace is None or not trace.speaks:
                yield _finding(undertaking, source, wanted, trace, passages)


def _sources(proof: Proof) -> list[Minutes]:
    """Return the minutes of meetings before: those given, and those in the documents that are of
    a meeting before their day; each meeting once."""
    found = {(m.body, m.held_on, m.origin.file): m for m in proof.earlier_minutes}
    held = {m.held_on for m in proof.earlier_minutes if m.held_on}
    day = proof.as_at
    for one in proof.minutes:
        if one.held_on and day and one.held_on < day and one.held_on not in held:
            found[(one.body, one.held_on, one.origin.file)] = one
    return list(found.values())


class _Hidden:
    """Tells what stands in these minutes or in those of a meeting before them."""

    def __init__(self, proof: Proof, source: Minutes) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for m in proof.minutes:  # in order, and none overlap
            if m.held_on is None and not (m.present or m.in_attendance):
                continue  # a list of actions, which is there to answer
            if m.held_on is None or source.held_on is None or m.held_on <= source.held_on:
                self._spans.setdefault(m.origin.file, []).append((m.origin.order, m.last))

    def __call__(self, origin: Origin) -> bool:
        spans = self._spans.get(origin.file, [])
        at = bisect_right(spans, origin.order, key=lambda span: span[0]) - 1
        return at >= 0 and origin.order <= spans[at][1]


def _wanted(undertaking: Undertaking, source: Minutes) -> Sought:
    people = [a.name for a in (*source.present, *source.in_attendance, *source.apologies)]
    people += ["".join(word[0] for word in name.split()) for name in people]  # their initials
    return sought(
        undertaking.text,
        undertaking.quotation,
        [source.body, undertaking.owner, *people],
        undertaking.minute,
    )


def _finding(
    undertaking: Undertaking,
    source: Minutes,
    wanted: Sought,
    trace: Trace | None,
    passages: Passages,
) -> Finding:
    terms = ", ".join(passages.rarest(wanted)[:_MOST_SAID])
    only = trace.only_named if trace else ""
    unlisted = bool(trace and trace.unlisted)
    near = trace and (only or unlisted or trace.share >= _NEAR)
    others = (Place(trace.origin, _short(trace.quotation)),) if trace and near else ()
    sure = trace is None or (trace.share < 0.45 and len(wanted.terms) >= 3)
    return Finding(
        Place(undertaking.origin, undertaking.quotation),
        " ".join([_whose(undertaking, source), _said(terms, only, unlisted)]),
        _("Say under matters arising what has become of it, or when it will be answered."),
        Confidence.LIKELY if sure or only else Confidence.POSSIBLE,
        others,
    )


def _said(terms: str, only: str, unlisted: bool) -> str:
    if unlisted:
        return _("The work programme has no such item. Looked for: %(terms)s.") % {"terms": terms}
    if only:
        return _(
            "%(name)s is named only in a list or a glossary; the papers do not say what has become "
            "of this. Looked for: %(terms)s."
        ) % {"name": only, "terms": terms}
    return _("The papers do not say what has become of it. Looked for: %(terms)s.") % {
        "terms": terms
    }


def _whose(undertaking: Undertaking, source: Minutes) -> str:
    """Return the sentence that says where it was undertaken, by whom and for whom."""
    words = {
        "minute": undertaking.minute,
        "day": date_format(source.held_on, "j F Y") if source.held_on else "",
        "owner": undertaking.owner,
        "to": undertaking.owed_to,
    }
    if undertaking.minute and source.held_on:
        where = _("Undertaken in minute %(minute)s of %(day)s") % words
    elif source.held_on:
        where = _("Undertaken at the meeting of %(day)s") % words
    else:
        where = _("Undertaken in the earlier minutes")
    own = re.sub(r"^the\s+", "", undertaking.owner, flags=re.IGNORECASE).casefold()
    if own and own in undertaking.owed_to.casefold():
        words["to"] = ""  # a meeting that takes something on itself
    if words["owner"] and words["to"]:
        return _("%(where)s by %(owner)s for %(to)s.") % {**words, "where": where}
    if words["owner"]:
        return _("%(where)s by %(owner)s.") % {**words, "where": where}
    if words["to"]:
        return _("%(where)s for %(to)s; nobody is named to do it.") % {**words, "where": where}
    return _("%(where)s; nobody is named to do it.") % {"where": where}


def _short(text: str) -> str:
    return text if len(text) <= 300 else text[:299].rsplit(" ", 1)[0] + "…"
