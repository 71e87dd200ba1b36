"""Where minutes end: by what they say, by what heads the next paper, by their own numbering."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from peelian.expressions import expression
from peelian.intake.document import BlockKind
from peelian.recognition.minute_titles import is_sentence, numbered_title
from peelian.recognition.printed import ENDS_SENTENCE, PrintedLine

ENDED = expression(
    r"\s*[(\[]?(?:the\s+)?(?:(?:\w+\s+){0,3}(?:meeting|session|proceedings|business)\s+"
    r"(?:was\s+|then\s+|formally\s+)?(?:ended|closed|concluded|finished|terminated|rose)\b(?!\s+that)"
    r"|(?:panel|board|committee)\s+rose\b|(?:\w+\s+){0,4}closed\s+the\s+meeting\b"
    r"|.{0,200}?\b(?:the|and\s+the)\s+meeting\s+(?:was\s+)?(?:ended|closed|concluded|finished)\s+at\s+\d"
    r"|(?:(?:the\s+)?(?:meeting|time)\s+)?(?:closed?|ended|finish(?:ed)?)\s+(?:at\s+)?\d"
    r"|there\s+(?:being|was)\s+no\s+(?:further|other)\s+business\b|end\s+of\s+(?:meeting|minutes))",
    re.IGNORECASE,
    needs="meeting|session|proceedings|business|rose|close|ended|finish|minutes",
)
SIGNATURE = expression(
    r"\s*(?:signed|chair(?:man|woman|person)?|date[ds]?(?:\s+of\s+signing)?|[.…_\s-]{4,}.*)\s*"
    r"(?:[.…_:\s-]{2,}.*)?$",
    re.IGNORECASE,
)
AGENDA_ITEM = expression(
    r"\b(?:agenda\s+)item\s*(?:no\.?\s*)?:?\s*(\d{1,2}[a-z]?)\s*$", re.IGNORECASE
)
# What heads the papers of a pack, alone on its line: `PAPER B`, `Eitem 4 / Item 4`.
_HEADS_PAPER = expression(
    r"\s*(?:(?:paper|enclosure|encl?\.?|attachment)\s+(?:[A-Z]|\d{1,2})|eitem\s+\d{1,2}\s*/\s*item\s+\d{1,2}"
    r"(?:\s+page\s+\d{1,3})?)\s*$",
    re.IGNORECASE,
)
_PAPER = expression(
    r"\s*(?:\d{1,2}\.?\s+)?(?:purpose(?:\s+of\s+(?:the\s+|this\s+)?(?:report|paper))?"
    r"|report\s+(?:of|by|to|from)\b[^.]{3,100}|agenda(?:\s+for\b.*)?|delivery\s+plan\b.{0,60}"
    r"|(?:meeting\s+of\b.{3,80}\s)?forward\s+(?:work\s+)?plan|appendix\s+\w{1,3}\b.{0,80})\s*:?\s*$",
    re.IGNORECASE,
)
_SURELY_PAPER = expression(
    r"\s*(?:\d{1,2}\.?\s+)?(?:purpose\s+of\s+(?:the\s+|this\s+)?(?:report|paper)|agenda)\s*:?\s*$",
    re.IGNORECASE,
)

_ITEM = expression(r"(?:agenda\s+)?item\s*(?:no\.?\s*)?:?\s*(\d{1,2})(?:[a-z]|\b)", re.IGNORECASE)
_RULE = expression(r"[-=–—*~]{5,}|_{20,}|(?:[-*–—=_]\s){3,40}[-*–—=_]?")
_REPORT = expression(
    r"\b(?:REPORT|UPDATE|PLAN|STRATEGY|LOG|TRACKER|PROGRAMME|APPENDIX|STATEMENT|SUMMARY|PERFORMANCE|"
    r"BUDGET|PRECEPT|REGISTER|GLOSSARY)S?\b"
)
_SECTION = expression(
    r"(?:\d{1,2}(?:\.0)?[.)]?\s+)?(?:purpose|introduction|background|(?:executive\s+)?summary|overview|context|"
    r"recommendations?|key\s+\w+|what\s+this\s+\w+\s+\w+)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_COUNTED = expression(rf"(?:item\s+)?(\d{{1,3}})(?:\.0)?[.):]?(?:\s+(?!{_MONTH})|$)", re.IGNORECASE)
_NEXT = expression(
    r"\W*(?:(?:the\s+)?date\s+(?:and\s+time\s+)?of\s+)?(?:the\s+)?next\s+(?:\w+\s+){0,5}(?:meeting|session)\b",
    re.IGNORECASE,
)
_FEW, _FAR, _HEAD, _OPENS = 2, 400, 6, 8


def end_of(lines: Sequence[PrintedLine], start: int, limit: int) -> int:
    """Return the line after the last of minutes that begin at `start`."""
    own = {
        m[1]
        for line in lines[max(start - 4, 0) : start + 4]
        if (m := AGENDA_ITEM.search(line.text))
    }
    repeated = _repeated(lines[start:limit])
    limit = _own_end(lines, start, limit, repeated)
    for n in range(start + 3, limit):
        text = lines[n].text
        if len(text) > 300 or lines[n].is_row:
            continue
        if _HEADS_PAPER.match(text) and text not in repeated and n > start + _HEAD:
            return n
        if ENDED.match(text):
            return _after_signatures(lines, _after_block(lines, n, limit), limit)
        label = AGENDA_ITEM.search(text) if len(text) < 80 else None
        if label and label[1] not in own and not text.startswith("("):
            if text in repeated and n - start < 60:
                own.add(label[1])
                continue
            return n + 1 if SIGNATURE.match(text[: label.start()]) and label.start() else n
        if _begins_paper(lines, n):
            return n
    return limit


def _own_end(lines: Sequence[PrintedLine], start: int, limit: int, repeated: Container[str]) -> int:
    """Return where numbered minutes stop: at a rule, an item's label or a report's title after
    which their numbers do not go on, or where a numbering begins at 1 again."""
    labelled = False
    numbers: list[int] = []
    last = start
    for n in range(start, limit):
        line = lines[n]
        read = None if line.is_row else numbered_title(lines, n, "main")
        is_item = bool(_ITEM.match(line.text)) and not line.is_row
        below = len(numbers) < _FEW and n > start + _OPENS and line.text not in repeated
        if below and _begins_other(lines, n, limit):
            return n
        if read and not read[1].strip(".0"):
            number = read[0]
            again = number == 1 and len(numbers) > _FEW and _is_section(line)
            if again:
                return _head_above(lines, n, last + 1)
            follows = not numbers or numbers[-1] < number <= numbers[-1] + 3
            if follows and (labelled == is_item or len(numbers) < _FEW):
                numbers.append(number)
                last, labelled = n, is_item
                continue
            if len(numbers) < _FEW:
                numbers, last, labelled = [number], n, is_item
                continue
        untold = n <= last + 1 and not ENDS_SENTENCE.search(lines[n - 1].text)
        if len(numbers) < _FEW or untold or line.is_row or line.text in repeated:
            continue
        parts = _RULE.fullmatch(line.text[:200]) or (is_item and _stands_alone(lines, n))
        if any(_closes(one) or ENDED.match(one.text) for one in lines[n + 1 : n + 4]):
            continue
        if (parts or _heads_report(lines, n)) and not _numbers_go_on(lines, n, limit, numbers[-1]):
            above = lines[n - 1].text
            return n - 1 if above.endswith(line.text) and n - 1 > last else n
    return limit


def _begins_other(lines: Sequence[PrintedLine], n: int, limit: int) -> bool:
    """Return whether, below minutes without numbers, a line begins what is none: a label of a later
    item, or a rule above a report's title."""
    line = lines[n]
    if line.is_row or not _stands_alone(lines, n):
        return False
    label = _ITEM.match(line.text)
    if label:
        # Minutes may count their own items so; then the next follows.
        return int(label[1]) > 1 and not _numbers_go_on(lines, n, limit, int(label[1]))
    below = range(n + 1, min(n + 4, limit))
    return bool(_RULE.fullmatch(line.text[:200])) and any(_heads_report(lines, m) for m in below)


def _is_section(line: PrintedLine) -> bool:
    """Return whether a numbered line heads a section of a paper, not an entry of a list."""
    return line.block.kind == BlockKind.HEADING or bool(_SECTION.match(line.printed))


def _stands_alone(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line is a label or a title, not part of a sentence."""
    text = lines[n].text
    ended = lines[n].nth == 0 or bool(ENDS_SENTENCE.search(lines[n - 1].text))
    return ended and len(text) <= 120 and not is_sentence(text)


def _heads_report(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line is a title in capitals of a report."""
    text = lines[n].text
    long_enough = 8 <= len(text) <= 120 and text.isupper() and not lines[n].block.number
    return long_enough and bool(_REPORT.search(text)) and _stands_alone(lines, n)


def _numbers_go_on(lines: Sequence[PrintedLine], n: int, limit: int, last: int) -> bool:
    """Return whether the next number that begins a line takes up that of the minutes."""
    for line in lines[n + 1 : min(n + _FAR, limit)]:
        match = None if line.is_row or line.nth else _COUNTED.match(line.printed[:20])
        if match:
            return last < int(match[1]) <= last + 3
    return False


def _head_above(lines: Sequence[PrintedLine], n: int, floor: int) -> int:
    """Return where the heading above a paper's first section begins: its title, its writer."""
    top = n
    for above in range(n - 1, max(n - _HEAD, floor) - 1, -1):
        line = lines[above]
        is_head = len(line.text) <= 120 and not ENDS_SENTENCE.search(line.text) and not line.is_row
        if not is_head or line.nth:
            break
        top = above
    return top


def _repeated(lines: Sequence[PrintedLine]) -> set[str]:
    """Return the lines that stand on several pages: what runs along their edges."""
    seen: set[str] = set()
    twice: set[str] = set()
    for line in lines:
        if len(line.text) < 80:
            (twice if line.text in seen else seen).add(line.text)
    return twice


def _after_block(lines: Sequence[PrintedLine], n: int, limit: int) -> int:
    """Return the line after the sentence or the paragraph that a line belongs to."""
    n += 1
    while n < limit and lines[n].block is lines[n - 1].block and not lines[n].begins_page:
        n += 1
    return n


def _closes(line: PrintedLine) -> bool:
    return not line.is_row and bool(SIGNATURE.match(line.text) or _NEXT.match(line.text))


def _after_signatures(lines: Sequence[PrintedLine], n: int, limit: int) -> int:
    for _ in range(6):
        if n < limit and _closes(lines[n]):
            n = _after_block(lines, n, limit) if _NEXT.match(lines[n].text) else n + 1
            if AGENDA_ITEM.search(lines[n - 1].text):
                break
        else:
            break
    return n


def _begins_paper(lines: Sequence[PrintedLine], n: int) -> bool:
    """Return whether a line heads another paper: by its words, surely or at the top of a page."""
    line = lines[n]
    if line.nth and not line.begins_page:
        return False
    if _SURELY_PAPER.match(line.text):
        return True
    top = any(one.begins_page for one in lines[max(n - 2, 0) : n + 1])
    return top and bool(_PAPER.match(line.text)) and line.origin.page is not None
