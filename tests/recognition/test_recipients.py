"""Who was paid: an organisation, a person, or in doubt. In doubt the name is withheld."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.recipients import MASK, RecipientKind, masked, recipient, without_name

BODIES = [
    *("Northshire Cleaning Ltd", "ACME PLC", "Smith & Jones LLP", "Old Mill Arts CIC"),
    *("Northshire County Council", "University of Northshire", "NHS Northshire", "HMRC"),
    *("J Smith Limited", "Mark Carter Building Ltd", "4Studio", "Office of the Commissioner"),
    *("Valley Plumbing Ltd t/a Smith", "Victim Support", "Blackrock Capital LP", "3Com", "G4S"),
    *("National Police Chiefs Council", "Friends of the Park", "shop.example.co.uk"),
]
PEOPLE = [
    *("Mr J Smith", "MRS ANN LEE", "Dr Bright", "John Smith", "SMITH, JOHN", "Smith, J."),
    *("J. A. Smith", "Sarah Jane Green", "Jones T/A Valley Plumbing", "A Khan trading as AK Taxis"),
    *("Mr J Smith t/a Valley Plumbing Ltd", "John Smith T/A JS Cars Limited", "B.V. Patel"),
    *(
        "Green Sarah",
        "Rev. Owen Price",
        "J Smith",
        "Smith J",
        "John Smith Associates",
        "Valley Catering (sole trader)",
    ),
]
IN_DOUBT = [
    *("Bright Consulting", "Smith & Sons", "Fenwick Garage"),
    *("J Smith 100234", "SMITH J 12345 UK", "Okonjo 4521", "A Okonjo, 12 High Road", "Studio 12"),
    *("Estate of A Okonjo", "Executors of Okonjo", "Foster carer of Zog 12", "Victim Okonjo"),
    *("J Castle", "Church K", "Parish, D", "A Okonjo UK", "A Okonjo for B Pardew"),
    *("LP Hartley", "Hartley LP", "Okonjo BV"),
    *("BT Group", "Marks Spencer", "St Mary Church Hall", "Zog Pardew", "Vodafone"),
]


@pytest.mark.parametrize("name", BODIES)
def test_an_organisation_is_known_by_its_form_or_words(name: str) -> None:
    assert recipient(name).kind == RecipientKind.BODY


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_or_sole_trader_is_known(name: str) -> None:
    assert recipient(name).kind == RecipientKind.PERSON


@pytest.mark.parametrize("name", IN_DOUBT)
def test_what_shows_no_sign_is_doubtful(name: str) -> None:
    assert recipient(name).kind == RecipientKind.DOUBTFUL


FIRST = st.sampled_from(["John", "SARAH", "gareth", "Aisha"])
LAST = st.sampled_from(["Smith", "O’Neill", "ap Rhys", "Lloyd-Jones", "KHAN"])
FORMS = st.sampled_from(["{f} {l}", "{l}, {f}", "Mr {f} {l}", "{f} {l} t/a Valley Cars", "{i} {l}"])


@given(FIRST, LAST, FORMS)
def test_no_way_of_writing_a_person_is_taken_for_an_organisation(f: str, l: str, form: str) -> None:  # noqa: E741
    name = form.format(f=f, l=l, i=f[0])
    assert recipient(name).kind != RecipientKind.BODY


@given(st.text(max_size=80))
def test_anything_is_taken_for_something(name: str) -> None:
    assert recipient(name).kind in RecipientKind
    masked(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Counselling for Mrs Ann Lee in May", f"Counselling for {MASK} in May"),
        ("Refund, call 07700 900123", f"Refund, call {MASK}"),
        ("Mail ann.lee@gmail.com", f"Mail {MASK}"),
        ("Repairs to the custody suite", "Repairs to the custody suite"),
    ],
)
def test_words_without_people(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("John Smith", "Counselling for J. Smith in May", f"Counselling for {MASK} in May"),
        ("SMITH, JOHN", "Fees Smith J, second part", f"Fees {MASK}, second part"),
        ("Mr J Smith t/a Valley Cars", "valley cars: j smith", f"valley cars: {MASK}"),
        ("Ann Grant", "A grant for ann grant, GRANT A", f"A grant for {MASK}, {MASK}"),
        ("SMITH, JOHN", "fees john smith", f"fees {MASK}"),
        ("O'Brien P", "Fees P O’BRIEN", f"Fees {MASK}"),
        ("X Y", "Nothing to hide", "Nothing to hide"),
    ],
)
def test_a_name_is_blacked_out_however_it_is_written(name: str, text: str, expected: str) -> None:
    assert without_name(text, name) == expected
