"""Pointers to parts that a document does not have, and numbers that are no pointers."""

from __future__ import annotations

import pytest

from peelian.proofreading import chains, contradicted, numbering  # noqa: F401
from peelian.proofreading.findings import run
from tests.proofreading.conftest import MakeProof

READ = {
    "plans": [],
    "minutes": [],
    "papers": lambda _document: [],
    "contents": lambda _document: [],
}
PARTS = "".join(f"{n}.{m} Work on the part {n} {m}\n\n" for n in (1, 2, 3) for m in (1, 2, 3))
ACTIONS = "".join(f"Action {n}: Write to part {n}\n\n" for n in range(1, 6))
APPENDICES = "Appendix A: Budget\n\nSome text.\n\nAppendix B: Risks\n\nSome text.\n\n"


@pytest.mark.parametrize(
    ("before", "text", "is_told"),
    [
        (PARTS, "This is told in section 2.9 below.", True),
        (PARTS, "This is told in sections 2.1 and 7.4 below.", True),
        (PARTS, "This is told in section 2.3 below.", False),
        (PARTS, "This is told in section 2.9 of the Act.", False),
        (ACTIONS, "The work goes on under action 9.", True),
        (ACTIONS, "The work goes on under action 4.", False),
        (ACTIONS, "Of 31 actions 28 were agreed.", False),
        (ACTIONS, "The work goes on under actions 4 and 9.", True),
        (APPENDICES, "The Commission’s appendices C and D tell it.", False),
        (APPENDICES, "In the Commission’s annual report, Appendix D, it is told.", False),
        (APPENDICES, "They are told in appendices A and D.", True),
        (APPENDICES, "They are told in appendices A and B.", False),
        (APPENDICES, "Appendix D sets out the figures.", True),
        (APPENDICES, "They are told in Appendix D to this report.", True),
        (APPENDICES, "They are told in Appendix D to his report.", False),
    ],
)
def test_a_pointer_leads_to_a_part_that_is_there(
    proof: MakeProof, before: str, text: str, is_told: bool
) -> None:
    told = run(proof(before + text, **READ), only=["broken-reference"])
    assert bool(told) is is_told


SECTIONS = "".join(
    f"{n}. {title}\n\n{n}.1 It is told here.\n\n{n}.2 And here as well.\n\n"
    for n, title in enumerate(["Introduction", "Reviews", "Complaints", "Money", "Oversight"], 1)
)
HEADED = "".join(f"{n + 2}. PRIORITY {n}: PART {n}\n\nIt is told.\n\n" for n in range(1, 4))
OPTIONS = "".join(f"Option {n}: Build part {n}\n\nIt is dear.\n\n" for n in range(1, 4))


@pytest.mark.parametrize(
    ("before", "text", "is_told"),
    [
        (SECTIONS, "See section 7 for the work on disclosure.", True),
        (SECTIONS, "This is set out in section 8 below.", True),
        (SECTIONS, "Section 6 below sets out the risks.", True),
        (SECTIONS, "The risks are discussed further in section 9 of this report.", True),
        (SECTIONS, "See section 5 for the work on disclosure.", False),
        (SECTIONS, "This is set out in section 8 of the Act.", False),
        (SECTIONS, "The powers are given in section 8 (Police Act 1996).", False),
        (SECTIONS, "People were stopped under section 60.", False),
        (SECTIONS, "See section 60 authorisations by month.", False),
        (SECTIONS, "Section 17 shows that all must prevent crime.", False),
        (SECTIONS, "Their report, in section 9, is harsh.", False),
        (SECTIONS, "That the Panel notes the risks at section 9; and the fees.", True),
        (SECTIONS, "The risks are in section 9.", True),
        (SECTIONS, "Arrests for section 9 assaults rose.", False),
        (SECTIONS, "It is in the report of the Commission, section 9.", False),
        (SECTIONS, "The protocol (section 9) asks for an answer in ten days.", False),
        (SECTIONS, "The action plan (section 9) asks for an answer in ten days.", False),
        (SECTIONS, "The action plan (see section 9) asks for an answer in ten days.", True),
        ("", "It is in the report of the Commission, Appendix 2.", False),
        (HEADED, "Progress against Priority 4 is slow.", True),
        (HEADED, "Progress against Priority 3 is slow.", False),
        (HEADED, "Progress against priority four is slow.", True),
        (HEADED, "Progress against priority three is slow.", False),
        (OPTIONS, "Option 4 was thought the best.", True),
        (OPTIONS, "For these reasons option 4 is proposed.", True),
        (OPTIONS, "For these reasons option 2 is proposed.", False),
        ("", "Details are at Annex 2.", True),
        ("", "As Annex F shows, the rest are on track.", True),
        ("", "A breakdown is in Appendix C (costs).", True),
        ("", "Details are at\nAnnex 2.", True),
        (
            "",
            "The team meets each month and has done so since the year began. Details are at\n"
            "Annex 2.",
            True,
        ),
        ("", "Details are at Annex 2, which is circulated separately.", False),
        ("", "Details are at Appendix B, available on the website.", False),
        ("", "Details are at Annex 2 of the Home Office guidance.", False),
        ("", "Details are at Annex 2 to the Policing Protocol.", False),
        ("", "The inspectorate lists them in its Annex 2.", False),
        ("", "The strategy’s Appendix B lists them.", False),
        ("", "It is exempt under the Financial Regulations, Appendix B.", False),
        ("Appendix – Costs\n\nThey are high.\n\n", "A breakdown is in Appendix A.", False),
        ("Appendix One\n\nThey are high.\n\n", "A breakdown is in Appendix 1.", False),
        ("Annex 2\n\nThey are high.\n\n", "Details are at Annex 2.", False),
        ("Costs – Annex 2\n\nThey are high.\n\n", "Details are at Annex 2.", False),
    ],
)
def test_a_section_option_or_annex_that_is_not_there_is_told(
    proof: MakeProof, before: str, text: str, is_told: bool
) -> None:
    told = run(proof(before + text, **READ), only=["broken-reference"])
    assert bool(told) is is_told


def test_an_annex_that_may_be_a_file_of_its_own_is_told_once(proof: MakeProof) -> None:
    told = run(proof("It is at Annex 2.\n\nSee Annex 2.", **READ), only=["broken-reference"])
    assert [finding.confidence.value for finding in told] == ["possible"]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Complete. The work will be completed in May.", True),
        ("Complete. See the key: red, amber, green, blue. It will be completed in May.", False),
    ],
)
def test_a_key_of_statuses_is_no_status(proof: MakeProof, text: str, is_told: bool) -> None:
    assert bool(run(proof(text, **READ), only=["status-contradicts"])) is is_told


TWO_PAPERS = (
    "ITEM 5\n\nROADS\n\n"
    + "".join(f"{n}. Roads are long, and this is part {n}.\n\n" for n in range(1, 13))
    + "Table 1: Roads\n\nTable 2: Lanes\n\nTable 3: Paths\n\nITEM 6\n\nRAIL\n\n"
    + "".join(f"{n}. Rail is short, and this is part {n}.\n\n" for n in range(1, 7))
    + "Table 1: Lines\n\n"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("This is told at paragraph 5.", []),
        ("This is told at paragraph 9.", ["possible"]),  # the paper before has one
        ("This is told at paragraph 9 of item 5.", []),
        ("This is told at paragraph 40.", ["likely"]),
        ("This is told at table 3.", ["possible"]),
        ("This is told at table 1.", []),
        ("This is told at table 8.", ["likely"]),
        ("This is told at appendix A.", ["possible"]),
    ],
)
def test_a_paper_points_to_its_own_parts(proof: MakeProof, text: str, told: list[str]) -> None:
    read = {"plans": [], "minutes": [], "contents": lambda _document: []}
    found = run(proof(TWO_PAPERS + text, **read), only=["broken-reference"])
    assert [one.confidence.value for one in found] == told


def test_what_a_paper_of_minutes_points_to_was_before_their_meeting(proof: MakeProof) -> None:
    text = f"ITEM 3\n\nMINUTES\n\nMembers asked about table 9.\n\n{TWO_PAPERS}"
    read = {"plans": [], "minutes": [], "contents": lambda _document: []}
    assert run(proof(text, **read), only=["broken-reference"]) == []
