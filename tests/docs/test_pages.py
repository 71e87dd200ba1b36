"""The documentation agrees with the code: links, commands, settings, checks, layers, decisions."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from peelian.checks.findings import Severity, checks
from peelian.cli import main
from peelian.law.packs import load_pack
from peelian.packs.operations import STOPPING
from peelian.proofreading import every as every
from peelian.proofreading.findings import checks as document_checks
from peelian.proofreading.report import GRAVEST

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG", "SECURITY")),
    *sorted(DOCS.rglob("*.md")),
    ROOT / "rules/README.md",
    ROOT / "examples/README.md",
]
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
HEADINGS = ["Context", "Decision", "Refused", "Consequences"]
MOST_BYTES = 400_000
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def name_of(page: Path) -> str:
    """Return a page's path as tests name it."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    """Return a page without its blocks of code, which hold no links and no headings."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return what a link may name on a page, as GitHub and GitLab make it of the headings."""
    plain = (re.sub(r"[^\w\- ]", "", h.lower()) for h in _HEADING.findall(text_of(page)))
    return {h.strip().replace(" ", "-") for h in plain}


def everything() -> str:
    """Return all pages one after another."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for _image, _words, target in _LINK.findall(text_of(page)):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _hash, anchor = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists() or (anchor and anchor not in anchors(to)):
            lost.append(target)
    assert not lost


def test_every_page_can_be_reached_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        links = (target for _i, _w, target in _LINK.findall(text_of(page)))
        waiting += [(page.parent / t.partition("#")[0]).resolve() for t in links if ":" not in t]
    assert set(DOCS.rglob("*.md")) <= seen


def test_every_image_is_there_small_described_and_used() -> None:
    used = set()
    for page in PAGES:
        for image, words, target in _LINK.findall(text_of(page)):
            if image:
                assert len(words) > 20, f"{target} in {page.name} needs an alternative text"
                used.add((page.parent / target).resolve())
    assert used == set((DOCS / "images").iterdir())
    assert all(image.stat().st_size < MOST_BYTES for image in used)


def test_every_file_that_is_named_is_there() -> None:
    inside = r"`((?:peelian|tests|rules|examples|scripts)/[\w./-]*[\w/])`"
    named = {path for page in PAGES for path in re.findall(inside, text_of(page))}
    made_by_the_reader = {path for path in named if "transparency" in path}
    assert [p for p in sorted(named - made_by_the_reader) if not (ROOT / p).exists()] == []


def test_every_check_of_a_document_is_described_and_weighed() -> None:
    page = (DOCS / "check-a-document.md").read_text(encoding="utf-8")
    names = {check.name for check in document_checks()}
    assert set(re.findall(r"^\| `([a-z-]+)` \| [A-Z]", page, re.MULTILINE)) >= names
    assert set(GRAVEST) <= names


def test_every_command_stands_with_its_example_and_options() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(parts) == set(main.commands)
    for name, command in main.commands.items():
        example = str(command.epilog).removeprefix("Example:").strip()
        assert example in parts[name]
        for one in parts_of(command):
            options = [p.opts[0] for p in one.params if isinstance(p, click.Option)]
            assert not [o for o in options if o not in parts[name] and not is_plain(one, o)]


def parts_of(command: click.Command) -> list[click.Command]:
    """Return a command, or the commands of a group."""
    return list(command.commands.values()) if isinstance(command, click.Group) else [command]


def is_plain(command: click.Command, option: str) -> bool:
    """Return whether an option explains itself in the command's example."""
    return option in str(command.epilog) or (command.name == "demo" and option == "--port")


def test_no_page_uses_a_command_or_option_that_is_not_there() -> None:
    used = re.findall(
        r"(?:^ {4}(?:\S*/)?|`(?:\S*/)?)peelian ([a-z]+)([^`\n#]*)", everything(), re.M
    )
    assert used
    for name, rest in used:
        assert name in main.commands
        params = [p for one in parts_of(main.commands[name]) for p in one.params]
        known = {opt for p in params for opt in p.opts} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    settings = (ROOT / "peelian/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environ\.get\(\s*"([A-Z_]+)"', settings))
    page = (DOCS / "install.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == read


def test_every_make_target_that_is_named_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^ {4})(?:[A-Z_]+=\S+ )*make ([a-z]+)", everything(), re.M))
    assert named
    assert named <= targets


def test_every_check_has_its_section_and_says_how_grave_it_is() -> None:
    page = (DOCS / "checks.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^### ([\w-]+)\n\n\*(.+?)\*", page, re.MULTILINE))
    said = {c.name: f"{c.title}. {Severity(c.severity).label}." for c in checks()}
    assert parts == said


def test_the_page_of_checks_says_which_stop_a_pack() -> None:
    page = (DOCS / "checks.md").read_text(encoding="utf-8")
    figures = page.partition("## Checks of figures")[2].partition("\n## ")[0]
    assert set(re.findall(r"^### ([\w-]+)", figures, re.MULTILINE)) == set(STOPPING)


def test_the_rule_on_the_page_of_rules_is_one_that_loads(tmp_path: Path) -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    example = next(code for _i, language, code in _FENCE.findall(page) if language == "yaml")
    file = tmp_path / "inspections.yaml"
    file.write_text(example, encoding="utf-8")
    (rule,) = load_pack(file).rules
    assert rule.effective_from == date(2017, 5, 2)


def test_the_drawing_and_its_page_show_every_layer() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    names = {name.strip() for layer in layers for name in layer.split("|")}
    drawing = (DOCS / "images/architecture.svg").read_text(encoding="utf-8")
    bold = re.findall(r'font-size="17" font-weight="700"[^>]*>([^<]+)<', drawing)
    drawn = {name.strip() for words in bold for name in words.split(",")}
    assert names == drawn - {"The way of a number", "The way of a promise"}
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"\w+", row)} == names
    ElementTree.fromstring(drawing)


def test_decisions_are_numbered_one_after_another_and_listed() -> None:
    numbers = [int(page.name[:4]) for page in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    index = (DOCS / "decisions/README.md").read_text(encoding="utf-8")
    assert [t for _i, _w, t in _LINK.findall(index)] == [page.name for page in DECISIONS]


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_says_why_what_instead_of_what_and_at_what_cost(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.name[:4]} ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert re.search(r"^- Status: (accepted|replaced by \[\d{4}\])", text, re.MULTILINE)
    day = re.search(r"^- Date: (\S+)$", text, re.MULTILINE)
    assert day
    assert date.fromisoformat(day[1]) >= date(2020, 1, 1)
