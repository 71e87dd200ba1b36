"""Questions and petitions from the public: by the panel's scheme, and nothing before its time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from peelian.checks.findings import run
from peelian.duties import rulebook
from peelian.intake.tables import Rejected
from peelian.law.dates import Nation
from peelian.meetings.participation import QUESTIONS, deadline, participation_blocks, scheme
from peelian.meetings.sections import minutes_blocks
from peelian.packs.compose import compose
from peelian.record import operations
from peelian.record.errors import Invalid, Refused
from peelian.record.load import load_file
from peelian.record.scope import PUBLIC
from tests.makers import CHRIS, DAY, amend, bring_to, make
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Any:
    return make("body", form="panel", reference="west-mercia-pcp")


@pytest.fixture
def meeting(panel: Any) -> Any:
    return make("meeting", body=panel, held_on=dt.date(2020, 2, 5), state="planned")


def ask(meeting: Any, **values: Any) -> Any:
    return make("public-question", parent=meeting, **values)


@pytest.mark.parametrize(
    ("held_on", "last"),
    [
        ("2020-02-05", "2020-01-29"),  # a Wednesday, and the Wednesday before
        ("2020-06-16", "2020-06-09"),
        ("2020-04-15", "2020-04-06"),  # Good Friday and Easter Monday lie between
        ("2021-01-05", "2020-12-24"),  # two bank holidays and a weekend
    ],
)
def test_the_last_day_for_questions_is_five_working_days_before(
    panel: Any, held_on: str, last: str
) -> None:
    meeting = make("meeting", body=panel, held_on=dt.date.fromisoformat(held_on), state="planned")
    found = deadline(meeting, panel.reference)
    assert found is not None
    assert found.on == dt.date.fromisoformat(last)
    assert found.words.startswith("noon on ")


def test_only_a_meeting_of_the_panel_still_to_come_takes_questions(panel: Any) -> None:
    held = make("meeting", body=panel)
    planned = make("meeting", body=make("body"), state="planned")
    assert deadline(held, panel.reference) is None
    assert deadline(planned, planned.body.reference) is None


def test_an_office_changes_the_scheme_in_its_own_rules(
    settings: Any, tmp_path: Any, meeting: Any, on_day: Any
) -> None:
    on_day("2020-01-20")
    (tmp_path / "ours.yaml").write_text(
        "pack: ours\ntitle: Ours\nchanges:\n  - id: participation/questions\n"
        "    why: Agreed in May.\n    limits: {hour: 17, words: 80}\n"
        "    arithmetic: {standard: {working_days_before: 2, before: questions_invited}}\n"
    )
    settings.OWN_RULES = tmp_path
    caches = (rulebook.packs, rulebook._by_id)
    for cache in caches:
        cache.cache_clear()
    try:
        page = read("/take-part/").words
    finally:
        settings.OWN_RULES = None
        for cache in caches:
            cache.cache_clear()
    assert "Questions must reach us by 17:00 on Monday 3 February 2020." in page
    assert "80 words at most" in page
    assert "questions to a meeting" not in page


def test_the_page_of_the_meeting_and_of_the_scheme_say_by_when(meeting: Any, on_day: Any) -> None:
    on_day("2020-01-20")
    said = "Questions must reach us by noon on Wednesday 29 January 2020."
    read(meeting.get_absolute_url())  # what is read once and kept
    page = read(meeting.get_absolute_url())
    assert said in page.words
    assert page.links["How to put a question"] == "/take-part/"
    told = read("/take-part/")
    assert f"{said} That is 5 working days before the meeting." in told.words
    for words in ("150 words at most", "may put 2 questions", "last 6 months", "From 250 signat"):
        assert words in told.words
    assert told.queries <= 12
    assert page.queries <= 12
    on_day("2020-02-01")
    assert "had to reach us by noon" in read("/take-part/").words


def test_a_question_stands_with_its_item_and_its_answer(meeting: Any) -> None:
    item = make("agenda-item", parent=meeting, number=2, title="Roads")
    ask(
        meeting,
        item=item,
        asked_by="Ms Holm",
        question="How many crashes?",
        answer="Nine.",
        answered_on=DAY,
        supplementary="Where?",
        supplementary_answer="On the A44.",
    )
    ask(meeting, question="Who pays?")
    petition = make("petition", parent=meeting, title="Counter", response="It stays.")
    page = read(meeting.get_absolute_url())
    roads = page.words.partition("Roads")[2]
    assert "Question from Ms Holm: How many crashes? Answer: Nine." in roads
    assert "Supplementary question: Where? Answer: On the A44." in roads
    assert "Question from a member of the public: Who pays?" in page.words
    assert "Petition: Counter (300 signatures)" in page.words
    assert page.queries <= 12
    for blocks in (participation_blocks(meeting, PUBLIC), compose(meeting, extract="all").blocks):
        printed = str(blocks)
        assert all(word in printed for word in ("Ms Holm", "Nine.", "Who pays?", "It stays."))
    make("minute", parent=meeting)
    assert "On the A44." in str(minutes_blocks(meeting, PUBLIC))
    assert "Ms Holm" in read("/public-questions/").words
    assert petition.title in read("/petitions/").words


def test_the_pack_has_it_once_where_an_item_is_for_it(meeting: Any) -> None:
    ask(meeting, question="Who pays?")
    section = "public_participation"
    make("agenda-item", parent=meeting, number=3, title="Public time", section=section)
    printed = str(compose(meeting, extract="all").blocks)
    assert printed.count("Who pays?") == 1
    assert "Public participation" not in printed
    empty = make("meeting", state="planned")
    make("agenda-item", parent=empty, number=1, section=section)
    assert "No question or petition" in str(compose(empty, extract="all").blocks)


@pytest.mark.parametrize("kind", ["public-question", "petition"])
@pytest.mark.parametrize(
    "values", [{"state": "received"}, {"state": "refused", "refused_because": "defamatory"}]
)
def test_nothing_is_public_before_it_is_accepted_nor_once_it_is_refused(
    kind: str, values: dict[str, str]
) -> None:
    draft = make(kind, status="draft", **values)
    with pytest.raises(Refused, match="not accepted"):
        bring_to(draft, "published")
    with pytest.raises(Refused, match="not accepted"):
        operations.release(draft, by=CHRIS)
    public = make(kind)
    amend(public, **values)
    with pytest.raises(Refused, match="not accepted"):
        operations.release(public, by=CHRIS)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("public-question", {"state": "refused"}),
        ("public-question", {"refused_because": "late"}),
        ("public-question", {"answered_on": DAY}),
        ("petition", {"state": "refused"}),
        ("petition", {"responded_on": DAY}),
        ("petition", {"acknowledged_on": DAY - dt.timedelta(days=1)}),
        ("petition", {"signatures": -1}),
    ],
)
def test_what_cannot_be_is_refused(kind: str, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        make(kind, **values)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("public-questions", "Q1,m,2020-02-01,When?,refused,,", "not accepted|reason of a refusal"),
        ("public-questions", "Q1,m,2020-02-01,When?,received,,", "not accepted"),
        ("public-questions", "Q1,m,soon,When?,accepted,,", "received_on"),
        ("public-questions", "Q1,none,2020-02-01,When?,accepted,,", "parent|Part of"),
        ("public-questions", "Q1,m,2020-02-01,When?,perhaps,,", "state"),
        ("webcasts", "W1,m,2020-02-01,When?,accepted,not an address,", "address"),
        ("declarations", "D1,m,2020-02-01,When?,accepted,,nobody", "person"),
    ],
)
def test_a_wrong_row_is_refused_with_its_file_and_line(
    tmp_path: Any, meeting: Any, name: str, row: str, said: str
) -> None:
    columns = {
        "public-questions": ("received_on", "question", "state", "refused_because", "answer"),
        "webcasts": ("note1", "note2", "note3", "address", "note4"),
        "declarations": ("note1", "note2", "note3", "form", "person"),
    }[name]
    reference, parent, *rest = row.replace(",m,", f",{meeting.reference},").split(",")
    kept = [(c, v) for c, v in zip(columns, rest, strict=True) if not c.startswith("note")]
    head = ",".join(["reference", "parent", *(column for column, _value in kept)])
    line = ",".join([reference, parent, *(value for _column, value in kept)])
    path = tmp_path / f"{name}.csv"
    path.write_text(f"{head}\n{line}\n")
    with pytest.raises(Rejected) as error:
        load_file(path, by=CHRIS)
    assert re.search(said, str(error.value))
    assert f"{name}.csv" in str(error.value)
    assert "2" in str(error.value)


def test_no_column_holds_how_to_reach_whoever_asked() -> None:
    from peelian.meetings.models import Petition, PublicQuestion

    for model in (PublicQuestion, Petition):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"email", "address", "phone", "telephone", "contact"}


def test_what_goes_against_the_scheme_is_found(meeting: Any) -> None:
    ask(meeting, title="Late", received_on=dt.date(2020, 1, 30))
    ask(meeting, title="In time", received_on=dt.date(2020, 1, 29), question="word " * 150)
    long = {"question": "word " * 151}
    ask(meeting, title="Long", received_on=dt.date(2020, 1, 2), **long)
    refused = {"state": "refused", "refused_because": "late"}
    ask(meeting, title="Refused", received_on=dt.date(2020, 2, 1), status="draft", **refused)
    early = dt.date(2020, 1, 2)
    many = [ask(meeting, title=f"Many {n}", asked_by="Ash", received_on=early) for n in range(3)]
    make("petition", title="Large", signatures=250, parent=None)
    make("petition", title="Small", signatures=249, parent=None)
    make("petition", title="Placed", signatures=900, parent=meeting)
    found = [f for f in run(PUBLIC, DAY) if f.check == "question-against-scheme"]
    assert {f.where for f in found} == {"Late", "Long", many[2].title, "Large"}
    assert "It came on 30 January 2020, after 29 January 2020." in {f.found for f in found}


def test_the_acknowledgement_of_a_petition_is_a_duty_until_it_is_sent(
    on_day: Any, panel: Any
) -> None:
    on_day("2020-02-10")
    petition = make("petition", title="Front counter", received_on=dt.date(2020, 2, 3))
    rule = scheme("participation/petition")
    assert rule is not None
    address = f"/duties/rules/{rule.pack}/{rule.name}/"
    page = read(address).words
    assert "Monday 17 February 2020" in page
    assert "Signatures: 250" in page
    amend(petition, acknowledged_on=DAY)
    operations.release(petition, by=CHRIS)
    assert "Met" in read(address).words or "Done" in read(address).words


@pytest.mark.parametrize("nation", ["england", "wales"])
def test_the_scheme_binds_every_panel(nation: Nation) -> None:
    rule = scheme(QUESTIONS)
    assert rule is not None
    assert nation in rule.jurisdictions
    assert rule.limit("words") == 150
    assert rule.limit("signatures") is None
