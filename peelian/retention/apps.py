"""Retention as a Django application."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How long records are kept, what is due to go, holds, disposals and their certificates."""

    name = "peelian.retention"
    label = "retention"

    def ready(self) -> None:
        """Let a hold keep a record from being deleted, and say on its page how long it is kept."""
        from peelian.pages.sections import EVERY, offer
        from peelian.record.keeping import register_guard
        from peelian.retention.holds import why_held
        from peelian.retention.sections import keeping_section

        register_guard(why_held)
        offer((EVERY,), keeping_section)
