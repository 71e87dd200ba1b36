"""Personal data in a document: what is found, how sure, and that a finding does not spread it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.intake.text import read_text
from peelian.proofreading import privacy
from peelian.proofreading.findings import Finding, run
from peelian.proofreading.proof import Proof
from peelian.recognition.personal import PersonalKind, is_health_number, personal_data
from tests.proofreading.conftest import MakeProof


def found(proof: MakeProof, text: str) -> list[Finding]:
    return run(proof(text), only=["personal-data"])


@pytest.mark.parametrize(
    ("text", "sure", "quotation"),
    [
        ("Write to ann.bright77@gmail.com.", "likely", "Write to an*.******77@gmail.com."),
        ("Ask a.bright@northshire.gov.uk.", "possible", "Ask a.*****t@northshire.gov.uk."),
        ("Ask ann-bright@refuge.org.uk.", "possible", "Ask a**-*****t@refuge.org.uk."),
        ("Her mobile is 07700 900123.", "likely", "Her mobile is 07*** ****23."),
        ("Press office: +44 7700 900123", "possible", "Press office: +44 **** ****23"),
        ("Home telephone 01632 960123", "likely", "Home telephone 01*** ****23"),
        ("He lives at 22 Station Road, Oakby.", "likely", "He lives at 22 ******* **ad, Oakby."),
        (
            "Mr Bright of 14 Oak Tree Road, Oakby, AB1 2CD wrote.",
            *("likely", "Mr Bright of 14 *** **** ****, *****, *** *CD wrote."),
        ),
        ("DOB: 03/04/1985.", "likely", "DOB: 0*/**/****."),
        ("born on 3 April 1985", "likely", "born on 3 ***** ****"),
        ("NI no: AB 12 34 56 C", "likely", "NI no: A* ** ** ** C"),
        ("(AB123456C)", "possible", "(A*******C)"),
        ("NHS number 943 476 5919", "likely", "NHS number 94* *** **19"),
        ("The car AB12 CDE was stopped.", "likely", "The car A*** **E was stopped."),
        ("AB12 CDE", "possible", "A*** **E"),
        (
            "The meeting heard from Mrs Ann Bright of 14 Oak Tree Close, Oakby, who objected.",
            "likely",
            "The meeting heard from Mrs Ann Bright of 14 *** **** ***se, Oakby, who objected.",
        ),
        ("Her own number is 01632 960123.", "likely", "Her own number is 01*** ****23."),
        ("Passport number 123456789", "likely", "Passport number 1*******9"),
        ("NHS number: 943 476 5918", "likely", "NHS number: 94* *** **18"),
        ("Sort code: 12-34-56.", "likely", "Sort code: 1*-**-*6."),
        ("Account number 12345678", "likely", "Account number 1******8"),
        ("GB29 NWBK 6016 1331 9268 19", "likely", "GB** **** **** **** **** 19"),
    ],
)
def test_personal_data_is_told_and_its_middle_covered(
    proof: MakeProof, text: str, sure: str, quotation: str
) -> None:
    [one] = found(proof, text)
    assert (one.confidence.value, one.place.quotation) == (sure, quotation)


@pytest.mark.parametrize(
    "text",
    [
        "opcc@northshire.police.uk, democratic.services@northshire.gov.uk, victim.support@x.org.uk",
        "Tel: 01632 960123, call 101 or 0800 555111; ring 0300 123 4567",
        "Calls to 020 7946 0958 are recorded",
        "Venue: Council Chamber, 3 High Street, Anytown, AB1 2CD",
        "Police Headquarters, 15 Acre Lane, Anytown AB1 2CD",
        "A shop at 22 High Street was burgled, on the A5 at 4 Oak Road.",
        "The meeting was held on 3 April 1985. The force was born in 1967.",
        "Ref AB123456, order 07123 45, £07700900; 12-34-56; 1234567890",
        "NHS spending was 943 476 5918 in all",
    ],
)
def test_what_belongs_to_an_office_or_is_something_else_is_left_alone(
    proof: MakeProof, text: str
) -> None:
    assert found(proof, text) == []


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (
            "Case study\n\nSarah was referred to us after her ex-partner assaulted her. Sarah said "
            "she felt safe.",
            "likely",
        ),
        (
            "Client story: Michael, 34, was arrested for theft. He has left drugs behind.",
            "possible",
        ),
        ("Case study - drugs\n\nEmma Thornley told police she had been stalked.", "likely"),
        (
            "A survivor of domestic abuse, Jane Holroyd, told the Panel how she left her violent "
            "husband with support.",
            "likely",
        ),
    ],
)
def test_a_name_in_a_case_story_is_told(proof: MakeProof, text: str, sure: str) -> None:
    [one] = found(proof, text)
    assert one.confidence == sure
    for name in ("Sarah", "Michael", "Emma", "Thornley", "Jane", "Holroyd"):
        assert name not in one.place.quotation


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Victim: Jane Holroyd", "likely"),
        ("A complaint from Mrs Holroyd was not upheld.", "possible"),
        ("The review requested by Jane Holroyd was late.", "likely"),
        ("The complainant, Mr J Holroyd, wrote again.", ""),  # an initial; no name is sure
        ("A complaint from Oakby Town Council was upheld.", ""),
        ("Victim Satisfaction Survey", ""),
        ("Jane Holroyd, a survivor of abuse, was supported.", "likely"),
        ("Holroyd, a survivor of abuse, was supported.", "possible"),
        ("Names have been changed. Holroyd, a survivor of abuse, was supported.", ""),
        ("The Holroyd Trust, a victim support charity, was paid.", ""),
        ("Her daughter Holroyd went to school.", "likely"),
        ("A pupil called Holroyd went home.", "possible"),
        ("Jane Holroyd, 82, of Oakby wrote to us.", "likely"),
        ("Their son School was built.", ""),
        ("A victim of stalking from Oakby, Jane Holroyd, was given an alarm.", "likely"),
        ("A victim in Oakby, Mr Jane Holroyd, had written to us.", "likely"),
        ("The lead petitioner, a Mrs Jane Holroyd, of the hill, spoke.", "likely"),
        ("To sell it to Mr Jane Holroyd, of The Old Forge, Oakby.", "likely"),
        ("The field was let to Mrs Ann Holroyd, Crook Farm, Oakby, for grazing.", "likely"),
        ("Mrs Holroyd’s complaint was upheld.", "possible"),
        ("Ms Jane Holroyd’s grievance was settled.", "likely"),
        ("Mr Holroyd’s report was noted, and Mrs Holroyd’s term ended.", ""),
        ("Mr E. Holroyd, Bryn Hyfryd, Aber, asked a question.", "likely"),
        ("Holroyd was 19 when she came to the service.", "possible"),
        ("Ms Ann Holroyd, Road Safety Lead, and Mrs Holroyd, Farm Liaison Officer, came.", ""),
        ("Mrs E. Holroyd, who lives at Oakby Farm, rang.", "likely"),
        ("A grant was made to Mr E Holroyd of Holroyd Limited, Oakby.", ""),
        ("Ms Jane Holroyd of the Home Office came, and Mr Holroyd of Oakby Council.", ""),
        ("A survivor of abuse, Independent Adviser, was there.", ""),
        ("A resident of Oakby, Holroyd Street, was paid.", ""),
        ("Witness: Care Unit", ""),
        ("The victim: Domestic Abuse Services told us", ""),
        ("A complaint from Mr Holroyd, the Chief Executive’s manager, was upheld.", ""),
    ],
)
def test_a_member_of_the_public_is_not_to_be_named(proof: MakeProof, text: str, sure: str) -> None:
    told = found(proof, text)
    assert [f.confidence.value for f in told] == ([sure] if sure else [])
    assert all("Holroyd" not in f.place.quotation for f in told)


@pytest.mark.parametrize(
    "text",
    [
        "Case study (names have been changed)\n\nSarah told police she was assaulted.",
        "Case study\n\nClient C said he used heroin. Ms A was assaulted by her ex-partner.",
        "Case study\n\nDrive is working well with the client and he is well supported. Oakby has "
        "seen fewer victims and his area is safe.",
        "Case study\n\nHer support worker, Alison, moved her from her violent partner. PC Green "
        "said he was pleased. Anna Black, our victim services manager, said she was proud.",
        "The Commissioner, John Bright, said he was pleased to support victims of domestic abuse.",
        "The Chief Constable, Mr Smith, said he had met victims of sexual abuse and police.",
        "She told police about her abusive ex-partner under Clare’s Law; Clare’s Law was used.",
        "Operation Lantern was set up; he was arrested. The victim was assaulted in Oakby.",
        "Sarah told her brother that she would see the play.",
    ],
)
def test_a_name_changed_an_initial_a_body_and_someone_at_work_are_left_alone(
    proof: MakeProof, text: str
) -> None:
    assert found(proof, text) == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("A 14 year old boy came to us. He has been at risk of exploitation.", True),
        ("14 year old male service user at risk of exclusion, with support", True),
        ("The client was moved. He lives with his aunt, and he sees her sister.", True),
        ("C was in prison. He had his own flat, and he left his friends.", True),
        ("An 84-year-old widow from Oakby wrote to us.", True),
        ("The murder of a 14-year-old boy in Oakby was told.", False),
        ("A mother, 34, from Lower Oakby told us that she felt safe.", True),
        ("The boy of seven at the caravan on Pound Lane, whose father drives, lost a hand.", True),
        ("A survivor said: “I was a teacher at Oakby School, and my brother knew.”", True),
        (
            "A grievance of an employee, the only woman sergeant at Oakby, over her cancer, was",
            True,
        ),
        (
            "The GP of a certificate holder, the retired vicar of Oakby, said he was sectioned.",
            True,
        ),
        ("A woman from Oakby, whose sister works in the control room, complained.", True),
        (
            "The claim of a former detective, who retired after her breakdown and runs the inn.",
            True,
        ),
        ("Inspectors were told of a girl of 12, whose stepfather drives the school bus.", True),
        ("A serving constable, whose wife is the only vet in Oakby, was signed off.", True),
        ("T is a 16-year-old from Oakby whose mum works at the quay. He was excluded.", True),
        ("A grandmother in Oakby has two grandsons, whom she raised; her daughter left.", True),
        ("The claimant, a civilian at Oakby with one arm, said that she had been mocked.", True),
        ("An officer’s wife, who teaches French at Oakby and has chemotherapy, wrote.", True),
        ("The only Sikh constable in the team, who is 26 and from Oakby, had resigned.", True),
        ("One caller, a blind veteran who lives above the baker’s, waited 40 minutes.", True),
        ("One respondent wrote: “I am the only wheelchair user in Elm Court”.", True),
        ("A detainee was given a blanket. Of 40 detainees aged 17, one in ten had autism.", False),
        ("A man aged 41 from Oakby was jailed for nine years for dealing.", False),
        ("A 45-year-old man was charged with murder and appeared at court.", False),
        ("A woman was seen in May. She said that it was good.", False),
        ("Each child in care who went missing was seen by a worker; 40 had autism.", False),
        ("A lad of 15 from the site, whose uncle is in prison, was kept for hours.", True),
        ("A special constable who is a pharmacist in Oakby was off with depression.", True),
        ("A man of 22 who has Down’s syndrome was kept in a cell for hours.", True),
        ("The person, a former inspector at the Home Office, had worked in Wales.", False),
        ("A detainee, who is deaf and works at the quarry, was held for nine hours.", True),
        ("A resident in her 80s, who lived in Mill Street, was called by a caller.", True),
        ("A victim who is pregnant or lives in a refuge in Oakby is entitled to a visit.", False),
        ("A man from Oakby, aged 24, was sentenced to four years.", False),
        ("A woman from Oakby said that crime had risen.", False),
        ("The member for Oakby said that his daughter is a constable, and diabetic.", False),
        ("A child in care was twice as likely to go missing in Oakby.", False),
        ("Visitors made 140 visits. The youngest is 19. They were trained in dementia.", False),
        ("One victim in three was told; mental health services were not.", False),
        ("The person appointed was a former head of unit, who had worked in Wales.", False),
        ("We support 14 year old girls and boys who have been victims.", False),
        ("Support for 15 year old males was paid for.", False),
        ("The client was content.", False),
        ("The Commissioner has met victims. He told his officers that he was pleased.", False),
    ],
)
def test_a_story_told_in_detail_is_worth_a_look(proof: MakeProof, text: str, is_told: bool) -> None:
    assert [f.confidence.value for f in found(proof, text)] == (["possible"] if is_told else [])


def test_what_is_told_of_a_person_is_named(proof: MakeProof) -> None:
    text = "A woman from Oakby, whose sister works in the control room, complained of her stroke."
    [one] = found(proof, text)
    assert one.reason == "This tells of one person’s home, work, family, health."


def test_the_same_address_at_two_places_is_one_finding(proof: MakeProof) -> None:
    [one] = found(proof, "A: a.b@gmail.com\n\nSome other words.\n\nB: a.b@gmail.com\n")
    assert len(one.others) == 1


def test_a_finding_covers_whatever_else_stands_beside(proof: MakeProof) -> None:
    for one in found(proof, "Ring 07700 900123 or write to ann.bright@gmail.com"):
        assert "900123" not in one.place.quotation
        assert "bright" not in one.place.quotation


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.sampled_from(PersonalKind)
)
def test_a_cover_is_as_long_as_what_it_covers_and_hides_most_of_it(
    value: str, kind: PersonalKind
) -> None:
    cover = privacy.masked(value, kind)
    assert len(cover) == len(value)
    if kind not in (PersonalKind.NAME, PersonalKind.PRIVATE_EMAIL, PersonalKind.WORK_EMAIL):
        shown = sum(a.isalnum() for a in cover)
        assert shown <= max(1, sum(a.isalnum() for a in value) * 2 // 3)


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9))
def test_the_last_digit_of_an_nhs_number_checks_the_others(digits: list[int]) -> None:
    begin = "".join(map(str, digits))
    assert sum(is_health_number(f"{begin}{last}") for last in range(10)) <= 1


PIECES = ["a.b@gmail.com", "07700 900123", "Case study", "Sarah", "she", "victim", "\n\n", "told"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9))).map(" ".join))
def test_any_text_can_be_read(text: str) -> None:
    ends = 0
    for one in personal_data(text):
        assert ends <= one.start < one.end <= len(text)
        ends = one.end
    assert isinstance(run(Proof([read_text("a.txt", text.encode())]), only=["personal-data"]), list)


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a@b.",
        "0",
        "07 ",
        "A1 ",
        "12 Oak ",
        "12 Oak Road, Aa ",
        "Ann ",
        "case study ",
        "a woman in Oakby was ",
        "Mr Ann of Oak ",
    ],
)
def test_long_repeated_text_is_read_to_its_end(piece: str) -> None:
    assert isinstance(personal_data(piece * 5_000), list)
    proof = Proof([read_text("a.txt", (piece * 2_000).encode())])
    assert isinstance(run(proof, only=["personal-data"]), list)
