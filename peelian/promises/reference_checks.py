"""What a careful reader would notice about the references in promises."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, excerpt, unresolved
from peelian.promises.book import Book, Said, book
from peelian.promises.kinds import ACTIVITY, COMMITMENT, FINDING
from peelian.promises.models import Promise
from peelian.recognition.references import Mention, circles, normal, significant
from peelian.record.models import Record
from peelian.record.scope import Scope


@check("unresolved-reference", gettext_lazy("References that lead nowhere"), Severity.ERROR)
def unresolved_references(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find references in promises and their newest updates that name nothing on the record."""
    read = book(scope, as_at)
    resolved = read.resolved
    for said in read.said:
        for name in unresolved(said.mentions, resolved[read.plans[said.promise.pk]]):
            yield lost(said, name)


def lost(said: Said, name: str) -> Finding:
    """Return what there is to say of a reference that names nothing."""
    return Finding(
        said.promise,
        said.place,
        _("“%(name)s” names nothing on the record: “%(text)s”")
        % {"name": name, "text": excerpt(said.text, name)},
        _("A reader who looks it up finds nothing."),
        _("Correct the reference, or bring in what it should name."),
        said.others,
    )


@check("misdirected-reference", gettext_lazy("References to the wrong place"), Severity.ERROR)
def misdirected_references(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find references whose words in brackets fit another commitment than the one they name."""
    read = book(scope, as_at)
    resolved = read.resolved
    subjects = _subjects(read)
    for said in read.said:
        plan = read.plans[said.promise.pk]
        for mention in said.mentions:
            targets = resolved[plan].of(mention)
            wanted = significant(mention.label)
            if len(wanted) < 2 or not targets:
                continue
            if any(wanted <= subjects[t.pk][1] for t in targets if t.pk in subjects):
                continue
            meant = _meant(read, subjects, wanted, said.promise)
            if meant:
                yield _misdirected(said, mention, targets, meant)


def _subjects(read: Book) -> dict[int, tuple[set[str], set[str]]]:
    """Return for each promise the words of its own text, and those with all that is under it."""
    made: dict[int, tuple[set[str], set[str]]] = {}
    for promise in read.promises.values():
        own = significant(f"{promise.title} {promise.text}")
        said = [u.text for p in (promise, *read.children[promise.pk]) if (u := read.newest(p))]
        under = [f"{p.title} {p.text}" for p in read.children[promise.pk]]
        made[promise.pk] = own, own | significant(" ".join([*under, *said]))
    return made


def _meant(
    read: Book, subjects: dict[int, tuple[set[str], set[str]]], wanted: set[str], speaker: Promise
) -> list[Promise]:
    """Return the plan's other commitments with the words, by their own text if any has them."""
    commitments = [
        p
        for p in read.promises.values()
        if p.kind == COMMITMENT.name
        and read.plans[p.pk] == read.plans[speaker.pk]
        and p.pk not in (speaker.pk, speaker.parent_id)
    ]
    for depth in (0, 1):
        meant = [p for p in commitments if wanted <= subjects[p.pk][depth]]
        if meant:
            return meant if len(meant) <= 3 else []
    return []


def _misdirected(
    said: Said, mention: Mention, targets: list[Record], meant: list[Promise]
) -> Finding:
    says = {
        "printed": mention.printed,
        "label": mention.label,
        "target": targets[0].title,
        "meant": _(" or ").join(p.number for p in meant),
    }
    return Finding(
        said.promise,
        said.place,
        _("“%(printed)s” is called “%(label)s”, but it is “%(target)s”.") % says,
        _("The reader is sent to something else than the writer meant."),
        _("%(meant)s has these words: if that is meant, correct the reference.") % says,
        (*said.others, targets[0], *meant),
    )


@check("duplicate-reference", gettext_lazy("References used twice"), Severity.ERROR)
def duplicate_references(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find printed references that stand for more than one line of a plan.

    Every report of an inspection numbers its findings from 1 again.
    """
    read = book(scope, as_at)
    lines: dict[tuple[str, str, str], list[Promise]] = defaultdict(list)
    for promise in read.promises.values():
        if promise.printed_reference and promise.kind != FINDING.name:
            number = normal(promise.printed_reference)
            lines[read.plans[promise.pk], promise.kind, number].append(promise)
    for (_plan_reference, _kind, number), same in lines.items():
        if len(same) > 1:
            titles = _(" and for ").join(f"“{p.title}”" for p in same)
            yield Finding(
                same[-1],
                read.place(same[-1]),
                _("%(number)s is printed for %(titles)s.") % {"number": number, "titles": titles},
                _("A reference to it can mean either; progress may be filed under the wrong one."),
                _("Give one of them a number of its own."),
                tuple(same[:-1]),
            )


@check("circular-reference", gettext_lazy("References that go round in a circle"), Severity.ERROR)
def circular_references(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find promises that refer to one another; an error where none of them says anything itself."""
    read = book(scope, as_at)
    for circle in circles(_leads(read)):
        promises = [read.promises[pk] for pk in circle]
        speakers = [p for pk in circle for p in (read.promises[pk], *_unnumbered(read, pk))]
        silent = all(read.only_refers(p) for p in speakers if read.newest(p)) and any(
            read.newest(p) for p in speakers
        )
        numbers = [p.number for p in promises]
        yield Finding(
            promises[0],
            read.place(promises[0]),
            " → ".join([*numbers, numbers[0]]),
            _("Whoever follows the references comes back to where they began."),
            _("Say in one of them what has been done, and let the others refer to it."),
            tuple(promises[1:]),
            severity=Severity.ERROR if silent else Severity.NOTE,
        )


def _unnumbered(read: Book, pk: int) -> list[Promise]:
    return [p for p in read.children[pk] if not p.printed_reference]


def _leads(read: Book) -> dict[int, set[int]]:
    """Return which promises each one announces references to; an unnumbered line is its parent."""
    resolved = read.resolved
    leads: dict[int, set[int]] = defaultdict(set)
    for said in read.said:
        speaker = said.promise.pk
        if said.promise.kind == ACTIVITY.name and not said.promise.printed_reference:
            speaker = said.promise.parent_id or speaker
        for mention in said.mentions:
            if mention.announced and mention.form == "plan":
                targets = resolved[read.plans[said.promise.pk]].of(mention)
                itself = (
                    () if said.update else (said.promise.pk, speaker)
                )  # a title with its number
                leads[speaker] |= {
                    t.pk for t in targets if t.pk in read.promises and t.pk not in itself
                }
    return leads
