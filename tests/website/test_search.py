"""Search finds what one may see, and lets nothing else through: not a word, not a count."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from peelian.record.models import Record
from peelian.website.search import marked, snippet
from tests.makers import amend, bring_to, make

WORD = "kingfisher"


def _hidden() -> list[Any]:
    """Return records that hold the word and that the public may not see, one of every reason."""
    tomorrow = timezone.now() + dt.timedelta(days=1)
    text = f"Nested like the {WORD}."
    embargoed = bring_to(
        make("undertaking", status="draft", title="Embargoed", text=text),
        "published",
        embargo_until=tomorrow,
    )
    return [
        make("undertaking", status="draft", title="Draft", text=text),
        make("undertaking", status="in_review", title="Reviewed", text=text),
        make("undertaking", status="approved", title="Approved", text=text),
        make("undertaking", status="withdrawn", title="Withdrawn", text=text),
        make("undertaking", title="Office only", text=text, audience="office"),
        make("update", parent=make("activity", audience="office"), text=text),
        embargoed,
    ]


@pytest.fixture
def hidden(db: None) -> list[Any]:
    return _hidden()


def test_what_is_not_public_is_neither_found_nor_counted_nor_quoted(
    client: Client, hidden: list[Any]
) -> None:
    page = client.get("/search/", {"q": WORD})
    assert page.context["found"].total == 0
    assert page.context["found"].facets == []
    html = page.content.decode()
    assert "Nested like" not in html
    assert not [record for record in hidden if record.title in html]


def test_counts_and_pages_are_of_what_is_public(client: Client, hidden: list[Any]) -> None:
    shown = make("undertaking", title="For all", text=f"A {WORD} by the river.")
    page = client.get("/search/", {"q": WORD})
    assert [hit.record.pk for hit in page.context["hits"]] == [shown.pk]
    assert [(f.name, f.count) for f in page.context["found"].facets] == [("undertaking", 1)]
    narrowed = client.get("/search/", {"q": WORD, "kind": "update"})
    assert narrowed.context["hits"] == []


def test_the_download_holds_the_same(client: Client, hidden: list[Any]) -> None:
    make("undertaking", title="For all", text=f"A {WORD} by the river.")
    rows = client.get("/search.csv", {"q": WORD}).content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Kind,Reference,Title,Address"
    assert len(rows) == 2
    assert "For all" in rows[1]


def test_a_draft_of_a_published_record_is_not_found(client: Client, pat: Any) -> None:
    record = make("undertaking", text="Something quite different.")
    amend(record, text=f"Nested like the {WORD}.")
    assert client.get("/search/", {"q": WORD}).context["found"].total == 0
    assert client.get("/search/", {"q": "different"}).context["found"].total == 1


def test_the_office_finds_its_drafts_too(client: Client, robin: Any, hidden: list[Any]) -> None:
    client.force_login(robin)
    page = client.get("/office/search/", {"q": WORD})
    assert page.context["found"].total == len(hidden)


@pytest.mark.django_db
def test_a_snippet_marks_the_words_and_escapes_the_rest(client: Client) -> None:
    make("undertaking", title="<b>Bold</b> promise", text=f"<script>1</script> the {WORD}s came.")
    html = client.get("/search/", {"q": f"{WORD} bold"}).content.decode()
    assert f"<mark>{WORD}s</mark>" in html
    assert "&lt;<mark>b</mark>" not in html
    assert "<script>1" not in html
    assert "&lt;script&gt;1" in html


@pytest.mark.django_db
def test_nothing_found_says_what_to_try(client: Client) -> None:
    html = client.get("/search/", {"q": "unicorn"}).content.decode()
    assert "Nothing holds every word of “unicorn”." in html


@pytest.mark.django_db
def test_results_come_a_page_at_a_time(client: Client) -> None:
    for number in range(21):
        make("plan", title=f"Heron {number}")
    first = client.get("/search/", {"q": "heron"})
    second = client.get("/search/", {"q": "heron", "page": "2"})
    assert (len(first.context["hits"]), len(second.context["hits"])) == (20, 1)
    assert "q=heron&amp;page=2" in first.content.decode()


HOSTILE = [
    '"',
    "'; DROP TABLE record_record; --",
    "a* OR b NEAR/3 c",
    "title:x",
    "-",
    "()",
    "%00",
    "\x00kingfisher\x00",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}",
    "a" * 5_000,
    "AND AND AND",
    "👮 kingfisher",
    "‮evil",
]


@pytest.mark.django_db
@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_search(client: Client, query: str) -> None:
    asked = {"q": query, "page": "x", "kind": query}
    response = client.get("/search/", asked)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert Record.objects.count() == 0


@given(st.text(max_size=300), st.text(max_size=30))
def test_a_marked_text_says_what_the_text_says(text: str, query: str) -> None:
    from html import unescape

    plain = str(marked(text, query)).replace("<mark>", "").replace("</mark>", "")
    assert unescape(plain) == unescape(str(marked(text, "")))


@given(st.text(max_size=2_000), st.text(max_size=30))
def test_a_snippet_is_short(text: str, query: str) -> None:
    assert len(snippet(text, query)) <= 2 * 140 + 4


def test_a_snippet_stands_round_the_word() -> None:
    text = "word " * 100 + "kingfisher " + "word " * 100
    assert "kingfisher" in snippet(text, "kingfisher")
    assert snippet(text, "kingfisher").startswith("… ")
    assert snippet(text, "kingfisher").endswith(" …")
