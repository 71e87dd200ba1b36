"""Every route says who may use it, and means it. The table is printed in docs/permissions.md."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from peelian.record.access import PUBLIC, ROLE_LABELS, ROLES, may
from peelian.record.kinds import kinds
from peelian.record.models import Record
from tests.every.addresses import address_of, is_public, kind_of_route, needs, patterns
from tests.every.world import person

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs/permissions.md"
OPEN = {200, 302, 404, 405}
# What a public address answers where that is not a page: it leads on, or takes only a post.
ANSWERS = {"performance": 302, "sign-out": 405} | dict.fromkeys(
    # A link in a mail is one that was sent; a measure without figures has no chart.
    [
        *("alerts-confirm", "alerts-stop", "measure-embed"),
        *("meeting-news-confirm", "meeting-news-stop"),
        *("promise-news-confirm", "promise-news-stop"),
        *("measure-chart-svg", "measure-chart-png"),
        *("measure-compare-svg", "measure-compare-png"),
        # An owner's link without login is one that was mailed.
        *("answer", "answer-line", "answer-sheet"),
        # What was brought in by a file has no notice yet.
        *("decision-pdf", "decision-version-pdf"),
        # A first issue changes nothing; a paper may be written, not uploaded.
        *("packs-supplement", "paper-file"),
        # A note or report that was not made has no file.
        *("note-pdf", "holding-notes-pdf", "report-pdf", "report-docx", "report-xlsx"),
        *("submission-confirm", "meeting-ask"),
        # A diary's own link is one that was given out; a proof may have no document.
        *("calendar-own-feed", "proof-document"),
        # Old addresses at which nothing here has stood.
        *("originals-page", "originals-file", "originals-document"),
    ],
    404,
)


def allowed(role: str, pattern: URLPattern) -> bool:
    return is_public(pattern) or needs(pattern) in ROLES.get(role, ())


# ---- every route is made by the one function that asks who may use it ----


def test_every_route_states_what_it_needs() -> None:
    silent = [str(p.pattern) for p in patterns() if needs(p) is None]
    assert silent == []


def test_what_a_route_needs_is_given_to_somebody() -> None:
    given = {permission for permissions in ROLES.values() for permission in permissions}
    assert {p.name for p in patterns() if not is_public(p) and needs(p) not in given} == set()


def test_no_route_is_made_any_other_way() -> None:
    made = []
    for module in (ROOT / "peelian").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "django.urls":
                names = {alias.name for alias in node.names}
                if names & {"path", "re_path", "include"}:
                    made.append(str(module.relative_to(ROOT)))
    assert made == ["peelian/record/access.py"]


def test_every_route_has_a_name_of_its_own() -> None:
    names = [p.name for p in patterns()]
    assert None not in names
    assert len(set(names)) == len(names)


def test_what_is_under_office_is_never_public_and_nothing_else_is_closed() -> None:
    wrong = [
        str(p.pattern) for p in patterns() if is_public(p) == str(p.pattern).startswith("office/")
    ]
    assert wrong == []


# ---- and it is so ----


def _said(client: Client, pattern: URLPattern, world: dict[str, Any], method: str = "get") -> Any:
    response: HttpResponse = getattr(client, method)(address_of(pattern, world))
    return response


def _for_others(role: str) -> list[URLPattern]:
    """Return the office's routes: all that are closed to a role, and of the open ones a share.

    Permissions are by area, so one kind of each area speaks for the others: what a page shows to
    whom it lets in is read whole for the administrator. No public page asks who reads it.
    """
    first = {kind.area: kind.name for kind in reversed(kinds())}
    return [
        p
        for p in patterns()
        if not is_public(p) and (not allowed(role, p) or kind_of_route(p) in ("", *first.values()))
    ]


@pytest.mark.parametrize("role", [PUBLIC, *ROLES])
def test_every_route_lets_in_whom_the_table_says(world: dict[str, Any], role: str) -> None:
    client = Client()
    if role != PUBLIC:
        client.force_login(person("somebody", role))
    wrong = {}
    for pattern in patterns() if role in (PUBLIC, "administrator") else _for_others(role):
        response = _said(client, pattern, world)
        status, where = response.status_code, response.get("Location", "")
        address = address_of(pattern, world)
        if is_public(pattern):
            signed_in = pattern.name == "sign-in" and role != PUBLIC
            right = status == (302 if signed_in else ANSWERS.get(str(pattern.name), 200))
            right |= pattern.name == "rounds-show" and status == 404
        elif role == PUBLIC:
            right = status == 302 and where == f"{reverse('sign-in')}?next={address}"
        elif allowed(role, pattern):
            right = status in OPEN and not where.startswith(reverse("sign-in"))
        else:
            right = status == 403
        if not right:
            wrong[address] = (status, where)
    assert wrong == {}


@pytest.mark.parametrize("role", [PUBLIC, *ROLES])
def test_a_form_sent_without_its_page_is_asked_for_the_same(
    world: dict[str, Any], role: str
) -> None:
    client = Client()
    if role != PUBLIC:
        client.force_login(person("somebody", role))
    before = _everything()
    wrong = {}
    for pattern in patterns():
        if is_public(pattern) or needs(pattern)[0] in ("view", "check"):
            continue
        if allowed(role, pattern) and role != "administrator":
            continue
        response = _said(client, pattern, world, "post")
        status, where = response.status_code, response.get("Location", "")
        if role == PUBLIC:
            right = status == 302 and where.startswith(reverse("sign-in"))
        elif allowed(role, pattern):
            right = status in OPEN | {400, 409}
        else:
            right = status == 403
        if not right:
            wrong[address_of(pattern, world)] = (status, where)
    assert wrong == {}
    assert role == "administrator" or _everything() == before


@pytest.mark.parametrize("role", [PUBLIC, *ROLES])
def test_only_who_may_approve_takes_a_record_out_of_public_sight(
    world: dict[str, Any], role: str
) -> None:
    client = Client()
    if role != PUBLIC:
        client.force_login(person("somebody", role))
    for kind in kinds():
        record = world[kind.name]
        address = reverse(f"office-{kind.slug}-publish", args=[record.reference])
        response = client.post(address, {"step": "withdraw", "why": "It was wrong."})
        record.refresh_from_db()
        actor = type("Actor", (), {"roles": (role,)})()
        expected = "withdrawn" if may(actor, "approve", kind.area) else "published"
        assert (kind.name, record.status) == (kind.name, expected)
        assert response.status_code == 302


def _everything() -> set[tuple[int, int]]:
    return set(Record.objects.values_list("pk", "version"))


def test_a_person_without_a_role_is_a_stranger(world: dict[str, Any]) -> None:
    client = Client()
    client.force_login(person("nobody"))
    let_in = [
        str(p.name)
        for p in patterns()
        if not is_public(p) and _said(client, p, world).status_code != 403
    ]
    assert let_in == []


@pytest.mark.django_db
def test_a_session_of_somebody_who_left_opens_nothing() -> None:
    gone = person("gone", "administrator")
    client = Client()
    client.force_login(gone)
    gone.is_active = False
    gone.save()
    response = client.get(reverse("office-home"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


# ---- the table ----


def table() -> str:
    """Return the whole table of routes and roles, as docs/permissions.md holds it."""
    lines = [
        "# Who may do what",
        "",
        "<!-- Made from the code by tests/every/test_routes.py; do not edit. To make it anew: -->",
        "<!-- PEELIAN_WRITE_DOCS=1 .venv/bin/python -m pytest tests/every/test_routes.py -->",
        "",
        "Every address of the site, what it needs, and which roles have that. The office’s",
        "addresses ask for a sign-in first; a role that lacks the permission is refused.",
        "A person may have several roles. A step in a record’s publication asks further:",
        "to approve, publish, send back or withdraw needs *approve* in its area; to submit,",
        "reopen or discard a draft needs *edit*; to delete needs *delete*.",
        "",
        "## Roles and permissions",
        "",
        *_permissions(),
        "",
        "## Routes",
        "",
        *_routes(),
    ]
    return "\n".join(lines) + "\n"


def _head(first: str, *more: str) -> list[str]:
    names = [first, *more, *(str(ROLE_LABELS[role]) for role in ROLES)]
    return [f"| {' | '.join(names)} |", f"|{'---|' * (1 + len(more))}{':-:|' * len(ROLES)}"]


def _mark(has: bool) -> str:
    return "✓" if has else "–"


def _permissions() -> list[str]:
    every = sorted({p for given in ROLES.values() for p in given}, key=lambda p: (p[1], p[0]))
    rows = [
        f"| {action} {area} | {' | '.join(_mark((action, area) in ROLES[r]) for r in ROLES)} |"
        for action, area in every
    ]
    return _head("Permission") + rows


def _routes() -> list[str]:
    rows = []
    for pattern in sorted(patterns(), key=lambda p: (not is_public(p), str(p.pattern))):
        needed = "everybody" if is_public(pattern) else " ".join(needs(pattern))
        marks = " | ".join(_mark(allowed(role, pattern)) for role in ROLES)
        public = _mark(is_public(pattern))
        rows.append(f"| `/{_readable(pattern)}` | {needed} | {public} | {marks} |")
    return _head("Address", "Needs", "Public") + rows


def _readable(pattern: URLPattern) -> str:
    return re.sub(r"<\w+:", "<", str(pattern.pattern))


def test_the_printed_table_is_the_one_in_the_code() -> None:
    if os.environ.get("PEELIAN_WRITE_DOCS"):
        TABLE.write_text(table(), encoding="utf-8")
    printed = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    assert printed == table(), "make it anew as the head of docs/permissions.md says"


def test_every_reference_in_an_address_is_of_a_kind_that_there_is() -> None:
    lost = [
        str(p.pattern)
        for p in patterns()
        if "reference" in p.pattern.converters and not kind_of_route(p)
    ]
    assert lost == []
