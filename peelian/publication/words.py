"""Verdicts, standings and cadences in words."""

from __future__ import annotations

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from peelian.publication.verdicts import BAD, GOOD, Verdict

Text = str | LazyText

CADENCES: dict[str, Text] = {
    "U": _("Kept up to date"),
    "M": _("Monthly"),
    "Q": _("Quarterly"),
    "FY": _("Yearly"),
}
VERDICTS: dict[str, Text] = {
    Verdict.ANSWERS: _("Answers"),
    Verdict.MOVED: _("Answers, but has moved for good"),
    Verdict.GONE: _("Gone"),
    Verdict.NOT_FOUND_PAGE: _("Shows “not found”"),
    Verdict.WRONG_TYPE: _("Something else than promised"),
    Verdict.ERROR: _("Does not answer as it should"),
    Verdict.SLOW: _("Did not answer in time"),
    Verdict.TOO_LARGE: _("Too large to read"),
    Verdict.ENDLESS: _("Without an end"),
    Verdict.ROBOTS: _("Asks not to be visited"),
    Verdict.REFUSED: _("An address that is not visited"),
    Verdict.CERTIFICATE: _("Trouble with its certificate"),
}
# What the office can do about each.
REMEDIES: dict[str, Text] = {
    Verdict.MOVED: _("Change the address to the new one."),
    Verdict.GONE: _("Find where it is now and change the address, or publish it anew."),
    Verdict.NOT_FOUND_PAGE: _("Find where it is now and change the address, or publish it anew."),
    Verdict.WRONG_TYPE: _("Open the address as the public does, and put right what is there."),
    Verdict.ERROR: _("Open the address as the public does; if it fails, tell who keeps the site."),
    Verdict.SLOW: _("Open it by hand and see whether it is too slow for the public too."),
    Verdict.TOO_LARGE: _("Open it by hand; consider a smaller file, or several."),
    Verdict.ENDLESS: _("Tell who keeps the site: nobody can open this."),
    Verdict.ROBOTS: _("Look by hand, or ask who keeps the site to let it be visited."),
    Verdict.REFUSED: _("Give an address that the public can open."),
    Verdict.CERTIFICATE: _("Tell who keeps the site: browsers warn the public off."),
}
STANDINGS: dict[str, Text] = {
    "met": _("Met"),
    "late": _("Late"),
    "not_found": _("Not found"),
    "unpublished": _("Not published anywhere yet"),
    "not_checked": _("Not checked"),
}
# What each standing means, for the page's own key.
MEANINGS: dict[str, Text] = {
    "met": _("What was due last is shown to be there, and a visit found it."),
    "late": _("The day by which it was next due has passed."),
    "not_found": _("A visit to its address did not find it."),
    "unpublished": _("The office has not said where it is published."),
    "not_checked": _(
        "Nobody has visited it lately, no day is known, or nothing shows yet what the office says."
    ),
}
# The status whose shape and colour each has.
TONES: dict[str, str] = {
    "met": "met",
    "late": "late",
    "not_found": "error",
    "unpublished": "not_started",
    "not_checked": "on_hold",
}
_ODDITIES: dict[str, Text] = {
    "untagged": _("The PDF has no tags for screen readers."),
    "no title": _("It has no title of its own."),
    "no language": _("It does not say in which language it is."),
}


def oddity(code: str) -> Text:
    """Return in words what is not accessible about a document."""
    return _ODDITIES[code]


def tone(verdict: str) -> str:
    """Return the status whose shape and colour a verdict has."""
    if verdict in GOOD:
        return "met" if verdict == Verdict.ANSWERS else "due"
    return "error" if verdict in BAD else "on_hold"
