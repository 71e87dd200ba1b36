"""The work programme by mouse and by keyboard: a drop asks why, as the link does, then moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, check

pytestmark = pytest.mark.browser

BOARD = "/office/programme/"


def _card(page: Page, place: str) -> Locator:
    """Return the first item that stands at a place and is refused nowhere."""
    return page.locator(f'[data-drop="{place}"] [data-card][data-refuses=""]').first


def _places(page: Page) -> list[str]:
    page.goto(BOARD)
    found = page.locator("[data-drop]")
    return [str(found.nth(n).get_attribute("data-drop")) for n in range(found.count())]


def _full(page: Page) -> str:
    """Return the place that has the first item that may be moved."""
    return next(place for place in _places(page) if _card(page, place).count())


def _other(page: Page, place: str) -> str:
    return next(one for one in _places(page) if one not in (place, "none"))


def _grab(page: Page, card: Locator, place: str) -> None:
    """Press on a card and take it over a place, without letting go; all of the board is in view."""
    page.set_viewport_size({"width": 1280, "height": 3000})
    box = page.locator(f'[data-drop="{place}"]')
    at, to = card.bounding_box(), box.bounding_box()
    assert at
    assert to
    page.mouse.move(at["x"] + 5, at["y"] + 5)
    page.mouse.down()
    page.mouse.move(to["x"] + 20, to["y"] + 10, steps=5)
    page.mouse.move(to["x"] + 24, to["y"] + 14)


def _said(page: Page) -> Locator:
    return page.locator("[data-says]")


def test_a_drop_asks_why_and_then_it_is_moved(visit: Open) -> None:
    with visit("sam") as page:
        place = _full(page)
        other = _other(page, place)
        card = _card(page, place)
        name, title = str(card.get_attribute("id")), str(card.get_attribute("data-card"))
        _grab(page, card, other)
        expect(_said(page)).to_contain_text(f"Drop “{title}” here")
        page.mouse.up()
        page.wait_for_url(f"**/move/?to={other}")
        expect(page.locator(f'input[name=to][value="{other}"]')).to_be_checked()
        page.get_by_role("button", name="Move").click()
        expect(page.get_by_role("alert")).to_contain_text("Say why it moves")
        page.get_by_label("Why does it move?").fill("The force needs longer.")
        page.get_by_role("button", name="Move").click()
        page.wait_for_url(f"**{BOARD}*")
        expect(page.locator(f'[data-drop="{other}"]').locator(f'[id="{name}"]')).to_have_count(1)
        expect(page.get_by_role("table")).to_contain_text("The force needs longer.")


def test_escape_and_a_drop_beside_the_places_leave_it_where_it_was(visit: Open) -> None:
    with visit("sam") as page:
        place = _full(page)
        card = _card(page, place)
        title = str(card.get_attribute("data-card"))
        _grab(page, card, _other(page, place))
        expect(_said(page)).to_contain_text("here")
        page.keyboard.press("Escape")
        expect(_said(page)).to_have_text(f"“{title}” stays where it was.")
        page.mouse.up()
        _grab(page, card, place)
        expect(_said(page)).to_have_text(f"“{title}” stands here already.")
        page.mouse.up()
        expect(_said(page)).to_have_text(f"“{title}” stays where it was.")
        assert page.url.endswith(BOARD)


def test_what_the_law_keeps_in_its_time_is_refused_with_the_reason(visit: Open) -> None:
    with visit("sam") as page:
        page.goto(BOARD)
        held = page.locator('[data-card][data-refuses~="none"]').first
        why = str(held.get_attribute("data-why-not"))
        assert why.startswith("The law asks for it by")
        _grab(page, held, "none")
        expect(_said(page)).to_contain_text(why)
        page.mouse.up()
        expect(_said(page)).to_contain_text(why)
        assert page.url.endswith(BOARD)


def test_the_keyboard_comes_to_the_same_page_by_the_link(visit: Open) -> None:
    with visit("sam") as page:
        place = _full(page)
        link = _card(page, place).get_by_role("link", name="Later").first
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/move/?to=*")
        expect(page.locator("input[name=to]:checked")).to_have_count(1)
        expect(page.get_by_label("Why does it move?")).to_be_visible()


def test_the_board_is_accessible_wide_and_narrow(visit: Open) -> None:
    with visit("sam") as page:
        page.goto(BOARD)
        expect(page.locator("[data-hint]")).to_be_visible()
        check(page)
