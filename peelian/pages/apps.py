"""The generic pages as a Django application, so that its templates and filters are found."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Serves every kind of record that declares itself."""

    name = "peelian.pages"
    label = "pages"
