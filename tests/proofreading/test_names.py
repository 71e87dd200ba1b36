"""Short forms never spelled out, definitions never used, bodies no glossary lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.document import Origin
from peelian.proofreading import names  # noqa: F401 - declares the checks
from peelian.proofreading.findings import Confidence, Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.plan import Activity, Commitment, Plan
from tests.recognition.documents import text_document

GLOSSARY = """Oversight meetings

• Strategic Roads Board – oversees roads. Meets quarterly.
• Victims Board – hears victims. Meets monthly.
• Integrated Custody Programme Group – custody. Meets monthly.
• Fleet and Estates Committee – looks after cars; meets quarterly.
• Quiet Corner Board – nobody knows.
"""
PROSE = """The Strategic Roads Board met in the spring and heard from all who care for roads. Fleet
and estates committee members wrote to the Commissioner about cars and buildings.

"""


def proof(text: str, *oversight: str) -> Proof:
    made = Proof([text_document(text)])
    place = Origin("pack.txt", line=1)
    activities = tuple(Activity("1.1", "Do it", "", (name,), place) for name in oversight)
    commitment = Commitment("1", "Roads", "", "", place, activities)
    vars(made)["plans"] = [Plan("Plan", (commitment,), place)]
    return made


def found(check: str, text: str, *oversight: str) -> list[Finding]:
    return run(proof(text, *oversight), [check])


def quoted(findings: list[Finding]) -> list[str]:
    return [finding.place.quotation for finding in findings]


def test_a_short_form_that_nothing_spells_out_is_found_once_with_its_uses() -> None:
    text = "The work of the JRTT has gone well since May.\n\nMore is asked of the JRTT’s team.\n"
    (finding,) = found("undefined-abbreviation", text)
    assert finding.place.origin.line == 1
    assert finding.reason == "“JRTT” is used 2 times and nowhere spelled out."
    assert finding.confidence == Confidence.LIKELY


def test_one_that_may_be_a_name_is_only_possible() -> None:
    (finding,) = found("undefined-abbreviation", "People came to MATES and were glad of it then.")
    assert finding.confidence == Confidence.POSSIBLE


def test_the_mend_offers_the_words_that_fit() -> None:
    text = "Strategic Roads Board papers are late.\n\nThe SRB was told of this by those who knew.\n"
    (finding,) = found("undefined-abbreviation", text)
    assert "“Strategic Roads Board (SRB)”" in finding.mend


def test_one_spelled_out_only_on_a_later_page_is_possible() -> None:
    text = "It was for the JRTT to say so.\n\fThe Joint Roads Transport Team (JRTT) did.\n"
    (finding,) = found("undefined-abbreviation", text)
    assert finding.confidence == Confidence.POSSIBLE
    assert "page 1" in finding.reason
    assert "page 2" in finding.reason


@pytest.mark.parametrize(
    "text",
    [
        "The Joint Roads Transport Team (JRTT) met. The JRTT agreed.",
        "The JRTT met on the first day.\n\fAbbreviations\n\nJRTT – Joint Roads Transport Team\n",
        "The PCC wrote to the NHS and to two MPs about it.",
        "The JRTTs (joint roads transport teams) met.",
    ],
)
def test_what_is_spelled_out_or_known_is_no_finding(text: str) -> None:
    assert found("undefined-abbreviation", text) == []


def test_a_definition_that_is_never_used_is_found() -> None:
    text = (
        "The Joint Roads Transport Team (JRTT) met. The Local Crime Group (LCG) saw the LCG lead."
    )
    (finding,) = found("unused-definition", text)
    assert finding.place.quotation == "Joint Roads Transport Team (JRTT)"


@pytest.mark.parametrize(
    ("text", "quotation", "confidence"),
    [
        ("The National Crime Agency (NCA) met.", "National Crime Agency (NCA)", "possible"),
        ("The RGG (Roads Governance Group) met.", "Roads Governance Group (RGG)", "possible"),
        ("Roads of note (RONs) are few.", "Roads of note (RON)", "likely"),
        ("The roads group, or RG, met.", "roads group (RG)", "likely"),
        ("Abbreviations\n\nRGG Roads Governance Group\n", "Roads Governance Group (RGG)", "likely"),
        (
            "The Roads Governance Group (RGG) met. The Roads Governance Group agreed.",
            *("Roads Governance Group (RGG)", "likely"),
        ),
        (
            "The Roads Governance Group (RGG) met.\n\nA Roads Governance Group (RGG) will meet.",
            *("Roads Governance Group (RGG)", "likely"),
        ),
    ],
)
def test_every_way_to_spell_out_what_is_not_used_is_found(
    text: str, quotation: str, confidence: str
) -> None:
    (finding,) = found("unused-definition", text)
    assert (finding.place.quotation, finding.confidence.value) == (quotation, confidence)


@pytest.mark.parametrize(
    "text",
    [
        "The LIFT project (Local Initiatives For Towns) began.",
        "Present\nTom Smith (TS)\nAnn Lee (AL)\n",
        "The Police and Crime Commissioner (PCC) spoke.",
        "Closed circuit television (CCTV) was put up.",
        "The Medium Term Plan (MTP) is new. MTP-led savings were found.",
        "The right to remain (R2R) is new. The R2R scheme is known.",
    ],
)
def test_a_name_explained_and_initials_of_persons_are_not_unused(text: str) -> None:
    assert found("unused-definition", text) == []


@pytest.mark.parametrize(
    ("name", "confidence", "near"),
    [
        ("Strategic Hedgehog Board", Confidence.LIKELY, ""),
        ("Strategic Roads Partnership Board", Confidence.POSSIBLE, "Strategic Roads Board"),
        ("ICPG Board", Confidence.POSSIBLE, "Integrated Custody Programme Group"),
        ("FEC", None, ""),
        ("XYZC", Confidence.LIKELY, ""),
    ],
)
def test_a_body_of_the_plan_that_the_glossary_lacks_is_found(
    name: str, confidence: Confidence | None, near: str
) -> None:
    findings = found("unlisted-body", PROSE + GLOSSARY, name)
    assert [f.confidence for f in findings] == ([confidence] if confidence else [])
    assert all(near in f.reason for f in findings)


@pytest.mark.parametrize(
    "name",
    [
        *("Victims’ Board", "Victims' board.", "the PCC’s Victims Board", "Victim Board"),
        *("Strategic Roads Board (quarterly)", "Fleet & Estates Committee", "Monthly reports"),
        *("Delivery plan monitoring", "Estate Manager", "PCC"),
    ],
)
def test_other_spellings_and_what_is_no_body_are_no_finding(name: str) -> None:
    assert found("unlisted-body", PROSE + GLOSSARY, name) == []


def test_a_body_that_a_label_names_as_overseer_is_likely() -> None:
    text = "1.1 Cameras\nGovernance: Strategic Hedgehog Board; Victims Board\n\n" + GLOSSARY
    (finding,) = run(Proof([text_document(text)]), ["unlisted-body"])
    assert finding.place.quotation == "Strategic Hedgehog Board"
    assert finding.confidence == Confidence.LIKELY


def test_a_board_named_in_prose_is_possible() -> None:
    text = "It went to the Northshire Hedgehog Board in May, and was agreed.\n\n" + GLOSSARY
    (finding,) = found("unlisted-body", text)
    assert (finding.place.quotation, finding.confidence) == (
        "Northshire Hedgehog Board",
        Confidence.POSSIBLE,
    )


@pytest.mark.parametrize(
    "said", ["is overseen by the", "reports to the", "is monitored through our", "Reported to"]
)
def test_of_a_group_in_prose_the_words_tell_that_it_oversees(said: str) -> None:
    text = f"The work on farms in the north of the county {said} Rural Forum.\n\n"
    (finding,) = found("unlisted-body", text + GLOSSARY)
    assert finding.place.quotation == "Rural Forum"


@pytest.mark.parametrize(
    "text",
    [
        "The Rural Forum decides on the grants for farms and tells no one.",
        "The Rural Forum also signs off the work on farms.",
        "Why no farm is seen is for the Rural Forum to find out.",
        "The plan for farms was signed off by the Rural Forum.",
        "Oversight of this lies with the Rural Forum.",
        "Thefts were talked over at the Rural Forum, which the chief officer chairs.",
        "The Rural Forum keeps an eye on thefts.",
        "Late work is escalated to the Rural Forum.",
    ],
)
def test_who_decides_in_prose_oversees(text: str) -> None:
    assert quoted(found("unlisted-body", f"{text}\n\n{GLOSSARY}")) == ["Rural Forum"]


@pytest.mark.parametrize(
    "text",
    [
        "The Rural Forum gave tea to forty farmers.",
        "The tent was for the Rural Forum to sleep in.",
        "The Chief Executive decides on the grants.",
        "OVERSIGHT BODIES\n\nThere are several.",
        "GOVERNANCE GROUPS NAMED HERE\n\nThere are several.",
    ],
)
def test_who_only_meets_and_who_is_no_body_is_no_overseer(text: str) -> None:
    assert found("unlisted-body", f"{text}\n\n{GLOSSARY}") == []


@pytest.mark.parametrize("head", ["NEXT", "ABOUT", "MONEY"])
def test_a_word_that_heads_a_part_is_no_short_form(head: str) -> None:
    assert found("undefined-abbreviation", f"{head}\n\nThe work is to go on in the spring.\n") == []


def test_initials_of_part_of_a_name_are_all_its_words() -> None:
    """`VFM` is not the Custody Visitors' Forum by the letters within a word."""
    listed = GLOSSARY.replace("Victims Board", "Custody Visitors’ Forum")
    text = f"{PROSE}The VFM opinion was good. {PROSE}\n{listed}"
    assert "Custody Visitors’ Forum" in quoted(found("unused-body", text))
    text = text.replace("VFM opinion", "VF")
    assert "Custody Visitors’ Forum" not in quoted(found("unused-body", text))


@pytest.mark.parametrize(
    "text",
    [
        "Northshire Policing Board, 4 May 2025\n\nThe Northshire Policing Board met.\n\n",
        "It was told to the Home Affairs Select Committee, and to a Safeguarding Board.\n\n",
        "Members of the Rural Forum, and of the Walking and Roads Boards, came to it.\n\n",
    ],
)
def test_bodies_of_others_and_the_meeting_itself_are_no_finding(text: str) -> None:
    assert found("unlisted-body", text + GLOSSARY) == []


def test_a_name_cut_in_two_by_its_cell_is_the_listed_one() -> None:
    made = proof(PROSE + GLOSSARY.replace("Quiet Corner Board", "Youth Commission Steering Group"))
    place = Origin("pack.txt", line=1)
    cut = Activity("1.1", "Do it", "See 2.1 Steering Group", ("Youth Commission",), place)
    vars(made)["plans"] = [Plan("Plan", (Commitment("1", "Roads", "", "", place, (cut,)),), place)]
    assert run(made, ["unlisted-body"]) == []


@pytest.mark.parametrize(
    "rows",
    [
        "| Ref | Overseen by | RAG |\n| 1a | Rural Forum | Green |\n| 1b | Victims Board | Red |\n",
        "Ref   Reports to      RAG\n1a    Rural Forum     Green\n1b    Victims Board   Red\n",
        "Ref\tBoard\tRAG\n1a\tRural Forum\tGreen\n1b\tVictims Board\tRed\n",
    ],
)
def test_a_column_of_overseers_is_read_wherever_it_stands(rows: str) -> None:
    text = f"{PROSE}{rows}\nMore is told of each of them below.\n\n{GLOSSARY}"
    told = run(Proof([text_document(text)]), ["unlisted-body"])
    assert quoted(told) == ["Rural Forum"]


def test_without_a_glossary_no_body_is_missing_from_it() -> None:
    assert found("unlisted-body", PROSE, "Strategic Hedgehog Board") == []


def test_bodies_named_nowhere_else_and_without_rhythm_are_found() -> None:
    findings = found("unused-body", PROSE + GLOSSARY, "ICP Group")
    assert [(f.place.quotation, "named nowhere" in f.reason) for f in findings] == [
        ("Victims Board", True),
        ("Quiet Corner Board", True),
        ("Quiet Corner Board", False),
    ]


def test_what_stands_below_a_glossary_is_read_as_text() -> None:
    text = (
        PROSE
        + GLOSSARY
        + "\nThe Victims Board met in May. So did the Letters Panel of the force.\n"
    )
    assert quoted(found("unlisted-body", text)) == ["Letters Panel"]
    assert "Victims Board" not in quoted(found("unused-body", text))


def test_a_name_on_two_lines_of_its_cell_is_named() -> None:
    text = """Ref    Position                       Reports to

1.1    Four vans were bought.         Victims
       Two came in May.               Board
"""
    told = quoted(found("unused-body", PROSE + text + "\n" + GLOSSARY))
    assert "Victims Board" not in told


def test_a_body_of_the_force_is_the_same_without_that_word() -> None:
    text = PROSE + GLOSSARY.replace("Victims Board", "Force Victims Board")
    assert found("unlisted-body", f"The Force Victims Board met.\n\n{text}") == []


def test_a_short_form_within_a_name_is_read_as_the_words_it_stands_for() -> None:
    text = "The Roads and Bridges Team (RBT) met.\n\n" + GLOSSARY.replace("Victims", "RBT")
    assert found("unlisted-body", text, "Roads and Bridges Team Board") == []


@given(st.text(alphabet="ABab ()–.&’\nBoard", max_size=300))
def test_no_text_can_break_it(text: str) -> None:
    run(proof(text + "\n\n" + GLOSSARY, text[:40]), NAMES)


NAMES = ["undefined-abbreviation", "unused-definition", "unlisted-body", "unused-body"]


@pytest.mark.parametrize("piece", ["A Board ", "Aa ", "AB (", "Aa of ", "Victims "])
def test_long_repetition_is_read_in_bounded_time(piece: str) -> None:
    assert isinstance(run(proof(piece * 2000 + "\n\n" + GLOSSARY), NAMES), list)
