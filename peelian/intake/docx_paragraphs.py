"""Paragraphs of a Word document made blocks: typed numbers taken off, bold lines made headings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from peelian.intake.document import Block, BlockKind, Origin
from peelian.intake.docx_text import Text
from peelian.intake.headings import is_heading
from peelian.intake.numbers import Numbers, runs_on


@dataclass
class Paragraph:
    """A block before its number is taken off; `is_bold` where nothing but bold letters stand."""

    block: Block
    is_bold: bool = False
    is_contents: bool = False


def finished(paragraphs: list[Paragraph]) -> list[Block]:
    """Return the blocks with typed numbers taken off, bold short lines made headings."""
    plain = [p.block.text for p in paragraphs if p.block.kind == BlockKind.PARAGRAPH]
    numbers = Numbers(plain)
    level = 0
    made: list[Block] = []
    for paragraph in paragraphs:
        block = paragraph.block
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and not block.number:
            number, start = numbers.taken(block.text)
            if number and not runs_on(number, block.text[start:]):
                block = replace(without(block, start), number=number)
        if block.kind == BlockKind.HEADING:
            level = block.level
        elif _stands_out(paragraph, block) and is_heading(block.text, 1):
            block = replace(block, kind=BlockKind.HEADING, level=level + 1)
        made.append(block)
    return made


def _stands_out(paragraph: Paragraph, block: Block) -> bool:
    """Return whether all is bold, or in capitals and more than an abbreviation."""
    if block.kind != BlockKind.PARAGRAPH or paragraph.is_contents:
        return False
    return paragraph.is_bold or (block.text.isupper() and len(block.text) > 6)


def without(block: Block, start: int) -> Block:
    """Return a block without what stands before an offset of its text."""
    inside = [(at - start, origin) for at, origin in block.marks if at > start]
    return replace(block, text=block.text[start:], marks=((0, block.at(start)), *inside))


def places(text: Text, origin: Origin) -> tuple[tuple[int, Origin], ...]:
    """Return where a paragraph stands; each page break in it begins a further place."""
    marks = [(0, origin)]
    size = len(text.text)
    for offset, page in text.breaks:
        if marks[-1][0] < offset < size:
            marks.append((offset, replace(origin, page=page)))
    return tuple(marks)
