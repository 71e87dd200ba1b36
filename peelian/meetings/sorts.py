"""The sorts of meeting there are, and what each decides: whose it is, and whether it is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from peelian.record.kinds import Text


class Form(TextChoices):
    """What a meeting is held for. A challenge in writing is no meeting: see `Challenge`."""

    ORDINARY = "ordinary", _("Ordinary meeting")
    PRECEPT = "precept", _("Precept meeting")
    CONFIRMATION = "confirmation", _("Confirmation hearing")
    SCRUTINY = "scrutiny", _("Scrutiny hearing, in private")
    ANNUAL_REPORT = "annual_report", _("Annual report meeting")
    ASSURANCE = "assurance", _("Holding to account: assurance")
    THEMATIC = "thematic", _("Holding to account: thematic")
    PUBLIC = "public", _("Holding to account: in public")


@dataclass(frozen=True)
class Sort:
    """What a form decides: what is said of it, and who may hold and see it.

    Work that asks for no form of its own is placed only where `takes_any` says so. `questions` is
    the rule of the scheme by which the public puts questions, empty where it puts none.
    """

    says: Text = ""
    by_panel: bool = False
    by_commissioner: bool = False
    is_private: bool = False
    takes_any: bool = True
    questions: str = ""


TO_PANEL, TO_COMMISSIONER = "participation/questions", "participation/account-questions"

# Police Reform and Social Responsibility Act 2011: the panel itself does these (Schedule 6,
# paragraph 27), and the scrutiny hearing alone is in private (Schedule 8, Part 2).
SORTS: Mapping[str, Sort] = {
    Form.ORDINARY: Sort(questions=TO_PANEL),
    Form.PRECEPT: Sort(
        _("The panel reviews the precept that the commissioner proposes, and may veto it."),
        by_panel=True,
        questions=TO_PANEL,
    ),
    Form.CONFIRMATION: Sort(
        _("A hearing in public, at which the candidate for a post is questioned."),
        by_panel=True,
        takes_any=False,
    ),
    Form.SCRUTINY: Sort(
        _(
            "A hearing in private, before the panel says whether a chief constable should be "
            "called on to resign or retire. Its papers and recording are not public."
        ),
        by_panel=True,
        is_private=True,
        takes_any=False,
    ),
    Form.ANNUAL_REPORT: Sort(
        _("A meeting in public, at which the commissioner presents the annual report."),
        by_panel=True,
        questions=TO_PANEL,
    ),
    Form.ASSURANCE: Sort(
        _("The commissioner holds the chief constable to account for the force’s performance."),
        by_commissioner=True,
    ),
    Form.THEMATIC: Sort(
        _("The commissioner holds the chief constable to account on one subject in depth."),
        by_commissioner=True,
    ),
    Form.PUBLIC: Sort(
        _(
            "The commissioner holds the chief constable to account in public, with questions "
            "from the public."
        ),
        by_commissioner=True,
        questions=TO_COMMISSIONER,
    ),
}


def sort_of(form: str) -> Sort:
    """Return what a form of meeting decides."""
    return SORTS[form]


def refused_for(form: str, *, panel: bool) -> Text:
    """Return why a body may not hold such a meeting, or nothing where it may."""
    sort = sort_of(form)
    if sort.by_panel and not panel:
        return _("Only a police and crime panel itself holds such a meeting.")
    if sort.by_commissioner and panel:
        return _("The commissioner holds the chief constable to account, the panel does not.")
    return ""
