"""What a careful reader would notice about promises: oversight, dates gone by, silence.

The checks of references stand in `peelian.promises.reference_checks`.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.checks.findings import Finding, Severity, check, excerpt
from peelian.people.models import Body, OversightMechanism
from peelian.promises import reference_checks as reference_checks
from peelian.promises.book import Book, Said, book
from peelian.promises.kinds import ACTIVITY, COMMITMENT
from peelian.promises.load import plain_name
from peelian.promises.models import Promise
from peelian.recognition.future import FutureStatement, future_statements
from peelian.record.models import Link, Snapshot
from peelian.record.scope import Scope

# ---- oversight ----


@check("without-oversight", gettext_lazy("Promises that nobody oversees"), Severity.WARNING)
def without_oversight(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find activities, and commitments without activities, that name no oversight mechanism.

    One that is closed, or only refers elsewhere, is a note.
    """
    read = book(scope, as_at)
    overseen = set(
        Link.objects.filter(form="overseen_by", source__in=read.promises).values_list(
            "source_id", flat=True
        )
    ) | {p.pk for p in read.promises.values() if p.oversight_names()}
    for promise in read.promises.values():
        lines = promise.kind == ACTIVITY.name or (
            promise.kind == COMMITMENT.name and not read.children[promise.pk]
        )
        if not lines or overseen & {promise.pk, promise.parent_id}:
            continue
        minor = not promise.is_open or read.only_refers(promise)
        yield Finding(
            promise,
            read.place(promise),
            _("No oversight mechanism is named for “%(title)s”.") % {"title": promise.title},
            _("Nobody is known to look at whether it is done."),
            _("Name the board or meeting that oversees it, or say that there is none and why."),
            severity=Severity.NOTE if minor else Severity.WARNING,
        )


_BODY_NOUN = r"(?:board|group|committee|forum|panel|partnership|council|assembly|network|meeting)s?"
# Words that make a phrase a description of what is done, not a name.
_DESCRIBES = re.compile(
    r"\b(?:by|at|via|to|has|have|will|attendance|attended|reports?|monitoring)\b", re.IGNORECASE
)


@check(
    "oversight-not-registered",
    gettext_lazy("Oversight bodies that the register lacks"),
    Severity.WARNING,
)
def oversight_not_registered(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find names of bodies in the oversight of promises that no register of bodies has."""
    read = book(scope, as_at)
    known = _known_names(scope)
    used: dict[str, list[tuple[str, Promise]]] = defaultdict(list)
    for promise in read.promises.values():
        for name in promise.oversight_names():
            if looks_like_a_body(name) and not _is_known(name, known):
                used[_folded(name)].append((name, promise))
    for uses in used.values():
        name, promises = uses[0][0], [promise for _name, promise in uses]
        places = ", ".join(dict.fromkeys(read.place(p) for p in promises))
        near = difflib.get_close_matches(_folded(name), known, n=1, cutoff=0.8)
        mend = _("Add it to the register with its purpose and how often it meets")
        yield Finding(
            promises[0],
            places,
            _("“%(name)s” is named as oversight and is in no register.") % {"name": name},
            _("Readers cannot learn what it is, how often it meets and if its notes are public."),
            _("%(mend)s; or, if “%(near)s” is meant, use that name.")
            % {"mend": mend, "near": known[near[0]]}
            if near
            else _("%(mend)s, or use its registered name.") % {"mend": mend},
            tuple(promises[1:]),
        )


def _known_names(scope: Scope) -> dict[str, str]:
    """Return every name that the registers have, by its folded form. Two queries."""
    mechanisms = scope.see(OversightMechanism.objects.all())
    names = [name for mechanism in mechanisms for name in mechanism.names()]
    for body in scope.see(Body.objects.all()):
        names += [body.title, *(name.strip() for name in body.also_known_as.split(";"))]
    return {_folded(name): name for name in names if name}


def _folded(name: str) -> str:
    """Return a name without case, apostrophes, plurals, the article and a trailing `meeting`."""
    words = re.sub(r"[’']s?\b", "", plain_name(name)).split()
    words = [word if word.endswith("ss") else word.rstrip("s") for word in words]
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] == "meeting" else words)


def looks_like_a_body(name: str) -> bool:
    """Return whether a name is that of a board, a group, a meeting or an abbreviation of one."""
    plain = re.sub(r"\s*\([^()]*\)\s*$", "", name).strip()
    if _DESCRIBES.search(plain):
        return False
    is_abbreviation = plain.isupper() and 3 <= len(plain) <= 7 and plain.isalpha()
    return is_abbreviation or (
        " " in plain and bool(re.search(rf"\b{_BODY_NOUN}$", plain, re.IGNORECASE))
    )


def _is_known(name: str, known: dict[str, str]) -> bool:
    inside = re.findall(r"\(([^()]*)\)\s*$", name)
    plain = re.sub(r"\s*\([^()]*\)\s*$", "", name)
    return any(_folded(one) in known for one in (name, plain, *inside))


# ---- dates ----


@check("past-due", gettext_lazy("Promises past their due date"), Severity.ERROR)
def past_due(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find open promises whose due date has passed."""
    read = book(scope, as_at)
    for promise in read.promises.values():
        if promise.is_open and promise.due and promise.due < as_at:
            day = date_format(promise.due, "j F Y")
            yield Finding(
                promise,
                read.place(promise),
                _("“%(title)s” was due on %(day)s.") % {"title": promise.title, "day": day},
                _("It was promised by that day and is still open."),
                _("Close it with its evidence, or record what has been agreed instead."),
            )


@check("stale-date", gettext_lazy("Future dates that have passed"), Severity.WARNING)
def stale_dates(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find sentences of open promises that speak of a date as to come though it has passed.

    A warning where it had passed on the day the update itself was given for, else a note.
    """
    read = book(scope, as_at)
    for said in read.said:
        if said.promise.is_open:
            newest = read.newest(said.promise)
            written = newest.as_at if newest else None
            for statement in future_statements(said.text, as_at, written):
                yield stale(said, statement, written)


def stale(said: Said, statement: FutureStatement, written: dt.date | None) -> Finding:
    """Return what there is to say of a date told as to come that has passed."""
    printed = ", ".join(f"“{mention.printed}”" for mention in statement.dates)
    last = max(mention.last for mention in statement.dates)
    says = {
        "printed": printed,
        "sentence": excerpt(statement.text, statement.dates[0].printed, 260),
        "day": date_format(last, "j F Y"),
    }
    already = written is None or last < written
    return Finding(
        said.promise,
        said.place,
        _("%(printed)s is spoken of as still to come: “%(sentence)s”") % says,
        _("%(day)s had passed on the day this was said to be true.") % says
        if already
        else _("%(day)s has passed since this was written.") % says,
        _("Say what happened on that date, or what is now planned."),
        said.others,
        severity=Severity.WARNING if already else Severity.NOTE,
    )


# ---- silence ----


@check("no-change", gettext_lazy("Promises without news"), Severity.WARNING)
def without_change(scope: Scope, as_at: dt.date) -> Iterator[Finding]:
    """Find open activities whose newest update repeats the one before, or is older than an issue.

    What only refers elsewhere has no news of its own to give.
    """
    read = book(scope, as_at)
    issued = _last_issue(as_at)
    for promise in read.promises.values():
        asked = promise.kind == ACTIVITY.name and promise.is_open and not read.only_refers(promise)
        if asked and (said := _silence(read, promise, issued)):
            newest = read.newest(promise)
            yield Finding(
                promise,
                read.place(promise, newest),
                said,
                _("Readers cannot tell whether nothing happened or nobody was asked."),
                _("Ask its owner for an update, even if it is that nothing has changed."),
                (newest,) if newest else (),
            )


def _last_issue(as_at: dt.date) -> dt.date | None:
    """Return the day of the last pack or summary that was issued before a day."""
    issues = Snapshot.objects.filter(
        record__kind__in=("pack", "edition"), made_at__date__lt=as_at
    ).order_by("-made_at")
    last = issues.first()
    return last.made_at.date() if last else None


def _silence(read: Book, promise: Promise, issued: dt.date | None) -> str:
    updates = read.updates.get(promise.pk, [])
    if not updates:
        return _("No update has been recorded for “%(title)s”.") % {"title": promise.title}
    newest = updates[-1]
    if issued and newest.as_at < issued:
        says = {
            "day": date_format(newest.as_at, "j F Y"),
            "issued": date_format(issued, "j F Y"),
        }
        return (
            _("The newest update is of %(day)s; a pack has been issued since, on %(issued)s.")
            % says
        )
    if len(updates) > 1 and newest.text.split() == updates[-2].text.split():
        day = date_format(updates[-2].as_at, "j F Y")
        return _("The update says the same, word for word, as that of %(day)s.") % {"day": day}
    return ""
