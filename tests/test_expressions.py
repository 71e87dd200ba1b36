"""Expressions compiled when first used behave as compiled ones, and all of them compile."""

import gc
import importlib
import pkgutil
import re

import pytest

import peelian
from peelian.expressions import Expression, expression

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


def test_every_expression_of_the_product_compiles() -> None:
    for package in PACKAGES:
        found = importlib.import_module(f"{peelian.__name__}.{package}")
        for module in pkgutil.walk_packages(found.__path__, f"{found.__name__}."):
            importlib.import_module(module.name)
    gc.collect()
    # Wherever they stand: many are kept in tables, not under a name of their own.
    known = [one for one in gc.get_objects() if type(one) is Expression]
    assert len(known) > 1000
    for one in known:
        re.compile(one.pattern, one._flags)
