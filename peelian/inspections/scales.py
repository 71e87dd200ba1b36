"""The scales of grades that are declared in ``rules/scales/``, for this installation."""

from __future__ import annotations

from django.conf import settings

from peelian.law.scales import Family, Scale, load_families


def families() -> tuple[Family, ...]:
    """Return every family of scales, read once. Raises RulePackError."""
    return load_families(settings.RULES, settings.OWN_RULES)


def scale_named(name: str) -> Scale | None:
    """Return the scale of this id, or None."""
    every = (scale for family in families() for scale in family.scales)
    return next((scale for scale in every if scale.id == name), None)


def choices() -> list[tuple[str, str]]:
    """Return the scales as a field offers them."""
    return [(scale.id, scale.name) for family in families() for scale in family.scales]
