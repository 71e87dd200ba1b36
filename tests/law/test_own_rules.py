"""An office's own files change dates, numbers and standards, add rules, or are refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from peelian.law.arithmetic import EndOf, OnDate, Period, Standard, UpToDate
from peelian.law.calendar import Fact, occurrences
from peelian.law.events import known_events, load_events
from peelian.law.office import Office
from peelian.law.packfile import RulePackError
from peelian.law.packs import RULES, Rule, all_rules, load_packs

SHIPPED = """\
pack: tides
title: A made-up pack
rules:
  - id: tides/report
    title: Report on the tides
    duty: The body must report on the tides.
    citation: Tide Tables Act 1900, section 1
    jurisdictions: [england]
    body_models: [pcc]
    who: office
    effective_from: 2012-11-22
    trigger: financial_year
    arithmetic: {fixed: "02-08"}
    confidence: A
    done: The report is on the website.
    silence: The law states none.
  - id: tides/answer
    title: Answer about the tides
    duty: The body must answer as soon as practicable.
    citation: Tide Tables Act 1900, section 2
    jurisdictions: [england]
    body_models: [pcc]
    who: office
    effective_from: 2012-11-22
    trigger: inspection_report
    arithmetic: {standard: {days: 20, beginning: day_after}}
    confidence: A
    done: The answer is sent.
    silence: The law states none.
  - id: tides/table
    title: Keep the tide table
    duty: The body must keep the tide table up to date.
    citation: Tide Tables Act 1900, section 3
    jurisdictions: [england]
    body_models: [pcc]
    who: office
    effective_from: 2012-11-22
    trigger: continuous
    confidence: A
    done: The table is on the website.
    silence: The law states none.
"""
OWN = """\
pack: ours
title: Our standards
changes:
  - id: tides/answer
    why: Agreed with the panel on 1 April 2026.
    arithmetic: {standard: {days: 10, beginning: day_after}}
"""
ADDED = SHIPPED[SHIPPED.index("rules:") :].replace("tides/", "ours/")


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    directory = tmp_path / "shipped"
    directory.mkdir()
    (directory / "tides.yaml").write_text(SHIPPED, encoding="utf-8")
    return directory


@pytest.fixture
def own(tmp_path: Path) -> Path:
    directory = tmp_path / "own"
    directory.mkdir()
    return directory


def load(shipped: Path, own: Path, text: str, name: str = "ours.yaml") -> dict[str, Rule]:
    (own / name).write_text(text, encoding="utf-8")
    return {rule.id: rule for rule in all_rules(load_packs(shipped, own=own))}


def test_an_own_standard_takes_the_place_of_the_one_that_ships(shipped: Path, own: Path) -> None:
    rule = load(shipped, own, OWN)["tides/answer"]
    assert rule.arithmetic == Standard(Period("days", 10, "day_after"))
    assert rule.local_standard
    assert (rule.file, rule.line) == ("tides.yaml", 17)
    assert (rule.changed_in, rule.changed_why) == (
        "ours.yaml, line 4",
        "Agreed with the panel on 1 April 2026.",
    )


def test_the_calendar_goes_by_the_own_date_without_other_code(shipped: Path, own: Path) -> None:
    report = Fact("inspection_report", "r", "Report", date(2026, 10, 1))

    def due(rules: dict[str, Rule]) -> list[date]:
        found = occurrences(
            rules.values(),
            office=Office.always("england", "pcc"),
            facts=[report],
            start=date(2026, 10, 1),
            end=date(2027, 3, 31),
        )
        return [one.due for one in found]

    text = OWN + "  - id: tides/report\n    why: X.\n    arithmetic: {fixed: '01-31'}\n"
    shipping = {rule.id: rule for rule in all_rules(load_packs(shipped))}
    assert due(shipping) == [date(2026, 10, 21), date(2027, 2, 8)]
    assert due(load(shipped, own, text)) == [date(2026, 10, 11), date(2027, 1, 31)]


def test_what_the_change_leaves_alone_stays(shipped: Path, own: Path) -> None:
    before = {rule.id: rule for rule in all_rules(load_packs(shipped))}
    after = load(shipped, own, OWN)
    assert after["tides/report"] == before["tides/report"]
    assert after["tides/answer"].done == before["tides/answer"].done
    assert not before["tides/answer"].changed_in


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ("effective_to: 2028-05-07", "effective_to", date(2028, 5, 7)),
        ("effective_from: 2013-01-01", "effective_from", date(2013, 1, 1)),
        ("role: chief_executive", "role", "chief_executive"),
        ("note: Ask first.", "note", "Ask first."),
        ("threshold: 250", "threshold", 250),
        ("occasion: Tides of {year}", "occasion", "Tides of {year}"),
        ('arithmetic: {fixed: "01-31"}', "arithmetic", OnDate(1, 31)),
    ],
)
def test_dates_numbers_and_roles_can_be_changed(
    shipped: Path, own: Path, change: str, name: str, value: object
) -> None:
    text = f"pack: ours\ntitle: T\nchanges:\n  - id: tides/report\n    why: Y.\n    {change}\n"
    assert getattr(load(shipped, own, text)["tides/report"], name) == value


def test_a_continuous_duty_can_be_given_a_review(shipped: Path, own: Path) -> None:
    assert not load(shipped, own, OWN)["tides/table"].local_standard
    review = "  - id: tides/table\n    why: Y.\n    arithmetic: {standard: {end_of: quarter}}\n"
    rule = load(shipped, own, OWN + review)["tides/table"]
    assert rule.arithmetic == UpToDate(EndOf("quarter"))
    assert rule.local_standard


def test_an_office_adds_rules_and_events_of_its_own(shipped: Path, own: Path) -> None:
    events = "events:\n  - {id: spring_tide, title: T, about: It is high., opened: by_hand}\n"
    (own / "events.yaml").write_text(events, encoding="utf-8")
    text = OWN + ADDED.replace("trigger: inspection_report", "trigger: spring_tide")
    rules = load(shipped, own, text)
    assert rules["ours/answer"].trigger == "spring_tide"
    assert list(rules)[:3] == ["tides/report", "tides/answer", "tides/table"]
    assert known_events(shipped, own)[-1].id == "spring_tide"
    assert known_events(shipped, own)[:-1] == load_events()


# (text to replace in OWN, its replacement, line named, found, expected)
MALFORMED = {
    "a rule that does not ship": ("tides/answer", "tides/ebb", 4, "'tides/ebb'", "that ships"),
    "no reason": ("    why: Agreed with the panel on 1 April 2026.\n", "", 4,
                  "changes: {id: tides/answer", "with the rule's id, why"),
    "reason that is no sentence": ("1 April 2026.", "1 April", 5, "why: 'Agreed", "a sentence"),
    "nothing changed": ("    arithmetic: {standard: {days: 10, beginning: day_after}}\n", "", 4,
                        "why: Agreed", "what is to be different"),
    "another citation": ("    arithmetic: {standard: {days: 10, beginning: day_after}}",
                         "    citation: None", 6, "the unknown key 'citation'", "arithmetic"),
    "a standard made law": ("{standard: {days: 10, beginning: day_after}}",
                            "{days: 10, beginning: day_after}", 6, "days: 10",
                            "the law gives no date"),
    "law made a standard": ("tides/answer\n    why: Agreed with the panel on 1 April 2026.\n"
                            "    arithmetic: {standard: {days: 10, beginning: day_after}}",
                            "tides/report\n    why: X.\n"
                            '    arithmetic: {standard: {fixed: "01-31"}}', 6, "fixed: 01-31",
                            "the law gives this date"),
    "a form that cannot be": ("{days: 10, beginning: day_after}", '{fixed: "01-31"}', 6,
                              "fixed: 01-31", "the trigger is inspection_report"),
    "an impossible date": ("tides/answer\n    why: Agreed with the panel on 1 April 2026.\n"
                           "    arithmetic: {standard: {days: 10, beginning: day_after}}",
                           'tides/report\n    why: X.\n    arithmetic: {fixed: "02-30"}', 6,
                           "02-30", "every year has"),
    "an end before the start": ("arithmetic: {standard: {days: 10, beginning: day_after}}",
                                "effective_to: 2012-11-21", 6, "2012-11-21",
                                "on or after 2012-11-22"),
    "the name of a pack that ships": ("pack: ours", "pack: tides", 1, "'tides'", "'ours'"),
    "no changes and no rules": (OWN[OWN.index("changes:") :], "", 1, "neither", "one of the two"),
    "an empty list of changes": (OWN[OWN.index("  - id") :], "", 3, "changes: nothing",
                                 "at least one change"),
    "the same rule twice": ("changes:\n", "changes:\n  - id: tides/answer\n    why: X.\n"
                            "    role: chair\n", 7, "a second change to 'tides/answer'",
                            "ours.yaml, line 4 has one"),
}  # fmt: skip


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_change_is_refused_with_its_line(shipped: Path, own: Path, fault: str) -> None:
    old, new, line, found, expected = MALFORMED[fault]
    assert OWN.count(old) == 1
    with pytest.raises(RulePackError) as caught:
        load(shipped, own, OWN.replace(old, new))
    error = caught.value
    assert (error.file.name, error.line) == ("ours.yaml", line)
    assert found in error.found
    assert expected in error.expected


def test_two_files_cannot_change_one_rule(shipped: Path, own: Path) -> None:
    (own / "earlier.yaml").write_text(OWN.replace("pack: ours", "pack: earlier"))
    with pytest.raises(RulePackError, match=r"ours\.yaml, line 4.*earlier\.yaml, line 4"):
        load(shipped, own, OWN)


def test_an_own_pack_cannot_take_the_name_of_one_that_ships(shipped: Path, own: Path) -> None:
    with pytest.raises(RulePackError, match="a pack that ships has this one"):
        load(shipped, own, SHIPPED, "tides.yaml")


@pytest.mark.parametrize("name", ["ours.yml", "ours.YAML", "events.yml"])
def test_a_file_whose_name_nobody_reads_is_not_passed_over(
    shipped: Path, own: Path, name: str
) -> None:
    own.joinpath(name).write_text("pack: ours\n", encoding="utf-8")
    with pytest.raises(RulePackError, match=re.escape(name)) as caught:
        load_packs(shipped, own)
    assert caught.value.expected == "a file whose name ends in .yaml"


def test_a_directory_that_is_not_there_is_refused(shipped: Path, own: Path) -> None:
    with pytest.raises(RulePackError, match="no such directory"):
        load_packs(shipped, own=own / "lost")


def test_a_pack_that_ships_changes_no_other(shipped: Path, own: Path) -> None:
    (shipped / "tides.yaml").write_text(SHIPPED + "changes: []\n", encoding="utf-8")
    with pytest.raises(RulePackError, match="the unknown key 'changes'"):
        load_packs(shipped)


def test_a_place_that_follows_no_rule_there_is_is_refused_with_its_line(shipped: Path) -> None:
    place = "    programme:\n      title: Tides\n      after: tides/lost\n"
    (shipped / "tides.yaml").write_text(SHIPPED + place, encoding="utf-8")
    with pytest.raises(RulePackError, match="'tides/lost'; expected the id of a rule") as caught:
        load_packs(shipped)
    assert caught.value.line == len((SHIPPED + place).splitlines())


EVENTS = """\
events:
  - id: high_water
    title: High water
    about: The water is high.
    opened: by_hand
"""


# (text to replace in EVENTS, its replacement, line named, found, expected)
MALFORMED_EVENTS = {
    "no title": ("    title: High water\n", "", 2, "no 'title'", "plain words"),
    "unknown key": ("by_hand", "by_hand\n    when: now", 6, "the unknown key 'when'",
                    "id, title, about, opened"),
    "unknown opening": ("by_hand", "by_magic", 5, "opened: 'by_magic'", "by_record or by_hand"),
    "no sentence": ("The water is high.", "High", 4, "about: 'High'", "in a sentence"),
    "capitals": ("id: high_water", "id: HighWater", 2, "'HighWater'", "small letters"),
    "a stretch of time": ("id: high_water", "id: quarter", 2, "'quarter'", "not financial_year"),
    "no events": (EVENTS[7:], "\n", 1, "events: nothing", "at least one kind of event"),
    "empty": (EVENTS, "", 1, "an empty file", "a mapping with events"),
    "the same id twice": (EVENTS, EVENTS + EVENTS[8:], 6, "'high_water' a second time", "line 2"),
    "an id that ships": ("id: high_water", "id: meeting", 2, "'meeting'", "an event that ships"),
}  # fmt: skip


@pytest.mark.parametrize("fault", MALFORMED_EVENTS)
def test_a_malformed_list_of_events_is_refused_with_its_line(own: Path, fault: str) -> None:
    old, new, line, found, expected = MALFORMED_EVENTS[fault]
    (own / "events.yaml").write_text(EVENTS.replace(old, new), encoding="utf-8")
    with pytest.raises(RulePackError) as caught:
        known_events(RULES, own)
    error = caught.value
    assert (error.file.name, error.line) == ("events.yaml", line)
    assert found in error.found
    assert expected in error.expected


def test_a_directory_of_packs_can_name_its_own_events(shipped: Path) -> None:
    (shipped / "events.yaml").write_text(EVENTS, encoding="utf-8")
    with pytest.raises(RulePackError, match="'inspection_report'"):
        load_packs(shipped)
    text = SHIPPED.replace("trigger: inspection_report", "trigger: high_water")
    (shipped / "tides.yaml").write_text(text, encoding="utf-8")
    assert {rule.trigger for rule in all_rules(load_packs(shipped))} == {
        "financial_year",
        "high_water",
        "continuous",
    }
