"""What a PDF's own tags say: headings, tables with their headings, pictures with their words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from peelian.intake.document import Origin

MOST_TAGS = 400_000
DEEPEST_PAGES = 200

Mark = tuple[int, int]  # a page, from 1, and a marked-content id on it


@dataclass
class Tags:
    """The structure tree in short. All but the last four tell of marks on pages."""

    tagged: bool = False
    headings: dict[Mark, int] = field(default_factory=dict)
    heads: set[Mark] = field(default_factory=set)
    captions: set[Mark] = field(default_factory=set)
    listed: set[Mark] = field(default_factory=set)  # entries of a list of contents
    pictures: int = 0
    undescribed: list[Origin] = field(default_factory=list)
    unheaded: list[Origin] = field(default_factory=list)
    skipping: list[Origin] = field(default_factory=list)


def tags(file: str, pdf: pikepdf.Pdf) -> Tags:
    """Return what the structure tree says; what of it is broken is passed over."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary) or "/K" not in root:
        return Tags()
    walk = _Walk(file, pdf, root)
    walk.down()
    return walk.made


@dataclass
class _Step:
    """A node on the way down: its page, and what it lies in."""

    node: Any
    page: int | None = None
    level: int = 0
    within: str = ""  # a head cell, a caption or an entry of a list of contents, by its tag
    table: list[bool] | None = None  # whether a head cell was met in the table it lies in


class _Walk:
    def __init__(self, file: str, pdf: pikepdf.Pdf, root: Any) -> None:
        self.file = file
        self.made = Tags(tagged=True)
        self.pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
        self.roles = root.get("/RoleMap", {})
        self.steps = [_Step(root)]
        self.tables: list[tuple[list[bool], int | None]] = []
        self.level = 0

    def down(self) -> None:
        """Walk the tree in the order of reading, each node once, up to a limit."""
        seen: set[tuple[int, int]] = set()
        for _count in range(MOST_TAGS):
            if not self.steps:
                break
            step = self.steps.pop()
            node = step.node
            if isinstance(node, int):
                self._mark(step, node)
            elif isinstance(node, pikepdf.Dictionary):
                if node.is_indirect:
                    if node.objgen in seen:
                        continue
                    seen.add(node.objgen)
                self._node(step)
        self.made.unheaded = [
            Origin(self.file, page) for met, page in self.tables if len(met) > 1 and not any(met)
        ]

    def _node(self, step: _Step) -> None:
        node = step.node
        page = node.get("/Pg")
        if isinstance(page, pikepdf.Dictionary) and page.is_indirect:
            step.page = self.pages.get(page.objgen, step.page)
        if "/MCID" in node and isinstance(node.get("/MCID"), int):
            self._mark(step, int(node.MCID))
            return
        role = self._role(node)
        inner = _Step(None, step.page, step.level, step.within, step.table)
        if role == "/Figure":
            self._figure(node, step)
        elif role == "/Table":
            inner.table = []
            self.tables.append((inner.table, _first_page(node, self.pages) or step.page))
        elif role in ("/TH", "/TD") and step.table is not None:
            step.table.append(role == "/TH")
            inner.within = role if role == "/TH" else ""
        elif role in ("/Caption", "/TOCI"):
            inner.within = role
        elif role[:2] == "/H" and role[2:].isdigit() and 1 <= int(role[2:]) <= 6:
            self._heading(int(role[2:]), step.page or _first_page(node, self.pages))
            inner.level = int(role[2:])
        kids = node.get("/K")
        listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        for kid in reversed(listed[:MOST_TAGS]):
            if kid is not None and len(self.steps) < MOST_TAGS:
                self.steps.append(replace(inner, node=kid))

    def _role(self, node: Any) -> str:
        role = str(node.get("/S", ""))
        for _hop in range(5):
            known = self.roles.get(role) if role else None
            if known is None or str(known) == role:
                break
            role = str(known)
        return role

    def _heading(self, level: int, page: int | None) -> None:
        if self.level and level > self.level + 1:
            self.made.skipping.append(Origin(self.file, page))
        self.level = level

    def _figure(self, node: Any, step: _Step) -> None:
        self.made.pictures += 1
        said = str(node.get("/Alt", "")).strip() or str(node.get("/ActualText", "")).strip()
        if not said:
            page = step.page or _first_page(node, self.pages)
            self.made.undescribed.append(Origin(self.file, page))

    def _mark(self, step: _Step, mark: int) -> None:
        if step.page is not None:
            if step.level:
                self.made.headings[(step.page, mark)] = step.level
            told = {
                "/TH": self.made.heads, "/Caption": self.made.captions, "/TOCI": self.made.listed,
            }  # fmt: skip
            if step.within:
                told[step.within].add((step.page, mark))


def _first_page(node: Any, pages: dict[tuple[int, int], int]) -> int | None:
    """Return the page of the first thing in a node that names one."""
    for _hop in range(DEEPEST_PAGES):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        page = node.get("/Pg")
        if isinstance(page, pikepdf.Dictionary) and page.is_indirect:
            return pages.get(page.objgen)
        kids = node.get("/K")
        node = kids[0] if isinstance(kids, pikepdf.Array) and len(kids) else kids
    return None
