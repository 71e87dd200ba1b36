"""Minutes taken in a browser on a poor connection: what was typed is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import WIDE, Open, Site, check

pytestmark = pytest.mark.browser

MINUTES = "/office/meetings/2020-02-05/minutes/"
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('peelian-minutes/')).length"


@contextmanager
def _officer(chromium: Browser, site: Site) -> Iterator[BrowserContext]:
    """Yield a browser in which the panel's officer is signed in; it may complain of the network."""
    context = chromium.new_context(base_url=site.url, viewport=WIDE)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/office/")
    page.get_by_label("User name").fill("sam")
    page.locator("input[type=password]").fill(site.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/office/")
    page.close()
    yield context
    context.close()


def _box(page: Page, nth: int) -> tuple[Locator, Locator]:
    """Return the box of the nth minute and where its state is said."""
    form = page.locator("form[data-minute]").nth(nth)
    return form.locator("textarea[name=text]"), form.locator("[data-state]")


def _taking(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(MINUTES)
    return page


def test_the_page_is_accessible_wide_and_narrow(visit: Open) -> None:
    with visit("sam") as page:
        page.goto(MINUTES)
        check(page)


def test_a_cut_connection_and_a_closed_page_lose_nothing(chromium: Browser, site: Site) -> None:
    typed = "The Chairman welcomed everyone, and two members sent apologies."
    with _officer(chromium, site) as context:
        page = _taking(context)
        text, state = _box(page, 0)
        context.set_offline(True)
        text.press_sequentially(typed)
        expect(state).to_have_text("Kept on this device, not yet sent")
        page.close(run_before_unload=False)

        context.set_offline(False)
        page = _taking(context)
        text, state = _box(page, 0)
        expect(text).to_have_value(typed)
        expect(state).to_contain_text("Sent and saved")
        assert page.evaluate(KEPT) == 0
        page.reload()
        expect(_box(page, 0)[0]).to_have_value(typed)


@pytest.mark.parametrize("fault", ["gone", "failing"])
def test_a_server_that_does_not_answer_is_asked_again(
    chromium: Browser, site: Site, fault: str
) -> None:
    typed = f"Typed while the server was {fault}."

    def fail(route: Route) -> None:
        if fault == "gone":
            route.abort()
        else:
            route.fulfill(status=500, body="no")

    with _officer(chromium, site) as context:
        page = _taking(context)
        text, state = _box(page, 1)
        page.route("**/minutes/write/*", fail)
        page.route("**/minutes/write/", fail)
        text.fill(typed)
        with page.expect_request("**/minutes/write/"):
            text.press("Control+Enter")
        expect(state).to_have_text("Kept on this device, not yet sent")
        assert page.evaluate(KEPT) == 1
        page.unroute_all()
        expect(state).to_contain_text("Sent and saved")
        page.reload()
        expect(_box(page, 1)[0]).to_have_value(typed)


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_was_kept(
    chromium: Browser, site: Site
) -> None:
    with _officer(chromium, site) as context:
        page = _taking(context)
        _box(page, 2)[0].fill("Kept here.")
        context.set_offline(True)
        page.close(run_before_unload=False)
        context.set_offline(False)
        with _officer(chromium, site) as elsewhere:
            other = _taking(elsewhere)
            text, state = _box(other, 2)
            text.fill("Saved elsewhere.")
            text.press("Control+Enter")
            expect(state).to_contain_text("Sent and saved")
        page = _taking(context)
        text, state = _box(page, 2)
        form = page.locator("form[data-minute]").nth(2)
        expect(text).to_have_value("Kept here.")
        expect(form.locator("[data-their-text]")).to_have_text("Saved elsewhere.")
        text.press("Control+Enter")
        expect(state).to_contain_text("Sent and saved")
        page.reload()
        expect(_box(page, 2)[0]).to_have_value("Kept here.")


def test_the_attendance_is_kept_until_the_server_has_it(chromium: Browser, site: Site) -> None:
    def late(page: Page) -> Locator:
        page.locator("form[data-keep=attendance] details").first.evaluate("one => one.open = true")
        return page.locator("input[name^=arrived-]").first

    with _officer(chromium, site) as context:
        page = _taking(context)
        page.get_by_label("Present").first.check()
        late(page).fill("10:40")
        context.set_offline(True)
        state = page.locator("form[data-keep=attendance] [data-state]")
        page.get_by_role("button", name="Save the attendance").click()
        expect(state).to_have_text("Kept on this device, not yet sent")
        page.close(run_before_unload=False)

        context.set_offline(False)
        page = _taking(context)
        expect(late(page)).to_have_value("10:40")
        page.get_by_role("button", name="Save the attendance").click()
        state = page.locator("form[data-keep=attendance] [data-state]")
        expect(state).to_contain_text("Sent and saved")
        assert page.evaluate(KEPT) == 0
        expect(late(page)).to_have_value("10:40")
        page.close()
