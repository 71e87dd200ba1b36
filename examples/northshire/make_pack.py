"""Make panel-pack.pdf: a pack of an office that does not exist, with the faults that packs have.

Run from the project's root: .venv/bin/python examples/northshire/make_pack.py
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
os.environ.setdefault("PEELIAN_SECRET_KEY", "only-to-make-an-example")

import django

django.setup()

from peelian.blocks import Bullets, Document, Heading, PageBreak, Paragraph, Table, plain  # noqa: E402
from peelian.documents import pdf  # noqa: E402

HERE = Path(__file__).parent


def said(words: str) -> Paragraph:
    return Paragraph(plain(words))


def row(*cells: str) -> tuple:
    return tuple(plain(cell) for cell in cells)


MINUTES = [
    Heading(1, "Item 3: Minutes of the meeting of 20 November 2024"),
    said("Northshire Police and Crime Panel, Wednesday 20 November 2024, 10.30 am"),
    said(
        "Present: Councillor A Ashdown (Chair), Councillor B Birch (Vice-Chair), Councillor C Cedar, "
        "Councillor D Damson and Mr E Elder (independent member)"
    ),
    said("Also attended: the Police and Crime Commissioner and the Chief Constable"),
    Heading(2, "Welcome and apologies", number="41"),
    said("Apologies were received from Councillor F Fir."),
    Heading(2, "Minutes of the last meeting", number="42"),
    said("The minutes of 11 September 2024 were agreed as a correct record."),
    Heading(2, "Rural crime", number="43"),
    said(
        "Members asked how many farms had taken up the marking scheme. The Commissioner undertook to "
        "send the Panel the take-up by district before the end of January 2025."
    ),
    said(
        "It was agreed that the Chief Constable would bring a report on wildlife offences to the "
        "next meeting."
    ),
    Heading(2, "Calls from the public", number="44"),
    said(
        "The Panel heard that the contact centre had filled its vacancies. It was agreed that the "
        "Commissioner would write to members with the training plan for new call handlers."
    ),
]
REPORT = [
    PageBreak(),
    Heading(1, "Item 5: Activity and performance report"),
    said("Report of the Police and Crime Commissioner for Northshire, to the end of December 2024."),
    Heading(2, "Calls"),
    said(
        "In the quarter to December 2024, 84% of 999 calls were answered within ten seconds, which "
        "is above the national standard of 90%. The NWCR was told in October."
    ),
    said(
        "There were 1,240 burglaries in Northshire in the year to December 2024, according to force "
        "records, against 1,310 in the year before."
    ),
    Heading(2, "Confidence"),
    said(
        "Confidence in the police in Northshire stood at 71% in the year to December 2024 "
        "(Northshire residents’ survey)."
    ),
    Heading(2, "Burglary"),
    said("There were 1,290 burglaries in Northshire in the year to December 2024."),
    Heading(2, "Consultation"),
    said(
        "The consultation on the road safety strategy will close on 6 December 2024 and its results "
        "will be published in January."
    ),
    Heading(2, "Case study"),
    said(
        "Harriet, a survivor of domestic abuse, was supported for nine months. Enquiries about the "
        "service: harriets.helper@hotmail.example, 07700 900123."
    ),
]
PLAN = [
    PageBreak(landscape=True),
    Heading(1, "Item 6: Delivery plan extract, December 2024"),
    Heading(2, "Safer roads"),
    Table(
        "Delivery plan: safer roads",
        row("Ref", "Plan commitment", "Supporting activity", "Progress update", "Oversight mechanism"),
        (
            row(
                "1.1",
                "Fewer people killed or hurt on Northshire’s roads",
                "1.1.1 Write a road safety strategy with the highway authorities",
                "Complete. The strategy was approved in September 2024.",
                "Road Safety Board",
            ),
            row(
                "",
                "",
                "1.1.2 Pay for twelve community speed watch kits",
                "Action completed. Twelve kits were handed out in October 2024.",
                "Road Safety Board",
            ),
            row(
                "1.2",
                "Speed limits that people keep to",
                "1.2.1 Put average speed cameras on the A999",
                "The cameras will be installed by the end of October 2024.",
                "Roads Gold Group",
            ),
            row(
                "1.3",
                "Learn from every serious collision",
                "1.2.1 Publish a yearly digest of lessons",
                "This action is now complete. Refer to 4.7",
                "Road Safety Board",
            ),
        ),
        widths=(0.6, 2, 2.4, 3, 1.6),
    ),
    Heading(2, "Oversight"),
    Table(
        "Oversight mechanisms",
        row("Meeting", "Purpose", "How often it meets"),
        (
            row("Road Safety Board", "Oversees what is done about road safety.", "Quarterly"),
            row("Custody Scrutiny Panel", "Looks at the treatment of detainees.", "Twice a year"),
        ),
        widths=(2, 4, 1.5),
    ),
]
PACK = Document(
    title="Agenda pack, 13 March 2025",
    publisher="Northshire Police and Crime Panel",
    date=dt.date(2025, 3, 13),
    subtitle="Wednesday 13 March 2025, 10.30 am, County Hall",
    blocks=(
        Heading(1, "Agenda"),
        Bullets(
            tuple(
                plain(words)
                for words in (
                    "1. Apologies",
                    "2. Declarations of interest",
                    "3. Minutes of the meeting of 20 November 2024 (report attached)",
                    "4. Proposed precept 2025/26 (report attached)",
                    "5. Activity and performance report (report attached)",
                    "6. Delivery plan extract (report attached)",
                )
            )
        ),
        PageBreak(),
        *MINUTES,
        *REPORT,
        *PLAN,
    ),
)

if __name__ == "__main__":
    (HERE / "panel-pack.pdf").write_bytes(pdf.render(PACK))
