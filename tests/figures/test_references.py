"""A figure quoted in any text leads to the edition and line it is from, and the edition back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from peelian.figures.models import Edition
from peelian.figures.references import named_in, quoted_in
from peelian.recognition.references import mentions
from peelian.record.references import resolve
from peelian.record.scope import PUBLIC, Scope
from tests.makers import PAT, make, make_user

DECEMBER = dt.date(2019, 12, 1)


@pytest.mark.parametrize(
    ("text", "printed", "named"),
    [
        (
            "Up, see Performance summary, December 2019, line 5.",
            "Performance summary, December 2019, line 5",
            (DECEMBER, "", 5),
        ),
        ("the performance summary of December 2019", None, (DECEMBER, "", 0)),
        ("the Performance summary for December 2019 (line 12)", None, (DECEMBER, "", 12)),
        ("Performance summary, quarter 3 2019/20, line 5", None, (DECEMBER, "quarterly", 5)),
        (
            "Performance summary, quarter 4 of 2019/20",
            None,
            (dt.date(2020, 3, 1), "quarterly", 0),
        ),
        ("Performance summary, Smarch 2019, line 5", None, (None, "", 5)),
        ("Performance summary, quarter 3 2019/25", None, (None, "quarterly", 0)),
    ],
)
def test_an_edition_is_found_as_offices_print_it(
    text: str, printed: str | None, named: tuple[dt.date | None, str, int]
) -> None:
    [mention] = [m for m in mentions(text) if m.form == "summary"]
    assert printed in (None, mention.printed)
    assert named_in(mention.printed) == named


@pytest.mark.parametrize(
    "text",
    [
        "the performance summary",
        "a performance summary in 2019",
        "Performance summary, quarter 5 2019/20",
        "performance summary, line 5",
        "",
    ],
)
def test_what_names_no_edition_is_no_reference(text: str) -> None:
    assert mentions(text) == []


@pytest.fixture
def edition(db: None) -> Edition:
    """An edition with one public line, number 5, and one that is a draft, number 6."""
    made: Edition = make(
        "edition",
        reference="2019-12-quarterly",
        title="Performance summary, December 2019",
        period=DECEMBER,
        form="quarterly",
        known=dt.date(2020, 1, 20),
    )
    for number, name, status in ((5, "robbery", "published"), (6, "theft", "draft")):
        topic = make("topic", reference=name, title=name.title(), order=number)
        reference = f"{made.reference}.{name}"
        told = {"reference": reference, "data": f"{name} up", "status": status}
        make("statement", parent=made, topic=topic, **told)
    return made


def html(text: str, scope: Scope = PUBLIC) -> str:
    return str(resolve([text], scope).html(text))


def test_a_quoted_line_is_a_link_and_a_line_that_is_not_public_stays_text(edition: Edition) -> None:
    shown = html("See Performance summary, quarter 3 2019/20, line 5.")
    assert 'href="/statements/2019-12-quarterly.robbery/"' in shown
    assert "<a" in html("See Performance summary, December 2019")
    for text in ("December 2019, line 6", "December 2019, line 99", "March 2019, line 5"):
        assert "<a" not in html(f"Performance summary, {text}")
    assert "/office/" in html("Performance summary, December 2019, line 6", Scope(PAT))


def quote(kind: str, **values: Any) -> Any:
    return make(kind, **values)


def test_an_edition_tells_where_it_is_quoted_and_the_public_only_what_is_public(
    edition: Edition,
) -> None:
    said = "Robbery is up (Performance summary, December 2019, line 5)."
    quarter = "Robbery is up: Performance summary, quarter 3 2019/20."
    public = quote("minute", title="Robbery", number=321, text=said)
    by_quarter = quote("minute", title="Crime", number=322, text=quarter)
    draft = quote("minute", title="Secret", number=323, text=said, status="draft")
    quote("minute", title="March", number=324, text=said.replace("December", "March"))
    figure = quote("quoted-figure", source="Performance summary, December 2019, line 5", value=5)
    seen = {record.pk for record, _words in quoted_in(edition, PUBLIC)}
    assert seen == {public.pk, by_quarter.pk, figure.pk}
    client = Client()
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "Where this edition is quoted" in page
    assert public.get_absolute_url() in page
    assert "Secret" not in page
    client.force_login(make_user("ana", "analyst"))
    assert draft.get_office_url() in client.get(edition.get_office_url()).content.decode()


def test_a_quoted_figure_leads_to_the_line_it_was_taken_from(edition: Edition) -> None:
    source = "Performance summary, December 2019, line 5"
    figure = quote("quoted-figure", source=source, value=5)
    page = Client().get(figure.get_absolute_url()).content.decode()
    assert "Taken from" in page
    assert f'href="/statements/2019-12-quarterly.robbery/">{source}</a>' in page


def test_an_edition_that_nobody_quotes_says_nothing_of_it(edition: Edition) -> None:
    assert quoted_in(edition, PUBLIC) == []
    page = Client().get(edition.get_absolute_url()).content.decode()
    assert "Where this edition is quoted" not in page
