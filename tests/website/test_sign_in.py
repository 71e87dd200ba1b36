"""Signing in: to the right place, never to another site, and not by guessing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from peelian.config import settings as product
from tests.makers import PASSWORD, make_user

SIGN_IN = {"username": "robin", "password": PASSWORD}


def test_one_lands_where_one_wanted_to_go(client: Client, robin: Any) -> None:
    wanted = reverse("office-plans-list")
    response = client.post(reverse("sign-in"), SIGN_IN | {"next": wanted})
    assert (response.status_code, response["Location"]) == (302, wanted)


def test_without_a_wish_one_lands_in_the_office(client: Client, robin: Any) -> None:
    response = client.post(reverse("sign-in"), SIGN_IN)
    assert response["Location"] == reverse("office-home")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_nobody_is_sent_to_another_site(client: Client, robin: Any, elsewhere: str) -> None:
    response = client.post(reverse("sign-in"), SIGN_IN | {"next": elsewhere})
    assert response["Location"] == reverse("office-home")
    client.logout()
    shown = client.get(reverse("sign-in"), {"next": elsewhere})
    assert "evil.example" not in shown.content.decode()


def test_a_password_is_kept_by_argon2_and_opens_the_door(
    client: Client, db: None, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert make_user("robin", "reader").password.startswith("argon2$argon2id$")
    assert client.post(reverse("sign-in"), SIGN_IN).status_code == 302


def test_a_wrong_password_is_said_without_saying_which_part_was_wrong(
    client: Client, robin: Any
) -> None:
    known = client.post(reverse("sign-in"), SIGN_IN | {"password": "wrong"}).content.decode()
    unknown = client.post(reverse("sign-in"), {"username": "x", "password": "y"}).content.decode()
    for html in (known, unknown):
        assert "There is a problem" in html
        assert "do not go together" in html
        assert "<title>Error:" in html


def test_five_wrong_passwords_lock_the_account(client: Client, robin: Any) -> None:
    wrong = SIGN_IN | {"password": "wrong"}
    statuses = [client.post(reverse("sign-in"), wrong).status_code for _try in range(5)]
    assert statuses[:4] == [200] * 4
    assert statuses[4] == 429
    locked = client.post(reverse("sign-in"), SIGN_IN)
    assert locked.status_code == 429
    assert "Locked for a quarter of an hour" in locked.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_lock_is_for_one_account_only(client: Client, robin: Any, pat: Any) -> None:
    for _try in range(6):
        client.post(reverse("sign-in"), SIGN_IN | {"password": "wrong"})
    response = client.post(reverse("sign-in"), {"username": "pat", "password": PASSWORD})
    assert response.status_code == 302


def test_signing_out_takes_a_button_not_a_link(client: Client, robin: Any) -> None:
    client.force_login(robin)
    assert client.get(reverse("sign-out")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("sign-out"))["Location"] == reverse("home")
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_the_token_of_the_page(robin: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(robin)
    assert client.post(reverse("sign-out")).status_code == 403
