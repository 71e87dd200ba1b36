"""Whether the panel vetoed, and whether its veto counts.

A veto needs the votes of two-thirds of all members (law/majority.py) and a report in time. After a
report that comes too late scrutiny has ended, and the veto is none (SI 2012/2271, regulation 4(2);
Police Reform and Social Responsibility Act 2011, Schedule 8, paragraph 2).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from peelian.processes.gathering import Held
from peelian.processes.models import Process


@dataclass(frozen=True)
class Veto:
    """Whether there is a veto, None while that is open; why, in words; whether any was voted."""

    stands: bool | None
    because: str
    voted: bool | None

    @property
    def brief(self) -> str:
        """Return in few words why there is no veto."""
        if self.voted:
            return _("The panel’s veto does not count: its report did not come in time.")
        return _("The panel has not vetoed.")


def veto_of(held: Held) -> Veto:
    """Return whether the panel's veto stands, as far as the record tells."""
    step = held.declared.step(held.declared.veto)
    if step is None:
        return Veto(False, _("The panel has no veto here."), None)
    voted, because = _voted(held)
    duty = held.duties.get(step.rule)
    if duty is None:
        return Veto(voted, because, voted)
    day = date_format(duty.occurrence.due, "j F Y")
    met_on = duty.met_on if duty.is_closed else None
    if duty.is_closed and (met_on is None or met_on <= duty.occurrence.due):
        told = because or _("The panel has reported, and no veto is on the record.")
        return Veto(bool(voted), told, voted)
    if held.today <= duty.occurrence.due and not duty.is_closed:
        if voted:
            because = _("%(because)s It counts only if its report arrives by %(day)s.") % {
                "because": because,
                "day": day,
            }
        return Veto(voted, because, voted)
    if held.scope.is_public and not duty.is_closed:
        return Veto(voted, because, voted)  # what the public sees need not be all there is
    late = _("No report of the panel came by %(day)s: scrutiny has ended, and there is no veto.")
    return Veto(False, late % {"day": day}, voted)


def _voted(held: Held) -> tuple[bool | None, str]:
    """Return whether a veto was voted, and why: by the vote on the record, else as is said."""
    tally, finding = held.tally, held.process.finding
    if tally and tally.carried is not None:
        said = _("The vote on a veto was carried.") if tally.carried else _("The veto was lost.")
        return tally.carried, f"{said} {tally.because}"
    if finding in Process.VETOES:
        return True, _("The panel vetoed, as the record of the process says.")
    if finding:
        return False, _("The panel did not veto.")
    return None, ""


def contradiction(held: Held) -> str:
    """Return the warning that what the panel is said to have found is not how it voted."""
    tally, finding = held.tally, held.process.finding
    if tally is None or tally.carried is None or not finding:
        return ""
    if tally.carried == (finding in Process.VETOES):
        return ""
    return _("The process says “%(finding)s”, but the vote says otherwise: %(because)s") % {
        "finding": held.process.get_finding_display(),
        "because": tally.because,
    }
