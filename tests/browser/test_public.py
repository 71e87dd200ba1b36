"""What anybody does on the public site, in a browser, with and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, Open, Site, check

pytestmark = pytest.mark.browser

# One page of every sort: every page of a sort is made by the same view and templates.
PAGES = (
    "/",
    "/plans/",
    "/plans/2016/",
    "/objectives/2016-1/",
    "/commitments/",
    "/commitments/2016-4.2/",
    "/activities/?progress=on_hold",
    "/activities/2016-A4.6/",
    "/undertakings/U3/",
    "/oversight-mechanisms/",
    "/oversight-mechanisms/alliance-governance-group/",
    "/performance/",
    "/performance/dashboard/",
    "/alerts/?measure=violence-with-injury",
    "/embed/measures/violence-with-injury/?area=shropshire",
    "/areas/shropshire/",
    "/measures/violence-with-injury/",
    "/measures/violence-with-injury/areas/?scale=shared",
    "/measures/violence-with-injury/year/",
    "/measures/violence-with-injury/compare/?over=year&area=shropshire&sort=-value&period=x",
    "/quoted-figures/",
    "/meetings/",
    "/meetings/2019-11-27/",
    "/attendance/",
    "/inspections/",
    "/inspections/peel-2018-19/",
    "/calendar/",
    "/calendar/?year=2024-25",
    "/duties/rules/",
    "/search/?q=rural+crime",
    "/search/?q=nothingofthekind",
    "/about/",
    "/accessibility/",
    "/packs/",
    "/sign-in/",
)
# The pack is as long as a book: its rules are tried once.
LONG = ("/packs/2020-02-05/",)


def test_the_public_reads_from_the_plan_to_the_pack(visit: Open) -> None:
    with visit() as page:
        page.goto("/")
        for step in (
            "/plans/2016/",
            "/objectives/2016-1/",
            "/commitments/2016-A.1/",
            "/activities/2016-A1.1/",
            "/oversight-mechanisms/victims-board/",
            "/activities/2016-A1.1/",
        ):
            if step == "/plans/2016/":
                _go(page, "Plan")
            _follow(page, step)
        _go(page, "Performance")
        assert page.url.endswith("/editions/2019-12-quarterly/")
        _follow(page, "/topics/")
        _follow(page, "/measures/")
        picture = page.locator("main .app-figure__chart [role=img]").first
        expect(picture).to_have_accessible_name(re.compile(r"\w+ \w+"))
        expect(page.locator("main table").first).to_be_attached()
        check(page)

        _go(page, "Meetings")
        for step in ("/meetings/2019-11-27/", "/minutes/2019-11-27-321/", "/undertakings/U3/"):
            _follow(page, step)
        _follow(page, "/minutes/2019-11-27-321/")
        _go(page, "Search")
        page.get_by_role("searchbox").fill("rural crime")
        page.get_by_role("main").get_by_role("button", name="Search").click()
        expect(page.locator("main mark").first).to_be_visible()
        _go(page, "Calendar")
        expect(page.get_by_role("main")).to_contain_text("precept")
        page.goto("/packs/")
        _follow(page, "/packs/2020-02-05/")
        expect(page.get_by_role("link", name=re.compile("Download this pack"))).to_be_visible()


def test_a_reference_in_the_text_leads_on_and_its_chain_is_shown(visit: Open) -> None:
    with visit() as page:
        page.goto("/commitments/2016-4.2/")
        page.get_by_role("main").get_by_role("link", name="2.1.2", exact=True).first.click()
        assert page.url.endswith("/activities/2016-2.1.2/")
        page.goto("/commitments/2016-3.10/")
        page.get_by_role("main").get_by_role("link", name="2.6", exact=True).first.click()
        assert page.url.endswith("/commitments/2016-2.6/")


def _go(page: Page, name: str) -> None:
    """Go to a place of the main navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()


def _follow(page: Page, address: str) -> None:
    """Follow the page's first link to an address that begins so."""
    page.get_by_role("main").locator(f'a[href^="{address}"]').first.click()
    expect(page).to_have_url(re.compile(re.escape(address)))


def test_every_sort_of_public_page_is_accessible_and_fits_a_telephone(visit: Open) -> None:
    with visit() as page:
        for address in PAGES:
            page.goto(address)
            check(page)
        for address in LONG:
            page.goto(address)
            check(page, axe=(NARROW,))


def test_every_sort_of_public_page_reads_without_scripts(visit: Open) -> None:
    with visit(java_script_enabled=False) as page:
        for address in (*PAGES, *LONG):
            response = page.goto(address)
            assert response
            assert response.status == 200, address
            assert page.locator("main h1").count() == 1, address
            assert page.locator("main h1").inner_text().strip(), address


def test_a_list_is_filtered_and_downloaded_without_scripts(visit: Open, tmp_path: Path) -> None:
    with visit(java_script_enabled=False) as page:
        page.goto("/activities/")
        everything = page.locator(".app-list-bar__count").inner_text()
        page.get_by_label("Status").select_option("on_hold")
        page.get_by_role("button", name=re.compile("filter", re.IGNORECASE)).first.click()
        assert page.locator(".app-list-bar__count").inner_text() != everything
        with page.expect_download() as download:
            page.get_by_role("link", name=re.compile("CSV")).click()
        kept = tmp_path / "activities.csv"
        download.value.save_as(kept)
        rows = kept.read_text(encoding="utf-8-sig").splitlines()
        assert 1 < len(rows) < 111


def test_a_page_prints_without_its_furniture(visit: Open) -> None:
    with visit() as page:
        page.goto("/activities/2016-A4.6/")
        page.emulate_media(media="print")
        expect(page.locator("main h1")).to_be_visible()
        expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_the_keyboard_reaches_the_content_first(visit: Open, site: Site) -> None:
    with visit() as page:
        page.goto("/")
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_text("Skip to main content")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content"
        assert page.url == site.at("/#main-content")
