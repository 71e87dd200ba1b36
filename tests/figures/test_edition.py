"""The performance summary: which topics stand in an edition, and that an issued one is frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from itertools import product

import pytest

from peelian.blocks import Bullets, Document, Heading, Notice, Table, text, to_json
from peelian.figures.edition import (
    assess_topics,
    exceptional_blocks,
    is_included,
    latest_edition,
    statements_of,
    summary_blocks,
)
from peelian.figures.kinds import EDITION, MEASURE, STATEMENT
from peelian.figures.models import Edition, InclusionRule, Observation
from peelian.figures.operations import issue_edition
from peelian.figures.periods import months_on
from peelian.people.models import Area
from peelian.record import operations
from peelian.record.access import Command
from peelian.record.errors import Refused
from peelian.record.models import Status
from peelian.record.scope import PUBLIC, Scope
from tests.figures.test_assess import observe
from tests.makers import CHRIS, amend, approve_change, bring_to, make, make_all

pytestmark = pytest.mark.usefixtures("worked_example", "db")

DECEMBER = dt.date(2019, 12, 1)
KNOWN = dt.date(2020, 1, 20)
ANALYST = Command("ana", ("analyst",))

# For each rule, whether a topic stands in a monthly and in a quarterly edition where it is
# ordinary, updated, exceptional, and both.
STANDS = {
    "": ("yes yes yes yes", "yes yes yes yes"),
    InclusionRule.MONTH_AND_QUARTER: ("yes yes yes yes", "yes yes yes yes"),
    InclusionRule.QUARTER_UNLESS_EXCEPTIONAL: ("no no yes yes", "yes yes yes yes"),
    InclusionRule.QUARTER_UNLESS_UPDATED: ("no yes no yes", "yes yes yes yes"),
    InclusionRule.QUARTER_REPORT: ("no no no no", "yes yes yes yes"),
    InclusionRule.EXCEPTIONAL_ONLY: ("no no yes yes", "no no yes yes"),
}
CASES = [
    (rule, form, exceptional, updated, expected == "yes")
    for rule, by_form in STANDS.items()
    for form, row in zip(("monthly", "quarterly"), by_form, strict=True)
    for (exceptional, updated), expected in zip(
        product((False, True), repeat=2), row.split(), strict=True
    )
]


def test_the_table_of_rules_is_whole() -> None:
    assert set(STANDS) == {"", *InclusionRule.values}
    assert len(CASES) == 48


@pytest.mark.parametrize(("rule", "form", "exceptional", "updated", "expected"), CASES)
def test_a_topic_stands_where_its_rule_says(
    rule: str, form: str, exceptional: bool, updated: bool, expected: bool
) -> None:
    assert is_included(rule, form, exceptional=exceptional, updated=updated) is expected


def the_edition() -> Edition:
    edition = EDITION.all().get()
    assert isinstance(edition, Edition)
    return edition


def issue(form: str = "monthly", *, period: dt.date = DECEMBER, known: dt.date = KNOWN) -> Edition:
    edition = issue_edition(period, form=form, known=known, by=ANALYST)
    assert isinstance(edition, Edition)
    return edition


def topics(edition: Edition) -> list[str]:
    return [topic.reference for topic, _line in statements_of(edition, Scope(ANALYST))]


# ---- the example's edition ----


def test_the_quarterly_summary_has_all_thirty_topics_in_twenty_eight_rows() -> None:
    lines = statements_of(the_edition(), PUBLIC)
    assert len(lines) == 30
    assert [topic.order for topic, _line in lines] == sorted(topic.order for topic, _line in lines)
    assert {topic.order for topic, _line in lines} == set(range(1, 29))


def test_a_monthly_summary_has_only_the_topics_that_a_month_calls_for() -> None:
    """Rules of the pack: monthly ones, exceptional ones, and those whose figures are new."""
    always = {
        "victim-satisfaction",
        "repeat-victimisation",
        "total-recorded-crime",
        "hate-crime",
        "hate-crime-satisfaction",
        "domestic-abuse",
        "child-at-risk",
        "child-sexual-exploitation",
        "cyber-crime",
        "unresourced-incidents",
        "intelligence-reports",
        "file-quality",
        "sickness",
        "call-handling",
    }
    exceptional = {"violence-with-injury", "drug-offences", "anti-social-behaviour"}
    assert set(topics(issue())) == always | exceptional | {"confidence"}


def test_confidence_stays_out_of_a_month_in_which_the_survey_has_nothing_new() -> None:
    known = dt.date(2020, 2, 20)
    assert "confidence" not in topics(issue(period=dt.date(2020, 1, 1), known=known))


def test_a_topic_without_measures_says_that_it_is_not_included() -> None:
    found = {topic.reference: line.data for topic, line in statements_of(the_edition(), PUBLIC)}
    assert found["rural-crime"].startswith("Not included")


def test_what_rests_on_made_up_series_is_marked_and_nothing_else() -> None:
    marked = {t.reference for t, line in statements_of(the_edition(), PUBLIC) if line.illustrative}
    made_up = Observation.objects.filter(illustrative=True).values_list(
        "measure__parent__reference"
    )
    assert marked == {reference for (reference,) in made_up if reference}
    assert "rural-crime" not in marked
    blocks = summary_blocks(the_edition(), PUBLIC)
    assert isinstance(blocks[0], Notice)
    assert blocks[0].tone == "illustrative"
    rows = [text(block) for block in blocks if isinstance(block, Table)][:4]
    assert sum(row.count("(illustrative)") for row in rows) == len(marked)


def test_a_summary_of_real_figures_carries_no_mark() -> None:
    edition = issue("quarterly", period=dt.date(2025, 12, 1), known=dt.date(2026, 2, 1))
    assert not any(line.illustrative for _t, line in statements_of(edition, Scope(ANALYST)))


def test_what_is_unusual_is_listed_and_too_few_months_are_not_unusual() -> None:
    paragraph, bullets = exceptional_blocks(the_edition(), PUBLIC)
    assert isinstance(bullets, Bullets)
    listed = text(bullets).splitlines()
    assert [line.partition(":")[0] for line in listed] == [
        "Violence with Injury",
        "Drug Offences",
        "Anti-Social Behaviour",
        "Hate Crime",
    ]
    assert "4 of its topics" in text(paragraph)


def test_what_an_analyst_adds_to_an_ordinary_topic_is_listed_too() -> None:
    line = STATEMENT.all().get(topic__reference="robbery")
    approve_change(amend(line, by=ANALYST, commentary="A new recording system began."), by=ANALYST)
    assert "Robbery: A new recording system began." in text(
        exceptional_blocks(the_edition(), PUBLIC)[1]
    )


# ---- issuing, freezing, adding ----


def test_issuing_the_same_edition_twice_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match=r"Performance summary, December 2019.* issued already"):
        issue("quarterly")
    assert EDITION.all().count() == 1
    issue("monthly")


def test_an_edition_and_its_statements_are_drafts_until_they_are_published() -> None:
    edition = issue()
    lines = STATEMENT.all().filter(parent=edition)
    assert {edition.status, *lines.values_list("status", flat=True)} == {Status.DRAFT}
    assert not PUBLIC.of(STATEMENT).filter(parent=edition).exists()
    assert statements_of(edition, PUBLIC) == []
    bring_to(edition, "published")
    assert statements_of(edition, PUBLIC) == []


def test_publishing_at_once_is_recorded_as_the_act_of_another_command() -> None:
    from peelian.record.models import Change

    changes = Change.objects.filter(reference="2019-12-quarterly").values_list("action", "by")
    assert list(changes) == [
        ("created", "peelian demo"),
        ("submitted", "peelian demo --publish"),
        ("approved", "peelian demo --publish"),
        ("published", "peelian demo --publish"),
    ]


def test_an_analysts_commentary_on_a_published_line_waits_as_a_draft() -> None:
    line = STATEMENT.all().get(topic__reference="drug-offences")
    drafted = amend(line, by=ANALYST, commentary="Two operations ran in December.")
    shown = {t.reference: said for t, said in statements_of(the_edition(), PUBLIC)}
    assert shown["drug-offences"].commentary == "Exceptional volumes at force level"
    with pytest.raises(Refused, match="other than the author"):
        operations.approve(operations.submit(drafted, by=ANALYST), by=ANALYST)
    operations.approve(drafted, by=CHRIS)
    shown = {t.reference: said for t, said in statements_of(the_edition(), PUBLIC)}
    assert shown["drug-offences"].commentary == "Two operations ran in December."


def test_an_issued_edition_does_not_move_when_a_figure_is_revised() -> None:
    edition = the_edition()
    said = [(t.pk, line.data, line.commentary) for t, line in statements_of(edition, PUBLIC)]
    frozen = edition.snapshots.get()
    crime = MEASURE.all().get(reference="total-recorded-crime")
    force = Area.objects.get(reference="west-mercia")
    observe(crime, force, {DECEMBER: 99_999}, known=dt.date(2020, 3, 1))
    assert [
        (t.pk, line.data, line.commentary) for t, line in statements_of(edition, PUBLIC)
    ] == said
    assert edition.snapshots.get().content == frozen.content
    lines = assess_topics(edition.period, PUBLIC, known=edition.known)[0]
    rebuilt = {line.topic.pk: (line.data, line.commentary) for line in lines}
    assert {pk: (data, commentary) for pk, data, commentary in said} == rebuilt
    newest = assess_topics(edition.period, PUBLIC)[0]
    assert [line.data for line in newest] != [data for _pk, data, _c in said]


def test_the_snapshot_holds_every_series_with_its_source_and_its_fingerprint() -> None:
    frozen = the_edition().snapshots.get()
    assert hashlib.sha256(frozen.content.encode()).hexdigest() == frozen.sha256
    series = json.loads(frozen.content)["series"]["total-recorded-crime/west-mercia"]
    assert series["periods"][-1] == "2019-12-01"
    assert len(series["periods"]) == len(series["values"]) == 36
    assert series["illustrative"] is True
    assert series["sources"] == ["Illustrative series made for this example"]
    assert series["known"] <= "2020-01-20"


def test_the_charts_of_an_issued_edition_stay_as_they_were_drawn() -> None:
    edition = the_edition()
    before = to_json(Document("A", "B", DECEMBER, tuple(summary_blocks(edition, PUBLIC))))
    crime = MEASURE.all().get(reference="total-recorded-crime")
    force = Area.objects.get(reference="west-mercia")
    observe(crime, force, {DECEMBER: 99_999}, known=dt.date(2020, 1, 19), source="Another")
    make("phase", parent=crime, starts=dt.date(2018, 6, 1))
    make("standard", parent=crime, value=7000.0)
    after = to_json(Document("A", "B", DECEMBER, tuple(summary_blocks(edition, PUBLIC))))
    assert after == before


def test_a_measure_withdrawn_since_is_no_longer_drawn_in_an_edition() -> None:
    edition = the_edition()
    assert "Total recorded crime: West Mercia" in headings(edition)
    crime = MEASURE.all().get(reference="total-recorded-crime")
    operations.withdraw(crime, by=CHRIS, why="Wrong")
    assert "Total recorded crime: West Mercia" not in headings(edition)
    assert "Violence with injury: West Mercia" in headings(edition)


def headings(edition: Edition) -> list[str]:
    return [b.text for b in summary_blocks(edition, PUBLIC) if isinstance(b, Heading)]


def test_a_topic_is_updated_when_a_value_became_known_since_the_last_public_edition() -> None:
    topic = make("topic", reference="survey", inclusion_rule="quarter_unless_updated", order=90)
    measure = make("measure", reference="survey-trust", parent=topic)
    force = Area.objects.get(reference="west-mercia")
    observe(measure, force, {DECEMBER: 70}, known=dt.date(2020, 1, 10))
    january, february = dt.date(2020, 1, 1), dt.date(2020, 2, 1)
    assert "survey" in topics(issue(known=dt.date(2020, 1, 15)))  # nothing was issued before
    assert "survey" not in topics(issue(period=january, known=dt.date(2020, 2, 20)))
    observe(measure, force, {DECEMBER: 71}, known=dt.date(2020, 2, 25))  # a revision is news
    assert "survey" in topics(issue(period=february, known=dt.date(2020, 3, 20)))
    bring_to(EDITION.all().get(period=february), "published")
    march = months_on(february, 1)
    assert "survey" not in topics(issue(period=march, known=dt.date(2020, 4, 20)))


def test_an_edition_that_nobody_has_published_is_not_the_last_one() -> None:
    topic = make("topic", reference="survey", inclusion_rule="quarter_unless_updated", order=90)
    measure = make("measure", reference="survey-trust", parent=topic)
    observe(measure, Area.objects.get(reference="west-mercia"), {DECEMBER: 7}, known=KNOWN)
    operations.withdraw(the_edition(), by=CHRIS, why="Issued in error")
    assert "survey" in topics(issue(period=dt.date(2020, 1, 1), known=dt.date(2020, 2, 20)))


def test_a_draft_topic_or_measure_takes_no_part() -> None:
    make("topic", reference="secret", order=91, status="draft")
    hidden = make("measure", reference="hidden", status="draft")
    observe(hidden, Area.objects.get(reference="west-mercia"), {DECEMBER: 666}, known=KNOWN)
    edition = issue()
    assert "secret" not in topics(edition)
    assert "hidden" not in edition.snapshots.get().content


def test_the_newest_edition_is_the_one_of_the_latest_month_known_by_a_day() -> None:
    december = the_edition()
    assert latest_edition(dt.date(2020, 1, 19), PUBLIC) is None
    assert latest_edition(KNOWN, PUBLIC) == december
    january = issue(period=dt.date(2020, 1, 1), known=dt.date(2020, 2, 20))
    assert latest_edition(dt.date(2020, 2, 20), PUBLIC) == december
    bring_to(january, "published")
    assert latest_edition(dt.date(2020, 2, 19), PUBLIC) == december
    assert latest_edition(dt.date(2020, 2, 20), PUBLIC) == january


def test_an_edition_of_a_month_without_any_figure_still_names_its_topics() -> None:
    edition = issue("quarterly", period=dt.date(2030, 1, 1), known=dt.date(2030, 2, 1))
    lines = statements_of(edition, Scope(ANALYST))
    assert len(lines) == 29  # all but the one that stands only when exceptional
    assert all(line.data for _topic, line in lines)


def test_topics_stand_under_their_objectives_and_the_rest_last() -> None:
    (loose,) = make_all("topic", {"reference": "loose", "title": "Loose", "order": 95})
    edition = issue("quarterly", period=dt.date(2020, 1, 1), known=dt.date(2020, 2, 20))
    bring_to(edition, "published")
    for line in STATEMENT.all().filter(parent=edition):
        bring_to(line, "published")
    captions = [b.caption for b in summary_blocks(edition, PUBLIC) if isinstance(b, Table)]
    assert captions[:5] == [
        "Putting victims and survivors first",
        "Building a more secure West Mercia",
        "Reassuring West Mercia’s communities",
        "Reforming West Mercia",
        "Other topics",
    ]
    assert loose.objective_id is None
