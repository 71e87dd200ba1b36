"""A rule: what a duty is, who owes it, under which law, from when, and by what date."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from peelian.law.arithmetic import Arithmetic, FromEvent, Standard, UpToDate, Yearly
from peelian.law.dates import Nation, Span
from peelian.law.pauses import PauseKind

BodyModel = Literal["pcc", "pfcc", "mayor", "board", "panel"]
Who = Literal["office", "panel"]
Role = Literal[
    "commissioner",
    "chief_executive",
    "monitoring_officer",
    "chief_finance_officer",
    "panel_support_officer",
    "chair",
    "chief_constable",
]
Confidence = Literal["A", "B", "C"]
Cadence = Literal["U", "M", "Q", "FY"]

CONTINUOUS = "continuous"


@dataclass(frozen=True)
class Step:
    """A step to plan backwards from a duty, so many working days before the step after it.

    ``role`` is who has to act, where that is not whoever owes the duty.
    """

    step: str
    working_days_before: int
    opens: str | None = None
    role: Role | None = None


@dataclass(frozen=True)
class Slot:
    """What a duty puts on the panel's work programme: its title, and the rule it has to follow.

    ``title`` may use the same words for years as an occasion. ``after`` is the id of the rule
    whose last day has to have come, empty where the duty waits for none. ``meeting`` is the form of
    meeting that takes it, empty where any does.
    """

    title: str
    after: str = ""
    meeting: str = ""


@dataclass(frozen=True)
class Rule:
    """One duty as a rule pack states it.

    ``trigger`` is ``financial_year``, ``month``, ``quarter``, ``continuous`` or the id of a kind
    of event. ``done`` is what counts as done, ``silence`` what follows if nothing is done.
    ``threshold`` is the amount in pounds that its words speak of, or the number of people where it
    `counts_people`. ``limits`` are other numbers that they speak of, by name. ``pauses`` stop the
    clock; after ``restarts`` it begins again. ``changed_in`` and ``changed_why`` say where and why
    the office's own rules changed it, if they did.
    """

    id: str
    title: str
    duty: str
    citation: str
    jurisdictions: tuple[Nation, ...]
    body_models: tuple[BodyModel, ...]
    who: Who
    effective_from: date
    effective_to: date | None
    trigger: str
    arithmetic: Arithmetic
    confidence: Confidence
    done: str
    silence: str
    role: Role | None = None
    cadence: Cadence | None = None
    item: str = ""
    threshold: int | None = None
    limits: tuple[tuple[str, int], ...] = ()
    pauses: tuple[PauseKind, ...] = ()
    restarts: tuple[PauseKind, ...] = ()
    occasion: str = ""
    condition: str = ""
    note: str = ""
    plan_back: tuple[Step, ...] = ()
    programme: Slot | None = None
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    changed_in: str = field(default="", compare=False)
    changed_why: str = field(default="", compare=False)

    @property
    def pack(self) -> str:
        """The name of the pack the rule is in."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The rule's name within its pack."""
        return self.id.partition("/")[2]

    def limit(self, name: str) -> int | None:
        """The number that its words speak of under a name, such as ``words``; None for none."""
        return dict(self.limits).get(name)

    @property
    def to_verify(self) -> bool:
        """Whether the primary text has still to be checked (confidence C)."""
        return self.confidence == "C"

    @property
    def counts_people(self) -> bool:
        """Whether its threshold is a number of people: staff, by SI 2011/3050, paragraph 2."""
        return self.item in ("2(a)", "2(b)")

    @property
    def continuous(self) -> bool:
        """Whether it is a duty to keep something up to date, which falls due on no day."""
        return self.trigger == CONTINUOUS

    @property
    def form(self) -> Yearly | FromEvent | None:
        """The form that gives its dates, be it law or standard; None where nothing does."""
        match self.arithmetic:
            case Standard(form):
                return form
            case UpToDate(review):
                return review
        return self.arithmetic

    @property
    def local_standard(self) -> bool:
        """Whether its dates are the office's own standard and not law."""
        return not self.dated_by_law and self.form is not None

    @property
    def dated_by_law(self) -> bool:
        """Whether the law itself says by when."""
        return not isinstance(self.arithmetic, Standard | UpToDate)

    @property
    def recurs(self) -> Span | None:
        """The stretch of time it comes up once in; None for one that an event brings about."""
        match self.trigger:
            case "month" | "quarter" | "financial_year" as span:
                return span
            case _:
                return None

    def applies_to(self, jurisdiction: Nation, body_model: BodyModel) -> bool:
        """Whether the rule binds that kind of body in that nation."""
        return jurisdiction in self.jurisdictions and body_model in self.body_models

    def in_force(self, on: date) -> bool:
        """Whether a day lies within the rule's effective dates, both included."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True)
class RulePack:
    """The rules of one file, in the file's order."""

    name: str
    title: str
    rules: tuple[Rule, ...]
