"""An exempt item says in public under which paragraph and why; the checks find what is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.blocks import text
from peelian.checks.findings import run
from peelian.exempt.operations import keep_exempt_part
from peelian.meetings.exemption import paragraph_choices, statement_blocks
from peelian.meetings.models import AgendaItem
from peelian.meetings.sections import agenda_blocks
from peelian.record.access import Command
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC, Scope
from tests.makers import DAY, make

pytestmark = pytest.mark.django_db

SAM = Command("sam", ("panel_officer",))
WHY = "The price would be lost."
CHECKS = ("exempt-without-paper", "exempt-without-summary")


def _in(settings: Any, nation: str) -> None:
    settings.OFFICE = settings.OFFICE | {"jurisdiction": nation}


@pytest.mark.parametrize(("nation", "first", "part"), [("England", 1, 1), ("Wales", 12, 4)])
def test_each_nation_has_its_own_seven_paragraphs(
    settings: Any, nation: str, first: int, part: int
) -> None:
    _in(settings, nation)
    numbers = [number for number, _words in paragraph_choices()]
    assert numbers == list(range(first, first + 7))
    for number in numbers:
        item = AgendaItem(number=4, title="Sale", exempt_paragraph=number, exempt_reason=WHY)
        said = item.statement
        assert said is not None
        assert f"paragraph {number} of Part {part} of Schedule 12A" in said.exempt
        assert "item 4, “Sale”" in said.resolution
        assert said.reason == WHY


def test_a_paragraph_of_the_other_nation_is_refused(settings: Any) -> None:
    for nation, foreign in (("England", 14), ("Wales", 3)):
        _in(settings, nation)
        with pytest.raises(Invalid):
            make("agenda-item", exempt_paragraph=foreign, exempt_reason=WHY)


@pytest.mark.parametrize("half", [{"exempt_paragraph": 3}, {"exempt_reason": WHY}])
def test_a_paragraph_without_a_reason_or_the_reverse_is_refused(half: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="another item has neither"):
        make("agenda-item", **half)


def test_an_item_that_is_not_exempt_says_nothing() -> None:
    item = make("agenda-item")
    assert (item.statement, statement_blocks(item)) == (None, [])
    assert "Schedule 12A" not in text(agenda_blocks([item])[0])


def test_the_public_reads_the_statement_wherever_the_item_stands() -> None:
    meeting = make("meeting", state="planned")
    item = make(
        "agenda-item", parent=meeting, text="A summary.", exempt_paragraph=7, exempt_reason=WHY
    )
    said = item.statement
    for record in (meeting, item):
        page = Client().get(record.get_absolute_url()).content.decode()
        assert [s for s in (said.exempt, said.reason, said.resolution) if s not in page] == []
    assert "Exempt: paragraph 7 of Schedule 12A" in text(agenda_blocks([item])[0])


def _found(scope: Scope = Scope(SAM)) -> set[str]:  # noqa: B008 — an actor without state
    return {finding.check for finding in run(scope, DAY, only=CHECKS)}


@pytest.mark.parametrize(
    ("summary", "has_paper", "expected"),
    [
        ("", False, set(CHECKS)),
        ("A summary.", False, {CHECKS[0]}),
        ("", True, {CHECKS[1]}),
        ("A summary.", True, set()),
    ],
)
def test_what_is_missing_behind_and_before_an_exempt_item_is_found(
    summary: str, has_paper: bool, expected: set[str]
) -> None:
    ahead = make("meeting", state="planned", held_on=DAY + dt.timedelta(days=20))
    said = {"exempt_paragraph": 3, "exempt_reason": WHY, "text": summary}
    item = make("agenda-item", parent=ahead, **said)
    if has_paper:
        keep_exempt_part(item, text="x", ground="y", by=SAM)
    assert _found() == expected
    assert _found(PUBLIC) == expected - {CHECKS[0]}, "whether there is a paper is not public"


def test_meetings_that_were_held_are_left_alone() -> None:
    make("agenda-item", parent=make("meeting"), exempt_paragraph=3, exempt_reason=WHY)
    assert _found() == set()
