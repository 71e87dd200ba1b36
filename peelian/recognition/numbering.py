"""The numbers that a document gives its parts: paragraphs, appendices, tables, figures, pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from peelian.intake.document import BlockKind, Document, Origin

_REF = r"\s*(?:(?:Ref(?:erence)?|No)\b\.?\s*:?\s*)?"
_DOTTED = re.compile(rf"{_REF}(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\.?(?:\s+(?=[^\W\d_]|[“‘(])|\s*$)")
_SINGLE = re.compile(r"\s*(\d{1,3})[.)](?:\s+(?=[^\W\d_]|[“‘(])|\s*$)")
_LETTER = re.compile(r"\s*\(([a-h])\)\s+(\S.*)", re.DOTALL)
_POINT = re.compile(r"(?<![\w)])\((\d{1,2})\)")
_CALLS = (
    "Action|Aim|Chapter|Chart|Commitment|Decision|Figure|Goal|Item|Objective|Option|Outcome|Pledge|"
    "Principle|Priority|Question|Recommendation|Risk|Section|Strand|Table|Theme"
)
# A.1, B2.3, HM-04, OB/3
_CODE = r"[A-Z]{1,5}[-/.]?\d{1,3}(?:[./-]\d{1,3}){0,2}"
_LETTERED = re.compile(rf"{_REF}\(?({_CODE})\)?[.:)]?(?:\s+(?=[^\W\d_]|[“‘(])|\s*$)")
_IN_ROW = re.compile(rf"\s*\(?(?:{_CODE}|\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})\)?[.:]?\s*")
# "Action 4: write to the Chair", "Table 2 – Calls"; a sentence goes on in small letters.
_CALLED = re.compile(rf"\s*((?:{_CALLS})\s+\d{{1,3}})\s*(?:[.:)–-]\s*(?=\S)|\s+(?=[A-Z“‘(])|$)")
_NUMBER = re.compile(
    rf"((?:(?:{_CALLS}) )?(?:[A-Z]{{1,5}}[-/.]?)?(?:[0-9]{{1,3}}[./-]){{0,3}})([0-9]{{1,3}})"
)
_SHORTEST = 4
_LONGEST = 40  # lines under one number
_POINTER = re.compile(
    r"\b(?:(?P<what>appendix|appx|annexe?|table|figure|chart|paragraph|para\.?|page)|"
    r"(?P<many>appendices|annexe?s|tables|figures|charts|paragraphs|paras\.?)|"
    r"(?P<section>sections?)(?=\s+\d{1,2}\.\d))\s+"
    r"(?P<number>\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z])(?![\w.]*\w)"
    r"(?:(?:,\s*|\s+and\s+|\s+to\s+|\s*&\s*)(?P<next>\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z])(?![\w.]*\w))?",
    re.IGNORECASE,
)
_ONE_OF = {"appendices": "appendix", "annexes": "appendix", "annexs": "appendix"}
_TO_PART = re.compile(
    r"\b(?P<what>action|activity|aim|chapter|commitment|decision|goal|item|line|objective|option|"
    r"outcome|paragraph|para\.?|pledge|point|principle|priority|question|recommendation|risk|row|"
    r"section|strand|theme)s?\s+(?:no\.?\s+|number\s+)?"
    r"(?P<numbers>\d{1,3}(?:\.\d{1,2}){0,2}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*)\d{1,3}(?:\.\d{1,2}){0,2}){0,8})"
    r"(?![\w%]|\.\d)",
    re.IGNORECASE,
)
_OF_SO_MANY = re.compile(r"\b(?:of|the)\s+(?:the\s+)?(?:\d{1,4}|[a-z]{2,12})\s+$", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\(([^()]{3,60})\)")
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_WORDS = re.compile(
    r"\b(?P<what>aim|chapter|commitment|goal|objective|option|outcome|pledge|principle|priority|strand|"
    rf"theme)\s+(?P<number>{'|'.join(NUMBER_WORDS)})\b",
    re.IGNORECASE,
)
# "Section 9" may be of a law: words before or after it must send the reader there.
_TO_SECTION = re.compile(
    r"(?:\b(?:(?P<sends>see(?:\s+also)?|refer(?:red)?\s+to(?:\s+in)?|at|(?:set\s+out|given|detailed|"
    r"described|shown|covered|discussed|explained|listed|reported|summarised|outlined|provided|found|"
    r"dealt\s+with|contained|told|addressed|considered)\s+(?:further\s+)?(?:in|under))|(?P<within>in))\s+)?"
    r"\bsections?\s+(?P<number>\d{1,2})(?![\w(]|\.\d)(?P<ends>(?=\s*[.,;)]|\s*$))?"
    r"(?P<after>\s+(?:above|below|sets?\s+out|shows?|describes?|explains?|lists?|of\s+this\s+"
    r"(?:report|paper|document|plan)|summarises?|covers?|considers?))?",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:act|acts|bill|code|codes|constitution|guidance|legislation|order|pace|powers?|protocol|"
    r"regulations?|statut\w+|warrant)\b|\bs\.\s?\d",
    re.IGNORECASE,
)
# What a pointer names may have several names.
KINDS = {
    "appx": "appendix",
    "annex": "appendix",
    "annexe": "appendix",
    "para": "paragraph",
    "para.": "paragraph",
}
_PAGE = re.compile(r"\s*page\s+(\d{1,4})(?:\s+of\s+\d{1,4})?\s*$|\s*(\d{1,3})\s*$", re.IGNORECASE)


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
    for text, number, origin in _beginnings(document):
        match = _DOTTED.match(text) or _SINGLE.match(text) or _LETTERED.match(text)
        match = match or _CALLED.match(text)
        printed = number.strip("(). ") or (" ".join(match[1].split()) if match else "")
        parted = _NUMBER.fullmatch(printed)
        if parted:
            rest = text if number else text[match.end() :] if match else text
            made.append(Numbered(parted[1], int(parted[2]), rest.strip(), origin, printed))
    return made


def lettered_points(document: Document) -> list[Numbered]:
    """Return the points of lists by letters, `(a)`, each on a line of its own."""
    made = []
    for text, number, origin in _beginnings(document):
        match = _LETTER.match(f"{number} {text}" if number else text)
        if match:
            made.append(
                Numbered(
                    "(", ord(match[1]) - ord("a") + 1, match[2].strip(), origin, f"({match[1]})"
                )
            )
    return made


def _beginnings(document: Document) -> Iterator[tuple[str, str, Origin]]:
    """Yield the texts that may begin with a number, with the number where it was told apart."""
    if document.lines:
        for line in document.lines:
            yield line.text, "", line.origin
        return
    for block in document.blocks:
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
    shortest = _SHORTEST - (run[0].head == "(" or run[0].head.endswith(" "))
    return len(run) >= shortest and is_whole and goes_up


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


@dataclass(frozen=True)
class Pointer:
    """Words that send the reader to a part of a document: `what` it is, and its number.

    `label` is what brackets say it is.
    """

    start: int
    end: int
    printed: str
    what: str
    number: str
    label: str = ""


def part_pointers(text: str) -> list[Pointer]:
    """Return the pointers to numbered parts in a text: `see action 7`, `paragraphs 3 and 4.2`."""
    found = []
    for match in _TO_PART.finditer(text):
        what = match["what"].casefold().rstrip("s").rstrip(".")
        label = _IN_BRACKETS.match(text, match.end())
        numbers = list(re.finditer(r"\d{1,3}(?:\.\d{1,2}){0,2}", match["numbers"]))
        if (
            len(numbers) == 1
            and text[match.end("what")] in "sS"
            and _OF_SO_MANY.search(text, max(match.start() - 24, 0), match.start())
        ):
            continue  # "Of 31 recommendations 28 were agreed"
        for number in numbers:
            start = match.start("numbers") + number.start()
            end = start + len(number[0])
            said = label[1] if label else ""
            found.append(Pointer(start, end, number[0], KINDS.get(what, what), number[0], said))
    return found


def worded_pointers(text: str) -> list[Pointer]:
    """Return the pointers whose number is a word: `priority three`."""
    found = []
    for match in _IN_WORDS.finditer(text):
        number = str(NUMBER_WORDS.index(match["number"].casefold()) + 1)
        what = match["what"].casefold()
        found.append(Pointer(match.start("number"), match.end(), match[0], what, number))
    return found


def pointers(text: str) -> list[Pointer]:
    """Return the pointers to paragraphs, appendices, tables, figures and pages in a text."""
    found = []
    for match in _POINTER.finditer(text):
        many = (match["many"] or "").casefold()
        what = (match["what"] or _ONE_OF.get(many) or many.rstrip("s.")).casefold()
        what = "paragraph" if match["section"] else KINDS.get(what, what)
        for group in ("number", "next") if many or match["section"] else ("number",):
            number = match[group]
            if not number or (number.isalpha() and not number.isupper()):
                continue
            start = match.start() if group == "number" else match.start(group)
            printed = text[match.start() : match.end("number")] if group == "number" else number
            found.append(Pointer(start, match.end(group), printed, what, number.upper()))
    return found


def section_pointers(text: str) -> list[Pointer]:
    """Return the pointers to whole sections of the same document in a text: `see section 6`."""
    if "ection" not in text.casefold():
        return []
    found = []
    for match in _TO_SECTION.finditer(text):
        around = text[max(match.start() - 60, 0) : match.end() + 60]
        ends = match["within"] and match["ends"] is not None
        if (match["sends"] or match["after"] or ends) and not _LAW.search(around):
            start, end = match.start("number"), match.end("number")
            printed = f"section {match['number']}"
            found.append(Pointer(start, end, printed, "section", match["number"]))
    return found


def last_page(document: Document) -> int | None:
    """Return the highest page number there is, counted or printed; None where there are none."""
    printed = [m for line in document.lines if (m := _PAGE.match(line.text)) and m[1]]
    numbers = [int(m[1]) for m in printed] if len(printed) > 2 else []
    if document.pages:
        alone = [m for line in document.lines if (m := _PAGE.match(line.text)) and m[2]]
        numbers += [document.pages, *(int(m[2]) for m in alone)]
    return max(numbers, default=None)


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
    return [_with_text(sorted(s, key=lambda one: one.origin.order), document) for s in scopes]


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


def _with_text(found: list[Numbered], document: Document) -> list[Numbered]:
    """Return parts with the lines after each, up to the next; a row or block has its own alone."""
    if not document.lines:
        return found
    starts = [one.origin.order for one in found]
    following: list[list[str]] = [[] for _one in found]
    for line in document.lines:
        at = bisect_right(starts, line.origin.order) - 1
        if at >= 0 and starts[at] < line.origin.order and len(following[at]) < _LONGEST:
            following[at].append(line.text.strip())
    return [
        replace(one, text="\n".join(filter(None, [one.text, *rest])))
        for one, rest in zip(found, following, strict=True)
    ]
