"""References in text: what counts as one, what a range stands for, what becomes a link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.references import mentions, normal, spread
from peelian.record.references import resolve
from peelian.record.scope import PUBLIC
from tests.makers import make


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Refer to 1.1", ["1.1"]),
        ("Refer to D2 and D5", ["D2", "D5"]),
        ("Refer to 3.5, 1.2 & 2.1.2", ["3.5", "1.2", "2.1.2"]),
        ("Refer to 3.1 - 3.8", ["3.1", "3.8"]),
        ("Refer to 2.2-2.6", ["2.2", "2.6"]),
        ("(Cross reference to 3.4)", ["3.4"]),
        ("See A4.6 and also 2.1.2.", ["A4.6", "2.1.2"]),
        ("Cross reference to A3 (Victims Board and A4(Needs Assessment)", ["A3", "A4"]),
        ("shows possible gaps (A2).", ["A2"]),
        ("A.4", ["A.4"]),
        ("a4.6", ["a4.6"]),
        ("See a4.6 for the rest", ["a4.6"]),
        ("the form v1.2 is out", []),
        ("A4.6/A4.7", ["A4.6", "A4.7"]),
        ("on A4/A3 paper, 24/7", []),
        ("3.5, 1.2 & 2.1.2", ["3.5", "1.2", "2.1.2"]),
        ("D2 and D5", ["D2", "D5"]),
        ("3.1\u00a0–\u00a03.8", ["3.1", "3.8"]),
        ("minute 321 said", ["321"]),
        ("Minutes 321 and 323", ["321", "323"]),
    ],
)
def test_references_as_offices_print_them_are_found(text: str, expected: list[str]) -> None:
    assert [mention.printed for mention in mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Confidence is 73.6% and 2.5 million more",
        "a budget of £16.4 million, up from £12.1m",
        "possible sites in the A5 area and on the A449",
        "by 10.30am on 18.11.19",
        "10 minutes 30 seconds; within 20 minutes",
        "version 6.4 of Athena",
        "3.5 (last year 3.2)",
        "see" + " " * 200 + "on 3.2 days",
        "a G7 meeting, Q2 results and COVID-19",
        "",
    ],
)
def test_quantities_roads_dates_and_names_are_not_references(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("3.1", "3.3", ["3.1", "3.2", "3.3"]),
        ("2.9", "2.11", ["2.9", "2.10", "2.11"]),
        ("D2", "D5", ["D2", "D3", "D4", "D5"]),
        ("A.1", "A.2", ["A1", "A2"]),
        ("A4.6", "A4.7", ["A4.6", "A4.7"]),
        ("3.1", "4.2", ["3.1", "4.2"]),
        ("3.8", "3.1", ["3.8", "3.1"]),
        ("1.1", "1.99", ["1.1", "1.99"]),
    ],
)
def test_a_range_stands_for_all_between_its_ends_where_they_are_alike(
    first: str, last: str, names: list[str]
) -> None:
    assert spread(first, last) == names


def test_a_range_is_named_once_and_its_end_is_a_mention_of_its_own() -> None:
    opening, end = mentions("Refer to 3.1 - 3.8")
    assert (opening.through, len(opening.names())) == ("3.8", 8)
    assert end.names() == ["3.8"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Refer to 3.1" + " " * 20_000 + "x 3.2", 1),
        ("see" + " " * 20_000 + "x 3.2", 0),
        ("rose from 3.1 to 4.2 in 2.2; " * 2_000, 0),
        ("A4.6 (" * 5_000, 5_000),
        ("Refer to " + ", ".join(["3.1"] * 10_000), 10_000),
        ("minutes " + "3, " * 20_000, 20_000),
    ],
    ids=lambda value: str(value)[:12],
)
def test_no_text_however_long_or_gapped_holds_a_page_up(text: str, found: int) -> None:
    # What grew with the square or the cube of the text would not end here in minutes.
    assert len(mentions(text)) == found


def test_words_in_brackets_after_a_reference_are_its_label() -> None:
    [mention] = mentions("as in A4 (Needs Assessment)")
    assert (mention.label, mention.announced) == ("Needs Assessment", True)


@given(st.text(st.sampled_from("AB12.4 -,&()tosercminu"), max_size=50))
def test_mentions_stand_where_they_say_in_any_text(text: str) -> None:
    end = 0
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.printed
        assert mention.start >= end
        assert normal(mention.printed) in [*mention.names(), normal(mention.through)]
        end = mention.end


@pytest.mark.django_db
def test_a_reference_becomes_a_link_and_the_rest_is_escaped() -> None:
    make("commitment", reference="2016-A.4", printed_reference="A.4")
    text = "<b>See A4, see B9</b>"
    html = resolve([text], PUBLIC, within="2016").html(text)
    address = "/commitments/2016-A.4/"
    assert html == (f'&lt;b&gt;See <a class="govuk-link" href="{address}">A4</a>, see B9&lt;/b&gt;')


@pytest.mark.django_db
def test_a_reference_to_what_is_not_public_stays_text_for_the_public() -> None:
    make("commitment", reference="2016-A.4", printed_reference="A.4", status="draft")
    assert resolve(["See A4"], PUBLIC, within="2016").html("See A4") == "See A4"
