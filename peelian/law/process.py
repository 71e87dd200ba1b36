"""Statutory processes as ``rules/processes/`` declares them: one file each, its steps in order."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from peelian.law.checking import RULES, check, refuse_repeated
from peelian.law.packfile import PackFile, PathInFile, RulePackError, read_pack_file

When = Literal["always", "vetoed", "not_vetoed", "if_it_arises"]
SaidWhen = Literal["always", "vetoed", "not_vetoed", "voted"]
MetBy = Literal["", "meeting", "second_meeting", "vote", "call", "record"]

FOLDER = "processes"
YEARLY = "financial_year"
GAP = re.compile(r"{([^{}]*)}")
# What a letter may leave open for the record to fill; the rest it names stays a marked gap.
FILLED = frozenset(
    {
        *("year", "next_year", "previous_year", "subject", "person", "proposal", "revised", "day"),
        *("meeting", "second_meeting", "members", "needed", "votes", "finding", "recommendation"),
        *("decision", "recommendations", "by"),
    }
)
# What no record holds: whoever writes the letter fills it in.
BY_HAND = frozenset(
    {
        *("criteria", "reasons", "terms", "competence", "independence", "reserve", "acting"),
        *("from", "wanted", "address"),
    }
)
_IN_TITLE = frozenset({"year", "next_year", "previous_year", "subject"})


@dataclass(frozen=True)
class Said:
    """A paragraph of a letter, and when it is part of it: ``voted`` once a vote is on record."""

    text: str
    when: SaidWhen = "always"


@dataclass(frozen=True)
class Letter:
    """The draft of a letter or report: its title, whom it goes to, its paragraphs.

    Words in braces are gaps, which the record fills as far as it can.
    """

    title: str
    to: str
    says: tuple[Said, ...]


@dataclass(frozen=True)
class DeclaredStep:
    """One step. ``duty`` is the rule that dates it, ``before`` the one it is planned back from.

    ``who``, ``what`` and ``silence`` are empty where the rule's own words stand for them.
    ``met_by`` is what on the record shows that it is done, beside the proof of its duty: that a
    meeting was held, called, or had a vote, or that a record of another area has come so far. A
    step ``before`` a rule that has none of them is done once the event has happened from which that
    rule counts.
    """

    id: str
    name: str
    duty: str = ""
    before: str = ""
    who: str = ""
    what: str = ""
    silence: str = ""
    when: When = "always"
    met_by: MetBy = ""
    private: bool = False
    letter: Letter | None = None

    @property
    def rule(self) -> str:
        """The rule it has to do with, be it its own or the one it comes before."""
        return self.duty or self.before


@dataclass(frozen=True)
class Declared:
    """A process: what it is, its law, what begins one, its steps in order.

    ``events`` is empty for one of each financial year. ``veto`` is the step by which a veto has to
    be reported. ``subject``, ``named`` and ``proposal`` say what is asked when one begins.
    """

    id: str
    name: str
    about: str
    law: str
    events: tuple[str, ...]
    title: str
    steps: tuple[DeclaredStep, ...]
    subject: str = ""
    named: str = ""
    proposal: str = ""
    private: bool = False
    veto: str = ""

    @property
    def yearly(self) -> bool:
        """Whether there is one in each financial year."""
        return not self.events

    def step(self, name: str) -> DeclaredStep | None:
        """The step of this id, or None."""
        return next((step for step in self.steps if step.id == name), None)


def load_process(path: Path, *, rules: Set[str], events: Set[str]) -> Declared:
    """The process of one YAML file, whose rules and events are among those known.

    Raises `RulePackError`, naming file, line, found and expected, for the first fault.
    """
    file = read_pack_file(path, holds="a process with its steps")
    check(file, "process.schema.json")
    refuse_repeated(file, "steps", "the step")
    data = file.data
    if data["process"] != path.stem:
        raise file.error(
            ("process",), f"'{data['process']}'", f"'{path.stem}', as the file is named"
        )
    _refuse_unknown(file, rules, events)
    begins = data["begins"]
    return Declared(
        id=data["process"],
        events=() if begins == YEARLY else tuple(begins),
        steps=tuple(_step(entry) for entry in data["steps"]),
        **{name: data[name] for name in ("name", "about", "law", "title")},
        **{name: data.get(name, "") for name in ("subject", "named", "proposal", "veto")},
        private=data.get("private", False),
    )


@cache
def load_processes(
    rules: frozenset[str], events: frozenset[str], directory: Path = RULES, own: Path | None = None
) -> tuple[Declared, ...]:
    """Every process of ``processes/`` in a directory of rules, then those an office adds, by name.

    Raises `RulePackError` as `load_process` does, and for a process of the office's own that there
    is already.
    """
    shipped = [load_process(p, rules=rules, events=events) for p in _paths(directory)]
    known, added = {one.id for one in shipped}, []
    for path in _paths(own) if own else []:
        if path.stem in known:
            raise RulePackError(path, 1, f"the process '{path.stem}'", "a name that no other has")
        added.append(load_process(path, rules=rules, events=events))
    return (*shipped, *added)


def _paths(directory: Path) -> list[Path]:
    return sorted((directory / FOLDER).glob("*.yaml"))


def _step(entry: Mapping[str, Any]) -> DeclaredStep:
    letter = entry.get("letter")
    plain = {name: value for name, value in entry.items() if name != "letter"}
    return DeclaredStep(**plain, letter=_letter(letter) if letter else None)


def _letter(entry: Mapping[str, Any]) -> Letter:
    says = (Said(one) if isinstance(one, str) else Said(**one) for one in entry["says"])
    return Letter(entry["title"], entry["to"], tuple(says))


def _refuse_unknown(file: PackFile, rules: Set[str], events: Set[str]) -> None:
    """Refuse a rule, event, step or gap that is named and that there is not."""
    data = file.data
    for index, event in enumerate(data["begins"] if data["begins"] != YEARLY else []):
        if event not in events:
            raise file.error(("begins", index), f"'{event}'", "an event of events.yaml")
    for gap in GAP.findall(data["title"]):
        if gap not in _IN_TITLE:
            raise file.error(("title",), f"{{{gap}}}", f"one of {', '.join(sorted(_IN_TITLE))}")
    steps = {entry["id"] for entry in data["steps"]}
    if data.get("veto", next(iter(steps))) not in steps:
        raise file.error(("veto",), f"'{data['veto']}'", "the id of a step")
    for index, entry in enumerate(data["steps"]):
        at: PathInFile = ("steps", index)
        if ("duty" in entry) == ("before" in entry):
            found = "both 'duty' and 'before'" if "duty" in entry else "neither 'duty' nor 'before'"
            raise file.error(at, found, "one of the two")
        key = "duty" if "duty" in entry else "before"
        if entry[key] not in rules:
            raise file.error((*at, key), f"'{entry[key]}'", "the id of a rule")
        for name in ("who", "what", "silence"):
            if key == "before" and name not in entry:
                raise file.error(at, f"no '{name}'", f"'{name}', which no rule says for it")
        for where, gap in _gaps(entry.get("letter")):
            if gap not in FILLED | BY_HAND and gap.removeprefix("by ") not in steps:
                expected = f"one of {', '.join(sorted(FILLED | BY_HAND))}, or 'by' and a step"
                raise file.error((*at, "letter", *where), f"{{{gap}}}", expected)


def _gaps(letter: Mapping[str, Any] | None) -> Iterator[tuple[PathInFile, str]]:
    if letter is None:
        return
    for gap in GAP.findall(letter["title"]):
        yield ("title",), gap
    for index, one in enumerate(letter["says"]):
        for gap in GAP.findall(one if isinstance(one, str) else one["text"]):
            yield ("says", index), gap
