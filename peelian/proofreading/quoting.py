"""Quoting a document in a finding: the words, where they stand, and a day as people write it."""

from __future__ import annotations

import calendar
import datetime as dt
import textwrap

from django.utils.translation import gettext as _

from peelian.intake.document import Passage
from peelian.proofreading.findings import Place

LONGEST = 260


def place(passage: Passage, start: int = 0, end: int | None = None) -> Place:
    """Return the place of a part of a passage, with its words; of the whole if no part is given."""
    return Place(passage.at(start), shortened(passage.text[start:end]))


def shortened(text: str, width: int = LONGEST) -> str:
    """Return a text on one line, cut at a space where it is longer than can be quoted."""
    return textwrap.shorten(text, width=width, placeholder="…") or text.strip()[:width]


def day_in_words(day: dt.date) -> str:
    """Return a day as people write it: 5 February 2020."""
    return f"{day.day} {_(calendar.month_name[day.month])} {day.year}"
