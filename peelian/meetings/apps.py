"""Meetings as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Meetings, agendas, minutes, attendance and the work programme."""

    name = "peelian.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Declare the kinds, the events that start a clock, references and checks."""
        from peelian.duties.facts import register as register_facts
        from peelian.meetings import challenge_checks as challenge_checks
        from peelian.meetings import checks as checks
        from peelian.meetings import exempt_checks as exempt_checks
        from peelian.meetings import minute_checks as minute_checks
        from peelian.meetings import participation_checks as participation_checks
        from peelian.meetings import programme_checks as programme_checks
        from peelian.meetings import rhythm_checks as rhythm_checks
        from peelian.meetings import vote_checks as vote_checks
        from peelian.meetings.facts import (
            CHALLENGES,
            MEETING_DECISIONS,
            PANEL_MEETINGS,
            PETITIONS,
            RESPONSES,
        )
        from peelian.meetings.kinds import KINDS
        from peelian.meetings.minutes import ConfirmedGuard
        from peelian.meetings.notice import NoticeGuard
        from peelian.meetings.participation import AcceptedGuard
        from peelian.meetings.private_guard import PrivateGuard
        from peelian.meetings.references import resolve_minutes
        from peelian.record.guards import stand
        from peelian.record.kinds import LINK_LABELS, register
        from peelian.record.references import register_resolver

        register(*KINDS)
        register_resolver("minute", resolve_minutes)
        register_facts(PANEL_MEETINGS, MEETING_DECISIONS, RESPONSES, CHALLENGES, PETITIONS)
        LINK_LABELS["voted_for"] = _("For")
        LINK_LABELS["voted_against"] = _("Against")
        LINK_LABELS["abstained"] = _("Abstained")
        stand(NoticeGuard())
        stand(ConfirmedGuard())
        stand(AcceptedGuard())
        stand(PrivateGuard())
        _offer_sections()


def _offer_sections() -> None:
    """Offer what meetings have to say to other pages, and stand beside the lists."""
    from peelian.exempt.apart import may_be_exempt
    from peelian.exempt.sections import exempt_section
    from peelian.meetings.beside import hear_of
    from peelian.meetings.challenge_section import challenge_section
    from peelian.meetings.exempt_section import statement_section
    from peelian.meetings.matter_sections import (
        achieved_section,
        following_section,
        matters_section,
    )
    from peelian.meetings.note_section import note_section
    from peelian.meetings.sections import meetings_section
    from peelian.meetings.spoken_of import spoken_of_section
    from peelian.meetings.vote_sections import voting_record
    from peelian.pages.sections import offer, stand_beside
    from peelian.promises.models import FOLLOWED

    offer(("person",), voting_record)
    may_be_exempt("agenda-item", "minute")
    offer(("challenge",), challenge_section)
    offer(("meeting",), note_section)
    hear_of("decision-note")
    offer(("agenda-item",), statement_section)
    offer(("agenda-item", "minute"), exempt_section)
    offer(("body", "oversight-mechanism"), meetings_section)
    offer(("agenda-item",), matters_section)
    offer(FOLLOWED, following_section)
    offer(("commitment", "activity"), spoken_of_section)
    offer(("body", "oversight-mechanism"), achieved_section)
    stand_beside("meeting", _("Who meets when"), "meetings-by-body")
    stand_beside("meeting", _("Challenges in writing"), "challenges-list")
    for kind in ("meeting", "public-question", "petition"):
        stand_beside(kind, _("Take part in meetings"), "take-part")
    for kind in ("meeting", "work-programme-item"):
        stand_beside(kind, _("Work programme by meeting"), "programme")
