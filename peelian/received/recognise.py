"""What a document holds for the record: its lines, as rows of the tables that the record loads."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from peelian.figures.kinds import MEASURE
from peelian.intake.document import Origin
from peelian.meetings.kinds import MEETING
from peelian.people.kinds import AREA, BODY, OVERSIGHT_MECHANISM
from peelian.promises.kinds import COMMITMENT, OBJECTIVE, PLAN, UNDERTAKING
from peelian.promises.load import plain_name, shortened
from peelian.promises.models import Promise
from peelian.proofreading.proof import Proof
from peelian.received.likeness import likeness, words
from peelian.recognition.figures import Figure
from peelian.recognition.glossary import Mechanism
from peelian.recognition.minutes import Minute, Minutes, Undertaking
from peelian.recognition.plan import Activity, Commitment, Plan
from peelian.recognition.references import normal
from peelian.record.models import Record
from peelian.record.scope import Scope

# The tables, in the order in which one needs another.
TABLES = (
    "plans",
    "objectives",
    "oversight-mechanisms",
    "delivery-plan",
    "meetings",
    "minutes",
    "undertakings",
    "work-programme",
    "quoted-figures",
)
_FREQUENCIES = (
    (r"week", "weekly"),
    (r"six.?week", "every_six_weeks"),
    (r"bi-?\s?month|two month|every other month", "every_two_months"),
    (r"month", "monthly"),
    (r"quarter|four times", "quarterly"),
    (r"(?:three|3) times", "three_times_a_year"),
    (r"bi-?\s?annual|twice|six.?month|half", "twice_a_year"),
    (r"annual|year", "yearly"),
    (r"required|needed|ad.?hoc", "as_needed"),
)
ELEMENTS = ((r"polic(?:e|ing)|force|chief constable", "policing"),)


@dataclass(frozen=True)
class Row:
    """A row recognised: the table it is for, its cells by column, and where it stands."""

    table: str
    cells: dict[str, str]
    origin: Origin


def recognised(proof: Proof, scope: Scope) -> list[Row]:
    """Return every row that the document of a proof holds for the record, table by table.

    What is on the record already is named as the record names it, so that a second document of the
    same office changes lines and adds none.
    """
    rows = [*_plans(proof, scope), *_mechanisms(proof, scope)]
    for held in proof.minutes:
        rows += _meeting(held, scope)
    rows += [*_programme(proof), *_figures(proof, scope)]
    return sorted(rows, key=lambda row: TABLES.index(row.table))


# ---- plans ----


def _plans(proof: Proof, scope: Scope) -> Iterator[Row]:
    for number, plan in enumerate(proof.plans, 1):
        known = _same_plan(plan, scope)
        day = plan.as_at or proof.as_at
        reference = known.reference if known else _fresh(day, number, scope)
        if known is None:
            title = plan.title or _("Plan in %(file)s") % {"file": plan.origin.file}
            yield Row("plans", {"reference": reference, "title": title}, plan.origin)
        objectives = _objectives(plan, reference, scope)
        yield from (row for row, _reference in objectives.values() if row)
        for commitment in plan.commitments:
            _row, objective = objectives[plain_name(commitment.objective)]
            for activity in commitment.activities:
                yield _line(commitment, activity, objective, day.isoformat() if day else "")


def _same_plan(plan: Plan, scope: Scope) -> Record | None:
    """Return the plan on record that this is another print of, by its objectives or its lines.

    A plan of another office has other objectives, and other words under the same numbers.
    """
    objectives = {plain_name(c.objective) for c in plan.commitments if c.objective}
    lines = {normal(c.reference): words(c.text) for c in plan.commitments if c.reference}
    shared: Counter[int | None] = Counter()
    for objective in scope.of(OBJECTIVE):
        shared[objective.parent_id] += plain_name(objective.title) in objectives
    for promise in scope.of(COMMITMENT).select_related("parent"):
        theirs = lines.get(normal(promise.printed_reference), set())
        mine = words(f"{promise.title} {promise.text}")
        alike = likeness(theirs, mine) > 0.5
        shared[promise.parent.parent_id if promise.parent else None] += alike
    best, count = shared.most_common(1)[0] if shared else (None, 0)
    return scope.of(PLAN).filter(pk=best).first() if count else None


def _fresh(day: dt.date | None, number: int, scope: Scope) -> str:
    """Return a reference that no plan has."""
    base = f"plan-{day.year}" if day else "plan"
    base = base if number == 1 else f"{base}-{number}"
    taken = set(scope.of(PLAN).values_list("reference", flat=True))
    names = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _objectives(plan: Plan, reference: str, scope: Scope) -> dict[str, tuple[Row | None, str]]:
    """Return for each objective's name its row, if it is new, and its reference."""
    of_plan = scope.of(OBJECTIVE).filter(parent__reference=reference)
    known = {plain_name(o.title): str(o.reference) for o in of_plan}
    found: dict[str, tuple[Row | None, str]] = {}
    for commitment in plan.commitments:
        name = plain_name(commitment.objective)
        if name in found:
            continue
        if name in known:
            found[name] = None, known[name]
            continue
        number = len(known) + sum(row is not None for row, _ref in found.values()) + 1
        cells = {
            "reference": f"{reference}-{number}",
            "plan": reference,
            "number": str(number),
            "title": _sentence_case(commitment.objective) or plan.title,
        }
        found[name] = Row("objectives", cells, commitment.origin), cells["reference"]
    return found


def _sentence_case(words: str) -> str:
    return words.capitalize() if words.isupper() else words


def _line(commitment: Commitment, activity: Activity, objective: str, as_at: str) -> Row:
    cells = {
        "objective": objective,
        "element": _element(commitment.part),
        "commitment_reference": commitment.reference,
        "commitment": commitment.text,
        "activity_reference": activity.reference,
        "activity": activity.text,
        "status": activity.status or "on_track",
        "as_at": as_at,
        "update": activity.update,
        "oversight": "; ".join(activity.oversight),
    }
    return Row("delivery-plan", cells, activity.origin)


def _element(part: str) -> str:
    """Return which half of the plan a heading names; nothing where it names none."""
    if re.search(r"commissioner|\bP(?:F?)CC\b|mayor", part, re.IGNORECASE):
        return "commissioner"
    return next((e for form, e in ELEMENTS if re.search(form, part, re.IGNORECASE)), "")


# ---- bodies ----


def _mechanisms(proof: Proof, scope: Scope) -> Iterator[Row]:
    register = {plain_name(n): m for m in scope.of(OVERSIGHT_MECHANISM) for n in m.names()}
    for glossary in proof.glossaries:
        for mechanism in glossary.mechanisms:
            known = register.get(plain_name(mechanism.name))
            reference = known.reference if known else slugify(mechanism.name)[:80]
            cells = {
                "reference": reference,
                "title": known.title if known else mechanism.name,
                "purpose": mechanism.purpose,
                "meets": mechanism.meets[:120],
                "frequency": _frequency(mechanism.meets),
                **_marks(mechanism),
            }
            yield Row("oversight-mechanisms", cells, mechanism.origin)


def _marks(mechanism: Mechanism) -> dict[str, str]:
    said = {"notes_published": mechanism.notes_published, "in_public": mechanism.public}
    return {name: "yes" if value else "no" for name, value in said.items() if value is not None}


def _frequency(meets: str) -> str:
    found = (f for form, f in _FREQUENCIES if re.search(form, meets, re.IGNORECASE))
    return next(found, "")


# ---- meetings ----


def _meeting(held: Minutes, scope: Scope) -> Iterator[Row]:
    if held.held_on is None:
        return
    body = _body(held.body, scope)
    known = scope.of(MEETING).filter(held_on=held.held_on, body__reference=body).first()
    reference = known.reference if known else held.held_on.isoformat()
    if known is None:
        cells = {
            "reference": reference,
            "title": f"{held.body}, {held.held_on:%-d %B %Y}"[:600],
            "body": body,
            "held_on": held.held_on.isoformat(),
            "state": "held",
        }
        yield Row("meetings", cells, held.origin)
    for minute in held.items:
        yield _minute(minute, reference)
        yield from _undertakings(minute, reference, scope)


def _body(name: str, scope: Scope) -> str:
    """Return the reference of a body by any of its names; the name itself where none has it."""
    for body in scope.of(BODY):
        names = [body.title, *body.also_known_as.split(";")]
        if plain_name(name) in {plain_name(n) for n in names if n.strip()}:
            return str(body.reference)
    return name


def _minute(minute: Minute, meeting: str) -> Row:
    cells = {
        "meeting": meeting,
        "number": minute.number,
        "title": minute.title,
        "text": minute.text,
    }
    return Row("minutes", cells, minute.origin)


def _undertakings(minute: Minute, meeting: str, scope: Scope) -> Iterator[Row]:
    at = f"{meeting}-{minute.number}"
    known = list(scope.of(UNDERTAKING).filter(made_at__reference=at))
    for number, undertaking in enumerate(minute.undertakings, 1):
        same = _same(undertaking, known)
        due = undertaking.due
        day = due.last.isoformat() if due and due.is_day else ""
        cells = {
            "reference": same.reference if same else f"{at}-u{number}",
            "title": same.title if same else shortened(undertaking.text),
            "text": same.text if same else undertaking.text,
            "made_at": at,
            "due": day or (same.due.isoformat() if same and same.due else ""),
            "due_as_printed": due.printed if due else same.due_as_printed if same else "",
            "progress": same.progress if same else "not_started",
        }
        yield Row("undertakings", cells, undertaking.origin)


def _same(undertaking: Undertaking, known: Iterable[Promise]) -> Promise | None:
    """Return the undertaking on record that has most of the same words, if half of them."""
    mine = words(undertaking.text)
    best, share = None, 0.5
    for one in known:
        theirs = words(f"{one.title} {one.text}")
        both = likeness(mine, theirs)
        if both > share:
            best, share = one, both
    return best


# ---- figures ----


def _figures(proof: Proof, scope: Scope) -> Iterator[Row]:
    """Yield the figures that quote a measure on the register; others have nothing to belong to."""
    measures = [(m.reference, words(m.title)) for m in scope.of(MEASURE)]
    areas = {plain_name(area.title): str(area.reference) for area in scope.of(AREA)}
    for figure in proof.figures:
        said = words(figure.measure)
        meant = [ref for ref, title in measures if len(title) > 1 and title <= said]
        if len(meant) == 1 and not figure.change:
            cells = {
                "reference": f"quoted-{_mark(figure)}",
                "measure": meant[0],
                "area": areas.get(plain_name(figure.area), ""),
                "period": figure.period[:40],
                "value": f"{figure.value:g}",
                "comparator": figure.comparator[:80],
                "stated_in": figure.origin.file[:200],
                "as_at": proof.as_at.isoformat() if proof.as_at else "",
                "source": figure.source[:300],
                "note": f"“{figure.printed}”: {figure.quotation}"[:500],
            }
            yield Row("quoted-figures", cells, figure.origin)


def _mark(figure: Figure) -> str:
    """Return what tells this quotation from any other, the same whenever the file comes again."""
    said = "\n".join([figure.origin.file, figure.printed, " ".join(figure.quotation.split())])
    return hashlib.sha256(said.encode()).hexdigest()[:10]


# ---- the work programme ----


def _programme(proof: Proof) -> Iterator[Row]:
    for programme in (p for document in proof.documents for p in proof.programmes(document)):
        for number, item in enumerate(programme.items, 1):
            month = item.month.replace(day=1).isoformat() if item.month else ""
            cells = {
                "reference": f"wp-{month[:7] or 'potential'}-{slugify(item.title)[:40] or number}",
                "title": item.title,
                "month": month,
                "form": "routine" if month else "potential",
                "note": item.note[:500],
            }
            yield Row("work-programme", cells, item.origin)
