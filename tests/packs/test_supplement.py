"""What a further issue of a pack changed: in words first, then what is new, and nothing more."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from django.test import Client

from peelian.blocks import Block, Document, Heading, PageBreak, Paragraph, plain, text
from peelian.packs.brief import brief
from peelian.packs.compose import compose
from peelian.packs.operations import build
from peelian.packs.supplement import differences, parts_of, supplement
from peelian.papers.operations import keep_file
from peelian.record import files, operations
from peelian.record.access import Command
from peelian.record.scope import Scope
from tests.documents.test_pdf import opened, structure, words
from tests.documents.test_supplied import supplied
from tests.makers import CHRIS, PAT, bring_to, make, make_user

BREAK = PageBreak()


def said(words_: str) -> Paragraph:
    return Paragraph(plain(words_))


def item(number: int, title: str, *blocks: Block) -> tuple[Block, ...]:
    heading = Heading(1, title, anchor=f"item-{number}", number=str(number))
    return (BREAK, heading, *blocks)


def paper(reference: str, words_: str) -> tuple[Block, ...]:
    return (Heading(2, f"Paper {reference}", anchor=f"paper-{reference}"), said(words_))


def pack(*blocks: tuple[Block, ...]) -> Document:
    agenda = (Heading(1, "Agenda", anchor="agenda"), said("The same."))
    parts = tuple(block for group in (agenda, *blocks) for block in group)
    return Document("Agenda pack", "Panel", dt.date(2026, 11, 17), parts)


PLAN = item(1, "Plan", said("It stands well."), *paper("a", "One."), *paper("b", "Two."))
BUDGET = item(2, "Budget", said("It is balanced."))
FIRST = pack(PLAN, BUDGET)


@pytest.mark.parametrize(
    ("after", "words_", "printed"),
    [
        (pack(PLAN, BUDGET), [], []),
        (
            pack(PLAN, BUDGET, item(3, "Rural crime", said("New."))),
            ["New: item 3, “Rural crime”."],
            ["Rural crime"],
        ),
        (
            pack(PLAN, item(2, "Budget", said("It is not."))),
            ["Changed: item 2, “Budget”."],
            ["Budget"],
        ),
        (pack(PLAN), ["Withdrawn: the item “Budget”."], []),
        (
            pack(item(1, "Budget", said("It is balanced.")), item(2, "Plan", *PLAN[2:])),
            ["Moved: “Budget” is now item 1.", "Moved: “Plan” is now item 2."],
            [],
        ),
        (
            pack(item(1, "Plan", *PLAN[2:], *paper("c", "Three.")), BUDGET),
            ["New paper under item 1 Plan: “Paper c”."],
            ["Plan", "Paper c"],
        ),
        (
            pack(item(1, "Plan", PLAN[2], *paper("a", "Changed."), *paper("b", "Two.")), BUDGET),
            ["Changed paper under item 1 Plan: “Paper a”."],
            ["Plan", "Paper a"],
        ),
        (
            pack(item(1, "Plan", PLAN[2], *paper("b", "Two.")), BUDGET),
            ["Withdrawn paper under item 1 Plan: “Paper a”."],
            [],
        ),
    ],
    ids=["same", "new", "changed", "gone", "moved", "new-paper", "changed-paper", "gone-paper"],
)
def test_what_changed_is_said_and_only_that_is_printed(
    after: Document, words_: list[str], printed: list[str]
) -> None:
    assert [one.words for one in differences(FIRST, after)] == words_
    made = supplement(FIRST, after, "Issue 2")
    if not words_:
        assert made is None
        return
    assert made is not None
    headings = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert headings == ["What changed", *printed]
    assert "It stands well." not in text(made)


def test_what_follows_the_papers_of_an_item_is_the_items_own() -> None:
    heading = Heading(2, "How the plan stands")
    one = pack(item(1, "Plan", *paper("a", "One."), heading, said("Well.")))
    parts = {key[1]: part for key, part in parts_of(one).items()}
    assert parts["paper-a"].says == (said("One."),)
    assert parts["Plan"].says == (heading, said("Well."))


def test_breaks_alone_change_nothing_and_a_wide_part_stays_wide() -> None:
    wide = (PageBreak(landscape=True), Heading(1, "Appendix", anchor="x"), said("Old."))
    before = pack(PLAN, wide)
    two_sided = tuple(
        replace(b, right_hand=True) if isinstance(b, PageBreak) else b for b in before.blocks
    )
    assert differences(before, replace(before, blocks=two_sided)) == []
    made = supplement(before, pack(PLAN, (*wide[:2], said("New."))), "")
    assert made is not None
    assert [b.landscape for b in made.blocks if isinstance(b, PageBreak)] == [True]


# ---- a meeting of the record ----

SAM = Command("sam", ("panel_officer",))


@pytest.fixture
def meeting(db: None) -> Any:
    body = make("body", title="Northshire Panel")
    held = dt.date(2026, 11, 17)
    return make(
        "meeting", body=body, held_on=held, state="planned", starts_at="10:30", title="November"
    )


def paper_under(item_: Any, content: bytes | None = None, **values: Any) -> Any:
    made = make("paper", parent=item_, status="draft", **values)
    if content:
        made = keep_file(made, "paper.pdf", content, by=PAT)
    return bring_to(made, "published")


def read_pdf(pack_: Any, number: int, form: str) -> pikepdf.Pdf:
    snapshot = pack_.snapshots.get(number=number)
    kept = snapshot.attachments.get(name__startswith=f"{form}-")
    return opened(files.read(kept))


def test_a_second_issue_comes_with_its_supplement_once_it_is_public(meeting: Any) -> None:
    one = make("agenda-item", parent=meeting, number=1, title="Budget")
    paper_under(one, title="Outlook", text="We shall see.")
    pack_ = operations.release(build(meeting, by=SAM, reason="A test"), by=CHRIS)
    address = f"/packs/{pack_.reference}/supplement.pdf"
    assert Client().get(address).status_code == 404

    late = make("agenda-item", parent=meeting, number=2, title="Reserves")
    paper_under(late, supplied(2), title="Use of reserves")
    pack_ = build(meeting, by=SAM, reason="A test")
    assert Client().get(address).status_code == 404  # it waits, as the issue does
    printed = read_pdf(pack_, 2, "supplement")
    shown = "".join(words(page) for page in printed.pages)
    assert "New:item2,“Reserves”." in shown
    assert "Newpaperunderitem2Reserves:“Useofreserves”." in shown
    assert "Wesshallsee" not in shown
    assert "sinceissue1of" in words(printed.pages[0])

    operations.release(pack_, by=CHRIS)
    assert Client().get(address).content.startswith(b"%PDF")
    assert "Supplement" in Client().get(f"/packs/{pack_.reference}/").content.decode()


def test_papers_stand_under_their_items_with_anchors_that_last(
    meeting: Any, client: Client
) -> None:
    item_ = make("agenda-item", parent=meeting, number=7, title="Budget")
    second = paper_under(item_, number=2, title="Second")
    first = paper_under(item_, number=1, title="First")
    make("paper", parent=item_, title="Hidden", status="approved")
    document = compose(meeting, extract="all")
    anchors = [b.anchor for b in document.blocks if isinstance(b, Heading) and b.anchor]
    begins = anchors.index("item-7")
    assert anchors[begins + 1 :] == [f"paper-{first.reference}", f"paper-{second.reference}"]
    assert "Hidden" not in text(document)
    operations.release(build(meeting, by=SAM, reason="A test"), by=CHRIS)
    page = client.get(f"/packs/{meeting.reference}/").content.decode()
    for anchor in ("item-7", f"paper-{first.reference}"):
        assert f'id="{anchor}"' in page
        assert f'href="#{anchor}"' in page


def test_for_printing_on_both_sides_each_item_begins_on_a_right_hand_page(meeting: Any) -> None:
    for number in (1, 2, 3):
        make("agenda-item", parent=meeting, number=number, title=f"Item {number}", text="Words.")
    pack_ = build(meeting, by=SAM, reason="A test", two_sided=True)
    pages = [words(page) for page in read_pdf(pack_, 1, "pack").pages]
    for number in (1, 2, 3):
        begins = next(
            n for n, said_ in enumerate(pages, 1) if f"{number}Item{number}Words." in said_
        )
        assert begins % 2 == 1
    assert sum("intentionallyleftblank" in said_ for said_ in pages) >= 3


def test_a_pack_with_uploads_is_tagged_in_order_with_words_for_every_picture(meeting: Any) -> None:
    item_ = make("agenda-item", parent=meeting, number=1, title="Budget", section="work_programme")
    paper_under(item_, supplied(2), title="Scanned letter")
    made = read_pdf(build(meeting, by=SAM, reason="A test"), 1, "pack")
    found = structure(made)
    levels = [int(tag[1]) for tag, _e in found if re.fullmatch(r"H\d", tag)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert all(str(element.get("/Alt", "")).strip() for tag, element in found if tag == "Figure")
    assert sum(tag == "Figure" for tag, _e in found) == 2
    heads = [element for tag, element in found if tag == "TH"]
    assert heads
    assert all("/Column" in str([p.get("/Scope") for p in head.A]) for head in heads)
    assert (str(made.Root.Lang), bool(made.Root.MarkInfo.Marked)) == ("en-GB", True)
    with made.open_metadata() as metadata:
        assert metadata["dc:title"] == "Agenda pack"
    total = len(made.pages)
    assert all(f"Page{n}of{total}" in words(page) for n, page in enumerate(made.pages, 1))


# ---- the chair's brief ----


def brief_of(meeting: Any) -> list[str]:
    reader = make_user("reader", "chief_executive")
    return text(brief(meeting, Scope(reader))).splitlines()


def test_the_brief_says_of_each_item_what_is_asked_by_whom_and_what_is_open(meeting: Any) -> None:
    before = make(
        "meeting", body=meeting.body, held_on=dt.date(2026, 9, 15), state="held", title="September"
    )
    minute = make("minute", parent=before, number=80, title="Delivery plan", text="It was late.")
    make("undertaking", made_at=minute, title="Bring a recovery plan")
    other = make("minute", parent=before, number=81, title="Speed watch", text="Agreed.")
    make("undertaking", made_at=other, title="Write to the districts")
    item_ = make(
        "agenda-item",
        parent=meeting,
        status="draft",
        title="Delivery plan to September",
        presenter="Chief Executive",
        recommendation="To note it.",
        late_reason="The grid failed.",
    )
    make("paper", parent=item_, status="draft", title="Progress", author="Pat")
    said_ = "\n".join(brief_of(meeting))
    for words_ in (
        "What is asked: To note it.",
        "Presented by: Chief Executive",
        "Papers: “Progress” by Pat",
        "Late: The grid failed.",
        "80 Delivery plan: It was late.",
    ):
        assert words_ in said_
    on_item, _heading, under_none = said_.partition("Still open, and under no item")
    assert "Bring a recovery plan" in on_item
    assert "Write to the districts" in under_none


@pytest.mark.parametrize(
    ("duty", "majority", "says"),
    [
        ("", "", "More votes for than against: 2 if all 3 vote."),
        ("precept/2026-27/panel-report", "", "A veto needs two-thirds of all members: 2 votes."),
        ("", "two_thirds", "Two-thirds of all members: 2 votes."),
    ],
)
def test_the_brief_counts_the_votes_that_are_needed(
    meeting: Any, duty: str, majority: str, says: str
) -> None:
    role = make("role", body=meeting.body)
    for _n in range(3):
        make("membership", role=role, person=make("person"), starts_on="2026-01-01")
    title = "Proposed precept"
    item_ = make("agenda-item", parent=meeting, title=title, recommendation="To decide.")
    if duty:
        make("work-programme-item", meeting=meeting, title=f"{title} for 2027/28", duty=duty)
    if majority:
        make("vote", parent=item_, majority=majority)
    assert any(line.startswith(f"The vote: {says}") for line in brief_of(meeting))


def test_the_clock_of_the_brief_runs_from_the_beginning_of_the_meeting(meeting: Any) -> None:
    for number, values in enumerate(({}, {"recommendation": "To agree."}, {}), 1):
        make("agenda-item", parent=meeting, number=number, title=f"Item {number}", **values)
    lines = brief_of(meeting)
    assert "1\tItem 1\t2\t10:30" in lines
    assert "2\tItem 2\t10\t10:32" in lines
    assert "–\tEnd, if it takes as long\t–\t10:44" in lines


def test_the_brief_is_for_the_office_and_no_cache_keeps_it(meeting: Any, client: Client) -> None:
    address = f"/office/meetings/{meeting.reference}/brief"
    assert Client().get(f"{address}/").status_code == 302
    client.force_login(make_user("rob", "reader"))
    assert client.get(f"{address}.pdf").status_code == 403
    client.force_login(make_user("sam", "panel_officer"))
    assert "is not for publication" in client.get(f"{address}/").content.decode()
    sent = client.get(f"{address}.pdf")
    assert sent.content.startswith(b"%PDF")
    assert sent["Cache-Control"] == "no-store"
