"""The evidence for a theme: what comes by itself, what an officer picks, of what day it is."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peelian.blocks import Figure, text
from peelian.documents import pdf
from peelian.holding.asked import taken
from peelian.holding.evidence import (
    FIGURES,
    INSPECTIONS,
    OTHERS,
    PROMISES,
    UNDERTAKINGS,
    Bundle,
    bundles,
)
from peelian.holding.evidence_blocks import bundle_document
from peelian.holding.kinds import EVIDENCE
from peelian.holding.picking import pick_evidence
from peelian.record.access import Command
from peelian.record.errors import Invalid
from peelian.record.scope import Scope
from tests.holding.conftest import ASKED_ON, observe
from tests.makers import PAT, make

SEEN = Scope(Command("test"))


def bundle_of(theme: Any, day: dt.date = ASKED_ON) -> Bundle:
    [bundle] = bundles([theme], day, SEEN)
    return bundle


def names(bundle: Bundle, group: str) -> list[str]:
    return [piece.record.title for piece in bundle.taken(group)]


def said(theme: Any, day: dt.date = ASKED_ON) -> str:
    return text(bundle_document([bundle_of(theme, day)], taken([theme], SEEN), about="x", day=day))


@pytest.fixture
def filled(office: Any, enquiry: Any) -> Any:
    """The record with something of each sort."""
    observe(office.measure, office.area, [*[70.0] * 23, 71.0, 72.0, 90.0])
    commitment = make("commitment", parent=office.objective, title="Answer calls")
    make("activity", parent=commitment, title="Late one", due=dt.date(2020, 1, 31))
    make("activity", parent=commitment, title="Calm one", due=dt.date(2021, 1, 31))
    make("activity", parent=commitment, title="Held up", progress="off_track")
    make("activity", parent=commitment, title="Done", progress="complete")
    make("undertaking", title="Recovery plan", owner=office.chief, made_at=office.before)
    make("undertaking", title="Of the panel’s clerk", made_at=make("meeting"))
    report = make("inspection", title="PEEL", published_on=dt.date(2019, 9, 27))
    make("grade", parent=report, question="Calls", grade="Poor")
    make("inspection", title="Before our time", published_on=dt.date(2010, 9, 27))
    return office


def test_what_belongs_to_the_objective_and_is_stuck_comes_by_itself(
    filled: Any, theme: Any
) -> None:
    bundle = bundle_of(theme)
    assert names(bundle, FIGURES) == ["Calls answered in time"]
    assert names(bundle, PROMISES) == ["Late one", "Held up"]
    assert names(bundle, UNDERTAKINGS) == ["Recovery plan"]
    assert names(bundle, INSPECTIONS) == ["PEEL"]
    offered = [piece.record.title for piece in bundle.groups[PROMISES]]
    assert "Calm one" in offered
    assert "Done" not in offered


def test_the_figures_are_those_known_on_the_day(filled: Any, theme: Any) -> None:
    assert "72% in January 2020" in said(theme)
    assert "known on 9 February 2020" in said(theme)
    later = said(theme, dt.date(2020, 3, 10))
    assert "90% in February 2020" in later
    assert "known on 9 March 2020" in later


def test_each_piece_says_its_source_and_day(filled: Any, theme: Any) -> None:
    activity = next(p.record for p in bundle_of(theme).taken(PROMISES))
    make("update", parent=activity, as_at=dt.date(2020, 1, 15), text="Begun at last.")
    told = said(theme)
    assert "Begun at last.\tProgress update as at 15 January 2020" in told
    assert "Calls: Poor\tInspection report, published: 27 September 2019" in told
    assert "Given" in told


def test_an_officer_takes_in_and_leaves_out(filled: Any, theme: Any) -> None:
    bundle = bundle_of(theme)
    by_title = {p.record.title: p.record.pk for own in bundle.groups.values() for p in own}
    chosen = {by_title["Calm one"], by_title["PEEL"], by_title["Calls answered in time"]}
    changed = pick_evidence(theme, chosen=chosen, offered=bundle.offered, by=PAT)
    picked = bundle_of(theme)
    assert names(picked, PROMISES) == ["Calm one"]
    assert names(picked, UNDERTAKINGS) == []
    assert changed == 4  # one in; two promises and an undertaking out
    assert pick_evidence(theme, chosen=chosen, offered=picked.offered, by=PAT) == 0
    assert {row.audience for row in EVIDENCE.all()} == {"office"}


def test_what_is_changed_back_changes_back(filled: Any, theme: Any) -> None:
    before = bundle_of(theme)
    own = {piece.record.pk for group in before.groups for piece in before.taken(group)}
    pick_evidence(theme, chosen=(), offered=before.offered, by=PAT)
    assert bundle_of(theme).count == 0
    pick_evidence(theme, chosen=own, offered=before.offered, by=PAT)
    after = bundle_of(theme)
    assert {piece.record.pk for group in after.groups for piece in after.taken(group)} == own


def test_another_record_and_casework_in_words_stand_in_it(filled: Any, theme: Any) -> None:
    make("evidence", parent=theme, title="", about=make("petition", title="Keep the line"), note="")
    make("evidence", parent=theme, title="Nobody rang back", note="Nine reviews.", as_at=ASKED_ON)
    assert names(bundle_of(theme), OTHERS) == ["Keep the line"]
    assert "Nobody rang back\tNine reviews.\tComplaint reviews, 25 February 2020" in said(theme)


@pytest.mark.parametrize("lacks", ["note", "source", "as_at"])
def test_words_without_a_record_have_a_source_and_a_day(theme: Any, lacks: str) -> None:
    with pytest.raises(Invalid, match="source and their day"):
        make("evidence", parent=theme, **{lacks: None if lacks == "as_at" else ""})


def test_a_theme_of_which_the_record_has_nothing_says_so(office: Any) -> None:
    theme = make("theme", title="Drones")
    assert "has nothing on this theme yet" in said(theme)


def test_many_records_ask_the_database_no_more_often(filled: Any, theme: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            said(theme)
        return len(queries)

    few = asked()
    commitment = make("commitment", parent=filled.objective)
    for n in range(4):
        make("activity", parent=commitment, progress="at_risk", title=f"More {n}")
        make("enquiry", parent=theme, number=n + 5)
        make("undertaking", owner=filled.chief, made_at=filled.before)
        make("inspection")
    assert asked() <= few + 1


def test_it_is_a_tagged_pdf_with_small_charts(filled: Any, theme: Any) -> None:
    document = bundle_document([bundle_of(theme)], taken([theme], SEEN), about="x", day=ASKED_ON)
    [chart] = [block for block in document.blocks if isinstance(block, Figure)]
    assert chart.svg.count('viewBox="0 0 640 124" width="640"') == 1
    assert chart.alt.startswith("72% in January 2020")
    with pikepdf.open(io.BytesIO(pdf.render(document))) as made:
        assert made.Root.MarkInfo.Marked
