"""The report on a document: the surest first, each form with all findings, nothing as markup."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from peelian.intake.document import Document, Origin
from peelian.proofreading import output
from peelian.proofreading.dismissals import Dismissal
from peelian.proofreading.findings import Check, Confidence, Finding, Place, _checks, run
from peelian.proofreading.places import place_words
from peelian.proofreading.proof import Proof
from peelian.proofreading.report import Report, report

DAY = dt.date(2026, 11, 29)
PROOF = Proof([Document("pack.pdf", "pdf", ())], as_at=dt.date(2026, 11, 1))


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three checks that find nothing of themselves."""
    for name in ("contradiction", "stale-future", "untidy"):
        monkeypatch.setitem(_checks, name, Check(name, f"Title of {name}"))


def finding(
    check: str = "stale-future",
    confidence: Confidence = Confidence.CERTAIN,
    quotation: str = "It will end on 1 May 2020.",
    page: int = 1,
    line: int = 1,
) -> Finding:
    origin = Origin("pack.pdf", page, line, order=page * 100 + line)
    return Finding(
        Place(origin, quotation), "The day has passed.", "Say so.", confidence, (), check
    )


def told(*findings: Finding, **dismissed: str) -> Report:
    entries = {number[1:]: Dismissal(number[1:], why) for number, why in dismissed.items()}
    return report(PROOF, findings, entries)


SURE = finding(page=9)
LESS = finding("contradiction", Confidence.LIKELY, "Two values", page=2)
MAYBE = finding("untidy", Confidence.POSSIBLE, "Perhaps", page=1)


def test_the_surest_findings_stand_first_whatever_their_page() -> None:
    text = output.as_text(told(MAYBE, LESS, SURE))
    assert text.startswith("3 (1 certain, 1 likely, 1 possible)\n")
    assert text.index("page 9") < text.index("page 2") < text.index("page 1,")


def test_the_summary_counts_each_kind_by_how_sure_it_is() -> None:
    counts = told(SURE, finding(page=3), LESS, MAYBE).counts
    numbers = {check.name: list(by.values()) for check, by in counts}
    assert numbers == {"contradiction": [0, 1, 0], "stale-future": [2, 0, 0], "untidy": [0, 0, 1]}


def test_the_worst_five_are_sure_and_grave_and_of_several_kinds() -> None:
    stale = [finding(page=n) for n in range(1, 7)]
    worst = told(*stale, finding("contradiction", page=50), MAYBE).worst
    kinds = [f.check for f in worst]
    assert kinds == ["contradiction", "stale-future", "stale-future", "untidy", "stale-future"]


def test_fewer_than_six_findings_need_no_choice_of_five() -> None:
    assert "worst five" not in output.as_html(told(SURE, LESS), DAY)


@pytest.mark.parametrize("least", list(Confidence))
def test_a_build_can_stop_at_any_sureness(least: Confidence) -> None:
    kept = {Confidence.CERTAIN: [], Confidence.LIKELY: [LESS], Confidence.POSSIBLE: [LESS, MAYBE]}
    assert told(SURE).reaches(least)
    assert told(LESS, MAYBE).reaches(least) is bool(kept[least])
    assert not told().reaches(least)


def test_a_dismissed_finding_is_told_apart_and_counts_no_more() -> None:
    made = told(SURE, LESS, **{f"_{SURE.fingerprint}": "Agreed with the chair"})
    assert made.findings == (LESS,)
    assert not made.reaches(Confidence.CERTAIN)
    assert "Agreed with the chair" in output.as_html(made, DAY)
    assert json.loads(output.as_json(made))["dismissed"][0]["dismissed"] == "Agreed with the chair"


def test_a_dismissal_of_what_is_found_no_more_is_said() -> None:
    made = told(LESS, _0123456789ab="Was so")
    assert [d.finding for d in made.gone] == ["0123456789ab"]
    assert "0123456789ab" in output.as_html(made, DAY)


def test_the_number_of_a_finding_holds_when_the_page_is_set_anew_and_not_when_words_change() -> (
    None
):
    assert finding(page=1).fingerprint == finding(page=7, line=3).fingerprint
    assert finding(quotation="It  will\nend on 1 May 2020.").fingerprint == SURE.fingerprint
    assert finding(quotation="It will end on 2 May 2020.").fingerprint != SURE.fingerprint


HOSTILE = "<script>alert(1)</script> [x](javascript:1) | `a` *b* \x00 \ud800"


def test_what_a_document_says_is_never_markup() -> None:
    made = told(finding(quotation=HOSTILE))
    page = output.as_html(made, DAY)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    markdown = output.as_markdown(made)
    assert not re.search(r"(?<!\\)<script|(?<!\\)\]\(javascript", markdown)


def test_json_has_every_finding_with_its_place() -> None:
    data = json.loads(output.as_json(told(SURE, LESS)))
    assert data["as_at"] == "2026-11-01"
    assert [f["id"] for f in data["findings"]] == [SURE.fingerprint, LESS.fingerprint]
    assert data["findings"][0]["place"] == {"file": "pack.pdf", "page": 9, "line": 1}
    assert data["counts"] == {"certain": 1, "likely": 1, "possible": 0}


def test_the_pdf_is_tagged_and_has_the_quotation() -> None:
    made = output.as_pdf(told(SURE, LESS), DAY)
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made


def test_nothing_found_is_said_and_promises_nothing() -> None:
    assert "no proof that nothing is wrong" in output.as_html(told(), DAY)
    assert output.as_text(told()) == "0\n"


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (Origin("a.pdf", page=3, line=12), "page 3, line 12"),
        (Origin("a.txt", line=12), "line 12"),
        (Origin("a.docx", paragraph=4), "paragraph 4"),
        (Origin("a.docx", paragraph=4, table=2, cell="B7"), "table 2, cell B7"),
        (Origin("a.xlsx", sheet="Plan", cell="B7"), "sheet Plan, cell B7"),
        (Origin("a.pdf"), "the document as a whole"),
    ],
)
def test_places_are_said_as_a_reader_would_look_for_them(origin: Origin, words: str) -> None:
    assert place_words(origin) == words
    assert place_words(origin, with_file=True).startswith(origin.file)


def test_findings_come_in_the_order_of_the_pages_and_once_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def rule(_proof: Proof):
        yield finding(page=5)
        yield finding(page=2)
        yield finding(page=2, confidence=Confidence.LIKELY)

    monkeypatch.setitem(_checks, "stale-future", Check("stale-future", "Title", [rule]))
    found = run(PROOF, ["stale-future"])
    assert [f.place.origin.page for f in found] == [2, 5]
    assert {f.confidence for f in found} == {Confidence.CERTAIN}
