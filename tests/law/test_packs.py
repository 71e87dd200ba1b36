"""A rule pack is taken whole, or refused with its file and line, what was found and expected."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from peelian.law.arithmetic import BeforeDate, ClearDays, EndOf, OnDate, Period
from peelian.law.packfile import RulePackError
from peelian.law.packs import RULES, all_rules, load_pack, load_packs

PACK = """\
pack: tides
title: A made-up pack
rules:
  - id: tides/high-water
    title: Publish the tide table
    duty: The body must publish a tide table.
    citation: Tide Tables Act 1900, section 1
    jurisdictions: [england, wales]
    body_models: [pcc]
    who: office
    effective_from: 2012-11-22
    effective_to: 2028-05-03
    trigger: financial_year
    arithmetic: {fixed: "02-08"}
    confidence: C
    done: The table is on the website.
    silence: The law states none.
    note: A note.
"""
LINES = {line.strip().split(":")[0]: n for n, line in enumerate(PACK.splitlines(), start=1)}


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    return tmp_path / "tides.yaml"


def refused(path: Path) -> RulePackError:
    with pytest.raises(RulePackError) as caught:
        load_pack(path)
    assert caught.value.file == path
    assert str(caught.value).startswith(f"{path}, line {caught.value.line}: found ")
    return caught.value


def test_a_pack_gives_its_rules_as_written(tides: Path) -> None:
    tides.write_text(PACK, encoding="utf-8")
    (rule,) = load_pack(tides).rules
    assert (rule.id, rule.pack, rule.name) == ("tides/high-water", "tides", "high-water")
    assert rule.effective_from == date(2012, 11, 22)
    assert rule.effective_to == date(2028, 5, 3)
    assert rule.to_verify
    assert not rule.local_standard
    assert (rule.file, rule.line) == ("tides.yaml", 4)


@pytest.mark.parametrize(
    ("trigger", "form", "arithmetic"),
    [
        ("financial_year", '{fixed: "02-08"}', OnDate(2, 8)),
        ("financial_year", '{day_before: "04-01"}', BeforeDate(4, 1)),
        (
            "inspection_report",
            "{days: 56, beginning: with_event}",
            Period("days", 56, "with_event"),
        ),
        ("meeting", "{weeks: 3, beginning: day_after}", Period("weeks", 3, "day_after")),
        ("meeting", "{months: 1, beginning: day_after}", Period("months", 1, "day_after")),
        (
            "meeting",
            "{working_days: 7, beginning: with_event}",
            Period("working_days", 7, "with_event"),
        ),
        ("meeting", "{clear_days: 5, before: meeting}", ClearDays(5)),
        ("ordinary_election", "{end_of: financial_year}", EndOf("financial_year")),
    ],
)
def test_every_form_of_arithmetic_is_understood(
    tides: Path, trigger: str, form: str, arithmetic: object
) -> None:
    text = PACK.replace("trigger: financial_year", f"trigger: {trigger}")
    tides.write_text(text.replace('{fixed: "02-08"}', form), encoding="utf-8")
    assert load_pack(tides).rules[0].arithmetic == arithmetic


# (text to replace, its replacement, the key whose line is named, found, expected)
MALFORMED = {
    "missing field": ("    citation: Tide Tables Act 1900, section 1\n", "", "- id",
                      "no 'citation'", "the Act or instrument"),
    "unknown key": ("note:", "notes:", "note", "the unknown key 'notes'", "note"),
    "bad date": ("2012-11-22", "2012-02-30", "effective_from", "'2012-02-30'", "YYYY-MM-DD"),
    "date the wrong way round": ("2012-11-22", "22/11/2012", "effective_from", "'22/11/2012'",
                                 "YYYY-MM-DD"),
    "ends before it starts": ("2028-05-03", "2011-05-03", "effective_to", "'2011-05-03'",
                              "on or after 2012-11-22"),
    "wrong confidence": ("confidence: C", "confidence: D", "confidence", "confidence: 'D'",
                         "A (primary text seen), B"),
    "unknown nation": ("[england, wales]", "[england, scotland]", "jurisdictions", "'scotland'",
                       "england or wales"),
    "no nation": ("[england, wales]", "[]", "jurisdictions", "jurisdictions: a list of 0",
                  "a list of england, wales or both"),
    "empty text": ("title: Publish the tide table", "title:", "title: rule", "title: nothing",
                   "plain words"),
    "unknown trigger": ("trigger: financial_year", "trigger: full_moon", "trigger",
                        "'full_moon'", "continuous or an event of events.yaml"),
    "two forms at once": ('{fixed: "02-08"}', '{fixed: "02-08", days: 5}', "arithmetic",
                          "arithmetic: {fixed: 02-08, days: 5}", "one of: fixed"),
    "no days": ('{fixed: "02-08"}', "{days: 0, beginning: with_event}", "arithmetic",
                "days: 0", "one of: fixed"),
    "half a day": ('{fixed: "02-08"}', "{days: 1.5, beginning: with_event}", "arithmetic",
                   "days: 1.5", "one of: fixed"),
    "no such day": ('"02-08"', '"02-30"', "arithmetic", "fixed: 02-30", "every year has"),
    "leap day": ('"02-08"', '"02-29"', "arithmetic", "fixed: 02-29", "every year has"),
    "event arithmetic each year": ('{fixed: "02-08"}', "{days: 5, beginning: with_event}",
                                   "arithmetic", "days: 5", "the trigger is financial_year"),
    "yearly arithmetic on an event": ("trigger: financial_year", "trigger: meeting", "arithmetic",
                                      "fixed: 02-08", "another form, as the trigger is meeting"),
    "yearly arithmetic each month": ("trigger: financial_year", "trigger: month", "arithmetic",
                                     "fixed: 02-08", "another form, as the trigger is month"),
    "counting before another event": (
        'trigger: financial_year\n    arithmetic: {fixed: "02-08"}',
        "trigger: poll\n    arithmetic: {working_days_before: 25, before: meeting}",
        "arithmetic", "before: meeting", "before poll"),
    "counting before a month": (
        'trigger: financial_year\n    arithmetic: {fixed: "02-08"}',
        "trigger: month\n    arithmetic: {days_before: 5, before: month}",
        "arithmetic", "before: month", "does not count before"),
    "no arithmetic": ('    arithmetic: {fixed: "02-08"}\n', "", "- id", "no 'arithmetic'",
                      "how the date is worked out"),
    "law for what is continuous": ("trigger: financial_year", "trigger: continuous", "arithmetic",
                                   "fixed: 02-08", "nothing, or standard with fixed"),
    "review after so many days": (
        'trigger: financial_year\n    arithmetic: {fixed: "02-08"}',
        "trigger: continuous\n    arithmetic: {standard: {days: 5, beginning: with_event}}",
        "arithmetic", "standard: {days: 5", "nothing, or standard with fixed"),
    "standard of a standard": ('{fixed: "02-08"}', '{standard: {standard: {fixed: "02-08"}}}',
                               "arithmetic", "standard: {standard", "one of: fixed"),
    "standard of nothing": ('{fixed: "02-08"}', "{standard: true}", "arithmetic",
                            "standard: True", "one of: fixed"),
    "impossible standard": ('{fixed: "02-08"}', '{standard: {fixed: "02-31"}}', "arithmetic",
                            "02-31", "every year has"),
    "years without a beginning": ('{fixed: "02-08"}', "{years: 4}", "arithmetic", "years: 4",
                                  "one of: fixed"),
    "too many years": ('{fixed: "02-08"}', "{years: 2000, beginning: day_after}", "arithmetic",
                       "years: 2000", "one of: fixed"),
    "bank holidays of nowhere": ('{fixed: "02-08"}',
                                 "{working_days: 5, beginning: day_after, holidays: mars}",
                                 "arithmetic", "holidays: mars", "holidays uk"),
    "end of a week": ('{fixed: "02-08"}', "{end_of: week}", "arithmetic", "end_of: week",
                      "one of: fixed"),
    "nothing that counts as done": ("    done: The table is on the website.\n", "", "- id",
                                    "no 'done'", "what counts as done"),
    "done that is no sentence": ("The table is on the website.", "published", "done",
                                 "'published'", "in a sentence"),
    "silence left out": ("    silence: The law states none.\n", "", "- id", "no 'silence'",
                         "what follows if nothing is done"),
    "unknown role": ("who: office", "who: office\n    role: king", "who+1", "role: 'king'",
                     "chief_executive"),
    "unknown cadence": ("note: A note.", "cadence: W", "note", "cadence: 'W'", "M (each month)"),
    "cadence against trigger": ("note: A note.", "cadence: M", "trigger", "'financial_year'",
                                "month, as the cadence is M"),
    "up to date once a year": ("note: A note.", "cadence: U", "trigger", "'financial_year'",
                               "continuous or an event"),
    "item of another order": ("note: A note.", "item: section 3", "note", "'section 3'",
                              "such as '3(f)'"),
    "amount with pence": ("note: A note.", "threshold: 499.99", "note", "threshold: 499.99",
                          "a whole number of pounds"),
    "amount in words": ("note: A note.", "threshold: £500", "note", "'£500'",
                        "a whole number of pounds"),
    "amount below nothing": ("note: A note.", "threshold: -1", "note", "-1",
                             "a whole number of pounds"),
    "amount with a nought in front": ("note: A note.", "threshold: 0500", "note", "'0500'",
                                      "plain digits"),
    "amount that YAML takes for a time": ("note: A note.", "threshold: 1:30", "note", "'1:30'",
                                          "plain digits"),
    "amount with a needless fraction": ("note: A note.", "threshold: 500.0", "note", "'500.0'",
                                        "plain digits"),
    "amount that is said to be one": ("note: A note.", "threshold: !!int many", "note", "'many'",
                                      "plain digits"),
    "date that is said to be one": ("2012-11-22", "!!timestamp soon", "effective_from", "'soon'",
                                    "quotation marks"),
    "unknown pause": ("note: A note.", "pauses: [holiday]", "note", "'holiday'",
                      "post_election_period, clarification or fee"),
    "pause of a fixed date": ("note: A note.", "pauses: [clarification]", "note",
                              "pauses: a list of 1", "only a period that an event opens"),
    "pause that also restarts": (
        'trigger: financial_year\n    arithmetic: {fixed: "02-08"}',
        "trigger: foi_request\n    arithmetic: {days: 5, beginning: day_after}\n"
        "    pauses: [fee, clarification]\n    restarts: [clarification]",
        "restarts", "restarts: a list of 1", "clarification under pauses or under restarts"),
    "step to no event": (
        "note: A note.",
        "plan_back:\n      - step: Papers\n        working_days_before: 2\n        opens: feast",
        "note+3", "'feast'", "an event of events.yaml"),
    "a month's name each year": ("note: A note.", "occasion: "
                                 "In {month}", "note", "{month}", "{next_year}"),
    "placeholder with a format": ("note: A note.", "occasion: For {year!r}", "note", "{year!r}",
                                  "{next_year}"),
    "another pack's id": ("id: tides/high-water", "id: moons/high-water", "- id",
                          "'moons/high-water'", "an id in tides/"),
    "id with a line end": ("id: tides/high-water", 'id: "tides/high-water\\n"', "- id",
                           "tides/high-water", "of the form pack/name"),
    "date with a line end": ('"02-08"', '"02-08\\n"', "arithmetic", "02-08", "one of: fixed"),
    "another file's pack": ("pack: tides", "pack: moons", "pack", "'moons'",
                            "'tides', as the file is named"),
    "unknown placeholder": ("note: A note.", "occasion: For {decade}", "note", "{decade}",
                            "{next_year}"),
    "place without a title": ("note: A note.", "programme:\n      after: tides/high-water", "note",
                              "no 'title'", "'title': the item in a few words"),
    "unknown placeholder of a place": (
        "note: A note.", "programme:\n      title: Tides of {quarter}", "note+1", "{quarter}",
        "{next_year}"),
    "place of a steady duty": (
        'trigger: financial_year\n    arithmetic: {fixed: "02-08"}',
        "trigger: continuous\n    programme:\n      title: Tides",
        "programme", "programme: ", "a continuous duty falls due on no day"),
    "condition without only": ("note: A note.", "condition: if it rains", "note",
                               "'if it rains'", "beginning with 'only'"),
    "repeated key": ("note: A note.", "confidence: A", "note", "'confidence' a second time",
                     "each key once"),
    "key that is no word": ("note: A note.", "on: A note.", "note", "a key that is not a word",
                            "a word"),
    "alias": ("note: A note.", "note: *missing", "note", "the alias *missing", "written out"),
    "not YAML": ("note: A note.", "note: [A note.", "", "not YAML", "well-formed YAML"),
    "control character": ("A note.", "A \x07 note.", "note", "a control character",
                          "well-formed YAML"),
    "program in the file": ("note: A note.", "note: !!python/name:os.system", "note", "not YAML",
                            "well-formed YAML"),
}  # fmt: skip


def line_of(key: str, text: str) -> int:
    """The line of the rule's key, so many lines on, in the text that was written."""
    if not key:
        return len(PACK.splitlines()) + 1
    if key == "title: rule":
        return 5
    name, _plus, more = key.partition("+")
    if name == "note":
        return LINES["note"] + int(more or 0)
    found = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith(name)]
    return found[-1] + int(more or 0)


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_pack_is_refused_with_its_line(tides: Path, fault: str) -> None:
    old, new, key, found, expected = MALFORMED[fault]
    assert PACK.count(old) == 1
    tides.write_text(PACK.replace(old, new), encoding="utf-8")
    error = refused(tides)
    line = line_of(key, PACK.replace(old, new))
    assert error.line == line
    assert found in error.found
    assert expected in error.expected


@pytest.mark.parametrize(
    ("raw", "line", "found"),
    [
        (b"", 1, "an empty file"),
        (b"\n  \n", 1, "an empty file"),
        (b"# nothing but a comment\n", 1, "comments only"),
        (b"just words\n", 1, "'just words'"),
        (b"- a\n- b\n", 1, "a list of 2"),
        (b"pack: tides\ntitle: caf\xe9\n", 2, "0xe9, which is not UTF-8"),
        (b"\xff\xfep\x00a\x00c\x00k\x00", 1, "not UTF-8"),
        (b"[" * 1200, 1, "not YAML"),
        (b"[" * 990 + b"]" * 990, 1, "nested too deeply"),
        (b"[" * 100_000, 1, "nested too deeply"),
        (b"- " * 20_000, 1, "nested too deeply"),
        (b"pack: tides\ntitle: T\nrules: []\n", 3, "rules: a list of 0"),
        (b"pack: tides\ntitle: T\nrules: [1]\n", 3, "rules: 1"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(tides: Path, raw: bytes, line: int, found: str) -> None:
    tides.write_bytes(raw)
    error = refused(tides)
    assert error.line == line
    assert found in error.found


def test_a_missing_file_is_refused(tides: Path) -> None:
    assert "a file that can be read" in refused(tides).expected


def test_the_first_fault_in_the_file_is_the_one_named(tides: Path) -> None:
    text = PACK.replace("who: office", "who: nobody").replace("confidence: C", "confidence: D")
    tides.write_text(text, encoding="utf-8")
    assert refused(tides).line == LINES["who"]


def test_an_id_given_twice_is_refused(tides: Path) -> None:
    again = PACK[PACK.index("  - id") :]
    tides.write_text(PACK + again, encoding="utf-8")
    error = refused(tides)
    assert error.line == len(PACK.splitlines()) + 1
    assert "'tides/high-water' a second time" in error.found
    assert "line 4" in error.expected


@pytest.mark.parametrize("renamed", [False, True])
def test_an_id_of_another_file_is_refused(tides: Path, *, renamed: bool) -> None:
    tides.write_text(PACK, encoding="utf-8")
    copy = tides.with_name("tides-copy.yaml")
    text = PACK.replace("pack: tides", "pack: tides-copy") if renamed else PACK
    copy.write_text(text, encoding="utf-8")
    with pytest.raises(RulePackError) as caught:
        load_packs(tides.parent)
    assert caught.value.file == copy
    assert caught.value.line == (LINES["- id"] if renamed else LINES["pack"])


def test_a_directory_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RulePackError, match="no rule pack"):
        load_packs(tmp_path)


@pytest.mark.parametrize(
    "path", sorted(set(RULES.glob("*.yaml")) - {RULES / "events.yaml"}), ids=lambda path: path.stem
)
def test_every_shipped_pack_loads(path: Path) -> None:
    pack = load_pack(path)
    assert pack.rules
    for rule in pack.rules:
        if rule.dated_by_law:
            assert re.search(r"\b(Act|SI|Regulations?|Order) (\d{4}|\d{4}/\d+)", rule.citation), (
                rule.id
            )
        standard = "standard" in rule.arithmetic.words
        assert standard == rule.local_standard, rule.id


def test_ids_are_unique_over_all_shipped_packs() -> None:
    ids = [rule.id for rule in all_rules(load_packs())]
    assert len(ids) == len(set(ids))


def test_the_law_stands_without_django() -> None:
    program = (
        "import sys, peelian.law.calendar, peelian.law.packs; peelian.law.packs.load_packs();"
        "sys.exit(any(name.partition('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
