"""The glossary of oversight mechanisms, and the page of one."""

from __future__ import annotations

from typing import Any

import pytest

from peelian.blocks import Heading, Table, text
from peelian.people.sections import glossary_blocks
from peelian.record import operations
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, make
from tests.reading import read

pytestmark = pytest.mark.django_db


def rows() -> list[list[str]]:
    tables = [b for b in glossary_blocks(PUBLIC) if isinstance(b, Table)]
    return [line.split("\t") for table in tables for line in text(table).splitlines()[2:]]


def board(**values: Any) -> Any:
    return make("oversight-mechanism", **{"title": "Board", "purpose": "Watches."} | values)


@pytest.mark.parametrize(
    ("given", "often"),
    [
        ({"meets": "Bi-monthly", "frequency": "every_two_months"}, "Bi-monthly"),
        ({"meets": "", "frequency": "quarterly"}, "Quarterly"),
        ({"meets": "", "frequency": ""}, "Not stated"),
    ],
)
def test_how_often_is_told_as_printed_or_in_our_words(given: dict[str, str], often: str) -> None:
    board(**given)
    assert rows()[0][:3] == ["Board", "Watches.", often]


@pytest.mark.parametrize(
    ("published", "public", "marks"),
    [
        (True, True, "Notes, Public"),
        (True, False, "Notes"),
        (False, True, "Public"),
        (False, False, ""),
    ],
)
def test_the_marks_say_what_anybody_may_follow(published: bool, public: bool, marks: str) -> None:
    board(notes_published=published, in_public=public)
    assert rows()[0][3] == marks


def test_mechanisms_stand_under_their_themes_and_drafts_do_not() -> None:
    for title, theme in (("B2", "Beta"), ("A1", "Alpha"), ("B10", "Beta"), ("C1", "")):
        board(reference=title, title=title, theme=theme)
    board(title="Secret", theme="Alpha", status="draft")
    headings = [b.text for b in glossary_blocks(PUBLIC) if isinstance(b, Heading)]
    assert sorted(headings) == ["Alpha", "Beta", "Other"]
    assert [row[0] for row in rows() if row[0].startswith("B")] == ["B2", "B10"]
    assert "Secret" not in str(rows())


def test_an_empty_register_is_the_key_alone() -> None:
    assert len(glossary_blocks(PUBLIC)) == 1


def test_the_page_of_a_mechanism_lists_what_it_oversees_and_only_what_is_public() -> None:
    mechanism = board(frequency="quarterly", in_public=True)
    seen = make("activity", title="Seen", overseen_by=[mechanism])
    make("activity", title="Secret", overseen_by=[mechanism], status="draft")
    page = read(mechanism.get_absolute_url())
    assert page.queries <= 12
    assert page.links["Seen"] == seen.get_absolute_url()
    assert "Secret" not in page.html
    assert "1 promise is overseen here." in page.words
    assert "How often Quarterly" in page.words
    assert "Meets in public Yes" in page.words
    office = read(mechanism.get_office_url(), "reader")
    assert office.links["Seen"] == seen.get_office_url()
    assert "Secret" in office.links


def test_a_mechanism_that_oversees_nothing_says_so() -> None:
    assert "No promise that is published names it." in read(board().get_absolute_url()).words


def test_a_withdrawn_mechanism_has_no_page() -> None:
    mechanism = board()
    operations.withdraw(mechanism, by=CHRIS, why="Ended")
    assert read(mechanism.get_absolute_url()).status == 404
