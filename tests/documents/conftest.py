"""A pack with one of everything, and one as large as a real meeting's."""

from collections.abc import Callable
from datetime import date

import pytest

from peelian.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Run,
    Table,
    plain,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" role="img">'
    '<circle cx="9" cy="9" r="4"/><text x="14" y="12" font-size="5">412</text></svg>'
)


@pytest.fixture
def pack() -> Callable[..., Document]:
    """Make a document of the given blocks."""

    def make(*parts: Block, **more: str) -> Document:
        return Document("Agenda pack", "West Mercia Panel", date(2020, 2, 5), parts, **more)

    return make


@pytest.fixture
def one_of_each(pack: Callable[..., Document]) -> Document:
    """A document in which every kind of block stands."""
    return pack(
        Heading(1, "Agenda", "agenda", "1"),
        Paragraph(
            (
                Run("Please "),
                Run("read", bold=True),
                Run(" "),
                Run("first", italic=True),
                Run(": "),
                Run("the plan", "#plan"),
                Run(", "),
                Run("the force", "https://example.org/force?a=1&b=2"),
                Run(" and "),
                Run("online", "/packs/2020-02-05"),
                Run(" not "),
                Run("nowhere", "#nowhere"),
            )
        ),
        Bullets((plain("apologies"), plain("declarations")), ordered=True),
        Facts((("Place", plain("Worcester")),)),
        PageBreak(landscape=True),
        Heading(1, "Delivery plan", "plan", "2"),
        Heading(3, "Victims first"),
        Table(
            "Commitments and activities",
            (plain("Ref"), plain("Progress"), plain("Count")),
            tuple(
                (
                    plain(f"A{number}"),
                    (Paragraph(plain("Under way.")), Bullets((plain("Victims’ Board"),))),
                    plain(f"{number}"),
                )
                for number in range(60)
            ),
            (1, 4, 1),
            True,
        ),
        PageBreak(),
        Heading(1, "Performance"),
        Figure(SVG, "Volumes were exceptionally high in July 2019.", "Violence with injury"),
        Notice("Built from the record of 28 January 2020."),
        Notice("Two values are quoted.", "warning"),
        Notice("The months are made up.", "illustrative"),
        subtitle="Meeting at 10:30",
        status="Draft: not for publication",
    )
