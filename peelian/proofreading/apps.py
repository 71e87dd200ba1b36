"""Proofreading as a Django application, so that its templates and words are found."""

from django.apps import AppConfig


class ProofreadingConfig(AppConfig):
    """Checks a document before it goes out."""

    name = "peelian.proofreading"
    label = "proofreading"
