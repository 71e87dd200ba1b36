"""Make victims-service.pdf: a paper of an office that does not exist, as somebody would upload it.

Run from the project's root: .venv/bin/python examples/northshire/make_paper.py
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
os.environ.setdefault("PEELIAN_SECRET_KEY", "only-to-make-an-example")

import django

django.setup()

from peelian.blocks import Document, Heading, PageBreak, Paragraph, Table, plain  # noqa: E402
from peelian.documents import pdf  # noqa: E402

BLOCKS = (
    Heading(1, "Who came"),
    Paragraph(
        plain(
            "The new service opened on 1 July 2026. In its first three months 412 people were "
            "offered help and 297 took it. All of this is made up."
        )
    ),
    Paragraph(plain("Of those who took it, 61 said that nobody had offered them help before.")),
    PageBreak(landscape=True),
    Heading(1, "By district"),
    Table(
        "People by district, July to September 2026",
        tuple(map(plain, ("District", "Offered", "Took it", "Days until the first call"))),
        tuple(
            tuple(map(plain, row))
            for row in (
                ("Saltmere", "148", "109", "2"),
                ("Thornmoor", "121", "90", "3"),
                ("Fenby", "82", "57", "2"),
                ("Ottergate", "61", "41", "5"),
            )
        ),
        (3, 1, 1, 2),
        True,
    ),
)

if __name__ == "__main__":
    document = Document(
        "Use of the victims’ service",
        "Head of Commissioning, Northshire",
        dt.date(2026, 10, 8),
        BLOCKS,
        subtitle="July to September 2026",
        cover=False,
    )
    Path(__file__).with_name("victims-service.pdf").write_bytes(pdf.render(document))
