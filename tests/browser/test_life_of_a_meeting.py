"""The whole life of one meeting in a browser, from the work programme to a kept promise.

Three days of one panel: the agenda goes out in June, the meeting is minuted in July, and the
next one confirms its minutes in September. The pictures in docs/images/meeting-*.png are
of this test: made anew where PEELIAN_WRITE_DOCS is set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, check, password_in, prepared, serving, visiting
from tests.worked_example import Example

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
BEFORE, ON_THE_DAY, AFTER = "2020-06-29", "2020-07-22", "2020-09-21"
MEETING, NEXT = "2020-07-22", "2020-09-21"
PAGE, PUBLIC = f"/office/meetings/{MEETING}/", f"/meetings/{MEETING}/"
PANEL = "West Mercia Police and Crime Panel"
PROMISE = "Send the panel the number of rural crime officers in each area."


@pytest.fixture(scope="module")
def surroundings(
    tmp_path_factory: pytest.TempPathFactory,
    db: None,
    _example_database: Example,
    django_db_blocker: Any,
) -> Iterator[tuple[dict[str, str], str]]:
    """The worked example on a database of this story's own, and everybody's password."""
    data = tmp_path_factory.mktemp("life")
    with django_db_blocker.unblock(), prepared(data, _example_database) as env:
        yield env, password_in(data)


def test_from_the_work_programme_to_a_kept_promise(
    surroundings: tuple[dict[str, str], str], chromium: Browser
) -> None:
    env, password = surroundings
    with serving(env, BEFORE) as url:
        _the_agenda_goes_out(chromium, Site(url, password))
    with serving(env, ON_THE_DAY) as url:
        _the_meeting_is_minuted(chromium, Site(url, password))
    with serving(env, AFTER) as url:
        _the_minutes_are_confirmed_and_the_promise_kept(chromium, Site(url, password))


# ---- June: programme, agenda, paper, pack ----


def _the_agenda_goes_out(chromium: Browser, site: Site) -> None:
    visit = visiting(chromium, site)
    with visit("sam") as page, visit("chris") as chief, visit() as reader:
        _plan(page)
        page.goto(f"{PAGE}agenda/")
        _press(page, "Begin the agenda")
        agenda = page.get_by_role("main")
        expect(agenda).to_contain_text("Notice, agenda and papers must be public by")
        expect(agenda).to_contain_text("Rural crime")
        check(page)
        assert reader.request.get(site.at(PUBLIC)).status == 404
        _press(page, "Send the agenda for approval")
        expect(page.locator(".app-message")).to_contain_text("Sent for approval")
        _picture(page, "meeting-agenda")
        chief.goto(f"{PAGE}agenda/")
        _press(chief, "Publish the agenda")
        expect(chief.locator(".app-message")).to_contain_text("The agenda is public")
        reader.goto(PUBLIC)
        expect(reader.get_by_role("main")).to_contain_text("Rural crime")

        _write_a_paper(page, chief)
        page.goto(f"{PAGE}build-pack/")
        page.get_by_label("Reason to go on despite the findings").fill("Agreed with the chair.")
        _press(page, "Build the pack")
        page.wait_for_url("**/office/packs/**")
        pack = page.url.removeprefix(site.url)
        assert reader.request.get(site.at(pack.removeprefix("/office"))).status == 404
        _take(page, pack, "Submit for review")
        _take(chief, pack, "Approve")
        _take(chief, pack, "Publish")
        reader.goto(pack.removeprefix("/office"))
        expect(reader.get_by_role("main")).to_contain_text("Twelve officers know the farms")
        expect(reader.get_by_role("main")).to_contain_text("Matters arising")
        _picture(reader, "meeting-pack")


def _plan(page: Page) -> None:
    """Plan the meeting, and put something on the work programme for it."""
    page.goto("/office/meetings/new/")
    _fill(page, {"Reference": MEETING, "Title": "Panel meeting, 22 July 2020"})
    page.get_by_label("Body", exact=True).select_option(label=PANEL)
    _fill(page, {"Date": "22/07/2020", "Starts (optional)": "10:30"})
    _fill(page, {"Place (optional)": "County Hall, Worcester"})
    _press(page, "Save")
    page.wait_for_url(f"**{PAGE}")
    page.goto("/office/work-programme/new/")
    _fill(page, {"Reference": "rural-crime", "Title": "Rural crime"})
    page.get_by_label("Meeting (optional)").select_option(label="Panel meeting, 22 July 2020")
    page.get_by_label("Kind", exact=True).select_option(label="Requested by the panel")
    _press(page, "Save")


def _write_a_paper(page: Page, chief: Page) -> None:
    """Write the paper under its item, and have somebody else let it out."""
    page.goto(PAGE)
    page.goto("/office/papers/new/")
    item = page.get_by_label("Part of", exact=True).locator("option", has_text="Rural crime").last
    page.get_by_label("Part of", exact=True).select_option(item.get_attribute("value"))
    _fill(
        page,
        {
            "Title (optional)": "How farms are kept safe",
            "Author": "Policy team",
            "Recommendation (optional)": "To note the report.",
            "Report (optional)": "Twelve officers know the farms.\n\nThefts of machinery fell.",
        },
    )
    page.get_by_label("Background papers", exact=True).select_option(label="There are none")
    _press(page, "Save")
    page.wait_for_url("**/office/papers/*/")
    paper = page.url
    _take(page, paper, "Submit for review")
    _take(chief, paper, "Approve")
    _take(chief, paper, "Publish")


# ---- the day: attendance, minutes, an undertaking, a vote ----


def _the_meeting_is_minuted(chromium: Browser, site: Site) -> None:
    visit = visiting(chromium, site)
    with visit("sam") as page, visit("chris") as chief, visit() as reader:
        page.goto(f"{PAGE}minutes/")
        here = page.get_by_role("group").filter(has=page.get_by_label("Present")).first
        here.get_by_label("Present").check()
        _press(page, "Save the attendance")
        lines = page.locator("section:has(form[data-minute])")
        for place in range(lines.count() - 1):  # the last is for what was on no agenda
            line = lines.nth(place)
            about = line.get_by_label("Title").input_value()
            text = line.get_by_label("What was discussed and decided")
            text.fill(f"The panel heard “{about}”. It was noted.")
            text.press("Control+Enter")
            expect(line.locator("[data-state]").first).to_contain_text("Sent and saved")
        expect(page.locator("form[data-keep=attendance] [data-state]")).to_have_text(
            "Sent and saved"
        )
        page.reload()
        rural = page.locator("section:has(form[data-minute])").filter(has_text="Rural crime").first
        rural.get_by_text("Add an undertaking").click()
        giving = rural.locator("details[open] form")
        _fill_in(giving, "What", PROMISE)
        giving.get_by_role("button").first.click()
        expect(page.get_by_role("main")).to_contain_text(PROMISE)
        _picture_of(page, f"section:has-text('{PROMISE}')", "meeting-minutes")
        check(page)
        assert PROMISE not in reader.request.get(site.at(PUBLIC)).text()

        page.goto(f"{PAGE}minutes/")
        page.get_by_role("link", name=PROMISE).first.click()
        promise = page.url
        _take(chief, promise, "Approve")
        _take(chief, promise, "Publish")

        _step(page, "Send the minutes to the chair")
        _step(chief, "Publish the minutes as a draft")
        reader.goto(PUBLIC)
        expect(reader.get_by_role("main")).to_contain_text("Draft, not yet confirmed")


# ---- September: matters arising, confirmed, closed ----


def _the_minutes_are_confirmed_and_the_promise_kept(chromium: Browser, site: Site) -> None:
    visit = visiting(chromium, site)
    with visit("sam") as page, visit("chris") as chief, visit() as reader:
        reader.goto(f"/meetings/{NEXT}/")
        expect(reader.get_by_role("main")).to_contain_text(PROMISE)
        _picture_of(reader, "#matters-arising", "meeting-matters")
        _step(chief, "Record that the minutes were confirmed")
        _step(chief, "Record that the minutes were signed", signed_on="21/09/2020")
        reader.goto(PUBLIC)
        expect(reader.get_by_role("main")).to_contain_text("Signed by")

        page.goto(f"/office/meetings/{NEXT}/")
        page.get_by_role("link", name=PROMISE).first.click()
        promise = page.url.removeprefix(site.url)
        _press(page, "Close with its evidence")
        page.get_by_label("What shows it?").fill("The table was sent on 3 August.")
        page.get_by_label("Closed on").fill("03/08/2020")
        page.get_by_label("It was not at a meeting: report it to the next one").check()
        check(page)
        _press(page, "Save and send for review")
        _take(chief, promise, "Approve")
        reader.goto(promise.removeprefix("/office"))
        expect(reader.get_by_role("main")).to_contain_text("The table was sent on 3 August.")
        reader.goto(f"/meetings/{NEXT}/")
        expect(reader.get_by_role("main")).to_contain_text(PROMISE)  # until a minute says so
        check(reader)


# ---- the words of pages ----


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _fill(page: Page, said: dict[str, str]) -> None:
    for label, value in said.items():
        page.get_by_label(label, exact=True).fill(value)


def _fill_in(part: Any, label: str, value: str) -> None:
    part.get_by_label(label).first.fill(value)


def _take(page: Page, address: str, step: str) -> None:
    """Take a step with a record, from its page in the back office."""
    page.goto(address)
    _press(page, step)
    page.get_by_label("Why?").fill("As agreed")
    _press(page, step)
    expect(page.locator(".app-message")).to_contain_text("Done")


def _step(page: Page, name: str, **said: str) -> None:
    """Take a step in the life of the minutes."""
    page.goto(f"{PAGE}minutes/")
    _press(page, name)
    if "signed_on" in said:
        page.locator("[name=signed_by]").select_option(index=1)
    for field, value in said.items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".app-message")).to_be_visible()


def _picture_of(page: Page, part: str, name: str) -> None:
    """Keep what is on the screen from a part of the page on."""
    page.locator(part).evaluate("one => one.scrollIntoView()")
    _picture(page, name)


def _picture(page: Page, name: str) -> None:
    """Keep what is on the screen for the documentation, where that is asked for."""
    if os.environ.get("PEELIAN_WRITE_DOCS"):
        page.screenshot(path=IMAGES / f"{name}.png")
