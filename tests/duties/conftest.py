"""An office's own rules for clocks that people start, and its calendar on a fixed day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rules import forget_rules

OWN = """\
pack: ours
title: Requests and replies
rules:
  - id: ours/answer-request
    title: Answer the request
    duty: The body must answer the request.
    citation: A made-up Act, section 10
    jurisdictions: [england]
    body_models: [pcc, mayor]
    who: office
    role: monitoring_officer
    effective_from: 2005-01-01
    trigger: foi_request
    arithmetic: {working_days: 20, beginning: day_after}
    pauses: [clarification]
    confidence: A
    done: The answer is sent.
    silence: The law states none.
  - id: ours/reply-to-report
    title: Reply to the panel
    duty: The body must reply to what the panel recommends.
    citation: A made-up Act, section 11
    jurisdictions: [england]
    body_models: [pcc]
    who: office
    effective_from: 2005-01-01
    trigger: plan_draft_received
    arithmetic: {days: 56, beginning: with_event}
    confidence: A
    done: The reply is published.
    silence: The law states none.
  - id: ours/mayors-letter
    title: Send the mayor's letter
    duty: The mayor must send a letter every year.
    citation: A made-up Act, section 12
    jurisdictions: [england]
    body_models: [mayor]
    who: office
    effective_from: 2005-01-01
    trigger: financial_year
    arithmetic: {fixed: "06-30"}
    confidence: C
    done: The letter is sent.
    silence: The law states none.
"""


@pytest.fixture
def own_rules(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The rules that ship with three of an office's own."""
    (tmp_path / "ours.yaml").write_text(OWN, encoding="utf-8")
    settings.OWN_RULES = tmp_path
    forget_rules()
    yield
    forget_rules()
