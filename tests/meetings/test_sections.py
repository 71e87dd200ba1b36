"""Meetings as blocks: agenda, attendance, minutes and prose."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from peelian.blocks import Bullets, Facts, Heading, Paragraph, text
from peelian.meetings.sections import (
    agenda_blocks,
    agenda_items,
    attendance_of,
    meeting_before,
    minutes_blocks,
    next_meeting,
    prose,
)
from peelian.record.scope import PUBLIC
from tests.makers import make

DAY = dt.date(2020, 2, 5)


@pytest.fixture
def panel(db: None) -> Any:
    return make("body", form="panel")


def meeting(body: Any, day: str, **values: Any) -> Any:
    return make("meeting", body=body, held_on=day, **values)


def test_the_next_meeting_is_the_first_still_to_be_held(panel: Any) -> None:
    meeting(panel, "2020-02-04", state="planned")
    meeting(panel, "2020-02-05", state="held")
    meeting(panel, "2020-02-06", state="cancelled")
    meeting(panel, "2020-02-07", state="planned", status="draft")
    expected = meeting(panel, "2020-02-10", state="planned")
    meeting(make("body"), "2020-02-08", state="planned")
    assert next_meeting(panel.reference, DAY, PUBLIC) == expected
    assert next_meeting(panel.reference, dt.date(2020, 2, 10), PUBLIC) == expected
    assert next_meeting(panel.reference, dt.date(2020, 2, 11), PUBLIC) is None


def test_the_meeting_before_is_the_last_one_held_by_the_same_body(panel: Any) -> None:
    expected = meeting(panel, "2019-11-27", state="held")
    meeting(panel, "2019-09-10", state="held")
    meeting(panel, "2020-01-10", state="cancelled")
    meeting(make("body"), "2020-01-20", state="held")
    now = meeting(panel, "2020-02-05", state="planned")
    assert meeting_before(now, PUBLIC) == expected
    assert meeting_before(meeting(make("body"), "2020-02-05"), PUBLIC) is None


def test_an_agenda_stands_in_the_order_of_its_numbers(panel: Any) -> None:
    held = meeting(panel, "2020-02-05")
    for number in (10, 9, 1):
        make("agenda-item", parent=held, number=number, title=f"Item {number}", presenter="Chair")
    make("agenda-item", parent=held, number=2, title="Secret", status="draft")
    (table,) = agenda_blocks(agenda_items(held, PUBLIC))
    assert text(table).splitlines()[2:] == [f"{n}\tItem {n}\tChair" for n in (1, 9, 10)]
    assert "has not been published yet" in text(agenda_blocks([])[0])


def test_those_present_are_named_with_role_and_substitution(panel: Any) -> None:
    held = meeting(panel, "2019-11-27")
    names = {name: make("person", title=name) for name in ("Ann", "Bob", "Cy", "Dee")}

    def there(name: str, **values: Any) -> None:
        make("attendance", parent=held, person=names[name], **values)

    there("Ann", capacity="present", in_role="Chairman")
    there("Bob", capacity="present", in_role="Member")
    there("Cy", capacity="substitute", for_person=names["Dee"])
    there("Dee", capacity="apologies")
    assert attendance_of(held, PUBLIC) == {
        "Present": ["Ann (Chairman)", "Bob"],
        "Substitute": ["Cy (for Dee)"],
        "Apologies": ["Dee"],
    }


def test_minutes_are_headings_with_their_running_numbers(panel: Any) -> None:
    held = meeting(panel, "2019-11-27")
    for number in (316, 315):
        make("minute", parent=held, number=number, title=f"Item {number}", text="Noted.\n\n- One")
    make("attendance", parent=held)
    facts, *rest = minutes_blocks(held, PUBLIC)
    assert isinstance(facts, Facts)
    assert [type(b) for b in rest] == [Heading, Paragraph, Bullets] * 2
    assert [b.full for b in rest if isinstance(b, Heading)] == ["315 Item 315", "316 Item 316"]
    assert text(minutes_blocks(meeting(panel, "2020-01-01"), PUBLIC)[0]).startswith("No minutes")


@pytest.mark.parametrize(
    ("words", "blocks"),
    [
        ("", []),
        ("One.", [("Paragraph", "One.")]),
        ("One\nline.", [("Paragraph", "One line.")]),
        ("One.\r\n\r\nTwo.", [("Paragraph", "One."), ("Paragraph", "Two.")]),
        ("- a\n- b", [("Bullets", "a\nb")]),
        ("Said:\n- a\n  more of a\n- b", [("Paragraph", "Said:"), ("Bullets", "a more of a\nb")]),
        ("A dash - in a line", [("Paragraph", "A dash - in a line")]),
        ("\n\n\n", []),
    ],
)
def test_plain_text_becomes_paragraphs_and_lists(words: str, blocks: list[tuple[str, str]]) -> None:
    assert [(type(b).__name__, text(b)) for b in prose(words)] == blocks
