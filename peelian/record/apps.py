"""The kernel as a Django application."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """Records, their changes, drafts, links, files and who may see them."""

    name = "peelian.record"
    label = "record"
