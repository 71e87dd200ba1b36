"""What every page's frame shows: the office's name, the navigation, where to sign in or out.

Which page is current follows from its address alone; whether the pre-election period has begun is
asked once for each public page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise as LazyText
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from peelian.elections.periods import period_on
from peelian.record import clock
from peelian.record.kinds import kinds

Entry = tuple[str | LazyText, str, bool]


@dataclass(frozen=True)
class Item:
    """A place in the navigation: the first of `routes` there is, and the kinds found under it."""

    label: str | LazyText
    routes: tuple[str, ...]
    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


PUBLIC = (
    Item(_("Home"), ("home",)),
    Item(_("Plan"), ("plans-list",), areas=("promises", "reports")),
    Item(_("Performance"), ("performance", "editions-list"), areas=("figures",)),
    Item(_("Meetings"), ("meetings-list",), areas=("meetings", "papers", "packs", "processes")),
    Item(
        _("Oversight"),
        ("oversight-mechanisms-list",),
        areas=("people", "inspections", "holding"),
        kinds=("finding",),
    ),
    Item(_("Registers"), ("transparency",), areas=("transparency",)),
    Item(_("Calendar"), ("calendar",), areas=("elections",)),
    Item(_("Publication"), ("publication",), areas=("publication",)),
    Item(_("Search"), ("search",)),
    Item(_("About the data"), ("about",)),
)
# Narrow ones first where two share an area: the first that holds a kind is current.
OFFICE = (
    Item(_("Home"), ("office-home",)),
    Item(
        _("Promises"),
        ("office-activities-list",),
        kinds=(
            *("plan", "objective", "commitment", "activity", "update"),
            *("succession", "allocation"),
        ),
    ),
    Item(
        _("Undertakings"),
        ("office-undertakings-list",),
        kinds=("undertaking", "recommendation"),
    ),
    Item(_("Figures"), ("office-dashboard", "office-measures-list"), areas=("figures",)),
    Item(_("Duties"), ("office-duties",), areas=("duties", "elections", "retention")),
    Item(_("Meetings"), ("office-meetings-list",), areas=("meetings", "papers")),
    Item(_("Holding to account"), ("office-holding",), areas=("holding",)),
    Item(_("Processes"), ("office-processes-list",), areas=("processes",)),
    Item(
        _("Inspections"),
        ("office-inspections-list",),
        areas=("inspections",),
        kinds=("finding",),
    ),
    Item(_("Registers"), ("office-transparency",), areas=("transparency",)),
    Item(_("Publication"), ("office-publication",), areas=("publication",)),
    Item(_("Reports"), ("office-reports-list",), areas=("reports",)),
    Item(_("Packs"), ("office-packs-list",), areas=("packs",)),
    Item(_("People"), ("office-people-list",), areas=("people",)),
    Item(_("Findings"), ("office-findings",)),
    Item(_("Check a document"), ("office-documents",)),
    Item(_("Rounds"), ("office-rounds-list",), kinds=("round",)),
)
FOOTER = (
    (_("About the data"), "about"),
    (_("How long records are kept"), "retention-schedule"),
    (_("Accessibility"), "accessibility"),
    (_("What is new, as a feed"), "feed"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of the page that was asked for."""
    home, in_office = address("home"), request.path.startswith(address("office-home"))
    frame: dict[str, Any] = {
        "office": settings.OFFICE,
        "home_url": address("office-home") if in_office else home,
        "public_url": home,
        "footer_links": [(label, address(name)) for label, name in FOOTER],
    }
    if not in_office:
        return frame | {
            "navigation": entries(PUBLIC, request.path),
            "pre_election": SimpleLazyObject(lambda: period_on(clock.today())),
            "sign_in_url": address("office-home"),
        }
    if not request.user.is_authenticated:
        return frame
    return frame | {
        "sub_navigation": entries(OFFICE, request.path),
        "sign_out_url": address("sign-out"),
    }


def address(*names: str) -> str:
    """Return the address of the first of these routes that there is, or nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def entries(items: tuple[Item, ...], path: str) -> list[Entry]:
    """Return `(label, address, is current)` of each place that can be reached."""
    current = current_item(items, path)
    found = ((item, address(*item.routes)) for item in items)
    return [(item.label, url, item is current) for item, url in found if url]


def current_item(items: tuple[Item, ...], path: str) -> Item | None:
    """Return where in the navigation a page is, or None."""
    home = address(*items[0].routes)
    if path == home:
        return items[0]
    kind = kind_at(path.removeprefix(address("office-home")))
    named = next((item for item in items if kind and kind[0] in item.kinds), None)
    if named:
        return named
    for item in items[1:]:
        url = address(*item.routes)
        if kind and kind[1] in item.areas:
            return item
        if not kind and url and path.startswith(url):
            return item
    return None


def kind_at(path: str) -> tuple[str, str] | None:
    """Return the name and area of the kind whose pages are at this address."""
    return _by_slug().get(path.strip("/").partition("/")[0].partition(".")[0])


@cache
def _by_slug() -> dict[str, tuple[str, str]]:
    return {kind.slug: (kind.name, kind.area) for kind in kinds()}
