"""The numbers that a document gives its parts: paragraphs, headings, rows, points, pages."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from peelian.expressions import expression
from peelian.intake.document import Block, BlockKind, Document, Line, Origin
from peelian.intake.numbers import ROMANS

_REF = r"\s*(?:(?:Ref(?:erence)?|No)\b\.?\s*:?\s*)?"
_DOTTED = expression(rf"{_REF}(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\.?(?:\s+(?=[^\W\d_]|[“‘(])|\s*$)")
# "8    Officers. There were ...": without a full stop where the words are set in.
_SINGLE = expression(
    r"\s*(\d{1,3})(?:[.)](?:\s+(?=[^\W\d_]|[“‘(])|\s*$)|\s{3,5}(?=[A-Z][a-z])|\s{2,8}(?=[A-Z]{3,}[\s,]))"
)
_LETTER = expression(r"\s*\(([a-h])\)\s+(\S.*)", re.DOTALL)
_ROMAN = expression(r"\s*\(([ivx]{1,5})\)\s+(\S.*)", re.DOTALL)
_POINT = expression(r"(?<![\w)])\((\d{1,2})\)")
_CALLS = (
    "Action|Aim|Chapter|Chart|Commitment|Decision|Figure|Goal|Item|Objective|Option|Outcome|Pledge|"
    "Principle|Priority|Question|Rec|Recommendation|Risk|Section|Strand|Table|Theme"
)
# A.1, B2.3, HM-04, OB/3
_CODE = r"[A-Z]{1,5}[-/.]?\d{1,3}(?:[./-]\d{1,3}){0,2}"
_LETTERED = expression(rf"{_REF}\(?({_CODE})\)?[.:)]?(?:\s+(?=[^\W\d_]|[“‘(])|\s*$)")
_IN_ROW = expression(rf"\s*\(?(?:{_CODE}|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})\)?[.:]?\s*")
# "Action 4: write to the Chair", "Table 2 – Calls"; a sentence goes on in small letters.
_CALLED = expression(rf"\s*((?:{_CALLS})\s+\d{{1,3}})\s*(?:[.:)–-]\s*(?=\S)|\s+(?=[A-Z“‘(])|$)")
# A line that ends so leads on to what the next begins with: "as set out in paragraph / 2.9."
LEADS_ON = expression(
    r"(?:\b(?:and|at|by|in|of|or|see|the|to|under|with|items?|lines?|paras?\.?|paragraphs?|pages?|"
    r"sections?|tables?)|,)\s*$"
)
_NUMBER = expression(
    rf"((?:(?:{_CALLS}) )?(?:[A-Z]{{1,5}}[-/.]?)?(?:[0-9]{{1,3}}[./-]){{0,3}})([0-9]{{1,3}})"
)
_WHY_NOT = expression(
    r"\b(?:cancelled|closed|deleted|discharged|exempt|merged|omitted|removed|superseded|transferred|"
    r"withdrawn|not\s+(?:in\s+)?use[d]?|left\s+out)\b",
    re.IGNORECASE,
)
_SHORTEST = 4
_LAST_WORD = 12  # characters at a line's end that hold any word of LEADS_ON
_LONGEST = 40  # lines under one number
_PAGE_LABEL = expression(r"\S[ \t]{3,}Page\s+(\d{1,4})(?:\s+of\s+\d{1,4})?\s*$", re.IGNORECASE)
_PAGE = expression(r"\s*page\s+(\d{1,4})(?:\s+of\s+\d{1,4})?\s*$|\s*(\d{1,3})\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Numbered:
    """A paragraph, heading or row by its number: `head` is what its series shares, `3.` of 3.4."""

    head: str
    count: int
    text: str
    origin: Origin
    number: str


def numbered(document: Document) -> list[Numbered]:
    """Return the numbered paragraphs, headings and rows of a document, in order."""
    made = []
    for text, number, origin in document.once(_beginnings):
        match = _DOTTED.match(text) or _SINGLE.match(text) or _LETTERED.match(text)
        match = match or _CALLED.match(text)
        printed = number.strip("(). ") or (" ".join(match[1].split()) if match else "")
        parted = _NUMBER.fullmatch(printed)
        if parted:
            rest = text if number else text[match.end() :] if match else text
            made.append(Numbered(parted[1], int(parted[2]), rest.strip(), origin, printed))
    return made


def lettered_points(document: Document) -> list[Numbered]:
    """Return the points of lists by letters, `(a)`, or small Roman numbers, each on its line."""
    made = []
    for text, number, origin in document.once(_beginnings):
        line = f"{number} {text}" if number else text
        match = _LETTER.match(line) or _ROMAN.match(line)
        if match and (count := nth_point(match[1])):
            head = "(i" if match[1] in ROMANS else "("
            made.append(Numbered(head, count, match[2].strip(), origin, f"({match[1]})"))
    return made


def nth_point(printed: str) -> int:
    """Return which of a list a small letter or Roman number is, 0 where it is neither."""
    if printed in ROMANS:
        return ROMANS.index(printed) + 1
    return ord(printed) - ord("a") + 1 if len(printed) == 1 else 0


def _beginnings(document: Document) -> list[tuple[str, str, Origin]]:
    """Return the texts that may begin with a number, with the number where it was told apart."""
    return list(_of_lines(document.lines) if document.lines else _of_blocks(document.blocks))


def _of_lines(lines: Sequence[Line]) -> Iterator[tuple[str, str, Origin]]:
    for before, line in pairwise([None, *lines]):
        if line and not (before and LEADS_ON.search(before.text[-40:].rstrip()[-_LAST_WORD:])):
            yield line.text, "", line.origin


def _of_blocks(blocks: Sequence[Block]) -> Iterator[tuple[str, str, Origin]]:
    for block in blocks:
        if block.kind != BlockKind.ROW:
            yield block.text, block.number, block.origin
        elif len(block.cells) > 1 and _IN_ROW.fullmatch(block.cells[0].text):
            rest = "\t".join(cell.text for cell in block.cells[1:])
            yield rest, block.cells[0].text.strip(), block.origin


def series(found: Iterable[Numbered], breaks: Iterable[int] = ()) -> list[list[Numbered]]:
    """Return numbers that follow one another, from 1 on; those too few to show an order left out.

    A number that steps back by one, stands still or leaves one out stays in its series: these are
    what a reader would ask about. What fits nowhere is a number in a text. No series of paragraphs
    goes on over a break, such as where the next paper begins.
    """
    open_series: dict[str, list[list[Numbered]]] = {}
    made: list[list[Numbered]] = []
    coming = sorted(breaks, reverse=True)
    for one in found:
        while coming and coming[-1] <= one.origin.order:
            coming.pop()
            open_series = {head: s for head, s in open_series.items() if head[:1].isalpha()}
        stack = open_series.setdefault(one.head, [])
        if one.count == 1:
            stack.append([one])
            del stack[:-3]
            made.append(stack[-1])
            continue
        for run in reversed(stack):
            if one.count == run[-1].count + 1:
                del stack[stack.index(run) + 1 :]
                run.append(one)
                break
        else:
            if stack and one.count - stack[-1][-1].count in (-1, 0, 2) and len(stack[-1]) > 1:
                stack[-1].append(one)
    return [run for run in made if _is_series(run)]


def strays(found: Sequence[Numbered], runs: Iterable[list[Numbered]]) -> list[Numbered]:
    """Return the numbers that stand within a series of their kind and do not follow on.

    Plain whole numbers may belong to a list within: of them only one that stands alone where its
    series leaves one out.
    """
    by_head: dict[str, list[Numbered]] = {}
    for one in found:
        by_head.setdefault(one.head, []).append(one)
    made = []
    for run in runs:
        alike = by_head[run[0].head]
        orders = [one.origin.order for one in alike]
        for before, after in pairwise(run):
            between = _between(alike, orders, before, after)
            if run[0].head or (len(between) == 1 and after.count == before.count + 2):
                made += [one for one in between if 1 < one.count <= run[-1].count + 1]
    return made


def _between(
    alike: list[Numbered], orders: list[int], before: Numbered, after: Numbered
) -> list[Numbered]:
    first = bisect_right(orders, before.origin.order)
    return alike[first : bisect_left(orders, after.origin.order)]


def _is_series(run: list[Numbered]) -> bool:
    steps = [after.count - before.count for before, after in pairwise(run)]
    counts = {one.count for one in run}
    is_whole = len(counts) * 4 >= max(counts) * 3
    # Codes, and paragraphs of a section, are told by their form.
    is_code = bool(run[0].head) and " " not in run[0].head
    goes_up = steps.count(1) * 5 >= len(steps) * (1 if is_code else 2)
    # What is called by a word, and a list by letters, is no number in a text.
    head = run[0].head
    is_dotted = head[:1].isdecimal() and head.endswith(".")
    shortest = _SHORTEST - (is_dotted or head.startswith("(") or head.endswith(" "))
    return len(run) >= shortest and is_whole and goes_up


def begun_anew(found: Sequence[tuple[str, int]]) -> list[int]:
    """Return for each number of a list, by its head and count, how often the list began anew.

    It does where a number steps back to the first of its kind, or to two that were given already.
    """
    by_head: dict[str, list[tuple[int, int]]] = {}
    for place, (head, count) in enumerate(found):
        by_head.setdefault(head, []).append((place, count))
    begins: set[int] = set()
    for alike in by_head.values():
        counts = [count for _place, count in alike]
        seen: set[int] = set()
        for n, (place, count) in enumerate(alike):
            after = counts[n + 1] if n + 1 < len(counts) else None
            goes_back = n > 0 and count < counts[n - 1]
            is_first = count == counts[0] and after in (None, count, count + 1)
            if goes_back and (is_first or (count in seen and after == count + 1 and after in seen)):
                begins.add(place)
                seen = set()
            seen.add(count)
    return list(accumulate(int(place in begins) for place in range(len(found))))


def is_explained(document: Document, count: int) -> bool:
    """Return whether a line says why a number is not there: `Question 4 was withdrawn`."""
    number = expression(rf"(?<![\d.]){count}(?![\d%]|\.\d)")
    return any(_WHY_NOT.search(x.text) and number.search(x.text) for x in document.lines)


def repeated_points(text: str) -> list[tuple[int, int]]:
    """Return the points of lists within a text whose number is the one before: `(1) … (2) … (2)`.

    Each is its offset and its number. What does not count up from one is no list.
    """
    found: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for match in [*_POINT.finditer(text), None]:
        number = int(match[1]) if match else 1
        if run and match and number >= 2 and number - run[-1][1] in (0, 1):
            run.append((match.start(), number))
            continue
        again = [after for before, after in pairwise(run) if before[1] == after[1]]
        if len(again) * 2 < len(run) - 1:
            found += again
        run = [(match.start(), 1)] if match and number == 1 else []
    return found


def codes(text: str, heads: Iterable[str]) -> list[tuple[int, int]]:
    """Return where codes of series with these heads stand in a text: `HM-04` for `HM-`."""
    known = sorted({h for h in heads if h[:1].isalpha() and (" " not in h or h.isupper())})
    if not known:
        return []
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, known))})\d{{1,3}}(?![\w-]|\.\d)"
    return [match.span() for match in re.finditer(pattern, text)]


def last_page(document: Document) -> int | None:
    """Return the highest page number there is, counted or printed; None where there are none."""
    printed = [m for line in document.lines if (m := _PAGE.match(line.text)) and m[1]]
    printed = max(printed, _labels(document), key=len)
    numbers = [int(m[1]) for m in printed] if len(printed) > 2 else []
    if document.pages:
        alone = [m for line in document.lines if (m := _PAGE.match(line.text)) and m[2]]
        numbers += [document.pages, *(int(m[2]) for m in alone)]
    return max(numbers, default=None)


def _labels(document: Document) -> list[re.Match[str]]:
    """Return the pages named in the corner of heads; one below the other, they are a list."""
    found = [_PAGE_LABEL.search(line.text) for line in document.lines if line.text.strip()]
    around = zip([None, *found], found, [*found[1:], None], strict=False)
    return [match for before, match, after in around if match and not before and not after]


def parts(document: Document, breaks: Iterable[int] = ()) -> list[list[Numbered]]:
    """Return the numbered parts of a document with all that stands under each.

    Where numbers begin anew, as in the next paper of a pack, the next list of parts begins. No
    list goes on over a break.
    """
    scopes: list[list[Numbered]] = []
    heads: set[str] = set()
    found = numbered(document)
    runs = series(found, breaks)
    runs += _short_runs(found, {one.origin.order for run in runs for one in run})
    for run in sorted(runs, key=lambda run: run[0].origin.order):
        if not scopes or run[0].head in heads:
            scopes.append([])
            heads = set()
        heads.add(run[0].head)
        scopes[-1] += run
    ordered = [sorted(scope, key=lambda one: one.origin.order) for scope in scopes]
    ends = [*(scope[0].origin.order for scope in ordered[1:]), sys.maxsize]
    return [_with_text(s, document, end) for s, end in zip(ordered, ends, strict=False)]


def _short_runs(found: Sequence[Numbered], taken: set[int]) -> list[list[Numbered]]:
    """Return the paragraphs of short sections, 4.1 and 4.2, where a document has many such."""
    dotted = [one for one in found if one.head[:1].isdecimal()]
    made: list[list[Numbered]] = []
    for one in dotted if len(dotted) > _SHORTEST else ():
        last = made[-1][-1] if made else None
        if one.origin.order in taken:
            continue
        if one.count == 1:
            made.append([one])
        elif last and last.head == one.head and one.count == last.count + 1:
            made[-1].append(one)
    return made


def _with_text(found: list[Numbered], document: Document, end: int) -> list[Numbered]:
    """Return parts with the lines after each, up to the next or the end of their list; a row or
    block has its own alone."""
    if not document.lines:
        return found
    starts = [one.origin.order for one in found]
    following: list[list[str]] = [[] for _one in found]
    for line in document.lines:
        at = bisect_right(starts, line.origin.order) - 1
        order = line.origin.order
        if at >= 0 and starts[at] < order < end and len(following[at]) < _LONGEST:
            following[at].append(line.text.strip())
    return [
        replace(one, text="\n".join(filter(None, [one.text, *rest])))
        for one, rest in zip(found, following, strict=True)
    ]
