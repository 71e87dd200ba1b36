"""Who was at a meeting: present, apologies, in attendance, substitutes, with posts and initials."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from peelian.expressions import expression
from peelian.intake.document import Cell
from peelian.recognition.printed import PrintedLine

# How many printed lines from the top of the minutes may speak of who was there.
_FAR = 160
_MOST = 200

_TITLE = (
    r"(?:Cllrs?|Councillors?|Cynghorwyr|Cynghorydd|Mrs?|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sir|Dame|Lord|"
    r"Lady|Baroness|Rev(?:erend)?|Col(?:onel)?|Major|Capt(?:ain)?|Ald(?:erman)?|"
    r"(?:T/|A/|Temp\.?\s|Acting\s)?(?:CC|DCC|ACC|ACO|PCC|DPCC|PFCC|DPFCC|Supt|Ch\.?\s?Supt|C/?Supt|"
    r"D/?Supt|Superintendent|Chief\s+Superintendent|Ch\.?\s?Insp|Insp|Inspector|Sgt|Sergeant|PC|DI|"
    r"DCI|DS|DC|Chief\s+Constable|Commissioner))\.?"
)
TITLED = expression(rf"\s*(?:{_TITLE}\s+)+(?=[A-Z])")
_NAME = expression(
    rf"\s*(?P<title>(?:{_TITLE}\s+){{0,3}})"
    r"(?P<name>(?:[A-Z](?:\.|\b)\s?){0,4}[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.?|de|van|von|ap|ab|"
    r"[A-Z][\w’'-]+)){0,3}|[A-Z](?:\.?\s?[A-Z]){0,3}\.?\s+[A-Z][\w’'-]+)\s*$"
)
_NO_NAME = expression(
    r"\b(?:Police|Crime|Commissioners?|Constable|Council|Chief|Office|Officers?|Executive|Manager|"
    r"Director|Head|Lead|Borough|County|City|District|Services?|Panel|Board|Authority|Finance|"
    r"Member|Members|Chair\w*|Vice|Clerk|Secretary|Treasurer|Solicitor|Independent|Assistant|"
    r"Democratic|Scrutiny|Legal|Governance|Policy|Meeting|Minutes|Agenda|Apologies|Agreed|None|"
    r"Resolved|Item|Committee|Deputy|Force|Constabulary|Corporate|Support|Performance|Strategic|"
    r"Operational|Unit|Team|Department|University|Federation|Association|Representative|Media|"
    r"Commissioning|Communications|Engagement|Public|Health|Community|Safety|Fire|Rescue|The|"
    r"Various|Other|Documents?|Papers?|Available|Declarations?|Welcome|Room|Hall|Street|House|"
    r"Auditors?|Audit|Analyst|Planning|Support|Substitutes?)\b"
)
_PRESENT = (
    r"(?:[a-z]+\s+){0,3}present|attendees|attendance|panel\s+members(?:\s+present)?|yn\s+bresennol|"
    r"(?:panel\s+|board\s+)?members\s+in\s+attendance|(?:here|there|who\s+came)(?=\s*:)"
)
_ALSO = (
    r"(?!(?:panel\s+|board\s+)?members\b)(?:[a-z]+\s+){0,3}in\s+attendance|(?:also\s+|others?\s+)?(?:attended|attending)|"
    r"(?:also|others?|officers?)\s+present|officers?|observers?|guests?|invitees|by\s+invitation"
)
_AWAY = (
    r"apolog(?:y|ies)(?:\s+for\s+absence)?|apols?|absent|ymddiheuriadau|"
    r"(?:not\s+(?:here|there|present)|sorry(?:\s+not\s+to\s+(?:be\s+there|come))?|could\s+not\s+come)(?=\s*:)"
)
_LABEL = expression(
    rf"\s*(?:\d{{1,3}}(?:\.0)?\.?\s+)?(?:(?P<apologies>{_AWAY})|"
    rf"(?P<also>{_ALSO})|(?P<present>{_PRESENT}|(?P<chair>(?:vice[\s-]+|deputy\s+)?chair(?:man|woman|person)?)(?=\s*:)))\s*(?:\([^()]{{0,40}}\)\s*)?"
    r"(?:(?::|[-–—](?=\s|$))+\s*(?P<rest>.*)|\s*$)",
    re.IGNORECASE | re.DOTALL,
    needs="apol|absent|ymddiheur|attend|present|officer|observer|guest|invit|panel|bresennol|"
    "chair|here|sorry|came|come",
)
_APOLOGISED = expression(
    r"\bApologies(?:\s+for\s+(?:absence|inability\s+to\s+attend))?\s+(?:(?:were|was|had\s+been|have\s+been)"
    r"\s+(?:received|accepted|noted|submitted|given|sent|tendered|made)(?:\s+and\s+\w+)?|(?:had\s+)?c[ao]me)"
    r"\s+(?:from|by|for|on\s+behalf\s+of)\s+"
    r"(?P<who>(?:[^.:\n]|(?<=[\s(.][A-Z])\.|(?<=\b(?:Cllr|Supt))\.|(?<=\b(?:Mr|Ms|Dr))\.|"
    r"(?<=\bMrs)\.){3,600})"
)
_SUBSTITUTE = expression(
    r"(?P<who>(?:[A-Z][\w.’'-]*[ ]+){1,5})(?:was|is|attended|attending|acted|were)?\s*"
    r"(?:as\s+)?(?:a\s+|the\s+)?(?:named\s+)?(?:substitut(?:e|ed|ing)|deputis(?:ed|ing)|sub)\s+for\s+"
    r"(?P<whom>(?:[A-Z]\.?[ ]+|[A-Z][\w’'-]*[ ]+|(?:Cllr|Mrs?|Ms|Dr)\.[ ]+){0,4}[A-Z][\w’'-]*)"
)
_IN_CHAIR = expression(r",?\s+\(?in\s+the\s+chair\)?(?!\w)", re.IGNORECASE)
_TELLS = expression(r"\b(?:was|were|had|would|that|welcomed|received|said|thanked|noted)\b")
_NAME_HEAD = expression(r"names?|attendees?|members?(?:\s+present)?|present", re.IGNORECASE)
_POST_HEAD = expression(
    r"(?:role|post|position|job\s+title|title|organisation|initials|representing)\b.{0,30}",
    re.IGNORECASE,
)
_BEHIND_POST = expression(
    r"(?P<post>(?:[A-Z][\w’'-]+\s+){1,4})(?P<who>(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\.?\s+.+)"
)
# `A. Person (AP) Chief Constable`, `A. Person Chief Executive`: two columns, their gap lost.
_BEFORE_POST = expression(
    rf"(?P<who>(?:{_TITLE}\s+)?(?!(?i:{_NO_NAME.pattern}))[A-Z][\w’'.-]*(?:\s+[A-Z]\.)?\s+"
    rf"(?!(?i:{_NO_NAME.pattern}))[A-Z][\w’'-]+)"
    rf"(?:(?P<short>\s+\([A-Z]{{2,4}}\))\s+(?=[A-Z])|\s+(?={_NO_NAME.pattern}))"
)
_STAR_MEANS = expression(r"(?:^|\*)\s*(?:=|denotes|indicates|means)\s*(?:members?\s+)?present\b")
_BETWEEN_TITLES = expression(r"(?<=[\w)])\s+(?=(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z])")
_SUBLABEL = expression(r"(?:[\w’'-]+\s+){0,5}[\w’'-]+:")
_BRACKETS = expression(r"\(([^()]{1,120})\)")
_INITIALS = expression(r"[A-Z](?:[a-z]?[A-Z]){1,3}\d?")
_SPLIT = expression(r"\s*(,?\s+together\s+with\s+|,\s*(?:and\s+)?|;\s*|\s(?:and|&)\s+(?=[A-Z]))\s*")
_POSTS_TEXT = "PCC DPCC PFCC OPCC OPFCC CC DCC ACC CEO CFO MBE"
_POSTS = frozenset(_POSTS_TEXT.split())
_SURNAME = expression(r"[A-Z][\w’'-]{2,30}")
_SEVERAL = expression(r"\b(?:Councillors|Cllrs|Cynghorwyr)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Attendee:
    """Someone at a meeting, as printed; `role` is a post or a seat (`Chairman`), if given."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Attendance:
    """Who was at a meeting; `initials` leads from what minutes call them to their names."""

    present: tuple[Attendee, ...] = ()
    apologies: tuple[Attendee, ...] = ()
    in_attendance: tuple[Attendee, ...] = ()
    initials: dict[str, str] = field(default_factory=dict)

    @property
    def everyone(self) -> tuple[Attendee, ...]:
        """Return all who are named, in the order of their kinds."""
        return self.present + self.in_attendance + self.apologies


def is_label(text: str) -> bool:
    """Return whether a line names who was there: `Present:`, `Apologies`, `In attendance –`."""
    return bool(_LABEL.match(text[:200]))


def says_present(text: str) -> bool:
    """Return whether a line begins the list of those present."""
    match = _LABEL.match(text[:200])
    return bool(match and (match["present"] or match["also"]))


def is_people_head(line: PrintedLine) -> bool:
    """Return whether a row heads a table of those who were there."""
    cells = [cell.text.strip() for cell in line.block.cells] if line.is_row else []
    return (
        len(cells) > 1
        and any(map(_NAME_HEAD.fullmatch, cells))
        and any(map(_POST_HEAD.fullmatch, cells))
    )


def attendance(lines: Sequence[PrintedLine]) -> Attendance:
    """Return who was at the meeting whose minutes these lines are. Never raises."""
    lists: dict[str, list[Attendee]] = {"present": [], "apologies": [], "also": []}
    initials: dict[str, str] = {}
    for section, lines_of in _sections(lines[:_FAR]):
        for attendee, short in _people(lines_of):
            if len(lists[section]) < _MOST and attendee not in lists[section]:
                lists[section].append(attendee)
            if short:
                initials.setdefault(short, attendee.name)
    lists["present"] += [one for one in _starred(lines[:_FAR]) if one not in lists["present"]]
    prose = _prose(lines[:_FAR])
    for match in _APOLOGISED.finditer(prose):
        known = {_surname(a.name) for a in lists["apologies"]}
        lists["apologies"] += [
            a
            for a in (*_named(match["who"]), *_by_initials(match["who"], initials))
            if _surname(a.name) not in known
        ]
    present = _with_substitutes(lists["present"], prose)
    found = Attendance(tuple(present), tuple(lists["apologies"]), tuple(lists["also"]), initials)
    return replace(found, initials=_all_initials(found))


def _starred(lines: Sequence[PrintedLine]) -> Iterator[Attendee]:
    """Yield those of a list whom a star marks as present, where the list says so: `* = present`."""
    if any(_STAR_MEANS.search(line.text) for line in lines):
        for line in lines:
            if line.text.startswith("*") and not _STAR_MEANS.search(line.text):
                yield from _named(line.text.lstrip("* "))


def _named(who: str) -> list[Attendee]:
    return [attendee for attendee, _short in _people([who])]


def _by_initials(who: str, initials: dict[str, str]) -> list[Attendee]:
    """Return the people whom a list of those who sent apologies names by initials alone."""
    short = (piece.strip() for piece in re.split(r",|;|\band\b", who))
    return [Attendee(initials[one]) for one in short if one in initials]


def _prose(lines: Sequence[PrintedLine]) -> str:
    """Return lines as text in which only what begins with a number or a block begins a line."""
    pieces = []
    for line in lines:
        starts = line.nth == 0 or re.match(r"\(?\d{1,4}[.)]?\s", line.text)
        pieces.append(("\n" if starts else " ") + ("" if line.is_row else line.text))
    return "".join(pieces)


def _sections(lines: Sequence[PrintedLine]) -> Iterator[tuple[str, list[str]]]:
    """Yield each list of people with its kind; it ends where a line is neither name nor post."""
    kind, texts = "", [""]
    for line in lines:
        cells = [_listed(c) for c in line.block.cells] if line.is_row else [line.text]
        if is_people_head(line):
            if kind:
                yield kind, texts
            kind, texts = "present", []
            continue
        label = _LABEL.match(cells[0][:4000]) if cells else None
        if label and not label["rest"] and len(cells) == 1 and not _stands_alone(line, label):
            label = None
        if label:
            if kind:
                yield kind, texts
            kind = next(k for k in ("apologies", "also", "present") if label[k])
            named = f"{label['rest']} ({label['chair']})" if label["chair"] else label["rest"] or ""
            texts = [t for cell in (named, *cells[1:]) for t in cell.split("\n")]
        elif kind and _goes_on(line, texts):
            texts.append(_in_row(cells) if line.is_row else line.text)
        elif kind:
            yield kind, texts
            kind = ""
    if kind:
        yield kind, texts


def _in_row(cells: Sequence[str]) -> str:
    """Return a row of a table of people as a line: name, post, initials in brackets."""
    filled = [" ".join(c.split()) for c in cells if c]
    return ", ".join(f"({c})" if n and _INITIALS.fullmatch(c) else c for n, c in enumerate(filled))


def _listed(cell: Cell) -> str:
    """Return a cell's text with each person of a list on a line: as printed, else by titles."""
    starts = [start for start, _origin in cell.marks[1:]] + [len(cell.text)]
    lines = [cell.text[a:b].strip() for (a, _o), b in zip(cell.marks, starts, strict=True)]
    return "\n".join(_BETWEEN_TITLES.sub("\n", line) for line in lines).strip()


def _stands_alone(line: PrintedLine, label: re.Match[str]) -> bool:
    """Return whether a bare word is a label: on its own it ends with a colon or is a heading."""
    return ":" in line.text or line.text.isupper() or label.end() >= len(line.text)


def _goes_on(line: PrintedLine, texts: Sequence[str]) -> bool:
    """Return whether a line still names people, or a post that a line before had no room for."""
    cells = [c.text.strip() for c in line.block.cells]
    text = _in_row(cells) if line.is_row else line.text.strip()
    if re.match(r"\(?\d{1,4}[.)]?\s", line.printed) or len(text) > 400:
        return False
    if _TELLS.search(text):
        return False
    if next(iter(_people([text])), None):
        return True
    if _SUBLABEL.fullmatch(text):
        return True
    wraps = bool(texts and texts[-1]) and line.nth > 0
    return wraps and not re.search(r"[a-z]\.$", text)


def _people(lines: Iterable[str]) -> Iterator[tuple[Attendee, str]]:
    """Yield the people in a list, with the initials printed behind them.

    What follows a name and is none is the post or the seat.
    """
    name, roles, short, post = "", "", "", ""
    several = False  # `Councillors Ash, Birch and Elm`: surnames alone
    for piece, joint, titled in _pieces(lines):
        bare, brackets = _BRACKETS.sub(" ", piece).strip(" .:-–"), _BRACKETS.findall(piece)
        several = bool(_SEVERAL.match(bare)) if not joint or TITLED.match(bare) else several
        if several and joint and _SURNAME.fullmatch(bare) and not _NO_NAME.search(bare):
            yield Attendee(name, roles), short
            name, short, post = bare, "", ""
            roles = ", ".join(inside.strip() for inside in brackets)
            continue
        behind = None if _is_name(bare) else _BEHIND_POST.match(bare)
        if behind and _is_name(behind["who"]):  # `Independent Member Mrs A. Person`
            bare, post = behind["who"], behind["post"].strip()
        if name and not joint:
            yield Attendee(name, roles), short
            name, roles, short, post = "", "", "", ""
        if _is_name(bare) and (not joint or not titled or TITLED.match(bare)):
            if name:
                yield Attendee(name, roles), short
            name, roles, short, post = _plain(bare), post if joint or behind else "", "", ""
        elif not name and bare:
            post = f"{post}{joint}{bare}" if post and joint else bare  # `Chair, A. Person`
        elif name and bare and len(roles) < 300:
            roles += (joint if roles else "") + " ".join(bare.split())
        for inside in brackets if name else ():
            inside = inside.strip()
            own = not _is_post(inside) or inside == _initials(name)
            if _INITIALS.fullmatch(inside) and not short and own:
                short = inside
            else:
                roles += (", " if roles else "") + " ".join(inside.split())
    if name:
        yield Attendee(name, roles), short


def _pieces(lines: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield what commas and line ends part, what joins it to the piece before (nothing where a line
    begins) and whether each name of the list bears a title (then a place without is none)."""
    whole: list[str] = []
    for line in lines:
        line = _IN_CHAIR.sub(" (Chair)", line)
        if whole and not _begins_person(line):
            whole[-1] += " " + line
        elif line.strip():
            whole.append(line)
    for line in whole:
        kept = _BRACKETS.sub(lambda m: m[0].replace(",", "\0").replace(" and ", " \1 "), line)
        kept = re.sub(r"\s[–-]\s", ", ", re.sub(r"[\s,]+(?:and)?\s*$", "", kept))
        kept = re.sub(r"(?<=[a-z]):\s+", " ", kept)
        if two := _BEFORE_POST.match(kept):
            kept = f"{two['who']}{two['short'] or ''}, {kept[two.end() :]}"
        titled = bool(TITLED.match(kept)) and not _SEVERAL.search(kept)
        joint = ""
        for nth, piece in enumerate(_SPLIT.split(kept)):
            if nth % 2:
                joint = ", " if piece.strip()[:1] in (",", ";") else f" {piece.strip()} "
            elif piece:
                yield piece.replace("\0", ",").replace("\1", "and"), joint, titled


def _begins_person(line: str) -> bool:
    """Return whether a line begins with a name, or with a post and a name: `Chair, A. Person`."""
    pieces = re.split(r"[,;:(]|\s[-–]\s|\s+and\s+(?!Crime)", line.strip(), maxsplit=2)
    if _is_name(pieces[0].strip()) or _BEFORE_POST.match(line.strip()):
        return True
    several = _SEVERAL.search(f"{pieces[0]} ")
    is_post = len(pieces) > 1 and bool(several or _NO_NAME.search(pieces[0]))
    return is_post and _is_name(pieces[1].strip())


def _is_name(words: str) -> bool:
    if len(words) > 60 or not (match := _NAME.match(words)):
        return False
    plain = match["name"].split()
    if _NO_NAME.search(match["name"]):
        return False
    return len(plain) > 1 or bool(match["title"])


def _is_post(short: str) -> bool:
    return short in _POSTS


def _plain(name: str) -> str:
    """Return a name as printed, without a plural that spoke for several: `Councillors`."""
    return " ".join(re.sub(r"^(?:Councillors|Cllrs|Cynghorwyr)\s+", "", name).split())


def _surname(name: str) -> str:
    return name.split()[-1].casefold()


def _with_substitutes(present: Sequence[Attendee], prose: str) -> list[Attendee]:
    """Return those present; of a substitute it is said for whom."""
    found = list(present)
    for match in _SUBSTITUTE.finditer(prose):
        who, role = match["who"].strip(), f"substitute for {match['whom'].rstrip('.')}"
        if not _is_name(who):
            continue
        same = [n for n, a in enumerate(found) if _surname(a.name) == _surname(who)]
        if same:
            before = found[same[0]]
            found[same[0]] = replace(before, role=", ".join(filter(None, (before.role, role))))
        else:
            found.append(Attendee(who, role))
    return found


def _initials(name: str) -> str:
    words = TITLED.sub("", name).replace(".", " ").split()
    return "".join(w[0] for w in words if w[:1].isupper())


def _all_initials(attendance: Attendance) -> dict[str, str]:
    """Return the initials printed; those that names give, and first names, where one has them."""
    made: dict[str, set[str]] = {}
    for attendee in attendance.everyone:
        made.setdefault(_initials(attendee.name), set()).add(attendee.name)
    unique = {
        i: names.pop()
        for i, names in made.items()
        if len(names) == 1 and len(i) > 1 and not _is_post(i)  # CC is the Chief Constable
    }
    first: dict[str, set[str]] = {}
    for attendee in attendance.everyone:
        words = TITLED.sub("", attendee.name).split()
        if len(words) > 1 and len(words[0]) > 2 and "." not in words[0]:
            first.setdefault(words[0], set()).add(attendee.name)
    called = {n: names.pop() for n, names in first.items() if len(names) == 1}
    return called | unique | attendance.initials
