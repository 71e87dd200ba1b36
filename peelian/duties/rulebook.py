"""The installation's rules, and the office they are applied to."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from peelian.law.dates import Nation
from peelian.law.office import Office, models_from
from peelian.law.packs import all_rules, load_packs
from peelian.law.rule import Rule, RulePack


@cache
def packs() -> tuple[RulePack, ...]:
    """Return the rule packs that ship with the office's own over them, read once.

    Raises RulePackError.
    """
    return load_packs(settings.RULES, settings.OWN_RULES)


def rules() -> tuple[Rule, ...]:
    """Return every rule of the packs, also those that do not bind this office."""
    return all_rules(packs())


@cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in rules()}


def rule_named(name: str) -> Rule | None:
    """Return the rule of this id, or None."""
    return _by_id().get(name)


def rule_of(key: str) -> Rule | None:
    """Return the rule that a duty's key `pack/occasion/name` stands for, or None."""
    pack, _slash, rest = key.partition("/")
    occasion, slash, name = rest.rpartition("/")
    return rule_named(f"{pack}/{name}") if slash and occasion else None


def office() -> Office:
    """Return the office the settings describe. Raises ImproperlyConfigured for an unknown one."""
    nation: Any = str(settings.OFFICE["jurisdiction"]).strip().lower()
    if nation not in get_args(Nation):
        raise ImproperlyConfigured(
            _("PEELIAN_JURISDICTION: found “%(value)s”, expected one of %(known)s.")
            % {"value": nation, "known": ", ".join(get_args(Nation))}
        )
    return _office(nation, str(settings.OFFICE["body_model"]))


@cache
def _office(nation: Nation, body_models: str) -> Office:
    try:
        return Office(nation, models_from(body_models))
    except ValueError as error:
        said = {"fault": str(error).rstrip(".")}
        raise ImproperlyConfigured(_("PEELIAN_BODY_MODEL: %(fault)s.") % said) from error


def binds(rule: Rule) -> bool:
    """Return whether a rule is for this office: its nation, and any model it is run on."""
    return office().is_ever_bound(rule)
