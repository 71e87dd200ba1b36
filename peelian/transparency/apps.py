"""The registers as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransparencyConfig(AppConfig):
    """Registers that publish themselves: decisions, interests, money, posts, policies."""

    name = "peelian.transparency"
    label = "transparency"

    def ready(self) -> None:
        """Declare the kinds, what their links and steps are called, and the loaders."""
        from peelian.duties.facts import register as register_facts
        from peelian.duties.moving import register as register_moving
        from peelian.exempt.apart import may_be_exempt
        from peelian.exempt.sections import exempt_section
        from peelian.meetings.news import register as register_news
        from peelian.pages.comparison import ACTIONS
        from peelian.pages.sections import offer
        from peelian.record.kinds import LINK_LABELS, register
        from peelian.record.load import register_loader
        from peelian.transparency.facts import ENTRIES
        from peelian.transparency.interests_section import interests_section
        from peelian.transparency.kinds import KINDS
        from peelian.transparency.load import load_decisions, load_spending_sheet
        from peelian.transparency.moving import goes_over
        from peelian.transparency.news import decisions_of
        from peelian.transparency.sections import copy_section, decisions_section, review_section
        from peelian.transparency.staff_views import staff_section

        register(*KINDS)
        register_facts(*ENTRIES)
        register_moving(goes_over)
        may_be_exempt("decision")
        register_news(decisions_of)
        offer(("meeting",), decisions_section)
        offer(("decision",), exempt_section)
        offer(("body",), interests_section)
        offer(("policy",), review_section)
        offer(("contract",), copy_section)
        offer(("staff-count",), staff_section)
        LINK_LABELS["considers"] = _("Considers")
        ACTIONS["counts_kept"] = _("Exact counts kept")
        ACTIONS["first_published"] = _("Day of publication noted")
        ACTIONS["recipients_decided"] = _("Names of recipients decided")
        register_loader(
            "decisions", load_decisions, after=("decision", "person", "role", "undertaking")
        )
        register_loader("spending", load_spending_sheet, after=("spending-month", "contract"))
