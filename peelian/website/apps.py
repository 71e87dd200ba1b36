"""Registers the web shell, so that its templates, tags and static files are found."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """The pages everyone sees and what they are made of."""

    name = "peelian.website"
    label = "website"
    verbose_name = _("Website")

    def ready(self) -> None:
        """Let the move to another body model know of open promises: no area knows both."""
        from peelian.duties.moving import register
        from peelian.website.open_promises import open_promises

        register(open_promises)
