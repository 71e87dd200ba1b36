"""Statutory processes as files: those that ship name only what there is; a wrong one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelian.law.events import load_events
from peelian.law.packfile import RulePackError
from peelian.law.packs import all_rules, load_packs
from peelian.law.process import load_process, load_processes

RULES = frozenset(rule.id for rule in all_rules(load_packs()))
EVENTS = frozenset(event.id for event in load_events())
SHIPPED = {one.id: one for one in load_processes(RULES, EVENTS)}

GOOD = """\
process: small
name: A small process
about: It has two steps.
law: A made-up Act, section 1
begins: [attendance_required]
title: "Small: {subject}"
subject: What about
steps:
  - id: call
    name: Call them
    before: panel/attend-when-required
    who: chair
    what: Write to them.
    silence: Nobody comes.
  - id: come
    name: Come
    duty: panel/attend-when-required
    letter:
      title: They came
      to: The panel
      says:
        - We came on {day}, as {subject} says, before {by call}.
        - when: voted
          text: "{votes}"
"""


def load(tmp_path: Path, content: str, name: str = "small") -> object:
    file = tmp_path / f"{name}.yaml"
    file.write_text(content, encoding="utf-8")
    return load_process(file, rules=RULES, events=EVENTS)


def test_every_process_that_a_panel_and_an_office_need_ships() -> None:
    assert set(SHIPPED) == {
        "annual-report",
        "attendance",
        "call-to-resign",
        "chief-constable-appointment",
        "chief-constable-suspension",
        "commissioner-complaint",
        "commissioner-suspension",
        "confirmation-hearing",
        "inspection-response",
        "iopc-recommendation",
        "plan-review",
        "precept",
        "prevention-of-future-deaths",
        "written-response",
    }


def test_a_step_of_a_year_has_a_rule_of_a_year_and_one_of_an_event_has_its_event() -> None:
    rules = {rule.id: rule for rule in all_rules(load_packs())}
    for one in SHIPPED.values():
        first = rules[one.steps[0].rule]
        assert (first.recurs == "financial_year") == one.yearly, one.id
        triggers = {rules[step.rule].trigger for step in one.steps}
        assert set(one.events) <= triggers, one.id


def test_what_the_public_must_not_hear_is_private_and_only_two_have_a_veto() -> None:
    private = {name for name, one in SHIPPED.items() if one.private}
    assert private == {
        *("call-to-resign", "chief-constable-suspension"),
        *("commissioner-complaint", "commissioner-suspension"),
    }
    assert {n for n, one in SHIPPED.items() if one.veto} == {
        "precept",
        "chief-constable-appointment",
    }
    hearing = SHIPPED["call-to-resign"].step("hearing")
    assert hearing
    assert hearing.private


def test_the_chief_constable_is_requested_and_never_required() -> None:
    request = SHIPPED["attendance"].step("request")
    assert request
    assert request.letter
    said = " ".join(one.text for one in request.letter.says)
    assert "requests you to attend" in said
    assert "requires you" not in said


def test_a_process_loads(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).title == "Small: {subject}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("process: small", "process: smaller", 1, "'smaller'; expected 'small', as the file"),
        ("process: small", "process: Small One", 1, "'Small One'; expected the process's id"),
        ("law: A made-up Act", "lore: Old\nlaw: A made-up Act", 4, "the unknown key 'lore'"),
        ("about: It has two steps.", "about: Two steps", 3, "in sentences"),
        ("[attendance_required]", "[attendance_desired]", 5, "an event of events.yaml"),
        ("[attendance_required]", "sometimes", 5, "financial_year, or a list"),
        ('"Small: {subject}"', '"Small: {person}"', 6, "{person}; expected one of next_year"),
        ("    before: panel/attend-when-required\n", "", 9, "neither 'duty' nor 'before'"),
        ("    before: panel/", "    duty: panel/information\n    before: panel/", 9, "both 'duty'"),
        ("duty: panel/attend-when-required", "duty: panel/dance", 17, "expected the id of a rule"),
        ("    who: chair\n", "", 9, "no 'who'"),
        ("who: chair", "who: mayor", 12, "who takes it"),
        ("id: come", "id: call", 15, "the step 'call' a second time"),
        ("{day}, as", "{tomorrow}, as", 22, "{tomorrow}; expected one of"),
        ("{by call}", "{by telephone}", 22, "{by telephone}; expected one of"),
        ("when: voted", "when: tired", 23, "expected"),
        ("    name: Come\n", "    name: Come\n    when: sometimes\n", 17, "one of always, vetoed"),
        ("    name: Come\n", "    name: Come\n    met_by: luck\n", 17, "shows that it is done"),
        ("subject: What about", "veto: vote\nsubject: It", 7, "'vote'; expected the id of a step"),
        ("steps:", "steps: []\nothers:", 8, "at least one step"),
    ],
)  # fmt: skip
def test_a_malformed_process_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in GOOD
    with pytest.raises(RulePackError) as refused:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert refused.value.line == line
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "an empty file"),
        ("# nothing", "comments only"),
        ("steps: [", "not YAML"),
        ("- a", "- a"),
    ],
)
def test_what_is_no_process_at_all_is_refused(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(RulePackError, match=r"line 1|line 2") as refused:
        load(tmp_path, content)
    assert told in str(refused.value) or refused.value.expected.startswith("a process")


def test_an_office_adds_a_process_of_its_own_but_takes_no_name_that_is_taken(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "processes"
    folder.mkdir()
    (folder / "small.yaml").write_text(GOOD, encoding="utf-8")
    assert load_processes(RULES, EVENTS, own=tmp_path)[-1].id == "small"
    taken = tmp_path / "taken"
    (taken / "processes").mkdir(parents=True)
    (taken / "processes/precept.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RulePackError, match="a name that no other has"):
        load_processes(RULES, EVENTS, own=taken)
