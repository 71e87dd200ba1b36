"""Expressions compiled when first used, or needed, behave as compiled ones; all of them compile."""

import gc
import importlib
import pkgutil
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import peelian
from peelian.expressions import Expression, Hinted, expression

PACKAGES = ("documents", "intake", "recognition", "proofreading")


def test_an_expression_finds_what_the_compiled_pattern_finds() -> None:
    text = "Minute 12 and minute 345"
    ours, theirs = expression(r"minute (\d+)", re.IGNORECASE), re.compile(r"(?i)minute (\d+)")
    assert ours.findall(text) == theirs.findall(text)
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in theirs.finditer(text)]
    assert ours.search(text, 5)[1] == "345"  # type: ignore[index]
    assert ours.sub(r"item \1", text) == theirs.sub(r"item \1", text)
    assert (ours.groups, ours.pattern) == (theirs.groups, r"minute (\d+)")


def test_it_is_compiled_at_first_use_and_not_before() -> None:
    broken = expression("(")
    with pytest.raises(re.error):
        broken.search("anything")


@pytest.mark.parametrize("text", ["See Annex 4 and ANNEX 5", "See nothing", ""])
def test_an_expression_that_needs_words_finds_the_same(text: str) -> None:
    ours, theirs = expression(r"annex \d", re.I, needs="annex"), re.compile(r"annex \d", re.I)
    for name in ("search", "match", "fullmatch"):
        found, expected = (getattr(one, name)(text) for one in (ours, theirs))
        assert (found and found[0]) == (expected and expected[0])
    assert [m[0] for m in ours.finditer(text, 5)] == [m[0] for m in theirs.finditer(text, 5)]
    assert ours.findall(text) == theirs.findall(text)
    assert ours.sub("it", text) == theirs.sub("it", text)
    assert ours.groups == 0


def test_it_is_not_even_compiled_without_its_words() -> None:
    broken = expression("annex (", needs="annex")
    assert broken.search("anything") is None
    with pytest.raises(re.error):
        broken.search("Annex")


def _all_of(kind: type) -> list[Any]:
    """Return every expression, wherever it stands: many are kept in tables, not under a name."""
    for package in PACKAGES:
        found = importlib.import_module(f"{peelian.__name__}.{package}")
        for module in pkgutil.walk_packages(found.__path__, f"{found.__name__}."):
            importlib.import_module(module.name)
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is kind]


def test_every_expression_of_the_product_compiles() -> None:
    known = _all_of(Expression)
    assert len(known) > 1000
    for one in known:
        re.compile(one.pattern, one._flags)


def test_whatever_matches_holds_a_word_that_its_expression_needs() -> None:
    hinted = _all_of(Hinted)
    assert len(hinted) > 20
    for one in hinted:
        _holds_a_word_it_needs(one)


def _holds_a_word_it_needs(one: Hinted) -> None:
    compiled = re.compile(one.pattern, one.tried._flags)

    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(compiled, alphabet=st.characters(codec="cp1252")))
    def holds(text: str) -> None:
        assert compiled.findall(text) == one.findall(text)

    holds()
