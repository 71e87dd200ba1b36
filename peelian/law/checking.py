"""Holding a file of rules against its schema, so that the fault and its line can be named."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from peelian.law.packfile import PackFile, PathInFile, RulePackError

RULES = Path(__file__).resolve().parents[2] / "rules"


def check(file: PackFile, schema: str, part: str = "") -> None:
    """Raise `RulePackError` for the first fault, in the file's order, that a schema sees.

    The schema is a file of ``rules/``, or the part of it that stands under this name.
    """
    errors = _validator(schema, part).iter_errors(file.data)
    faults = [_explained(file, error) for error in errors]
    if faults:
        raise min(faults, key=lambda fault: fault.line)


def refuse_repeated(file: PackFile, under: str, what: str) -> None:
    """Raise `RulePackError` for an id that an entry of a list shares with one before it."""
    lines: dict[str, int] = {}
    for index, entry in enumerate(file.data[under]):
        name, at = entry["id"], (under, index, "id")
        if name in lines:
            expected = f"an id of its own: it is used in line {lines[name]}"
            raise file.error(at, f"{what} '{name}' a second time", expected)
        lines[name] = file.line(*at)


def _braced(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_braced(item)}' for name, item in value.items())}}}"
    return str(value)


def _one_of(names: Iterable[str]) -> str:
    """What is expected where only these words may stand."""
    return f"one of {', '.join(names)}"


def shown(path: PathInFile, value: object) -> str:
    """What stands in the file, short enough for one line, after the key it stands under."""
    key = next((f"{part}: " for part in reversed(path) if isinstance(part, str)), "")
    match value:
        case None:
            return f"{key}nothing"
        case bool():
            return f"{key}{str(value).lower()}"
        case str():
            return f"{key}'{value[:60]}'"
        case list():
            return f"{key}a list of {len(value)}"
        case dict():
            return f"{key}{_braced(value)[:80]}"
    return f"{key}{value}"


@cache
def _validator(schema: str, part: str) -> Draft202012Validator:
    described = json.loads((RULES / schema).read_text(encoding="utf-8"))
    if part:
        described = {"$defs": described["$defs"], "$ref": f"#/$defs/{part}"}
    return Draft202012Validator(described, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _explained(file: PackFile, error: ValidationError) -> RulePackError:
    """A schema fault with the line of the offending part and the schema's own description."""
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    path: PathInFile = tuple(error.absolute_path)
    instance: Any = error.instance
    expected = str(schema.get("description", error.message))
    known = schema.get("properties", {})
    if error.validator == "required":
        missing = next(name for name in schema["required"] if name not in instance)
        described = known[missing].get("description", f"the {missing}")
        return file.error(path, f"no '{missing}'", f"'{missing}': {described}")
    if error.validator == "additionalProperties":
        unknown = next(name for name in instance if name not in known)
        return file.error((*path, unknown), f"the unknown key '{unknown}'", _one_of(known))
    return file.error(path, shown(path, instance), expected)
