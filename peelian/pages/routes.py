"""The addresses of a kind, public and in the back office."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern
from django.utils.module_loading import import_string

from peelian.pages import subscription_views, views
from peelian.pages.subscriptions import CONFIRM, STOP, Letters
from peelian.record.access import route
from peelian.record.kinds import Kind


def _view(kind: Kind, name: str) -> Any:
    if name in kind.views:
        return import_string(kind.views[name])
    return getattr(views, {"list": "list_records", "export": "export_records"}.get(name, name))


def for_all(address: str, view: Any, *, name: str, area: str, **extra: Any) -> list[URLPattern]:
    """Return the route of a page that anybody may use, and that of the same in the back office.

    The office's needs to see the area; its view is told so by `office=True`.
    """
    return [
        route(address, view, name=name, needs=None, **extra),
        route(
            f"office/{address}",
            view,
            name=f"office-{name}",
            needs=("view", area),
            office=True,
            **extra,
        ),
    ]


def files_for_all(address: str, view: Any, *, name: str, area: str) -> list[URLPattern]:
    """Return the routes of a page's CSV and XLSX: `address` and `name` are the page's own."""
    return [
        pattern
        for form in ("csv", "xlsx")
        for pattern in for_all(
            f"{address.rstrip('/')}.{form}", view, name=f"{name}-{form}", area=area, form=form
        )
    ]


def subscription_routes(address: str, letters: Letters) -> list[URLPattern]:
    """Return the routes of the links in a sort of mail, by which it is confirmed and stopped."""
    return [
        route(
            f"{address}{way}/<str:token>/",
            view,
            name=f"{letters.name}-{way}",
            needs=None,
            letters=letters,
        )
        for way, view in (
            (CONFIRM, subscription_views.confirm),
            (STOP, subscription_views.stop),
        )
    ]


def public_routes(kind: Kind) -> list[URLPattern]:
    """Return the routes that anybody may use; none for a closed kind."""
    if kind.closed:
        return []
    base, made = kind.slug, {"kind": kind}
    return [
        route(f"{base}/", _view(kind, "list"), name=f"{base}-list", needs=None, **made),
        *(
            route(
                f"{base}.{form}",
                _view(kind, "export"),
                name=f"{base}-{form}",
                needs=None,
                form=form,
                **made,
            )
            for form in ("csv", "xlsx")
        ),
        route(
            f"{base}/<ref:reference>/",
            _view(kind, "show"),
            name=f"{base}-show",
            needs=None,
            **made,
        ),
    ]


def office_routes(kind: Kind) -> list[URLPattern]:
    """Return the back office's routes, each with the permission it needs."""
    base, area = kind.slug, kind.area
    made: dict[str, Any] = {"kind": kind}
    seen = {**made, "office": True}
    can_see, can_edit = ("view", area), ("edit", area)
    one = f"{base}/<ref:reference>/"
    rows: list[tuple[str, Any, str, tuple[str, str], dict[str, Any]]] = [
        (f"{base}/", _view(kind, "list"), "list", can_see, seen),
        (f"{base}.csv", _view(kind, "export"), "csv", can_see, {**seen, "form": "csv"}),
        (f"{base}.xlsx", _view(kind, "export"), "xlsx", can_see, {**seen, "form": "xlsx"}),
        (f"{base}/new/", _view(kind, "edit"), "new", can_edit, made),
        (one, _view(kind, "show"), "show", can_see, seen),
        (f"{one}edit/", _view(kind, "edit"), "edit", can_edit, made),
        (f"{one}history/", _view(kind, "history"), "history", can_see, made),
        (f"{one}compare/", _view(kind, "compare"), "compare", can_see, made),
        (f"{one}publish/", _view(kind, "publish"), "publish", can_see, made),
    ]
    return [
        route(f"office/{address}", view, name=f"office-{base}-{name}", needs=needs, **extra)
        for address, view, name, needs, extra in rows
    ]
