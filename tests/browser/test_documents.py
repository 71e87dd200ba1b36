"""A document in the office, in a browser: checked, dismissed, looked through beside its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE, Open, check

pytestmark = pytest.mark.browser

PACK = Path(__file__).resolve().parents[2] / "examples/northshire/panel-pack.pdf"


def _received(page: Page) -> None:
    """Check the example pack anew, and stay on its page."""
    page.goto("/office/documents/")
    page.locator("input[type=file]").set_input_files(PACK)
    page.get_by_role("button", name="Check this document").click()
    expect(page.locator("h1")).to_have_text("panel-pack.pdf")


def test_a_pack_is_checked_dismissed_and_reviewed(visit: Open) -> None:
    with visit("chris") as page:
        page.goto("/office/documents/")
        check(page, axe=[WIDE])
        _received(page)
        here = page.url
        expect(page.get_by_role("main")).to_contain_text("13 March 2025 is a Thursday.")
        check(page)
        page.get_by_label("How sure", exact=True).select_option("certain")
        page.get_by_role("button", name="Filter").click()
        expect(page.locator(".app-finding").first).to_contain_text("Certain")
        page.get_by_role("button", name=re.compile("^Dismiss")).first.click()
        check(page)
        page.get_by_label("Why may this stand as it is?").fill("The chair knows")
        page.get_by_role("button", name="Dismiss", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("The chair knows")

        page.get_by_role("link", name="Delivery plan: commitments, activities and updates").click()
        check(page)
        page.get_by_role("link", name=re.compile("twelve community speed watch")).click()
        picture = page.get_by_role("img", name=re.compile("as a picture"))
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") == 1000
        check(page)
        page.get_by_label("Activity", exact=True).fill("Pay for thirteen speed watch kits")
        page.get_by_role("button", name="Accept", exact=True).click()
        expect(page.locator("h1")).to_contain_text("Line 3 of 4")
        page.get_by_role("button", name="Reject", exact=True).click()
        page.goto(f"{here}load/")
        check(page, axe=[WIDE])
