"""Glossaries of oversight bodies, in tables, in text whose tables were lost, and in lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.recognition.bodies import column_of
from peelian.recognition.glossary import Mechanism, abbreviations, glossaries
from peelian.recognition.mechanisms import key, rhythm
from peelian.recognition.oversight_lines import overseers
from peelian.recognition.programme import programmes
from tests.recognition.documents import table_document, text_document

FLATTENED = """ GOVERNANCE STRUCTURE: WHO MEETS WHEN

Key: ‘*’ - Minutes are published, ‘#’ – public meeting
BOARD PURPOSE (Northshire Plan - Safer streets) FREQUENCY
Northshire Performance Board*# To hold the Chief Constable to account for what the force $
achieves against the plan. $

Monthly $
Joint Estates and Fleet $
Committee* $

Keeps watch over buildings and vehicles, of which it hears
quarterly from the head of each.

Every two
months
Weekly Commissioner / Chief Constable Informal talk about what is urgent. Weekly
Hate Crime Scrutiny Panel Reads closed cases with members of the public. 3 times a year
Roads Forum* Brings together those who look after roads
BOARD PURPOSE (Northshire Plan - Helping victims) FREQUENCY
Victims Group Improves what is offered to victims, in
court and elsewhere. Ad hoc

 Appendix 3
Topic Inclusion Commentary
""".replace(" $", "")


def named(*mechanisms: Mechanism) -> list[tuple[str, str, str]]:
    return [(m.name, m.meets, m.theme) for m in mechanisms]


def test_a_table_that_was_flattened_gives_back_its_rows() -> None:
    (glossary,) = glossaries(text_document(FLATTENED))
    assert glossary.title == "GOVERNANCE STRUCTURE: WHO MEETS WHEN"
    assert named(*glossary.mechanisms) == [
        ("Northshire Performance Board", "Monthly", "Safer streets"),
        ("Joint Estates and Fleet Committee", "Every two months", "Safer streets"),
        ("Weekly Commissioner / Chief Constable", "Weekly", "Safer streets"),
        ("Hate Crime Scrutiny Panel", "3 times a year", "Safer streets"),
        ("Roads Forum", "", "Safer streets"),
        ("Victims Group", "Ad hoc", "Helping victims"),
    ]
    first, second, *_rest, last = glossary.mechanisms
    assert first.purpose.startswith("To hold the Chief Constable to account for what")
    assert (first.notes_published, first.public) == (True, True)
    assert (second.notes_published, second.public) == (True, False)
    assert last.purpose == "Improves what is offered to victims, in court and elsewhere."


FURTHER = """OUR GOVERNANCE
Meeting / Board Role and remit Frequency Chair
Assurance Board The main meeting with the Chief Constable. Monthly Commissioner
Estates Board Buildings and what
they cost. Bi-monthly Finance Officer
Ethics Panel Looks at files. Four times per year Independent
"""
CELL_BY_CELL = """Boards
Board
Purpose
Frequency
Assurance Board
The main meeting with the Chief Constable.
Monthly
Estates Board
Buildings and what they cost.
Bi-monthly
Ethics Panel
Looks at files.
Four times per year
"""
BESIDE = """Boards
Board Purpose Frequency
Assurance Board The main meeting Monthly
with the Chief Constable.
Estates Board Buildings and Bi-monthly
what they cost.
Ethics Panel Looks at files. Four times per year
"""
RHYTHM_FIRST = """Boards
Board Frequency Purpose
Assurance Board Monthly The main meeting with the Chief Constable.
Estates Board Bi-monthly Buildings and what
they cost.
Ethics Panel Four times per year Looks at files.
"""


@pytest.mark.parametrize(
    "text",
    [FURTHER, RHYTHM_FIRST, CELL_BY_CELL, BESIDE],
    ids=["a column after", "other order", "cell by cell", "beside"],
)
def test_columns_may_stand_in_another_order(text: str) -> None:
    (glossary,) = glossaries(text_document(text))
    assert [(m.name, m.meets, m.purpose) for m in glossary.mechanisms] == [
        ("Assurance Board", "Monthly", "The main meeting with the Chief Constable."),
        ("Estates Board", "Bi-monthly", "Buildings and what they cost."),
        ("Ethics Panel", "Four times per year", "Looks at files."),
    ]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        *[(name, "name") for name in ("Board, group or forum", "Partnership", "Oversight body")],
        *[(name, "meets") for name in ("When", "How often does it meet?", "Meetings per year")],
        *[(name, "purpose") for name in ("What it looks at", "Looks at", "Responsible for")],
        *[(name, "") for name in ("Chair", "Whenever", "Boarding", "Covered")],
    ],
)
def test_a_column_is_told_by_its_heading(heading: str, column: str) -> None:
    assert column_of(heading) == column


def test_a_table_gives_its_columns_by_their_headings() -> None:
    document = table_document(
        "Boards and meetings",
        ["Meeting", "Terms of reference", "How often", "Notes published", "Held in public"],
        ["Strategic Roads Board", "Oversees road safety.", "Quarterly", "Yes", "No"],
        ["Custody Forum", "Hears from visitors.", "", "No", ""],
    )
    (glossary,) = glossaries(document)
    assert glossary.title == "Boards and meetings"
    roads, custody = glossary.mechanisms
    assert (roads.name, roads.meets, roads.purpose) == (
        "Strategic Roads Board",
        "Quarterly",
        "Oversees road safety.",
    )
    assert (roads.notes_published, roads.public) == (True, False)
    assert (custody.meets, custody.notes_published, custody.public) == ("", False, None)


PARTED = """BOARDS AND GROUPS NAMED IN THIS PLAN

Board                          What it does                          Meets
Strategic Road Safety Board    Brings partners together              Quarterly
Victims and Witnesses Group    Looks at services                     Monthly
Estates and Fleet              Buildings and                         Every two months
Programme Board                vehicles
Chief Constable’s briefing     What is urgent                        Weekly
Custody Scrutiny Panel         Reads detention records with          Quarterly
                               members of the public
"""
SENTENCES = """How this plan is overseen

Strategic Road Safety Board: brings partners together and meets every quarter.
Victims and Witnesses Group: looks at services. Monthly.
Estates and Fleet Programme Board: buildings
and vehicles. It meets every two months.
Chief Constable’s briefing: weekly.
Custody Scrutiny Panel: reads detention records, quarterly.

The year

It went well.
"""
BRACKETS = """Who oversees what

- Strategic Road Safety Board (quarterly) - brings partners together
- Victims and Witnesses Group (monthly)
- Estates and Fleet Programme Board (every two months): buildings
- Chief Constable’s briefing (weekly)
- Custody Scrutiny Panel (quarterly)
"""
HEADED = """ANNEX A: OUR BOARDS

Strategic Road Safety Board
Brings partners together. Meets quarterly.

Victims and Witnesses Group
Looks at services. Meets monthly.

Estates and Fleet Programme Board
Buildings. Meets every two months.

Chief Constable’s briefing: weekly.

Custody Scrutiny Panel
Reads detention records. Meets quarterly.
"""


@pytest.mark.parametrize(
    "text",
    [PARTED, SENTENCES, BRACKETS, HEADED],
    ids=["columns parted by blanks", "name and sentence", "rhythm in brackets", "name above"],
)
def test_a_list_of_bodies_has_many_shapes(text: str) -> None:
    (glossary,) = glossaries(text_document(text))
    assert glossary.title == text.splitlines()[0]
    assert [(m.name, m.meets.casefold()) for m in glossary.mechanisms] == [
        ("Strategic Road Safety Board", "every quarter" if text is SENTENCES else "quarterly"),
        ("Victims and Witnesses Group", "monthly"),
        ("Estates and Fleet Programme Board", "every two months"),
        ("Chief Constable’s briefing", "weekly"),
        ("Custody Scrutiny Panel", "quarterly"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Boards and groups\n\nRoads Board: it agreed the plan.\nRivers Board: it did not.\n"
        "Rails Board: it met.\n",
        "Members      From\nA Person     Roads Board\nB Person     Rivers Board\n"
        "C Person     Rails Board\n",
        "Roads Board      12 May      10 am\nRivers Board      13 May      10 am\n"
        "Rails Board      14 May      10 am\n",
    ],
)
def test_what_says_nothing_of_rhythm_is_no_list_of_bodies(text: str) -> None:
    assert glossaries(text_document(text)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Governance: Roads Board; Joint Audit Committee",
            ["Roads Board", "Joint Audit Committee"],
        ),
        ("Seen by: Victims Group. Work goes on.", ["Victims Group"]),
        ("Overseen by the Roads Board", ["Roads Board"]),
        ("It is done (Governance: Roads Board)", ["Roads Board"]),
        (
            "1.1   Cameras   Roads Board\n1.2   Homes   Victims Group\n1.3   Cars   Fleet Board",
            ["Roads Board", "Victims Group", "Fleet Board"],
        ),
        ("1.1   Cameras   Roads Board\n\n1.2 Homes", []),
        ("Governance: good progress was made with the board", []),
        ("It was overseen by a sergeant, who told the Roads Board.", []),
    ],
)
def test_lines_name_who_oversees_by_a_label(text: str, names: list[str]) -> None:
    assert [one.name for one in overseers(text_document(text))] == names


@given(st.text(alphabet="Governance: Board;.|(\t ", max_size=200))
def test_no_line_can_break_the_reading_of_overseers(text: str) -> None:
    assert isinstance(overseers(text_document(text)), list)


@pytest.mark.parametrize(
    "rows",
    [
        (["Ref", "Activity", "Update"], ["1.1", "Set up a Roads Board", "Done"]),
        (["Topic", "Role", "Frequency"], ["Burglary", "Officer", "12"], ["Theft", "Lead", "4"]),
        (["Name", "Role"], ["A Person", "Chair"], ["B Person", "Member"]),
    ],
    ids=["plan", "figures", "people"],
)
def test_other_tables_are_no_glossary(rows: tuple[list[str], ...]) -> None:
    assert glossaries(table_document("Governance", *rows)) == []


LISTED = """Oversight meetings

• Strategic Policing Board – holds the force to account. Meets monthly.
• Estates Committee: looks after buildings (quarterly)
• Ethics Panel – gives advice on hard questions; meets as required.
"""
LABELLED = """Northshire Audit Committee
Purpose: To look at how risks are kept in check.
Frequency: Quarterly
Chair: Independent

Performance Scrutiny Board
Purpose: To hold to account for the plan,
month by month.
Frequency: Monthly

Youth Advisory Group
Purpose: To hear young people.
Frequency: Twice a year
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            LISTED,
            {
                "Strategic Policing Board": "monthly",
                "Estates Committee": "quarterly",
                "Ethics Panel": "as required",
            },
        ),
        (
            LABELLED,
            {
                "Northshire Audit Committee": "Quarterly",
                "Performance Scrutiny Board": "Monthly",
                "Youth Advisory Group": "Twice a year",
            },
        ),
    ],
    ids=["list", "labels"],
)
def test_lists_of_bodies_are_glossaries_too(text: str, expected: dict[str, str]) -> None:
    (glossary,) = glossaries(text_document(text))
    assert {m.name: m.meets for m in glossary.mechanisms} == expected


IN_LISTS = {
    "a title that asks": """Groups and what they do

Roads Group: road deaths. Meets monthly.
Letters Panel: samples replies. Meets quarterly.
Public Meeting: in public, twice a year.
""",
    "no title": """Roads Group: road deaths. Meets monthly.
Letters Panel: samples replies. Meets quarterly.
Public Meeting: in public, twice a year.
Estates Board: buildings. Meets each quarter.
""",
    "dashes": """Boards

Roads Group – monthly – looks at road deaths
Letters Panel – quarterly – samples replies
Public Meeting – twice a year – hears the public
""",
    "sentences": """How we are governed

The Roads Group meets monthly and looks at road deaths.
The Letters Panel, chaired by the clerk, meets quarterly. It samples replies.
The Public Meeting is held twice a year in the hall.
""",
    "a cell on two lines": """Who scrutinises what

Roads Group       Looks at road deaths, and says what the
                  public want of the plan.                  Monthly
Letters Panel     Samples replies.                          Quarterly
Public Meeting    Hears the public.                         Twice a year
""",
    "full stops": """ABOUT THE BOARDS

Roads Group. Chief Inspector. Quarterly.
Letters Panel. Clerk. As needed.
Public Meeting. Commissioner. Twice a year.
""",
    "a rhythm close to its chair": """Who watches

Roads Group       Head of Policy          every six weeks
Letters Panel     Deputy Commissioner     once a term
Public Meeting    Chief Finance Officer quarterly
""",
    "by rhythm": """Meetings

Monthly: Roads Group; Letters Panel.
Twice a year: Public Meeting
""",
    "in weeks": """Forum             Chair              Cycle
Roads Group       Clerk              6-weekly
Letters Panel     Chief Executive    Quarterly
Public Meeting    Commissioner       Twice a year
""",
}


@pytest.mark.parametrize("text", IN_LISTS.values(), ids=IN_LISTS)
def test_bodies_are_listed_in_many_ways(text: str) -> None:
    (glossary,) = glossaries(text_document(text))
    names = [m.name for m in glossary.mechanisms]
    assert names[:3] == ["Roads Group", "Letters Panel", "Public Meeting"]
    assert all(m.meets for m in glossary.mechanisms)


def test_a_table_of_lines_ends_where_a_line_is_free() -> None:
    text = """WHO WATCHES

Body Chair Meets
Roads Group Chief Executive Every two months
Letters Panel Deputy Chief Constable Monthly
Estates Board Assistant Chief Constable Quarterly
Health Board Clerk

Roads were examined by the Roads Group in June. The Committee meets in private quarterly
"""
    (glossary,) = glossaries(text_document(text))
    assert [(m.name, m.meets) for m in glossary.mechanisms] == [
        ("Roads Group", "Every two months"),
        ("Letters Panel", "Monthly"),
        ("Estates Board", "Quarterly"),
        ("Health Board", ""),
    ]


def test_a_list_that_says_it_is_one_need_not_say_how_often() -> None:
    text = "List of boards named in this plan\n\nRoads Group - deaths\nEstates Board - houses\n"
    (glossary,) = glossaries(text_document(text + "Letters Panel - replies\n"))
    assert len(glossary.mechanisms) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Roads Group: 41 deaths. Estates Board: £4m.\nLetters Panel: all answered.\n" * 2,
        "Board papers\n\nRoads Group, 4 May\nLetters Panel, 5 May\nEstates Board, 6 May\n",
        "Apologies: the Roads Group meets monthly, and nobody could come.\n" * 5,
    ],
)
def test_what_only_names_bodies_is_no_glossary(text: str) -> None:
    assert glossaries(text_document(text)) == []


@pytest.mark.parametrize(
    "said",
    [
        *(
            "Monthly",
            "Bi-monthly",
            "6-weekly",
            "Bi annual",
            "Adhoc",
            "Ad hoc",
            "3 per annum",
            "twice a year",
        ),
        *(
            "Minimum bi monthly",
            "Every six weeks",
            "As and when required",
            "Under review",
            "Termly",
        ),
        *("Quarterly and ad hoc", "4 times a year", "At least quarterly", "every other month"),
    ],
)
def test_words_for_how_often_are_known(said: str) -> None:
    assert rhythm(said) == said


@pytest.mark.parametrize("said", ["", "Month & quarter", "Quarter report", "meets the Panel", "12"])
def test_other_words_say_no_rhythm(said: str) -> None:
    assert rhythm(said) == ""


def test_a_key_says_which_mark_means_what() -> None:
    found = key("Key: † open to the public; * minutes published online")
    assert found.of("*") == (True, False)
    assert found.of("†") == (False, True)
    assert key("No marks here").of("*") == (None, None)


@given(st.text(alphabet="BoardPurposeMts \n*#-–()quarterly.", max_size=400))
def test_no_text_can_break_it(text: str) -> None:
    glossaries(text_document("NAME PURPOSE MEETS\n" + text))
    glossaries(text_document("Governance structure\n" + text))


@given(st.lists(st.lists(st.text(alphabet="Name Board*(–)", max_size=12), max_size=4), max_size=5))
def test_no_table_can_break_it(rows: list[list[str]]) -> None:
    full = [row for row in rows if row]
    document = table_document("Boards", ["Name", "Purpose (a – b)", "Meets"], *full)
    glossaries(document)
    abbreviations(document)
    programmes(table_document("Work programme", ["Month", "Item"], *full))


@pytest.mark.parametrize(
    "piece", ["A Board ", "Board\n", "( ", "Name – ", "two ", "* ", "Purpose: "]
)
def test_long_repetition_is_read_in_bounded_time(piece: str) -> None:
    assert isinstance(glossaries(text_document("NAME PURPOSE MEETS\n" + piece * 2000)), list)


@pytest.mark.parametrize(
    "piece", ["Board  ", "Governance: ", "A Board: Monthly\n", "(A Board ", "Board\t|  Monthly\n"]
)
def test_long_repetition_of_lists_is_read_in_bounded_time(piece: str) -> None:
    document = text_document("Our boards\n\n" + piece * 3000)
    assert isinstance(glossaries(document), list)
    assert isinstance(overseers(document), list)
