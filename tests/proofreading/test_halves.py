"""All checks of a long document in two processes give what they give in one."""

from __future__ import annotations

import os

import pytest

from peelian.proofreading import every, halves  # noqa: F401 - declares the checks
from peelian.proofreading.findings import run
from peelian.proofreading.halves import run_in_halves
from tests.proofreading.conftest import MakeProof

TEXT = "".join(
    f"{n}. The Northshire Rural Board (NRB) saw 78% of victims in {2000 + n % 20}; see {n + 3}."
    f" It will report in May 2019 to Mrs Ann Whin of {n} Mill Lane, Ashby.\n\n"
    for n in range(1, 30)
)


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any document for a long one, on a machine with two processors."""
    monkeypatch.setattr(halves, "_FEWEST", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("long")
def test_two_processes_find_what_one_finds_in_the_same_order(proof: MakeProof) -> None:
    found = run(proof(TEXT, as_at="2024-05-01"))
    assert {one.check for one in found} & halves._OF_LINES
    assert {one.check for one in found} - halves._OF_LINES
    assert run_in_halves(proof(TEXT, as_at="2024-05-01")) == found


@pytest.mark.usefixtures("long")
def test_what_a_process_that_was_ended_did_not_tell_is_found_again(
    proof: MakeProof, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halves, "_send", lambda sender, *_others: sender.close())
    assert run_in_halves(proof(TEXT, as_at="2024-05-01")) == run(proof(TEXT, as_at="2024-05-01"))
