"""What is exempt as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExemptConfig(AppConfig):
    """What of a record may not be published: words and files, and who has read them."""

    name = "peelian.exempt"
    label = "exempt"

    def ready(self) -> None:
        """Keep exempt files, let all of it go with its record, name the steps it leaves."""
        from peelian.exempt.models import ExemptFile, ExemptPart, Reading
        from peelian.pages.comparison import ACTIONS
        from peelian.record.disposal import register_apart
        from peelian.record.files import register_holder

        register_holder(ExemptFile)
        register_apart(ExemptPart, ExemptFile, Reading)
        ACTIONS["exempt_part_kept"] = _("Exempt part kept")
        ACTIONS["exempt_file_kept"] = _("Exempt file kept")
