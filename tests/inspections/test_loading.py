"""Findings, grades, answers and levels from tables: what is wrong is named by row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from peelian.inspections.kinds import GRADE
from peelian.intake.tables import Rejected
from peelian.promises.kinds import FINDING
from peelian.record.load import load_paths
from tests.makers import CHRIS, make

pytestmark = pytest.mark.django_db


def load(folder: Path, **tables: str) -> None:
    for name, content in tables.items():
        (folder / f"{name.replace('_', '-')}.csv").write_text(content, encoding="utf-8")
    list(load_paths([folder], by=CHRIS))


FINDINGS = (
    "reference,title,parent,form,progress,closed_on,closed_by\n"
    "c1,Calls,inspection/peel,concern,at_risk,,\n"
    "c1.1,Fill the posts,finding/c1,recommends,on_track,,\n"
)


def test_a_whole_report_comes_from_tables_in_any_order_of_files(tmp_path: Path) -> None:
    load(
        tmp_path,
        bodies="reference,title,form\nhmicfrs,HMICFRS,inspectorate\n",
        inspections="reference,title,body,form\npeel,PEEL,hmicfrs,force\n",
        grades="parent,question,scale,grade\npeel,Crime,peel-2021,adequate\n",
        inspection_findings=FINDINGS,
        finding_answers="parent,answer,text\nc1.1,accepted,By March.\n",
        inspection_responses="parent,no_comments,comments\npeel,yes,Ours.\n",
    )
    assert GRADE.all().get().scale == "peel-2021"
    assert FINDING.all().filter(parent__kind="finding").count() == 1


CLOSED = "complete,2020-01-02,"


@pytest.mark.parametrize(
    ("table", "content", "column", "row"),
    [
        ("grades", "parent,question,scale,grade\npeel,Crime,peel-2014,adequate\n", "grade", 2),
        ("grades", "parent,question,scale,grade\npeel,Crime,peel-1999,good\n", "scale", 2),
        ("grades", "inspection,question,grade\nnone,Crime,good\n", "inspection", 2),
        ("inspection_findings", FINDINGS.replace("concern", "worry"), "form", 2),
        (
            "inspection_findings",
            FINDINGS.replace("at_risk,,", CLOSED),
            "closed_by",
            2,
        ),
        ("inspection_findings", FINDINGS.replace("finding/c1,", "finding/c9,"), "parent", 3),
        ("finding_answers", "parent,answer,text\nc9,accepted,By March.\n", "parent", 2),
        ("monitoring", "force,level,begins_on\nno-force,scan,2020-01-01\n", "force", 2),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(
    tmp_path: Path, table: str, content: str, column: str, row: int
) -> None:
    make("inspection", reference="peel")
    with pytest.raises(Rejected) as caught:
        load(tmp_path, **{table: content})
    words = str(caught.value)
    assert f"row {row}" in words
    assert column in words
    assert GRADE.all().count() == FINDING.all().count() == 0
