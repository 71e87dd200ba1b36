"""Quoting a document in a finding: the words, where they stand, and a day as people write it."""

from __future__ import annotations

import calendar
import datetime as dt
import textwrap

from django.utils.translation import gettext as _

from peelian.intake.document import Passage
from peelian.proofreading.findings import Place

LONGEST = 260


def place(passage: Passage, start: int = 0, end: int | None = None, at: int | None = None) -> Place:
    """Return the place of a part of a passage, with its words; of the whole if no part is given.

    `at` is the offset of what matters in it: that line is told, and a long quotation is cut round
    it.
    """
    words = passage.text[start:end]
    if at is None:
        return Place(passage.at(start), shortened(words))
    return Place(passage.at(at), shortened(words, at - start))


def shortened(text: str, around: int = 0) -> str:
    """Return a text on one line, cut at a space where it is longer than can be quoted.

    What is kept is the beginning, or what stands round an offset.
    """
    flat = " ".join(text.split())
    if len(flat) <= LONGEST:
        return flat
    start = max(0, len(" ".join(text[:around].split())) - LONGEST // 2)
    if start:
        start = flat.find(" ", start) + 1
    piece = textwrap.shorten(flat[start:], width=LONGEST, placeholder="…")
    piece = piece if len(piece) > 1 else flat[start : start + LONGEST]
    return f"…{piece}" if start else piece


def day_in_words(day: dt.date) -> str:
    """Return a day as people write it: 5 February 2020."""
    return f"{day.day} {_(calendar.month_name[day.month])} {day.year}"
