"""Reading a rule pack file so that every fault can be named with its line."""

import re
from pathlib import Path
from typing import Any

import yaml

PathInFile = tuple[str | int, ...]

_TEXT = "tag:yaml.org,2002:str"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]*[1-9])?")
# What YAML would make something else of: it reads 0500 as 320, and 1:30 as 90.
_WRITTEN = {
    "tag:yaml.org,2002:int": _NUMBER,
    "tag:yaml.org,2002:float": _NUMBER,
    "tag:yaml.org,2002:bool": re.compile("yes|no|true|false|on|off", re.IGNORECASE),
    _TIMESTAMP: re.compile("(?!)"),
}
# libyaml follows a file down until the program ends without a word; Python stops in time.
_MOST_OPENED = 5000


class RulePackError(ValueError):
    """A rule pack that cannot be used: which file and line, what was found, what is expected."""

    def __init__(self, file: Path, line: int, found: str, expected: str) -> None:
        """The fault as one sentence, with its parts kept apart."""
        self.file = file
        self.line = line
        self.found = found
        self.expected = expected
        super().__init__(f"{file}, line {line}: found {found}; expected {expected}.")


class PackFile:
    """The data of one YAML file together with the line each part of it stands on."""

    def __init__(self, path: Path, data: Any, lines: dict[PathInFile, int]) -> None:
        """The file at path, its data, and the line of every path into the data."""
        self.path = path
        self.data = data
        self._lines = lines

    def line(self, *path: str | int) -> int:
        """The line (from 1) of a key or list item, or of the nearest part that holds it."""
        while path not in self._lines and path:
            path = path[:-1]
        return self._lines.get(path, 1)

    def error(self, path: PathInFile, found: str, expected: str) -> RulePackError:
        """A fault in this file at that path."""
        return RulePackError(self.path, self.line(*path), found, expected)


# Dates stay text, so that a wrong one can be shown as it was typed.
_RESOLVERS = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Loader(yaml.SafeLoader):
    """Safe YAML, read by Python: it says best where a file is wrong."""


class _FastLoader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """The same read by libyaml, ten times as fast, where there is one."""


_Loader.yaml_implicit_resolvers = _FastLoader.yaml_implicit_resolvers = _RESOLVERS


def read_pack_file(path: Path, holds: str = "a rule pack with pack, title and rules") -> PackFile:
    """The parsed file with its line numbers; `holds` is what an empty one lacks.

    Raises `RulePackError` when the file cannot be read, is not UTF-8, is empty, is not YAML,
    or gives a key twice.
    """
    text = _decoded(path)
    if not text.strip():
        raise RulePackError(path, 1, "an empty file", holds)
    opened = sum(text.count(mark) for mark in ("[", "{", "- ", "? "))
    try:
        return _parsed(path, text, _FastLoader if opened < _MOST_OPENED else _Loader, holds)
    except (yaml.YAMLError, RecursionError):
        return _explained(path, text, holds)


def _explained(path: Path, text: str, holds: str) -> PackFile:
    """What Python makes of a file that is not YAML: a `RulePackError`."""
    try:
        return _parsed(path, text, _Loader, holds)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise _not_yaml(path, mark.line + 1 if mark else 1, fault.problem) from fault
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise _not_yaml(path, line, "a control character") from fault
    except RecursionError as fault:
        raise _not_yaml(path, 1, "parts nested too deeply") from fault


def _parsed(path: Path, text: str, using: Any, holds: str) -> PackFile:
    if "*" in text:
        _refuse_aliases(path, text)
    loader = using(text)
    node = loader.get_single_node()
    if node is None:
        raise RulePackError(path, 1, "comments only", holds)
    lines: dict[PathInFile, int] = {}
    _note_lines(path, node, (), lines)
    return PackFile(path, loader.construct_document(node), lines)


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        reason = fault.strerror or "an unreadable file"
        raise RulePackError(path, 1, reason.lower(), "a file that can be read") from fault
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        found = f"the byte {raw[fault.start]:#04x}, which is not UTF-8"
        raise RulePackError(path, line, found, "text saved as UTF-8") from fault


def _refuse_aliases(path: Path, text: str) -> None:
    """Aliases let a few lines unfold into a file without end, and no pack needs one."""
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.AliasToken):
            line = token.start_mark.line + 1
            raise RulePackError(path, line, f"the alias *{token.value}", "the value written out")


def _not_yaml(path: Path, line: int, problem: str | None) -> RulePackError:
    return RulePackError(path, line, f"text that is not YAML ({problem})", "well-formed YAML")


def _refuse_misread(path: Path, node: yaml.ScalarNode) -> None:
    """A number or the like that is not written as people write one."""
    written = _WRITTEN.get(node.tag)
    if written and not written.fullmatch(node.value):
        expected = "a number in plain digits, such as 500, or words in quotation marks"
        raise RulePackError(path, node.start_mark.line + 1, f"'{node.value[:60]}'", expected)


def _note_lines(
    path: Path, node: yaml.Node, here: PathInFile, lines: dict[PathInFile, int]
) -> None:
    """Record the line of every part below a node; refuse repeated keys and keys not text."""
    lines.setdefault(here, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        _refuse_misread(path, node)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_lines(path, item, (*here, index), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.tag != _TEXT:
                raise RulePackError(path, line, "a key that is not a word", "a word as the key")
            below = (*here, key.value)
            if below in lines:
                found = f"the key '{key.value}' a second time"
                raise RulePackError(path, line, found, "each key once")
            lines[below] = line
            _note_lines(path, value, below, lines)
