"""Scales of grades: those that ship, what is refused, and that two scales are never one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.law.packfile import RulePackError
from peelian.law.scales import load_families, load_family

SHIPPED = {scale.id: scale for family in load_families() for scale in family.scales}

GOOD = """\
family: bells
name: Bells
source: The guild of bell ringers
scales:
  - id: bells-old
    name: Two grades
    from: 2001-01-01
    until: 2009-12-31
    grades: [cracked, sound]
    confidence: A
  - id: bells-new
    name: Three grades
    from: 2010-01-01
    grades: [cracked, dull, sound]
    confidence: B
"""


def written(tmp_path: Path, content: str, name: str = "bells") -> Path:
    file = tmp_path / "scales" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def test_peel_had_four_grades_and_has_five() -> None:
    old, new = SHIPPED["peel-2014"], SHIPPED["peel-2021"]
    assert (len(old.grades), len(new.grades)) == (4, 5)
    assert old.family == new.family
    assert old.ends is not None
    assert old.ends < new.begins


@pytest.mark.parametrize(
    ("grade", "place"),
    [("inadequate", 1), ("Requires  Improvement", 2), ("adequate", None), ("outstanding", 4)],
)
def test_a_grade_has_its_place_on_its_own_scale_alone(grade: str, place: int | None) -> None:
    assert SHIPPED["peel-2014"].place(grade) == place


@given(st.sampled_from(sorted(SHIPPED)))
def test_every_grade_of_a_scale_is_found_however_it_is_written(name: str) -> None:
    scale = SHIPPED[name]
    for place, grade in enumerate(scale.grades, 1):
        assert scale.place(f" {grade.upper()} ") == place


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("    until: 2009-12-31\n", "", 12, "'2010-01-01'"),
        ("until: 2009-12-31", "until: 2010-06-30", 13, "'2010-01-01'"),
        ("until: 2009-12-31", "until: 1999-12-31", 8, "'1999-12-31'"),
        ("until: 2009-12-31", "until: 31 December", 8, "until: '31 December'"),
        ("[cracked, sound]", "[sound]", 9, "grades: a list of 1"),
        ("[cracked, sound]", "[sound, sound]", 9, "grades: a list of 2"),
        ("bells-new", "bells-old", 11, "the scale 'bells-old' a second time"),
        ("confidence: B", "confidence: D", 15, "confidence: 'D'"),
        ("family: bells", "family: gongs", 1, "'gongs'"),
        ("source: The guild of bell ringers\n", "", 1, "no 'source'"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, found: str
) -> None:
    assert old in GOOD
    with pytest.raises(RulePackError) as caught:
        load_family(written(tmp_path, GOOD.replace(old, new, 1)))
    assert (caught.value.line, caught.value.found) == (line, found)


def test_an_office_adds_scales_of_its_own_and_replaces_none(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert "bells" in {family.id for family in load_families(own=tmp_path)}
    written(tmp_path, GOOD.replace("family: bells", "family: peel"), "peel")
    load_families.cache_clear()
    with pytest.raises(RulePackError, match="the family 'peel'"):
        load_families(own=tmp_path)
    load_families.cache_clear()
