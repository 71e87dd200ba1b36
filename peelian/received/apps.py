"""Received documents as a Django application."""

from django.apps import AppConfig


class ReceivedConfig(AppConfig):
    """Documents that an office already has: what is wrong with them, and what they hold."""

    name = "peelian.received"
    label = "received"
