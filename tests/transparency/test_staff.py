"""Numbers of staff: small ones withheld wherever the public looks, exact ones for few to read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from peelian.intake.tables import Rejected
from peelian.record import operations
from peelian.record.errors import Invalid, Refused
from peelian.record.load import load_file
from peelian.record.models import Change, Draft
from peelian.transparency.models import StaffReturn
from peelian.transparency.models.staff import GROUPS
from peelian.transparency.small_counts import Hidden, told
from peelian.transparency.staff import keep_staff_counts
from tests.every.world import person
from tests.makers import CHRIS, PAT, ROBIN, amend, approve_change, bring_to, make

COUNTED = ("headcount", *GROUPS)
OPEN = ("home", "transparency", "staff-list", "search", "search-csv", "feed", "calendar")
FEW, NOT = "fewer than 5", "not published"


# ---- the rule ----


@pytest.mark.parametrize(
    ("total", "count", "number", "part"),
    [
        (41, 12, 41, 12),
        (41, 5, 41, 5),
        (41, 4, 41, Hidden.FEWER),
        (41, 0, 41, Hidden.FEWER),
        (41, 36, 41, 36),
        (41, 37, 41, Hidden.WITHHELD),  # else 41 less 37 would say that 4 are not
        (41, 41, 41, Hidden.WITHHELD),
        (9, 4, 9, Hidden.FEWER),
        (9, 5, 9, Hidden.WITHHELD),
        (5, 2, 5, Hidden.WITHHELD),
        (5, 5, 5, Hidden.WITHHELD),
        (4, 4, Hidden.FEWER, Hidden.FEWER),
        (0, 0, Hidden.FEWER, Hidden.FEWER),
    ],
)
def test_what_is_told_of_a_group_below_five(
    total: int, count: int, number: object, part: object
) -> None:
    assert told(total, {"group": count}, 5) == (number, {"group": part})


counts = st.integers(0, 40).flatmap(
    lambda total: st.tuples(st.just(total), st.lists(st.integers(0, total), max_size=3))
)


@given(counts, st.integers(2, 12))
def test_no_hidden_count_can_be_worked_out_even_by_who_knows_the_rule(
    case: tuple[int, list[int]], threshold: int
) -> None:
    total, parts = case
    groups = {str(n): count for n, count in enumerate(parts)}
    published = told(total, groups, threshold)
    number, shown = published
    assert isinstance(number, Hidden) == (total < threshold)
    if isinstance(number, Hidden):
        nobody = dict.fromkeys(groups, 0)
        alike = {n for n in range(threshold * 3) if told(n, nobody, threshold) == published}
        assert len(alike) > 1
    for name, part in shown.items():
        if not isinstance(part, Hidden):
            assert part == groups[name]
            assert min(part, total - part) >= threshold
            continue
        others = range(total + 1)
        alike = {n for n in others if told(total, groups | {name: n}, threshold) == published}
        if total >= threshold:
            assert len(alike) > 1
        assert part is not Hidden.FEWER or groups[name] < threshold


@given(st.integers(2, 12), st.data())
def test_a_hidden_total_leaves_every_group_open(threshold: int, data: st.DataObject) -> None:
    total = data.draw(st.integers(0, threshold - 1))
    count = data.draw(st.integers(0, total))
    published = told(total, {"group": count}, threshold)
    alike = {
        (one, part)
        for one in range(threshold * 2)
        for part in range(one + 1)
        if told(one, {"group": part}, threshold) == published
    }
    assert min(len({one for one, _part in alike}), len({part for _one, part in alike})) > 1


@pytest.mark.parametrize("threshold", [0, 1])
def test_an_office_may_withhold_nothing(threshold: int) -> None:
    assert told(3, {"group": 0}, threshold) == (3, {"group": 0})


@pytest.mark.parametrize(("total", "count"), [(3, 4), (-1, -1), (3, -1)])
def test_what_cannot_be_counted_is_refused(total: int, count: int) -> None:
    with pytest.raises(ValueError, match="no group is larger"):
        told(total, {"group": count}, 5)


# ---- on the record ----


def _counts(*numbers: int) -> dict[str, int]:
    return dict(zip(COUNTED, numbers, strict=True))


def _published(*numbers: int, reference: str = "2026-03-31") -> Any:
    named = {"reference": reference, "title": "Staff on 31 March 2026"}
    staff = make("staff-count", status="draft", as_at="2026-03-31", **named)
    keep_staff_counts(staff, _counts(*numbers), by=CHRIS)
    staff.refresh_from_db()
    return bring_to(staff, "published", approver=ADMIN)


ADMIN = type("Admin", (), {"name": "admin", "roles": ("administrator",)})()


def _rows(form: str) -> list[list[Any]]:
    content = Client().get(reverse(f"staff-{form}")).content
    if form == "csv":
        return [line.split(",") for line in content.decode("utf-8-sig").splitlines()]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.django_db
def test_the_public_reads_numbers_and_shares_and_which_are_too_small() -> None:
    staff = _published(41, 12, 3, 38)
    page = " ".join(Client().get(staff.get_absolute_url()).content.decode().split())
    for said in ("Staff on 31 March 2026", "41", "12", "29%", FEW, NOT):
        assert said in page
    assert "A small count could point to a person" in page
    for form in ("csv", "xlsx"):
        assert _rows(form)[1][2:9] == ["41", "12", "29%", FEW, "", NOT, ""]


def _read_by_all(numbers: tuple[int, ...]) -> dict[str, Any]:
    """Return all that everybody but the managers reads where these are the exact counts."""
    with transaction.atomic():
        staff = _published(*numbers)
        keep_staff_counts(staff, _counts(*numbers), by=CHRIS)
        read: dict[str, Any] = {form: _rows(form) for form in ("csv", "xlsx")}
        for address in (staff.get_absolute_url(), *(reverse(name) for name in OPEN)):
            read[address] = _without_times(Client().get(address, {"q": "staff"}).content.decode())
        officer = Client()
        officer.force_login(person("officer", "policy_officer"))
        for page in ("show", "compare", "edit"):
            address = reverse(f"office-staff-{page}", args=[staff.reference])
            read[address] = _without_times(officer.get(address).content.decode())
        read["list"] = officer.get(reverse("office-staff-csv")).content
        changes = Change.objects.order_by("pk")
        read["history"] = [(c.action, c.why, c.values, c.proposed) for c in changes]
        transaction.set_rollback(True)
    return read


def _without_times(page: str) -> str:
    token = r'name="csrfmiddlewaretoken" value="[^"]*"'
    return re.sub(rf"{token}|\d\d:\d\d(:\d\d(\.\d+)?)?", "", page)


@pytest.mark.django_db
@pytest.mark.parametrize("other", [(41, 12, 0, 37), (41, 12, 4, 41)])
def test_no_page_file_feed_search_or_history_tells_small_counts_apart(
    other: tuple[int, ...],
) -> None:
    one, same = _read_by_all((41, 12, 3, 38)), _read_by_all(other)
    assert len(one) == len(OPEN) + 8
    assert {a for a in one.keys() | same.keys() if one.get(a) != same.get(a)} == set()
    told_apart = _read_by_all((41, 13, 3, 38))
    assert one != told_apart, "what is not small is read"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "may_read"),
    [
        ("reader", False),
        ("policy_officer", False),
        ("analyst", False),
        ("panel_officer", False),
        ("chief_executive", True),
        ("administrator", True),
    ],
)
def test_who_reads_and_enters_the_exact_counts(role: str, may_read: bool) -> None:
    staff = _published(41, 12, 3, 38)
    client = Client()
    client.force_login(person("somebody", role))
    page = client.get(staff.get_office_url()).content.decode()
    assert ("Exact counts" in page, "Exactly" in page) == (may_read, may_read)
    own = client.get(reverse("office-staff-counts", args=[staff.reference]))
    assert own.status_code == (200 if may_read else 403)
    assert ('value="38"' in own.content.decode()) == may_read


@pytest.mark.django_db
def test_counts_are_entered_on_their_page_and_wait_for_approval_once_public(chris: Any) -> None:
    staff = make("staff-count", status="draft")
    client = Client()
    client.force_login(chris)
    address = reverse("office-staff-counts", args=[staff.reference])
    wrong = client.post(address, _counts(3, 4, 0, 0)).content.decode()
    assert "A group cannot be larger than the staff." in wrong
    for numbers in (("", 1, 1, 1), ("few", 1, 1, 1), (-1, 0, 0, 0), (10**30, 1, 1, 1)):
        answer = client.post(address, dict(zip(COUNTED, numbers, strict=True)))
        assert "govuk-error-message" in answer.content.decode()
    assert not StaffReturn.objects.exists()
    assert client.post(address, _counts(41, 12, 3, 38))["Location"] == staff.get_office_url()
    staff.refresh_from_db()
    assert (staff.headcount, staff.women, staff.ethnic_minority) == ("41", "12", FEW)
    staff = bring_to(staff, "published", approver=ADMIN)
    client.post(address, _counts(40, 12, 5, 38))
    staff.refresh_from_db()
    assert staff.ethnic_minority == FEW
    approve_change(staff, approver=ADMIN)
    staff.refresh_from_db()
    assert (staff.headcount, staff.ethnic_minority, staff.disabled) == ("40", "5", NOT)
    assert StaffReturn.objects.count() == 2


@pytest.mark.django_db
def test_no_count_comes_in_any_other_way(tmp_path: Any) -> None:
    staff = _published(41, 12, 3, 38)
    for values in ({"ethnic_minority": "3"}, {"headcount": "42"}, {"disabled": FEW}):
        with pytest.raises(Invalid) as refused:
            amend(staff, **values)
        assert "page of their own" in str(refused.value.errors)
        with pytest.raises(Invalid):
            make("staff-count", **values)
    file = tmp_path / "staff.csv"
    file.write_text("as_at,headcount,women\n2026-03-31,41,3\n", encoding="utf-8")
    with pytest.raises(Rejected, match=r"row 2.*page of their own"):
        load_file(file, by=CHRIS)
    amend(staff, note="Without agency workers.")
    assert Draft.objects.get().values == {"note": "Without agency workers."}


@pytest.mark.django_db
def test_only_who_manages_keeps_counts_and_what_was_kept_stays() -> None:
    staff = make("staff-count", status="draft")
    for actor in (PAT, ROBIN):
        with pytest.raises(Refused, match="exact counts"):
            keep_staff_counts(staff, _counts(41, 12, 3, 38), by=actor)
    keep_staff_counts(staff, _counts(41, 12, 3, 38), by=CHRIS)
    with pytest.raises(Refused, match="stays, withdrawn"):
        operations.delete(staff, by=CHRIS, why="Wrong")


@pytest.mark.django_db
def test_the_number_below_which_nothing_is_told_is_in_the_rule(
    own_rules: Callable[[str], None], chris: Any
) -> None:
    staff = _published(41, 7, 12, 38)
    assert staff.women == "7"
    rule = "publication-people/staff-diversity"
    own_rules(f"changes:\n  - {{id: {rule}, why: Agreed., threshold: 10}}\n")
    client = Client()
    client.force_login(chris)
    page = client.get(staff.get_office_url()).content.decode()
    assert "The rule now says 10" in page
    assert (
        "fewer than 10"
        in client.get(reverse("office-staff-counts", args=[staff.reference])).content.decode()
    )
    keep_staff_counts(staff, _counts(41, 7, 12, 38), by=CHRIS)
    approve_change(staff, approver=ADMIN)
    staff.refresh_from_db()
    assert (staff.women, staff.ethnic_minority) == ("fewer than 10", "12")
    page = client.get(staff.get_office_url()).content.decode()
    assert "The rule now says" not in page


@pytest.mark.django_db
def test_a_count_is_named_by_its_day(tmp_path: Any) -> None:
    file = tmp_path / "staff.csv"
    file.write_text("as_at,note\n2026-03-31,Without agency workers.\n", encoding="utf-8")
    load_file(file, by=CHRIS)
    [page] = [row for row in _rows("csv") if row[0] == "2026-03-31"]
    assert page[1] == "Staff on 31 March 2026"
