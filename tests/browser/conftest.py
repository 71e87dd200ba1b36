"""A real Chromium on the real site: the worked example, served as `make demo` serves it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)

from tests.worked_example import Example, keep_copy

PEELIAN = Path(sys.executable).with_name("peelian")
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=375, height=800)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The first is the same engine without the windows that nobody looks at, at half the price.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Site:
    """Where the site is served, and the password of everybody on it."""

    url: str
    password: str

    def at(self, path: str) -> str:
        """Return the whole address of a path."""
        return self.url + path


@pytest.fixture(scope="session")
def db(django_db_setup: None) -> None:
    """The tables are made; no test here touches them: Playwright's loop forbids it."""


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    db: None,
    _example_database: Example,
    django_db_blocker: Any,
) -> Iterator[Site]:
    """The worked example on a database of its own, served by two workers.

    Set up from a copy: that a bare database becomes the same is `test_demo`'s to show.
    """
    data = tmp_path_factory.mktemp("served")
    with (
        django_db_blocker.unblock(),
        prepared(data, _example_database) as env,
        serving(env, "2020-01-28") as url,
    ):
        yield Site(url, password_in(data))


@contextmanager
def prepared(data: Path, example: Example) -> Iterator[dict[str, str]]:
    """Yield the surroundings of a server of the worked example, on a database of its own."""
    with _database(data, example) as url:
        env = os.environ | {
            "DATABASE_URL": url,
            "PEELIAN_DATA": str(data),
            "PEELIAN_TODAY": "2020-01-28",
            "PEELIAN_SECRET_KEY": secrets.token_urlsafe(),
        }
        subprocess.run([PEELIAN, "demo", "--no-serve"], env=env, check=True, capture_output=True)
        yield env


@contextmanager
def serving(env: dict[str, str], today: str, *, log: IO[str] | None = None) -> Iterator[str]:
    """Yield the address of a server whose day is `today`; `log` takes what it prints, its mails."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [PEELIAN, "serve", "--port", port]
    server = subprocess.Popen(command, env=env | {"PEELIAN_TODAY": today}, stdout=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/health/")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def password_in(data: Path) -> str:
    """Return the password of everybody in the worked example."""
    return (data / "demo-password").read_text(encoding="utf-8")


@contextmanager
def _database(data: Path, example: Example) -> Iterator[str]:
    """Yield the address of a copy of the example, of the kind of database the tests run on."""
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        keep_copy(example, data, str(data / "served.sqlite3"))
        yield f"sqlite:///{data / 'served.sqlite3'}"
        return
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    own = f"{parts.path.strip('/').removeprefix('test_')}_{data.name}_{os.getpid()}"
    keep_copy(example, data, own)
    try:
        yield parts._replace(path=f"/{own}").geturl()
    finally:
        place = parts._replace(scheme="postgresql").geturl()
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')


def _wait_for(url: str) -> None:
    for _attempt in range(200):
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.05)
    pytest.fail("the site did not start")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, able to reach nothing but this machine.

    Closed with the module: Playwright's event loop must not run on under other tests of a worker.
    """
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("PEELIAN_REQUIRE_BROWSER"):
            pytest.fail("PEELIAN_REQUIRE_BROWSER is set and there is no Chromium.")
        pytest.skip("There is no Chromium here: the journeys in a browser were not tried.")
    options = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


# What was typed was refused, and the page says so.
_ANSWERED = re.compile(r"status of (400 \(Bad Request\)|409 \(Conflict\))")

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Open:
    """Open a page for somebody: `visit("pat")` is signed in, `visit()` is a stranger."""
    return visiting(chromium, site)


def visiting(chromium: Browser, site: Site) -> Open:
    """Return what opens a page of a site for somebody, or for a stranger."""

    @contextmanager
    def opened(name: str = "", **options: Any) -> Iterator[Page]:
        context = chromium.new_context(base_url=site.url, viewport=WIDE, **options)
        context.set_default_timeout(10_000)
        said = _listen(context)
        page = context.new_page()
        if name:
            page.goto("/office/")
            page.get_by_label("User name").fill(name)
            page.locator("input[type=password]").fill(site.password)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/office/")
        yield page
        context.close()
        assert said == [], "the browser complained, or something asked for another machine"

    return opened


def _listen(context: BrowserContext) -> list[str]:
    """Return a list that fills with what goes wrong while a context is open."""
    said: list[str] = []

    # Told of, not held up: a browser whose requests are routed keeps nothing in its cache.
    def notice(request: Request) -> None:
        if urlsplit(request.url).hostname not in ("127.0.0.1", None):
            said.append(f"asked for {request.url}")

    context.on("request", notice)
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type == "error" and not _ANSWERED.search(message.text)
            else None
        ),
    )
    return said


# The page hears of its new size with the next frame.
SETTLED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def check(page: Page, *, axe: Sequence[ViewportSize] = (WIDE, NARROW)) -> None:
    """Assert that a page does not scroll sideways, wide and narrow, and is accessible.

    The rules take seconds on a page as long as a book: it may be held to them at one size.
    """
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        page.evaluate(SETTLED)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= size["width"], f"{page.url} is {width} px wide at {size['width']} px"
        if size in axe:
            violations = _violations(page)
            assert violations == [], f"{page.url} at {size['width']} px"
    page.set_viewport_size(WIDE)


# Of what the same few lines of a template make, the first twenty are looked at.
ALIKE = ["tbody > tr:nth-child(n+21)", "li:nth-child(n+21)", "option:nth-child(n+21)"]


def _violations(page: Page) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    run = "([alike, options]) => axe.run({exclude: alike.map(one => [one])}, options)"
    found = page.evaluate(run, [ALIKE, options])["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]
