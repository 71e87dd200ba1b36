"""Received documents as a Django application."""

from django.apps import AppConfig


class ReceivedConfig(AppConfig):
    """Documents that an office already has: what is wrong with them, and what they hold."""

    name = "peelian.received"
    label = "received"

    def ready(self) -> None:
        """Keep the files of received documents where something else lets go of them."""
        from peelian.received.models import Document
        from peelian.record.files import register_holder

        register_holder(Document)
