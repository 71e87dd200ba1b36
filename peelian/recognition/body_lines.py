"""Glossaries of oversight bodies in text whose tables were lost, and in labelled lists.

A row ends with how often its body meets. Its name stands on lines of its own, or before the first
words of its purpose, which begin like a sentence after words that begin like a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from peelian.expressions import expression
from peelian.intake.document import Document, Line
from peelian.recognition.bodies import MEETS, NAME, PURPOSE, theme_of
from peelian.recognition.mechanisms import (
    KINDS_OF_BODY,
    MARKS,
    RHYTHM,
    Glossary,
    Key,
    Mechanism,
    key,
    rhythm,
    rhythm_at_end,
    unmarked,
)
from peelian.recognition.printed import FURNITURE, raw_lines

_CHAIR = (
    r"(?:chair(?:ed\s+by|person)?|lead(?:\s+officer)?|led\s+by|owner|convenor|who\s+(?:attends|chairs)|"
    r"members(?:hip)?|attended\s+by)"
)
_HEAD = expression(
    rf"\s*{NAME}\s+(?P<middle>(?:{PURPOSE}|{_CHAIR})(?:\s*[–—-]?\s*\([^()]{{1,120}}\))?)\s+{MEETS}"
    r"(?P<further>(?:\s+[A-Z][a-z]+){0,4})\s*",
    re.IGNORECASE,
)
_RHYTHM_FIRST = expression(
    rf"\s*{NAME}\s+{MEETS}\s+{PURPOSE}(?:\s+[A-Z][a-z]+){{0,4}}\s*", re.IGNORECASE
)
# What stands in the columns after the one for how often: who is in the chair.
_FURTHER = expression(
    rf"(?P<kept>(?:.*\s)?(?=[A-Z\d])(?i:{RHYTHM}))\s+(?P<further>[\w&/’'-]+(?:\s+[\w&/’'-]+){{0,4}})\s*",
    re.VERBOSE,
)
_NAME_RHYTHM = expression(
    rf"\s*(?P<name>[A-Z][^.;:]{{3,90}}?)\s+(?=[A-Z\d])(?P<meets>(?i:{RHYTHM}))\s+(?P<purpose>[A-Z].*)",
    re.VERBOSE,
)
_STOP = expression(
    r"\s*(?:appendi(?:x|ces)\s+\S{1,3}|annex\s+\S{1,3}|agenda\s+item\b.*|this\s+page\s+is\b.*"
    r"|background\s+papers|supporting\s+information)\s*",
    re.IGNORECASE,
)
_MARK_INSIDE = expression(rf"(?<=[\w)])\s?{MARKS}{{1,4}}(?=\s)")
_KIND_INSIDE = expression(
    rf"\b{KINDS_OF_BODY}(?:\s+{KINDS_OF_BODY})*(?:\s+\([^()]{{2,20}}\))?(?=\s+[A-Z])",
    re.IGNORECASE,
)
_BEGINS_ROW = expression(
    rf"[A-Z][\w’'&/,.()-]*(?:\s+[\w’'&/,.()-]+){{0,8}}?\s+{KINDS_OF_BODY}\s?{MARKS}*\s+[A-Z]\w*",
    re.IGNORECASE,
)
_SENTENCE_BEGINS = expression(r"(?<=\s)[A-Z][A-Za-z]*(?=\s+[a-z])")
_CONNECTS = {"of", "and", "for", "in", "to", "the", "with", "on", "&"}
_MOST_LINES = 14  # of one row
_FEWEST = 3
_LONGEST = 1500  # lines of a table
_NAME_WIDTH = 44  # of a line that is but a name


def line_glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of bodies in the lines of a document, in order."""
    lines = list(raw_lines(document))
    heads = [n for n in range(len(lines)) if _head(lines, n)]
    made: list[Glossary] = []
    run: list[int] = []
    for n in heads:
        if run and n - run[-1] > 200:
            made += _glossary(lines, run)
            run = []
        run.append(n)
    made += _glossary(lines, run) if run else []
    return made or _rhythm_first(lines)


def _rhythm_first(lines: Sequence[Line]) -> list[Glossary]:
    """Return the glossary whose columns stand in another order: name, how often, purpose."""
    for n, head in enumerate(lines):
        if not _RHYTHM_FIRST.fullmatch(head.text[:160]):
            continue
        found: list[Mechanism] = []
        since = 0
        for line in lines[n + 1 : n + _LONGEST]:
            since += bool(line.text.strip())
            if since > _MOST_LINES or _STOP.fullmatch(line.text[:80]):
                break
            if match := _NAME_RHYTHM.fullmatch(line.text[:240]):
                name = unmarked(match["name"])[0]
                found.append(Mechanism(name, match["purpose"], match["meets"], line.origin))
                since = 0
            elif found and line.text.strip():
                more = f"{found[-1].purpose} {' '.join(line.text.split())}"
                found[-1] = replace(found[-1], purpose=more)
        if len(found) >= _FEWEST:
            return [Glossary("", tuple(found), head.origin)]
    return []


def _head(lines: Sequence[Line], n: int) -> re.Match[str] | None:
    """Return the column headings on a line, or on it and the two above, one on each."""
    if match := _HEAD.fullmatch(lines[n].text[:240]):
        return match
    three = [line.text.strip() for line in lines[max(n - 2, 0) : n + 1]]
    if len(three) < 3 or not all(0 < len(text) <= 60 for text in three):
        return None
    return _HEAD.fullmatch(" ".join(three))


def _glossary(lines: Sequence[Line], heads: Sequence[int]) -> list[Glossary]:
    above = [line for line in lines[max(heads[0] - 8, 0) : heads[0]] if line.text.strip()]
    marks = Key()
    for line in above:
        found = key(line.text[:300])
        if found.notes or found.public:
            marks = found
    titles = [line for line in above if not re.match(r"\s*key\b", line.text, re.IGNORECASE)]
    mechanisms: list[Mechanism] = []
    for n, head in enumerate(heads):
        end = heads[n + 1] if n + 1 < len(heads) else head + _LONGEST
        match = _head(lines, head)
        theme = theme_of(match["middle"]) if match else ""
        below = list(lines[head + 1 : end])
        if match and match["further"]:
            below = [_without_further(line) for line in below]
        for row in _rows(below, ends_at_head=n + 1 < len(heads)):
            more, own = _continued(row)
            if more and mechanisms:
                last = mechanisms[-1]
                mechanisms[-1] = replace(last, purpose=_together([last.purpose, *more]))
            mechanisms.append(_mechanism(own if mechanisms else row, theme, marks))
    mechanisms = [m for m in mechanisms if m.name]
    if len(mechanisms) < 2:
        return []
    title = " ".join(titles[-1].text.split()) if titles else ""
    return [Glossary(title, tuple(mechanisms), lines[heads[0]].origin)]


def _continued(row: list[Line]) -> tuple[list[str], list[Line]]:
    """Return the lines before a row's own, which go on with the purpose of the row above.

    Where how often stands beside the first line of a purpose, the rest of it comes after.
    """
    filled = [n for n, line in enumerate(row) if line.text.strip()]
    if not filled or not row[filled[0]].text.strip()[0].islower():
        return [], row
    begins = next((n for n in filled if _BEGINS_ROW.match(row[n].text.strip()[:160])), filled[-1])
    return [" ".join(line.text.split()) for line in row[:begins] if line.text.strip()], row[begins:]


def _without_further(line: Line) -> Line:
    match = _FURTHER.fullmatch(line.text[:240])
    return Line(match["kept"], line.origin) if match else line


def _rows(lines: Sequence[Line], ends_at_head: bool) -> Iterator[list[Line]]:
    """Yield the lines of each row, free lines among them; the last of a row says how often.

    Where each row so far is one line, a free line ends them.
    """
    row: list[Line] = []
    filled, single = 0, 0
    for n, line in enumerate(lines):
        if not line.text.strip() or FURNITURE.fullmatch(line.text[:120]):
            if single >= _FEWEST and not line.text.strip():
                break
            row.append(Line("", line.origin))
            continue
        if _STOP.fullmatch(line.text[:80]) or filled >= _MOST_LINES:
            break
        if filled and _without_rhythm(row, line):
            yield row
            row, filled = [], 0
        row.append(line)
        filled += 1
        if _ends_row(lines, n):
            single = single + 1 if len(row) == 1 and single >= 0 else -1
            yield row
            row, filled = [], 0
    else:
        if filled and ends_at_head:
            yield row
            return
    first = next((line.text.strip() for line in row if line.text.strip()), "")
    if filled and filled < _MOST_LINES and _BEGINS_ROW.match(first[:160]):
        yield row


def _ends_row(lines: Sequence[Line], n: int) -> bool:
    """Return whether a line ends with how often; `Under` and `review` may stand on two."""
    text = lines[n].text.strip()
    before = lines[n - 1].text.strip() if n else ""
    if rhythm(f"{before} {text}") and before:
        return True
    left, meets = rhythm_at_end(text)
    if not meets or (n + 1 < len(lines) and rhythm(f"{text} {lines[n + 1].text}".strip()[:60])):
        return bool(meets) and not lines[n + 1].text.strip()
    # Within a sentence ("... reports quarterly") the words are small and part of it.
    return not left or meets[0].isupper() or meets[0].isdigit()


def _without_rhythm(row: Sequence[Line], line: Line) -> bool:
    """Return whether a line begins another row though the one before did not say how often."""
    texts = [one.text.strip() for one in row if one.text.strip()]
    if not _BEGINS_ROW.match(line.text.strip()[:160]) or len(texts) < 2:
        return False
    return bool(_MARK_INSIDE.search(line.text)) or texts[-1].endswith((".", ";"))


def _mechanism(row: Sequence[Line], theme: str, marks: Key) -> Mechanism:
    texts = [" ".join(line.text.split()) for line in row]
    origin = next(line.origin for line in row if line.text.strip())
    while texts and not texts[0]:
        texts.pop(0)
    texts, meets = _meets_taken(texts)
    free = texts.index("") if "" in texts else len(texts)
    first, rest = texts[:free], [text for text in texts[free:] if text]
    if rest and all(len(text) <= _NAME_WIDTH for text in first):
        name, purpose = _together(first), _together(rest)
    else:
        name, purpose = split_name(_together([text for text in texts if text]))
    name, own = unmarked(name)
    notes, public = marks.of(own)
    return Mechanism(name, purpose, meets, origin, theme, notes, public)


def _meets_taken(texts: list[str]) -> tuple[list[str], str]:
    """Return a row's lines without the words at their end that say how often, and those words."""
    while texts and not texts[-1]:
        texts = texts[:-1]
    if len(texts) > 2 and (both := rhythm(" ".join(texts[-2:]))):
        return texts[:-2], both
    if not texts:
        return [], ""
    left, meets = rhythm_at_end(texts[-1])
    return [*texts[:-1], *([left] if left else [])], meets


def split_name(text: str) -> tuple[str, str]:
    """Return a body's name and its purpose where one follows the other without a sign between."""
    head = text[:160]
    if marked := _MARK_INSIDE.search(head):
        return text[: marked.end()], text[marked.end() :].strip()
    if kind := _KIND_INSIDE.search(head):
        return text[: kind.end()], text[kind.end() :].strip()
    for match in _SENTENCE_BEGINS.finditer(head):
        before = head[: match.start()].split()
        if len(before) >= 2 and before[-1].casefold() not in _CONNECTS:
            following = head[match.end() :].split()[:1]
            if following and following[0] not in ("and", "&"):
                return text[: match.start()].strip(), text[match.start() :]
    return text.strip(), ""


def _together(texts: Sequence[str]) -> str:
    joined = ""
    for text in texts:
        if joined.endswith("-") and text[:1].islower():
            joined += text
        else:
            joined = f"{joined} {text}".strip()
    return joined
