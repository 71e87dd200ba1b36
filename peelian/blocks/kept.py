"""Blocks as one exact JSON form, in which what was issued is kept and read again."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from peelian.blocks.nodes import Block, Document, Run

VERSION = 1


def to_json(document: Document) -> bytes:
    """The document's one JSON form: the same document gives the same bytes, for ever.

    ASCII, keys sorted, no spaces; a field at its default is left out, so that a field added later
    leaves old fingerprints as they were.
    """
    data = {"version": VERSION, "document": to_data(document)}
    kept = json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return kept.encode("ascii")


def from_json(content: bytes) -> Document:
    """The document that `to_json` wrote; ValueError says where anything else differs."""
    data = json.loads(content)
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError(f"expected a document in version {VERSION} of the block format")
    return from_data(data.get("document"))


def to_data(node: Document | Block | Run) -> dict[str, Any]:
    """The node as plain dictionaries, lists and scalars, each node with its `type`."""
    encoded = _encoded(node)
    assert isinstance(encoded, dict)  # noqa: S101 (a dataclass always is)
    return encoded


def _encoded(value: object) -> Any:
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        kept = {f.name: getattr(value, f.name) for f in fields(value)}
        defaults = {f.name: f.default for f in fields(value) if f.default is not MISSING}
        data = {n: _encoded(v) for n, v in kept.items() if n not in defaults or v != defaults[n]}
        return {"type": type(value).__name__.lower(), **data}
    return value


NODES: dict[str, type] = {
    node.__name__.lower(): node for node in (Document, Run, *typing.get_args(Block))
}


def from_data(data: object) -> Document:
    """The document that `to_data` described; ValueError names the place that does not fit."""
    node = _decoded(data, "document")
    if not isinstance(node, Document):
        raise ValueError(f"document: found {type(node).__name__}, expected Document")
    return node


def blocks_from_data(data: Sequence[object]) -> tuple[Block, ...]:
    """The blocks that `to_data` described one by one; ValueError as `from_data` raises it."""
    blocks = tuple(_decoded(one, f"blocks[{i}]") for i, one in enumerate(data))
    if not _fits(blocks, tuple[Block, ...]):
        raise ValueError("blocks: one of them is none")
    return blocks


def _decoded(data: object, where: str) -> Any:
    if isinstance(data, list):
        return tuple(_decoded(part, f"{where}[{i}]") for i, part in enumerate(data))
    if not isinstance(data, dict):
        return data
    node = NODES.get(str(data.get("type")))
    if node is None:
        raise ValueError(f"{where}: type {data.get('type')!r}, expected one of {', '.join(NODES)}")
    values = {name: _decoded(v, f"{where}.{name}") for name, v in data.items() if name != "type"}
    if node is Document and isinstance(values.get("date"), str):
        values["date"] = date.fromisoformat(values["date"])
    hints = _hints(node)
    for name, value in values.items():
        if name not in hints or not _fits(value, hints[name]):
            raise ValueError(f"{where}.{name}: does not belong here, or is not of its kind")
    try:
        return node(**values)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{where}: {error}") from error


@cache
def _hints(node: type) -> dict[str, Any]:
    return typing.get_type_hints(node)


def _fits(value: object, hint: Any) -> bool:
    """Whether a decoded value is of the annotated type."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is Literal:
        return value in inner
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if inner[-1] is Ellipsis:
            return all(_fits(part, inner[0]) for part in value)
        return len(value) == len(inner) and all(map(_fits, value, inner))
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is hint
