"""What a document says of pages that came to it as a PDF, in words, for paper and screen alike."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.blocks import Pages

MOST_LETTERS = 8_000  # of the words that stand for a page in the PDF; on screen there are all


def said_of(pages: Pages) -> str:
    """Return that these pages are shown as they came, and which of them cannot be read aloud."""
    count = len(pages.texts)
    came = ngettext(
        "“%(title)s” came as a PDF and is shown as it came: %(count)s page.",
        "“%(title)s” came as a PDF and is shown as it came: %(count)s pages.",
        count,
    ) % {"title": pages.title, "count": count}
    return " ".join(filter(None, (came, without_words(pages))))


def without_words(pages: Pages) -> str:
    """Return which pages are pictures without words, or nothing where none is."""
    missing = pages.without_words
    if len(missing) == len(pages.texts):
        return _("Its pages are pictures, or blank: they cannot be read aloud or searched.")
    return (
        ngettext(
            "Page %(numbers)s is a picture, or blank: it cannot be read aloud or searched.",
            "Pages %(numbers)s are pictures, or blank: they cannot be read aloud or searched.",
            len(missing),
        )
        % {"numbers": _listed(missing)}
        if missing
        else ""
    )


def alternatives(pages: Pages) -> list[str]:
    """Return for each page the words that stand for it where it cannot be seen."""
    count = len(pages.texts)
    made = []
    for number, words in enumerate(pages.texts, 1):
        place = {"title": pages.title, "number": number, "count": count}
        begins = _("“%(title)s”, page %(number)s of %(count)s") % place
        said = " ".join(words.split()) or _("a picture, or blank")
        made.append(f"{begins}: {said}"[:MOST_LETTERS])
    return made


def unclaimed() -> str:
    """Return why a PDF that holds such pages does not claim to meet the standard."""
    return _(
        "This document holds pages that came as PDF. It is tagged, and the words of each of these "
        "pages stand behind it, but it does not claim to meet the accessibility standard PDF/UA."
    )


def _listed(numbers: Sequence[int]) -> str:
    """Return numbers as people list them, runs of three and more shortened: 1, 4 to 6 and 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(_("%(first)s to %(last)s") % {"first": run[0], "last": run[-1]})
        else:
            parts += map(str, run)
    if len(parts) < 2:
        return "".join(parts)
    return _("%(most)s and %(last)s") % {"most": ", ".join(parts[:-1]), "last": parts[-1]}
