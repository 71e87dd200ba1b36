"""A published edition never changes silently: a correction has a day, a reason and what it was."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from peelian.blocks import Bullets, Heading, text
from peelian.figures.corrections import corrections_blocks, past_of
from peelian.figures.edition import statements_of
from peelian.figures.models import Edition
from peelian.record import operations
from peelian.record.errors import Invalid
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, PAT, amend, approve_change, make, make_user

pytestmark = pytest.mark.django_db
WRONG, RIGHT, WHY = "Robbery doubled.", "Robbery halved.", "The ratio was upside down"


@pytest.fixture
def edition() -> Edition:
    made: Edition = make(
        "edition",
        title="Performance summary, December 2019",
        period=dt.date(2019, 12, 1),
        known=dt.date(2020, 1, 20),
    )
    topic = make("topic", title="Robbery", order=5)
    make("statement", parent=made, topic=topic, data=WRONG, commentary="See below.")
    return made


def line_of(edition: Edition) -> Any:
    return statements_of(edition, PUBLIC)[0][1]


def page(edition: Edition, query: str = "") -> str:
    return Client().get(edition.get_absolute_url() + query).content.decode()


def test_a_correction_without_a_reason_is_refused_and_told_at_its_field(edition: Edition) -> None:
    line = line_of(edition)
    for why in ("", "  "):
        with pytest.raises(Invalid, match="Say why"):
            operations.edit(line, {"data": RIGHT}, version=line.version, by=PAT, why=why)
    client = Client()
    client.force_login(make_user("ana", "analyst"))
    told = {
        "reference": line.reference,
        "title": line.title,
        "parent": edition.pk,
        "topic": line.topic_id,
        "data": RIGHT,
        "audience": "public",
        "version": line.version,
    }
    answer = client.post(line.get_office_url() + "edit/", told).content.decode()
    assert "Say why: this is public" in answer
    assert WRONG in page(edition)


def test_a_correction_in_draft_shows_the_public_nothing(edition: Edition) -> None:
    line = amend(line_of(edition), data=RIGHT, why=WHY)
    for step in (lambda: None, lambda: operations.submit(line, by=PAT)):
        step()
        for query in ("", "?first"):
            shown = page(edition, query)
            assert WRONG in shown
            assert not any(said in shown for said in (RIGHT, WHY, "Corrections", "first published"))
    assert corrections_blocks(statements_of(edition, PUBLIC)) == []


def test_a_correction_is_dated_explained_and_what_was_first_published_stays(
    edition: Edition,
) -> None:
    approve_change(amend(line_of(edition), data=RIGHT, why=WHY))
    now = page(edition)
    assert f"line 5, Robbery: {WHY}" in now
    assert re.search(r"<del[^>]*>(<span[^>]*>[^<]*</span>)?\s*doubled", now)
    assert re.search(r"<ins[^>]*>(<span[^>]*>[^<]*</span>)?\s*halved", now)
    first = page(edition, "?first")
    assert WRONG in first
    assert RIGHT not in first
    assert "as it was first published" in first
    heading, bullets = corrections_blocks(statements_of(edition, PUBLIC))
    assert isinstance(heading, Heading)
    assert isinstance(bullets, Bullets)
    assert f"{WHY}. It said: “{WRONG} See below”." in text(bullets)


def test_what_reviewers_say_to_authors_is_not_shown(edition: Edition) -> None:
    line = operations.submit(
        amend(line_of(edition), data=RIGHT, why=WHY), by=PAT, why="Please look"
    )
    line = operations.send_back(line, by=CHRIS, why="Check the ratio")
    operations.approve(operations.submit(line, by=PAT), by=CHRIS, why="Fine by me")
    shown = page(edition)
    assert WHY in shown
    assert not any(said in shown for said in ("Please look", "Check the ratio", "Fine by me"))


def test_words_changed_while_withdrawn_are_a_correction_too(edition: Edition) -> None:
    line = operations.withdraw(line_of(edition), by=CHRIS, why="Wrong")
    line = operations.reopen(line, by=PAT)
    line = amend(line, data=RIGHT, why=WHY)
    operations.release(line, by=CHRIS)
    [correction] = past_of(statements_of(edition, PUBLIC)).corrections
    assert (correction.before[0], correction.after[0]) == (WRONG, RIGHT)
    assert correction.why == WHY


def test_words_that_were_replaced_before_their_embargo_ended_never_show(edition: Edition) -> None:
    topic = make("topic", title="Theft", order=6)
    line = make("statement", parent=edition, topic=topic, data="Secret", status="draft")
    line = operations.approve(operations.submit(line, by=PAT), by=CHRIS)
    later = timezone.now() + dt.timedelta(hours=1)
    line = operations.publish(line, by=CHRIS, embargo_until=later)
    approve_change(amend(line, data="Open", why=WHY))
    past = past_of([(topic, line)])
    assert past.corrections == []
    assert past.first[line.pk][0] == "Open"


def test_an_edition_that_was_never_corrected_says_nothing_of_it(edition: Edition) -> None:
    assert "Corrections" not in page(edition)
    assert past_of([]).corrections == []
