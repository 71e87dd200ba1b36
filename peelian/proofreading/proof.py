"""A proof: the documents under check, those that came before, and what was recognised in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from peelian.intake.document import Document, Table
from peelian.recognition.abbreviations import spelled_out
from peelian.recognition.as_at import as_at
from peelian.recognition.body_names import Listed
from peelian.recognition.contents import Entry, Paper, contents, papers
from peelian.recognition.figures import Figure, figures
from peelian.recognition.glossary import Abbreviation, Glossary, abbreviations, glossaries
from peelian.recognition.minutes import Minutes, as_minutes, minutes
from peelian.recognition.number_tables import number_tables
from peelian.recognition.numbering import Numbered, numbered
from peelian.recognition.plan import Plan, plans
from peelian.recognition.programme import WorkProgramme, programmes
from peelian.recognition.registers import Register, registers
from peelian.recognition.short_forms import Use, short_forms


class Proof:
    """Documents read together. What is recognised in them is worked out once, when asked for.

    `as_at` is the day by which they are judged: given, else the newest that they show to be theirs,
    else None (then nothing is judged by a date). `earlier` are documents of before, such as the
    last meeting's minutes, in which nothing is found but what they promised.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        earlier: Sequence[Document] = (),
        as_at: dt.date | None = None,
    ) -> None:
        self.documents = tuple(documents)
        self.earlier = tuple(earlier)
        self._as_at = as_at

    @cached_property
    def as_at(self) -> dt.date | None:
        """Return the day by which the documents are judged."""
        if self._as_at or len(self.documents) == 1:
            return self._as_at or self.days[self.documents[0].file]
        return as_at(self.documents)

    @cached_property
    def days(self) -> dict[str, dt.date | None]:
        """Return for each document, by its file, the day that it shows to be its own."""
        return {document.file: as_at([document]) for document in self.documents}

    @cached_property
    def figures(self) -> list[Figure]:
        """Return every figure quoted in the documents, in order."""
        return [f for d in self.documents for f in figures(d, self.as_at)]

    @cached_property
    def minutes(self) -> list[Minutes]:
        """Return the minutes in the documents."""
        return [m for d in self.documents for m in minutes(d)]

    @cached_property
    def earlier_minutes(self) -> list[Minutes]:
        """Return the minutes in the documents of before."""
        return [m for d in self.earlier for m in as_minutes(d)]

    @cached_property
    def plans(self) -> list[Plan]:
        """Return the delivery plans in the documents."""
        return [p for d in self.documents for p in plans(d)]

    @cached_property
    def glossaries(self) -> list[Glossary]:
        """Return the glossaries of bodies in the documents."""
        return [g for d in self.documents for g in glossaries(d)]

    @cached_property
    def listed(self) -> Listed:
        """Return the bodies of the glossaries, by which a name is known however it is spelled."""
        spelled = {one.short: one.long for one in spelled_out(self.abbreviations).values()}
        return Listed((m for g in self.glossaries for m in g.mechanisms), spelled)

    @cached_property
    def abbreviations(self) -> list[Abbreviation]:
        """Return the abbreviations that the documents spell out."""
        return [a for d in self.documents for a in abbreviations(d)]

    def contents(self, document: Document) -> list[Entry]:
        """Return the items on the agenda or contents page of one of the documents."""
        return document.once(contents)

    def papers(self, document: Document) -> list[Paper]:
        """Return the papers in one of the documents, by their headings."""
        return document.once(papers)

    def programmes(self, document: Document) -> list[WorkProgramme]:
        """Return the work programmes in one of the documents."""
        return document.once(programmes)

    def numbered(self, document: Document) -> list[Numbered]:
        """Return the numbered paragraphs, headings and rows of one of the documents."""
        return document.once(numbered)

    def registers(self, document: Document) -> list[Register]:
        """Return the registers of decisions and the like in one of the documents."""
        return document.once(registers)

    def short_forms(self, document: Document) -> list[Use]:
        """Return where one of the documents uses short forms."""
        return document.once(short_forms)

    def number_tables(self, document: Document) -> list[Table]:
        """Return the tables of numbers that one of the documents lays out with spaces."""
        return document.once(number_tables)
