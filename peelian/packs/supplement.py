"""A supplement: what a further issue of a pack holds that the issue before did not, in words.

Both issues are compared as they were kept, so a supplement never says more than they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from peelian.blocks import Block, Bullets, Document, Heading, PageBreak, Paragraph, plain

Key = tuple[str, str, int]


@dataclass(frozen=True)
class Part:
    """An item, a paper or another section of a pack: its heading and what stands below it.

    `lead` is the page break before it, and `item` the item that a paper is under.
    """

    heading: Heading
    blocks: tuple[Block, ...]
    lead: PageBreak
    item: Heading | None

    @property
    def says(self) -> tuple[Block, ...]:
        """Return what it says wherever it stands: without breaks."""
        return tuple(block for block in self.blocks if not isinstance(block, PageBreak))


@dataclass(frozen=True)
class Difference:
    """That a part is new, changed, moved or gone, in a sentence; `part` is what it is now."""

    words: str
    part: Part | None


def parts_of(document: Document) -> dict[Key, Part]:
    """Return the parts of a pack in order, each by what it is known by from issue to issue.

    An item is known by its title, as its number may change; a paper by its reference.
    """
    made: dict[Key, Part] = {}
    item: Heading | None = None
    key: Key | None = None
    lead: list[PageBreak] = []
    for block in document.blocks:
        if isinstance(block, Heading) and (begun := _begins(block)):
            item = block if begun[0] == "item" else None if begun[0] == "section" else item
            key = _unused(begun, made)
            of = item if begun[0] == "paper" else None
            made[key] = Part(block, (), lead[-1] if lead else PageBreak(), of)
            lead = []
        elif isinstance(block, PageBreak):
            lead.append(block)
        elif key:
            if isinstance(block, Heading) and block.level <= 2 and made[key].item and item:
                key = _key_of(item, made)  # what follows is the item's own again
            made[key] = replace(made[key], blocks=(*made[key].blocks, *lead, block))
            lead = []
    return made


def _begins(heading: Heading) -> tuple[str, str] | None:
    anchor = heading.anchor or ""
    if heading.level == 1:
        return ("item", heading.text) if anchor.startswith("item-") else ("section", heading.text)
    if heading.level == 2 and anchor.startswith("paper-"):
        return "paper", anchor
    return None


def _unused(begun: tuple[str, str], made: dict[Key, Part]) -> Key:
    same = sum(key[:2] == begun for key in made)
    return (*begun, same)


def _key_of(item: Heading, made: dict[Key, Part]) -> Key:
    return next(key for key, part in reversed(made.items()) if part.heading is item)


def differences(before: Document, after: Document) -> list[Difference]:
    """Return what is new, changed, moved or withdrawn between two issues, in their order."""
    old, new = parts_of(before), parts_of(after)
    found = [
        Difference(words, part)
        for key, part in new.items()
        if (words := _compared(key[0], old.get(key), part))
    ]
    return found + [
        Difference(_gone(key[0], part), None) for key, part in old.items() if key not in new
    ]


def _compared(kind: str, old: Part | None, new: Part) -> str:
    """Return in what a part differs from what it was, or nothing."""
    said = {"title": new.heading.text, "number": new.heading.number or ""}
    said["item"] = new.item.full if new.item else ""
    is_same = old is not None and (old.says, old.heading.text) == (new.says, new.heading.text)
    if kind == "item":
        if old is None:
            return _("New: item %(number)s, “%(title)s”.") % said
        if not is_same:
            return _("Changed: item %(number)s, “%(title)s”.") % said
        if old.heading.number != new.heading.number:
            return _("Moved: “%(title)s” is now item %(number)s.") % said
        return ""
    if is_same:
        return ""
    if kind == "paper":
        new_words = _("New paper under item %(item)s: “%(title)s”.")
        changed = _("Changed paper under item %(item)s: “%(title)s”.")
    else:
        new_words, changed = _("New: “%(title)s”."), _("Changed: “%(title)s”.")
    return (new_words if old is None else changed) % said


def _gone(kind: str, part: Part) -> str:
    said = {"title": part.heading.text, "item": part.item.full if part.item else ""}
    if kind == "item":
        return _("Withdrawn: the item “%(title)s”.") % said
    if kind == "paper":
        return _("Withdrawn paper under item %(item)s: “%(title)s”.") % said
    return _("Withdrawn: “%(title)s”.") % said


def supplement(before: Document, after: Document, status: str) -> Document | None:
    """Return a document of what changed between two issues, or None where nothing did.

    It begins with a page that says what changed; what only moved is said and not printed again.
    """
    found = differences(before, after)
    if not found:
        return None
    said = Bullets(tuple(plain(one.words) for one in found))
    blocks: list[Block] = [Heading(1, _("What changed"), anchor="what-changed"), said]
    old = parts_of(before)
    changed = [
        one.part
        for one in found
        if one.part and not any(_is_the_same(one.part, part) for part in old.values())
    ]
    return replace(
        after,
        title=_("Supplement to the agenda pack"),
        blocks=(*blocks, *_printed(changed)),
        status=status,
    )


def _is_the_same(new: Part, old: Part) -> bool:
    return (old.says, old.heading.text) == (new.says, new.heading.text)


def _printed(parts: Sequence[Part]) -> Iterator[Block]:
    """Yield parts, a paper whose item is not among them under a heading that names it."""
    above: Heading | None = None
    for part in parts:
        yield part.lead
        if part.item is None:
            above = part.heading
        elif part.item is not above:
            above = part.item
            yield part.item
            yield Paragraph(plain(_("The rest of this item is as it was.")))
        yield part.heading
        yield from part.blocks
