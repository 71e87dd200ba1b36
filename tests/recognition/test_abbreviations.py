"""Abbreviations spelled out, and where short forms are used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.abbreviations import abbreviations, fits, same_form
from peelian.recognition.everyday import is_everyday
from peelian.recognition.short_forms import short_forms
from tests.recognition.documents import table_document, text_document


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Compared with its Most Similar Group (MSG) it is low.", "MSG", "Most Similar Group"),
        ("The MSG (Most Similar Group) is low.", "MSG", "Most Similar Group"),
        ("the Victims’ Code of Practice (VCoP) says", "VCoP", "Victims’ Code of Practice"),
        ("of independent visitors (IVs) in custody", "IV", "independent visitors"),
        ("Joint Roads & Transport Team (JRTT) met", "JRTT", "Joint Roads & Transport Team"),
        ("by closed circuit television (CCTV) at night", "CCTV", "closed circuit television"),
        ("Multi-Agency Support Hub (“MASH”) opened", "MASH", "Multi-Agency Support Hub"),
        ("LIFT project (Local Initiatives For Towns)", "LIFT", "Local Initiatives For Towns"),
        ("MSG – Most similar group", "MSG", "Most similar group"),
        ("OCG: Organised crime group", "OCG", "Organised crime group"),
        ("National Air Police Service (NPAS) flew", "NPAS", "National Air Police Service"),
        ("the body (the Joint Roads Board, or JRB) met", "JRB", "Joint Roads Board"),
        ("RTC stands for road traffic collision.", "RTC", "road traffic collision"),
        ("An RTC, that is, a road traffic collision.", "RTC", "road traffic collision"),
        ("Of the OCGs – organised crime groups – two ended.", "OCG", "organised crime groups"),
        ("The Serious Violence Duty, or SVD, applies.", "SVD", "Serious Violence Duty"),
        ("Our crime reduction unit, also known as the CRU, met", "CRU", "crime reduction unit"),
        ("our crime reduction unit – CRU – met", "CRU", "crime reduction unit"),
        ("the crime reduction unit (hereafter the CRU) met", "CRU", "crime reduction unit"),
        ("the Joint Roads Board [JRB] met", "JRB", "Joint Roads Board"),
        ("their right to remain (R2R) ended", "R2R", "right to remain"),
        (
            "1.1 It met the Joint Roads\n\nTransport Team (JRTT).",
            "JRTT",
            "Joint Roads Transport Team",
        ),
        (
            "1.1 It met (the Joint Roads\n\nTransport Team, JRTT).",
            *("JRTT", "Joint Roads Transport Team"),
        ),
    ],
)
def test_a_short_form_is_spelled_out(text: str, short: str, long: str) -> None:
    found = abbreviations(text_document(text))
    assert [(one.short, one.long) for one in found] == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "The force (NPT) is slow.",
        "It rose in Northshire (UK) last year.",
        "ABC – nothing of the kind",
        "The contracts (CRC) ended.",
        "It met in March (SEE NOTE).",
        "Crime rose, RTC figures fell, and the police, NHS and courts met.",
        "It was for the board – KPIs – to say, or PCSOs, and known as the CRU.",
        "We saw the roads.\n\nTheir team (RTT) met.",
    ],
)
def test_letters_that_do_not_fit_the_words_spell_nothing_out(text: str) -> None:
    assert abbreviations(text_document(text)) == []


def test_lists_and_tables_of_abbreviations_are_read() -> None:
    listed = text_document(
        "Abbreviations used\n\nMSG Most Similar Group\nOCG Organised Crime Group\n"
    )
    assert [one.short for one in abbreviations(listed)] == ["MSG", "OCG"]
    stacked = text_document(
        "Glossary\n\nOCG\nOrganised Crime Group\nDVN / DVO\nDomestic Violence Notice / Order\n"
    )
    assert [one.short for one in abbreviations(stacked)] == ["OCG", "DVN", "DVO"]
    table = table_document(
        "Acronyms", ["Acronym", "Meaning"], ["MSG", "Most similar group"], ["OCG", "Other words"]
    )
    (only,) = abbreviations(table)
    assert (only.short, only.long, only.form) == ("MSG", "Most similar group", "listed")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("PCC", "Police and Crime Commissioner"),
        ("T&S", "Towns and Streets"),
        ("OHA", "of Hall Ash"),
    ],
)
def test_initials_fit_words(short: str, long: str) -> None:
    assert fits(short, long)


@pytest.mark.parametrize(("one", "other"), [("VCoP", "VCOP"), ("SARCs", "SARCS"), ("OCG’s", "OCG")])
def test_ways_to_write_a_short_form_are_one(one: str, other: str) -> None:
    assert same_form(one) == same_form(other)


def used(text: str) -> list[str]:
    return [use.short for use in short_forms(text_document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("All of the OCGs were seen by the MSG’s lead.", ["OCG", "MSG"]),
        ("THE NORTHSHIRE PLAN ON ROADS\n\nIt is about the RTA.", ["RTA"]),
        ("This is NOT what was meant; it is not.", []),
        ("Write to NS3 8XP, on the A449 or by ABC@office.example.", []),
        ("Under SI 2011/3050 and page 12 of XY 300.", []),
        ("Action: TS/SC to report. Cllr JR Smith agreed.", []),
        ("Present\nTom Smith (Chair)\nAnn Lee\n\nTS asked how the MSG is made up.", ["MSG"]),
        ("See WestNorthshire and McDonald on iPhone.", []),
        ("Cllr J D MACKAY led Operation SCEPTRE (PCP/20/12) and RESOLVED it.", []),
        ("under Part VA of the LGA 1972 and [2014] UKSC 56, band DX", []),
        ("half a word of the QP", []),
        ("The D2A pathway and the C4C scheme of W2 3AB, on the M25 or A4.", ["D2A", "C4C"]),
        ("It follows APP. It has an app for it.", ["APP"]),
        ("The DV desk and the CMI spoke.", ["DV", "CMI"]),
        ("The DRIIVE pilot was URGENT.", ["DRIIVE"]),
        ("9.0 LEGAL\n\nThere is nothing of that.", []),
        ("North and South have CI attendance. CI Bright agreed.", ["CI"]),
    ],
)
def test_capitals_that_are_no_short_form_are_passed_over(text: str, expected: list[str]) -> None:
    assert used(text) == expected


def test_what_may_be_a_name_is_told_from_letters() -> None:
    uses = short_forms(
        text_document("People from MATES and the ABX project met with the JQRT today.")
    )
    assert {u.short: u.may_be_a_name for u in uses} == {"MATES": True, "ABX": True, "JQRT": False}


@pytest.mark.parametrize("short", ["PCC", "BBC", "NHS", "XIV", "MP", "GP", "HM", "KPMG"])
def test_what_every_reader_knows_needs_no_words(short: str) -> None:
    assert is_everyday(short)


def test_a_local_short_form_is_not_known_to_all() -> None:
    assert not any(
        map(
            is_everyday,
            ("DV", "CMI", "MC", "SRP", "ODOC", "MATES", "IPCAC", "PPL", "SOH", "RGG", "NTE"),
        )
    )


@given(st.text(alphabet="ABCabc ()–-:&’s.\n", max_size=300))
def test_no_text_can_break_it(text: str) -> None:
    document = text_document(text)
    abbreviations(document)
    short_forms(document)


@pytest.mark.parametrize("piece", ["A", "AB ", "(AB ", "Aa Bb (AB) ", "A-", "a ", "Ab Cd "])
def test_long_repetition_is_read_in_bounded_time(piece: str) -> None:
    document = text_document(piece * 2500)
    assert isinstance([*abbreviations(document), *short_forms(document)], list)


POSTS = """Note of the meeting

Chair of the Board (JT)
Deputy Commissioner (LM)
Head of Estates (PK)
Victims Assurance Board (VAB)

"""


@pytest.mark.parametrize(
    ("text", "used"),
    [
        (POSTS + "PK said that LM and the NPT had met.", ["VAB", "NPT"]),
        ("Present: the chair (JT), the clerk (LM)\n\nJT asked the NPT.", ["NPT"]),
        ("Members present: A Person (NCC), B Person (NCC)\n\nThe NCC agreed.", ["NCC"] * 3),
        ("Members: Head of Roads (HR), Director of Arts (DA)\n\nDA asked the NPT.", ["NPT"]),
        ("2. STAFF The head of people said so.", []),
        ("ESTATES\nWe CARE for it. They cared for the NPT.", ["NPT"]),
        ("The MAPPA met.", ["MAPPA"]),
        ("1. KNIFE CRIME The work went on.", []),
        ("Operation SCEPTRE began. SCEPTRE ended.", []),
        ("Inspector JONES said so.", []),
    ],
)
def test_initials_of_persons_and_words_in_capitals_are_no_short_forms(
    text: str, used: list[str]
) -> None:
    assert [use.short for use in short_forms(text_document(text + " It ended.\n"))] == used
