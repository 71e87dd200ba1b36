"""What the office does, in a browser: edit and approve, an update round, findings, a pack."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NARROW, WIDE, Open, Site, check

pytestmark = pytest.mark.browser

ROUND = "/office/rounds/2016-2020-03-31/"


def _take(page: Page, address: str, step: str, why: str = "As agreed") -> None:
    """Take a step with a record, from its page in the back office."""
    page.goto(address)
    _press(page, step)
    page.get_by_label("Why?").fill(why)
    _press(page, step)
    expect(page.locator(".app-message")).to_contain_text("Done")


def _press(page: Page, name: str) -> None:
    """Press a button, or a link that looks and is announced like one."""
    page.get_by_role("button", name=name, exact=True).click()


def test_a_change_to_a_published_activity_waits_for_a_second_person(visit: Open) -> None:
    record, public = "/office/activities/2016-A1.1/", "/activities/2016-A1.1/"
    with visit() as reader, visit("pat") as page:
        page.goto(record)
        check(page)
        _press(page, "Edit")
        check(page)
        page.get_by_label("Title", exact=True).fill("Ask the public about the charter")
        page.get_by_label("Why are you making this change?").fill("The charter was renamed")
        _press(page, "Save as a draft")
        expect(page.get_by_role("main")).to_contain_text("waits as a draft")
        _take(page, record, "Submit for review")
        expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
        reader.goto(public)
        expect(reader.locator("h1")).not_to_contain_text("charter")

        with visit("chris") as chief:
            chief.goto("/office/")
            waiting = chief.get_by_role("main").locator('a[href$="/2016-A1.1/compare/"]')
            waiting.first.click()
            expect(chief.locator("ins").first).to_contain_text(re.compile("charter|Ask"))
            check(chief)
            _take(chief, record, "Approve")
            chief.get_by_role("link", name="History", exact=True).click()
            expect(chief.get_by_role("main")).to_contain_text("The charter was renamed")
            check(chief)
        reader.reload()
        expect(reader.locator("h1")).to_have_text("Ask the public about the charter")


def test_two_people_write_in_one_round(visit: Open, site: Site) -> None:
    with visit("pat") as pat, visit("chris") as chris:
        for page in (pat, chris):
            page.goto(f"{ROUND}grid/")
        rows = pat.locator("#round-rows tbody tr")
        first, second = (_name_of(rows.nth(n).get_attribute("id")) for n in (0, 1))

        _write(pat, first, "Written by Pat.")
        _row(pat, first).get_by_role("button", name=re.compile("^Save")).click()
        _expect_state(pat, first, "Saved")
        _write(pat, second, "Written by Pat as well.")
        _part(pat, "text", second).press("Control+Enter")
        _expect_state(pat, second, "Saved")
        expect(pat.locator("#round-progress")).to_contain_text("2 of ")
        assert pat.url.endswith("/grid/"), "nobody left the page"

        _write(chris, first, "Written by Chris.")
        _part(chris, "text", first).press("Control+Enter")
        expect(_row(chris, first)).to_contain_text("Saved by")
        expect(_row(chris, first)).to_contain_text("Written by Pat.")
        expect(_part(chris, "text", first)).to_have_value("Written by Chris.")
        check(chris, axe=(NARROW,))
        _row(chris, first).get_by_role("button", name="Add their text to mine").click()
        merged = re.compile(r"Written by Pat\.\s+Written by Chris\.")
        expect(_part(chris, "text", first)).to_have_value(merged)
        _part(chris, "text", first).press("Control+Enter")
        _expect_state(chris, first, "Saved")

        pat.reload()
        expect(_part(pat, "text", first)).to_have_value(merged)
        check(pat, axe=(WIDE,))
        pat.get_by_role("button", name=re.compile("Send all saved rows")).click()
        _expect_state(pat, second, "In review")

        chris.goto(f"{ROUND}review/")
        check(chris)
        for reference in (first, second):
            _part(chris, "pick", reference).check()
        chris.get_by_role("button", name=re.compile("^Approve")).click()
        expect(chris.locator(".app-message").first).to_contain_text("1 update approved")
        expect(chris.get_by_role("alert")).to_contain_text("Someone other than the author")
        chris.goto(site.at(f"/activities/{second}/"))
        expect(chris.get_by_role("main")).to_contain_text("Written by Pat as well.")
        chris.goto(site.at(f"/activities/{first}/"))
        expect(chris.get_by_role("main")).not_to_contain_text("Written by")


def _name_of(anchor: str | None) -> str:
    assert anchor
    return anchor.partition("-")[2]


def _part(page: Page, part: str, reference: str) -> Locator:
    """Return a part of an activity's row: its row, text, progress or pick."""
    return page.locator(f'[id="{part}-{reference}"]')


def _row(page: Page, reference: str) -> Locator:
    return _part(page, "row", reference)


def _write(page: Page, reference: str, text: str) -> None:
    _part(page, "progress", reference).select_option("on_track")
    _part(page, "text", reference).fill(text)


def _expect_state(page: Page, reference: str, state: str) -> None:
    expect(_row(page, reference).locator("[data-state]")).to_contain_text(state)


def test_a_row_is_saved_without_scripts_too(visit: Open) -> None:
    with visit("pat", java_script_enabled=False) as page:
        page.goto(f"{ROUND}grid/")
        anchor = page.locator("#round-rows tbody tr").nth(5).get_attribute("id")
        reference = _name_of(anchor)
        _write(page, reference, "")
        _row(page, reference).get_by_role("button", name=re.compile("^Save")).click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("Write what has happened")
        _write(page, reference, "Written without scripts.")
        _row(page, reference).get_by_role("button", name=re.compile("^Save")).click()
        expect(_row(page, reference)).to_contain_text("Saved.")
        assert page.url.endswith(f"#{anchor}")


def test_a_finding_is_acknowledged_and_comes_back_when_its_record_changes(visit: Open) -> None:
    with visit("pat") as page:
        page.goto("/office/findings/")
        check(page)
        page.get_by_label("Check", exact=True).select_option("without-oversight")
        page.get_by_role("button", name=re.compile("filter", re.IGNORECASE)).first.click()
        finding = page.locator(".app-finding").filter(has_text="B2.15")
        expect(finding).to_have_count(1)
        finding.get_by_role("button", name=re.compile("^Acknowledge")).click()
        check(page)
        _press(page, "Acknowledge")
        expect(page.locator(".govuk-error-summary")).to_contain_text("Say why")
        page.get_by_label("Reason why this may stand").fill("The plan prints none.")
        _press(page, "Acknowledge")

        page.goto("/office/findings/?check=without-oversight")
        expect(page.locator(".app-finding").filter(has_text="B2.15")).to_have_count(0)
        page.goto("/office/findings/?check=without-oversight&state=acknowledged")
        held = page.locator(".app-finding").filter(has_text="B2.15")
        expect(held).to_contain_text("The plan prints none.")

        held.locator(".app-finding__where a").click()
        _press(page, "Edit")
        page.get_by_label("Title", exact=True).fill("Said in other words")
        _press(page, "Save as a draft")
        page.goto("/office/findings/?check=without-oversight")
        expect(page.locator(".app-finding").filter(has_text="B2.15")).to_have_count(1)


def test_a_pack_is_stopped_goes_on_with_a_reason_and_is_published(visit: Open, site: Site) -> None:
    pack, public = "/office/packs/2020-06-15/", "/packs/2020-06-15/"
    with visit("sam") as page, visit("chris") as chief, visit() as reader:
        page.goto("/office/meetings/2020-06-15/build-pack/")
        expect(page.get_by_role("main")).to_contain_text("stop this pack")
        check(page)
        _press(page, "Build the pack")
        expect(page.locator(".govuk-error-summary")).to_contain_text("unexplained findings")
        page.get_by_label("Reason to go on despite the findings").fill("Agreed with the chair.")
        _press(page, "Build the pack")
        page.wait_for_url(f"**{pack}")
        assert reader.request.get(site.at(public)).status == 404

        _take(page, pack, "Submit for review")
        _take(chief, pack, "Approve")
        assert reader.request.get(site.at(public)).status == 404
        _take(chief, pack, "Publish")
        reader.goto(public)
        expect(reader.get_by_role("main")).to_contain_text("Agreed with the chair.")
        address = reader.get_by_role("link", name=re.compile("Download this pack"))
        pdf = reader.request.get(site.at(address.get_attribute("href") or ""))
        assert pdf.status == 200
        assert pdf.body().startswith(b"%PDF-")
        assert len(pdf.body()) > 20_000


OFFICE = (
    "/office/",
    "/office/activities/",
    "/office/activities/2016-A1.1/history/",
    "/office/measures/violence-with-injury/",
    "/office/measures/violence-with-injury/compare-areas/",
    "/office/performance/dashboard/",
    "/office/performance/proposals/",
    "/office/performance/proposals/violence-with-injury/shropshire/2019-01-01/",
    "/office/meetings/2019-11-27/",
    "/office/meetings/new/",
    "/office/rounds/open/",
    "/office/search/?q=victims",
)


def test_a_word_longer_than_the_page_is_broken(visit: Open) -> None:
    with visit("pat") as page:
        page.goto("/office/undertakings/new/")
        page.get_by_label("Reference", exact=True).fill("LONG")
        page.get_by_label("Title", exact=True).fill("W" * 300)
        page.get_by_label("In full").fill("W" * 300)
        page.get_by_role("button", name=re.compile("^(Save|Add)")).first.click()
        page.wait_for_url("**/undertakings/LONG/")
        for address in ("", "edit/", "history/"):
            page.goto(f"/office/undertakings/LONG/{address}")
            check(page, axe=())
        page.goto("/office/search/?q=" + "W" * 150)
        check(page, axe=())


def test_the_pages_of_the_office_are_accessible(visit: Open) -> None:
    with visit("chris") as page:
        for address in OFFICE:
            page.goto(address)
            check(page)
