"""Who may do what: roles and permissions as one table in code.

An action is `view`, `edit`, `approve`, `delete`, or one of the few special ones below; an area is
the application a kind belongs to. The table is printed in docs/permissions.md by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.urls import URLPattern, path, register_converter
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

AREAS = (
    "people",
    "promises",
    "figures",
    "duties",
    "meetings",
    "processes",
    "inspections",
    "elections",
    "transparency",
    "publication",
    "papers",
    "reports",
    "packs",
    "retention",
    "originals",
    "holding",
)
PUBLIC = "public"


class Actor(Protocol):
    """Whoever acts: a signed-in user, or a command."""

    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> Iterable[str]: ...


@dataclass(frozen=True)
class Command:
    """A command acting for the office, named in the history by what was run."""

    name: str
    roles: tuple[str, ...] = field(default=("administrator",))


def _everywhere(*actions: str) -> set[tuple[str, str]]:
    return {(action, area) for action in actions for area in AREAS}


def _in(areas: Iterable[str], *actions: str) -> set[tuple[str, str]]:
    return {(action, area) for action in actions for area in areas}


# What a panel's officer sees through from the first line to the signed record.
_OF_MEETINGS = {"meetings", "papers", "packs", "processes", "originals"}
ROLE_LABELS = {
    "reader": _("Reader"),
    "policy_officer": _("Policy officer"),
    "analyst": _("Performance analyst"),
    "panel_officer": _("Panel support officer"),
    "chief_executive": _("Chief executive and monitoring officer"),
    "administrator": _("Administrator"),
}
ROLES: dict[str, set[tuple[str, str]]] = {
    "reader": _everywhere("view") | {("check", "record")},
    "policy_officer": _everywhere("view")
    | _in(
        (
            "promises",
            "people",
            "inspections",
            "duties",
            "processes",
            "elections",
            "transparency",
            "publication",
            "papers",
            "holding",
            "reports",
        ),
        "edit",
        "delete",
    )
    | {("edit", "retention"), ("follow", "promises")}
    | {("check", "record"), ("acknowledge", "record"), ("build", "packs")},
    "analyst": _everywhere("view")
    | _in(("figures", "papers"), "edit", "delete")
    | {("edit", "retention")}
    | {("check", "record"), ("acknowledge", "record"), ("build", "packs")},
    "panel_officer": _everywhere("view")
    | _in(_OF_MEETINGS | {"people", "duties"}, "edit", "delete")
    | {("edit", "retention"), ("follow", "promises")}
    | {("check", "record"), ("acknowledge", "record"), ("build", "packs")}
    | _in(_OF_MEETINGS, "approve")
    | {("manage", "meetings")},
    "chief_executive": _everywhere("view", "edit", "approve", "delete")
    | {("check", "record"), ("acknowledge", "record"), ("build", "packs")}
    | {("manage", "transparency"), ("follow", "promises")},
}
ROLES["administrator"] = ROLES["chief_executive"] | {("manage", "people")}


def may(actor: Any, action: str, area: str) -> bool:
    """Return whether any of the actor's roles allows this action in this area."""
    return any((action, area) in ROLES.get(role, ()) for role in getattr(actor, "roles", ()))


def closed_kinds_hidden_from(actor: Any) -> list[str]:
    """Return the names of kinds this actor may not even see."""
    from peelian.record.kinds import kinds

    return [
        k.name
        for k in kinds()
        if not may(actor, "view", k.area) or (k.closed and not may(actor, "manage", k.area))
    ]


class ReferenceConverter:
    """A record's reference in an address; anything else is no address of ours."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._~-]*"

    def to_python(self, value: str) -> str:
        """Return the reference as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the reference as it stands."""
        return value


register_converter(ReferenceConverter, "ref")
View = Callable[..., "HttpResponse"]


def route(
    address: str, view: View, *, name: str, needs: tuple[str, str] | None, **extra: Any
) -> URLPattern:
    """Return a URL pattern that states who may use it; `needs=None` means everybody.

    The test over all routes reads the statement; a route made any other way fails it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if needs and not may(request.user, *needs):
            raise PermissionDenied
        return view(request, *args, **extra, **kwargs)

    guarded.needs = needs or PUBLIC  # type: ignore[attr-defined]
    return path(address, guarded if needs else login_not_required(guarded), name=name)
