"""What every test may ask for by name. Records themselves come from `tests.makers`."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.makers import going_to, make_tree, make_user
from tests.tables import beginning_from, taking_turns
from tests.worked_example import _example_database, on_worked_example, worked_example

if TYPE_CHECKING:
    from peelian.people.models import User

# Fixtures of their own module, for every test.
__all__ = ["_example_database", "on_worked_example", "worked_example"]

# The same examples each time, and no deadline: a shared machine is sometimes slow.
settings.register_profile(
    "peelian",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("peelian")


def pytest_configure() -> None:
    """Leave out what takes long by design and proves nothing here.

    A password is kept by a quick hash (that the product's is slow: `website/test_sign_in.py`), and
    the many objects of a test run are not looked through for rubbish every few thousand. Static
    files are found when they are asked for, not all of them again by every test's client.
    """
    django_settings.WHITENOISE_AUTOREFRESH = True
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The tables: made by the first process of a run that needs them, copied by the others."""
    with taking_turns(tmp_path_factory) as shared, beginning_from(shared / "tables.sqlite3"):
        request.getfixturevalue("django_db_setup")  # that of pytest-django
    with django_db_blocker.unblock():  # asked once in a process, by whichever test is first
        assert connection.features.supports_json_field


@pytest.fixture
def pat(db: None) -> User:
    """Pat, a policy officer: writes promises, cannot approve."""
    return make_user("pat", "policy_officer", full_name="Pat Lane")


@pytest.fixture
def chris(db: None) -> User:
    """Chris, the chief executive: approves and publishes."""
    return make_user("chris", "chief_executive", full_name="Chris Moor")


@pytest.fixture
def robin(db: None) -> User:
    """Robin, a reader: sees the back office, changes nothing."""
    return make_user("robin", "reader", full_name="Robin Dale")


@pytest.fixture
def tree(db: None) -> dict[str, Any]:
    """A published plan down to an update, with its oversight, by the names of their kinds."""
    return make_tree()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Let what is done from now on be done at noon of a day."""
    return going_to(monkeypatch)


@pytest.fixture
def on_day(settings: Any) -> Any:
    """Set the day that the office works on."""

    def set_day(day: str) -> None:
        settings.OFFICE = settings.OFFICE | {"today": day}

    return set_day
