"""A pack as a PDF, typeset in the manner of a real one, with what a reader must find in it.

`pack()` gives the bytes: cover, contents, minutes with their numbers in the margin, a delivery plan
over pages, a glossary, a performance table, big numbers, a report in two columns with captions.
The office, its people and its figures are made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import typst

# Commitments of the delivery plan with their activities: number, what, update, overseen by.
COMMITMENTS = [
    ("1.1", "Putting victims at the heart of what we do", 3),
    ("1.2", "Working with partners to keep young people safe", 4),
    ("2.1", "Reducing harm on the roads of Northshire", 5),
    ("2.2", "Making rural communities feel secure", 4),
    ("A.1", "Holding the force to account for its budget", 3),
]
_WORK = [
    "Launch a training course for every front-line officer and record who took it",
    "Survey victims each quarter, and publish the results with the sample size",
    "Review the contract with the support service",
]
_UPDATES = [
    "Complete. The course ran from May to July and reached 412 officers. Those who missed it will "
    "attend in the spring.",
    "Ongoing. The second survey closed on 18 October 2024 with 1,204 replies; the response rate "
    "was 23.4%, up from 19%. Results are due to be published in December and will be shared with "
    "the panel at its next meeting, together with the questions that were asked.",
    "On hold until the budget is set.",
    "Refer to 1.1 and A1.2",
]
_BODIES = ["Victims and Witnesses Board", "Delivery Group", "Roads Partnership\nBoard"]


@cache
def plan() -> list[tuple[str, str, str, str, str]]:
    """Return the rows of the delivery plan as a reader must give them."""
    rows = []
    for which, (number, statement, count) in enumerate(COMMITMENTS):
        for n in range(count):
            k = which + n
            rows.append(
                (
                    f"{number}.{n + 1}".replace("A.1.", "A1."),
                    statement,
                    _WORK[k % 3] + ".",
                    _UPDATES[k % 4],
                    _BODIES[k % 3].replace("\n", " "),
                )
            )
    return rows


GLOSSARY = [
    ("Delivery Group", "Follows the delivery plan line by line", "Monthly"),
    ("Finance Board", "Looks at spending against the budget and at reserves", "Every two months"),
    ("Roads Partnership Board", "Brings councils, force and fire service together", "Quarterly"),
    ("Victims and Witnesses Board", "Oversees the victims’ code", "Under review"),
]
PERFORMANCE = [
    ("Response times", "Volume", "12.4 minutes", "11.9 minutes", "Red"),
    ("Confidence in the police", "Exception", "77%", "71%", "Green"),
    ("Recorded crime", "Volume", "8,412", "8,655", "Amber"),
    ("Emergency calls answered", "Volume", "94.1%", "92.0%", "Green"),
]
BIG_NUMBERS = [
    ("1,204", "replies to the survey"),
    ("£1.2m", "for safer roads"),
    ("215", "officers"),
]
MINUTES = [
    ("318", "Appointment of Co-opted Members", 2),
    ("319", "Public Participation", 1),
    ("320", "Confirmation of the Minutes of the previous meeting", 1),
    ("321", "Rural Crime Strategy - Consultation Report", 4),
]
_MINUTE_TEXT = [
    "The Chairman reported that the independent member had resigned from the Panel. It was agreed "
    "that the Vice-Chairman would write to thank her for her service over the years.",
    "The recruitment of a new member was considered, and a panel of three was appointed to conduct "
    "it before the next meeting in February.",
    "None.",
    "The Minutes of the meeting held on 10 September 2024 were agreed as a correct record.",
]
CONTENTS = [("1", "Apologies", 3), ("2", "Minutes of 27 November 2024", 3), ("3", "Plan", 5)]
CAPTION = "An open day in Eastford, which the office supported"
SENTENCE = (
    "These pots of money allow more focus to be placed on something that is a concern for everyone "
    "who uses the roads of Northshire, and I hope that people will be encouraged to apply for them "
    "knowing that they could be making a real difference."
)

_HALF = SENTENCE.index(" of Northshire")  # a picture stands in the middle of it

_HEAD = r"""
#set document(title: "Agenda pack", author: "Northshire Panel")
#set text(size: 11pt, lang: "en", region: "GB", hyphenate: true)
#set page(paper: "a4", margin: (x: 2cm, y: 2.2cm), numbering: "1",
  header: context if counter(page).get().first() > 1 [
    #text(size: 8pt)[Northshire Police and Crime Panel #h(1fr) 5 February 2025]],
  footer: context align(center, text(size: 8pt)[Page #counter(page).display() of 99]))
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading: set block(above: 1.4em, below: 0.9em)
"""


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "#$*_@<>`~\\[]=-+/" else c for c in text).replace("\n", " \\ ")


def _cells(cells: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"[{_escaped(cell)}]" for cell in cells)


def table(
    head: tuple[str, ...], rows: Sequence[tuple[str, ...]], columns: str, more: str = ""
) -> str:
    """Return a table in Typst's words; `more` are further arguments (`stroke: none`)."""
    top = f"table.header(repeat: true, {', '.join(f'[*{_escaped(h)}*]' for h in head)}),"
    body = ",\n".join(map(_cells, rows))
    return f"#table(columns: {columns}, {more}\n{top if head else ''}\n{body})\n"


def _plan_table() -> str:
    parts = []
    rows = iter(plan())
    for number, statement, count in COMMITMENTS:
        parts.append(f"table.cell(rowspan: {count})[{_escaped(f'{number} {statement}')}]")
        for n in range(count):
            ref, _statement, work, update, _body = next(rows)
            oversight = _BODIES[_index(number, n)]
            parts.append(_cells((ref, work, update, oversight)))
    heads = ("Commitment", "Ref", "Activity", "Progress update", "Oversight mechanism")
    head = ", ".join(f"[*{h}*]" for h in heads)
    return (
        "#text(size: 10pt, table(columns: (2.2fr, 1.1cm, 3fr, 4fr, 2.3fr), table.header("
        f"{head}),\n{', '.join(parts)}))\n"
    )


def _index(number: str, n: int) -> int:
    return ([c[0] for c in COMMITMENTS].index(number) + n) % 3


_DISCUSSED = """The PCC reported that he was in the process of developing a strategy#super[1] which
he would share with the Panel. During the discussion, the following main points were made:

- A Member suggested that the response rate was quite low (38 online responses).
- The PCC agreed to check whether the scheme had been adopted in Westmoor and to report back to
  the Panel.
  - Details would be shared.

The confidence of victims was 85%#super[2], the highest for years.
"""


def _minutes() -> str:
    parts = []
    said = iter(_MINUTE_TEXT)
    for number, title, count in MINUTES:
        if count == 4:
            body = _DISCUSSED
        else:
            body = "\n\n".join(_escaped(next(said)) for _ in range(count))
        parts.append(f"[*{number}*], [*{_escaped(title)}*], [{body}]")
    return (
        "#grid(columns: (1.2cm, 3.6cm, 1fr), column-gutter: 4mm, row-gutter: 6mm,\n"
        + ",\n".join(parts)
        + ")\n"
    )


_PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='90'>"
    "<rect width='200' height='90' fill='#0b5d63'/></svg>"
)
_TERM = "Throughout my term I have given each partnership a budget of its own. It is well spent. "
_NEXT = "The next commissioner will find the office in good order and its reserves as planned. "
_REPORT = rf"""
#columns(2, gutter: 9mm)[
{_escaped("Since my election I have listened to what communities tell me. " * 6)}

{_escaped(SENTENCE[:_HALF])}
#block(above: 8pt, below: 8pt)[
  #image(bytes("{_PICTURE}"), alt: "People at a stall", width: 100%)
  #text(size: 9pt, style: "italic")[{CAPTION}]]
{_escaped(SENTENCE[_HALF + 1 :])}

=== Working together

{_escaped(_TERM * 9)}

=== Looking ahead

{_escaped(_NEXT * 12)}
]
"""


def source() -> str:
    """Return the pack in Typst's words."""
    big = ", ".join(
        f'align(center)[#text(size: 30pt, weight: "bold")[{_escaped(n)}] \\ {_escaped(what)}]'
        for n, what in BIG_NUMBERS
    )
    entries = "\n".join(
        f"{n}. #h(4mm) {title} #box(width: 1fr, repeat[.]) {page} \\" for n, title, page in CONTENTS
    ).replace(". #h", "\\. #h")
    return f"""{_HEAD}
#align(center + horizon)[#text(size: 28pt)[Northshire Police and Crime Panel] \\ Agenda pack]
#pagebreak()
= Contents
{entries}
#pagebreak()
= Minutes
{_minutes()}
#pagebreak()
= Delivery plan
Progress is shown as at 31 December 2024.
{_plan_table()}
#pagebreak()
= Glossary of oversight
{table(("Name", "Purpose", "Meets"), GLOSSARY, "(2fr, 4fr, 1.5fr)")}
= Performance summary
{
        table(
            ("Topic", "Included", "This quarter", "Last quarter", "Rating"),
            PERFORMANCE,
            "(2fr, 1fr, 1fr, 1fr, 1fr)",
            "stroke: (x: none, y: 0.5pt),",
        )
    }
= The year in numbers
#grid(columns: (1fr, 1fr, 1fr), {big})
#pagebreak()
= End of term report
{_REPORT}
"""


def typeset(words: str, *, tagged: bool = True) -> bytes:
    """Return a PDF of a document in Typst's words."""
    made = typst.compile(words.encode(), pdf_tags=tagged, ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


@cache
def pack(*, tagged: bool = True) -> bytes:
    """Return the pack as a PDF, with or without its tags."""
    return typeset(source(), tagged=tagged)
