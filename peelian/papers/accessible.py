"""What keeps an uploaded paper from who cannot see it, in words for the office and for the public.

The Public Sector Bodies Accessibility Regulations 2018 bind the office for what it publishes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peelian.papers.models import PaperFile


def flags(file: PaperFile) -> list[str]:
    """Return what is wrong with a file, each in a sentence that says how to mend it."""
    said = []
    if file.is_tagged is False:
        said.append(
            _(
                "The PDF has no tags: a screen reader cannot tell headings from text. In Word, "
                "save as PDF with “Document structure tags for accessibility”."
            )
        )
    if not file.says_language:
        said.append(_("The file does not say what language it is in."))
    if not file.says_title:
        said.append(_("The file has no title of its own (in Word: File, Info, Title)."))
    if pages := file.without_words:
        said.append(
            ngettext(
                "Page %(numbers)s is a picture, or blank: run text recognition over it, or ask for "
                "the document it was scanned from.",
                "Pages %(numbers)s are pictures, or blank: run text recognition over them, or ask "
                "for the document they were scanned from.",
                len(pages),
            )
            % {"numbers": ", ".join(map(str, pages))}
        )
    said += _pictures(file)
    if file.comments:
        said.append(
            ngettext(
                "It holds %(n)s comment, tracked change or hidden part.",
                "It holds %(n)s comments, tracked changes or hidden parts.",
                file.comments,
            )
            % {"n": file.comments}
            + " "
            + (
                _("Whoever opens the file can read it: take it out before it is published.")
                if file.is_pdf
                else _("The public gets the words as they read with every change accepted.")
            )
        )
    return said


def _pictures(file: PaperFile) -> list[str]:
    said = []
    if file.pictures_lost:
        said.append(
            ngettext(
                "%(n)s picture of the Word document is left out. If it matters, save the "
                "document as a tagged PDF and upload that.",
                "%(n)s pictures of the Word document are left out. If they matter, save the "
                "document as a tagged PDF and upload that.",
                file.pictures_lost,
            )
            % {"n": file.pictures_lost}
        )
    if file.undescribed and file.is_pdf:
        said.append(
            ngettext(
                "%(n)s picture has no words that stand for it.",
                "%(n)s pictures have no words that stand for them.",
                file.undescribed,
            )
            % {"n": file.undescribed}
        )
    return said


def politely(file: PaperFile) -> str:
    """Return what the public is told of a file that not everybody can use, or nothing."""
    if not file.is_pdf or (file.is_tagged and not file.without_words and not file.undescribed):
        return ""
    return _(
        "This file may not work with a screen reader. Its words are on the web page of this paper, "
        "as far as they could be read. If you need it in another form, write to the contact of the "
        "paper or to the office."
    )
