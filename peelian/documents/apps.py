"""Documents as a Django application, so that its templates are found."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Renders blocks as HTML and PDF."""

    name = "peelian.documents"
    label = "documents"
