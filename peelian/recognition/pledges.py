"""The words by which a sentence of minutes undertakes something, and those by which it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from peelian.recognition.parties import PRONOUN, is_actor

# What can be brought, sent or done for somebody: plain form and participle.
_DELIVER = (
    "provid(?:e|ed)|circulat(?:e|ed)|recirculat(?:e|ed)|shar(?:e|ed)|send|sent|writ(?:e|ten)|"
    "report(?:ed)?(?=\\s+(?:back|to|on|at|in)\\b|\\W*$)|br(?:ing|ought)|present(?:ed)?|submit(?:ted)?|suppl(?:y|ied)|"
    "forward(?:ed)?|invit(?:e|ed)|arrang(?:e|ed)|check(?:ed)?|investigat(?:e|ed)|"
    "look(?:ed)?(?=\\s+(?:at|into|again)\\b)|explor(?:e|ed)|find\\s+out|fed|feed|follow(?:ed)?(?=\\s+(?:up|this|it)\\b)|"
    "contact(?:ed)?|rais(?:e|ed)(?=\\s+(?:this|it|the|with|at|these|that)\\b|\\W*$)|updat(?:e|ed)|inform(?:ed)?|notif(?:y|ied)|"
    "prepar(?:e|ed)|produc(?:e|ed)|draft(?:ed)?|distribut(?:e|ed)|issu(?:e|ed)|obtain(?:ed)?|"
    "seek|sought|clarif(?:y|ied)|respond(?:ed)?|repl(?:y|ied)|add(?:ed)?|reflect(?:ed)?|"
    "revisit(?:ed)?|liaise|organis(?:e|ed)|collat(?:e|ed)|amend(?:ed)?|e-?mail(?:ed)?|chas(?:e|ed)|"
    "pick(?:ed)?(?=\\s+(?:\\w+\\s+)?up\\b)|t(?:ake|aken)(?=\\s+(?:\\w+\\s+){0,3}(?:back|away|off-?line|up|forward)\\b)|"
    "speak|spoken|includ(?:e|ed)(?=\\s+(?:in|as|on|within)\\b)|publish(?:ed)?|schedul(?:e|ed)|"
    "escalat(?:e|ed)|set\\s+(?:\\w+\\s+){0,3}up\\b|answer(?:ed)?|confirm(?:ed)?(?=\\s+(?:the|this|whether|how|if|to|in|by|numbers|figures|details|dates)\\b)|"
    "convene[d]?|re-?send|hand(?:ed)?\\s+over|table[d]?|copy|copied|"
    "brief(?:ed)?|offer(?:ed)?(?=\\s+(?:a|to)\\b)|meet(?=\\s+(?:with|the|up)\\b)|visit|get\\s+back|come(?=\\s+back\\b)|discuss|"
    "let(?=\\s+(?:[\\w’'.]+\\s+){1,6}(?:have|know|see)\\b)|"
    "giv(?:e|en)(?=\\s+(?:the\\s+|all\\s+)?(?:Panel|Board|Committee|Members?)\\b)|"
    "consult(?:ed)?(?=\\s+(?:with\\s+)?(?:the\\s+|all\\s+)?(?:Panel|Board|Committee|Members|"
    "[^.;]{0,60}?\\bbefore)\\b)|ask(?=\\s+(?:the\\s+)?(?-i:[A-Z])[^.;]{0,80}\\b(?:for|to)\\b)|"
    "ensure(?=\\s+(?:that\\s+)?[^.;]{3,90}\\b(?:was|were|is|are|be)\\s+(?:circulated|shared|provided|sent|"
    "included|published|reported|brought|supplied)\\b)"
)
DELIVERS = re.compile(rf"(?:{_DELIVER})\b", re.IGNORECASE)
# What a meeting does with what lies before it, or what says nothing of what will be done.
_INERT = re.compile(
    r"(?:not(?:e|ed)|receiv(?:e|ed)|approv(?:e|ed)|endors(?:e|ed)|accept(?:ed)?|adopt(?:ed)?|"
    r"agree(?:d)?|sign(?:ed)?|support(?:ed)?|welcom(?:e|ed)|thank(?:ed)?|congratulat(?:e|ed)|"
    r"elect(?:ed)?|exclude?d?|defer(?:red)?|record(?:ed)?|ratif(?:y|ied)|recommend(?:ed)?|"
    r"commend(?:ed)?|like|love|expect|need(?:ed)?|have|had|be|been|become?|remain|continue[d]?|"
    r"still|mean|appear|seem|allow(?:ed)?|enable[d]?|require[d]?|help|benefit|cost|increase[d]?|"
    r"decrease[d]?|reduce[d]?|improve[d]?|result|apply|do|done|concern(?:ed)?|hope[d]?|note|a|an|the|"
    r"this|that|no|carried|moved|dispensed|taken\s+as|able|pleased|happy|subject|considered\s+as|"
    r"veto(?:ed)?|free|available|encourage[d]?|seen|better|more|appreciate[d]?|disagree|differ|"
    r"understood|made\s+(?:clear|up)|confirmed\s+as|re-?elected|held|acknowledge[d]?|it|its|their|"
    r"these|those|any|all|extend|increases|being|proceed|move)\b",
    re.IGNORECASE,
)
_NO_VERB = r"(?!(?:an?|the|its?|their|this|that|these|all|any|his|her|our)\b)"
_ADVERB = (
    r"(?:(?:also|now|then|therefore|still|first|jointly|in\s+turn|need\s+to|"
    r"(?!(?:sup|re|ap|com|im)ply|rely)\w+ly)\s+){0,2}"
)
_OFFERED = re.compile(
    rf"\b(?P<how>agreed|undertook|undertaken|offered|promised|committed|pledged|volunteered|"
    rf"(?:was|were|is|are|be|had\s+been|been)\s+{_ADVERB}(?:asked|requested|tasked|invited|instructed|"
    r"delegated\s+(?:authority\s+)?|authorised|happy|willing|content|pleased|prepared)|"
    rf"took\s+(?:away\s+)?(?:an?\s+|the\s+)?action|"
    rf"left\s+(?:with|to)\s+(?:the\s+)?(?-i:[A-Z])[\w’'-]*(?:\s+(?:of\s+)?(?-i:[A-Z])[\w’'-]*){{0,5}})"
    rf"\s+(?:to|with)\s+{_NO_VERB}{_ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"\b(?P<will>would|will|should|shall|must|(?<!\bbe\s)to|(?:was|were|is|are)\s+to)\s+{_ADVERB}be\s+"
    rf"{_ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\w+(?:ed|en|own|ought|aught|ent|ept|ade|one|ut|et)\b", re.IGNORECASE)
_ACTIVE = re.compile(
    rf"\b(?:would|will|shall|(?<=[a-z])[’']d|(?:was|were|is|are)\s+to)\s+{_ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
_AGREED = re.compile(
    r"\b(?:it\s+was\s+(?:also\s+|further\s+|then\s+|unanimously\s+|therefore\s+|subsequently\s+|"
    r"formally\s+|noted\s+and\s+)?(?:agreed|resolved|determined|decided)\b(?:\s+by\s+the\s+\w+)?"
    r"|(?:the\s+)?(?:Panel|Board|Committee|Members|meeting|Group)\s+(?:also\s+|further\s+|"
    r"unanimously\s+|therefore\s+|then\s+)?(?:agreed|resolved|determined|decided)"
    r"|^\W*Agreed(?=\s*[:–—])|(?:unanimously\s+)?\b(?:RESOLVED|AGREED|Resolved|PENDERFYNWYD)\b)\s*[-–—:,]*\s*(?:(?:that|that:|y)\b[\s:–-]*)?",
    re.IGNORECASE,
)
_AGREED_STRICT = re.compile(r"that\b[\s:–-]*$|[:–—-]\s*$", re.IGNORECASE)
_NOT_ONE = re.compile(
    r"\b(?:ask(?:ed|ing)|question(?:ed|ing)|quer(?:ied|ying)|wonder(?:ed|ing)|enquir(?:ed|ing)|"
    r"inquir(?:ed|ing)|whether|clarification|sought|suggest(?:ed|ing|ion)|hoped|feared|anticipated|expected)\b"
    r"(?!\s+to\b)|\bif\s+(?!possible|required|necessary|needed|appropriate|available|applicable)",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?:;|,|\band|\bbut|\bwho|\bwhich)\s+(?:he\s+|she\s+|they\s+|(?:the\s+)?(?-i:[A-Z])[\w’'-]*\s+"
    r"(?:(?:of\s+)?(?-i:[A-Z])[\w’'-]*\s+){0,4})?(?:said|replied|agreed|answered|confirmed|"
    r"undertook|responded|was\s+told|were\s+told)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"(?:^|\bthat\b|[,;:(]|\b(?:and|which|but|so|when|as|while)\b)\s*", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"\b(?:be\s+)(?:appointed|delegated|authorised|authorized|given|nominated|established|formed|"
    r"convened|set\s+up|tasked|asked|requested|instructed|invited|mandated)\b[^.;]{0,160}?\bto\s+"
    rf"{_NO_VERB}{_ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
_SEAT = re.compile(
    r"\b(?:would|will|shall)\s+(?:wish\s+to\s+(?:be|join|become)|join|be\s+(?:the|its|their|an?)\s+"
    r"(?:[\w’']+\s+){0,2}(?:representative|lead|champion|link|nominee|substitute|observer))\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(rf"\bshould\s+{_ADVERB}(?P<verb>[a-z-]+)", re.IGNORECASE)
# Those who serve the meeting: what they are to do, they do for it.
_CHARGED = re.compile(
    r"\b(?:[Oo]fficers|[Tt]he\s+(?:[Cc]lerk|(?:[Vv]ice-?)?[Cc]hair\w*|(?:\w+\s+){0,2}(?:Officer|Adviser|"
    r"Advisor|Secretary|Secretariat)|host\s+authority))(?:\s+to\s+the\s+Panel)?\s+"
    r"(?P<will>was|were|is|are)\s+to\s+(?:(?:begin|start|continue)\s+to\s+)?(?P<verb>[a-z-]+)"
)
_SUBJUNCTIVE = re.compile(rf"\bbe\s+{_ADVERB}(?P<verb>[a-z-]+)", re.IGNORECASE)
_BARE = re.compile(rf"(?P<who>(?:the\s+)?.{{2,90}}?)\s+(?:to\s+)?(?P<verb>(?:{_DELIVER}))\b", re.I)
_SOMEONE = re.compile(
    r"(?:the|its|their|an?|each|all)\s+(?:[\w’'&-]+\s+){0,5}"
    r"(?:authorit(?:y|ies)|office|officers?|service|team|unit|force|staff|department|agency|agencies|"
    r"partners?|lead|chairs?|clerk|secretar(?:y|iat)|solicitor|treasurer|council|councils|body|bodies|"
    r"group|manager|scheme|provider|contractor)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\s*to\s+(?:formally\s+)?(?:request|ask|require|invite|instruct)\s+(?:that\s+)?(?=\S)", re.I
)
# A resolution in short: `add drones to the work programme`, `draft a protocol`.
_IMPERATIVE = re.compile(
    r"\s*(?:(?P<verb>add|arrange|bring|circulate|include|invite|obtain|organise|prepare|provide|publish|"
    r"send|submit|supply|write)\s+(?!be\b)|"
    r"(?:[a-z]+)\s+(?:an?|the|its|their|all|this|these|any|further|details|back|with)\b)",
    re.IGNORECASE,
)
_TAKEN_NOTE = re.compile(
    r"\bbe\s+(?:noted|approved|received|agreed|accepted|endorsed)\b", re.IGNORECASE
)
_PLACED = re.compile(
    r"\b(?:should|would|will|to|shall)\s+(?:go|come|return|stand|appear)\s+(?:back\s+)?(?:on|to|before|at|in)\b"
    r"[^.;]{0,60}\b(?:programme|plan|agenda|meeting|Panel|Board|Committee)\b",
    re.IGNORECASE,
)
_MEETING = (
    r"(?:(?:the\s+)?(?:[Pp]anel|[Bb]oard|(?:Sub-?)?[Cc]ommittee|Forum)|(?:all\s+)?[Mm]embers"
    r"|Councillors)"
)
_PROMISED = re.compile(
    rf"(?<!\bhad\s)\b(?:promised\s+(?:{_MEETING}\s+)?(?:an?|further|more)\s"
    rf"|offered\s+{_MEETING}\s+(?:an?|the|further)\s"
    r"|took\s+(?:away\s+(?:the|a|this)\s|(?:the\s|this\s|it\s|that\s)(?:[\w’'-]+\s){0,8}?away\b(?!\s+from\b))"
    rf"|(?:gave|given)\s+(?:an?\s+|the\s+)?(?:(?:undertaking|commitment|promise)\s+(?:to|that)\s"
    rf"|(?:assurance|undertaking)\s+that\s+{_MEETING}\s+(?:would|will|should)\s))"
)
# What the meeting will have, whoever brings it.
_RECEIVES = re.compile(
    rf"\b(?P<who>{_MEETING})\s+(?:would|will|should|shall|(?:is|are|was|were)\s+to)\s+{_ADVERB}"
    r"(?:have\s+(?:sight|a\s+copy|access)|receive|see|get|hear)\b(?!\s+(?:that|how|from\s+me)\b)"
)
_FOLLOWS = re.compile(
    r"\b(?:an?|the|further|more)\s+(?P<what>(?:[\w’'-]+\s+){1,12})(?:would|will|is\s+to|was\s+to)\s+"
    r"(?P<verb>follow)\b(?=\W*$|\s+(?:in|by|at|shortly|later|after|before)\b)",
    re.IGNORECASE,
)
_INTENDS = re.compile(
    rf"\b(?:intend(?:s|ed)|plan(?:s|ned)|propos(?:es|ed)|hop(?:es|ed))\s+to\s+{_ADVERB}(?:{_DELIVER})\b"
    r"(?=[^.;]{0,80}\b(?:Panel|Board|Committee|[Mm]embers)\b)"
)
_ASKED_AND_AGREED = re.compile(
    r"\b(?:asked|requested|suggested|proposed|moved)\s+that\s+(?P<what>[^.;]{3,200}?\bbe\s+(?P<verb>[a-z-]+)"
    r"[^.;]{0,120}?),?\s+(?:and|which)\s+(?:this|it|that|the\s+\w+|was|were)?\s*(?:was\s+|were\s+)?agreed\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\s*to\s+(?P<verb>[a-z-]+)", re.IGNORECASE)
_NOTE_FORM = re.compile(
    r"\b(?:to\s+be)\s+(?P<verb>picked\s+up|followed\s+up|brought\s+back|taken\s+(?:off-?line|away|"
    r"forward)|circulated|shared|provided|sent|added\s+to|discussed\s+(?:off-?line|outside)|arranged|"
    r"included\s+in\s+the\s+next|revisited|reported\s+back|presented\s+to|submitted)\b",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:was|were|had|has|have|is|are|noted|advised|asked|said)\b", re.IGNORECASE
)
_DONE = re.compile(r"\b(?:had|has|have)\s+(?:already\s+|since\s+)?(?:been\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Pledge:
    """Where a clause undertakes something: from `start` to `end` of its sentence, `verb` within.

    `subject` stands before its verb, `how` is how it is said: `agreed` by the meeting, `offered`
    by its subject, or `told` of what would be done; `passive` where nobody is its subject.
    """

    start: int
    end: int
    verb: int
    subject: str
    how: str
    passive: bool


def pledges(sentence: str) -> list[Pledge]:
    """Return what a sentence of minutes undertakes, in order; what is agreed clause by clause."""
    sentence = sentence[:3000]
    agreed = [m for m in _AGREED.finditer(sentence) if _is_frame(m, sentence)]
    if agreed:
        return list(_agreed(sentence, agreed[-1].end()))
    for reading in (_granted, _offered, _promised, _told, _received, _charged, _note):
        if found := reading(sentence):
            return [found]
    return []


def agreed_clause(clause: str) -> Pledge | None:
    """Return what a clause of a resolution undertakes: `the Clerk write to…`, `X be invited`."""
    if asks := _ASKS.match(clause):
        return _shifted(agreed_clause(clause[asks.end() :]), asks.end())
    if (own := _OWN.match(clause)) and DELIVERS.match(clause, own.start("verb")):
        return _pledge(clause, 0, 0, "agreed")
    if _IMPERATIVE.match(clause) and DELIVERS.match(clause) and not _TAKEN_NOTE.search(clause):
        return _pledge(clause, 0, 0, "agreed")
    if seat := _SEAT.search(clause) or _PLACED.search(clause):
        return _pledge(clause, 0, seat.start(), "agreed")
    if (purpose := _PURPOSE.search(clause)) and not _INERT.match(purpose["verb"]):
        return _pledge(clause, 0, purpose.start(), "agreed")
    for pattern in (_OFFERED, _PASSIVE, _ACTIVE, _SHOULD):
        match = pattern.search(clause)
        if match is None:
            continue
        passive = pattern is _PASSIVE
        if _INERT.match(match["verb"]) or (passive and not _PARTICIPLE.match(match["verb"])):
            return None
        return _pledge(clause, 0, match.start(), "agreed", passive=passive)
    match = _SUBJUNCTIVE.search(clause)
    if match and DELIVERS.match(clause, match.start("verb")):
        return _pledge(clause, 0, match.start(), "agreed", passive=True)
    bare = _BARE.match(clause)
    if match is None and bare and _may_be_told(bare["who"]):
        return _pledge(clause, 0, bare.start("verb"), "agreed")
    return None


def _may_be_told(who: str) -> bool:
    """Return whether words can be who a resolution says is to do it: `the host authority send`."""
    return bool(is_actor(who) or PRONOUN.fullmatch(who) or _SOMEONE.fullmatch(who))


def _shifted(found: Pledge | None, by: int) -> Pledge | None:
    return replace(found, end=found.end + by, verb=found.verb + by) if found else None


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each clause of a resolution: by semicolons, `(a)`, `and that`."""
    start = 0
    cuts = re.finditer(
        r";\s*(?:and\s+)?(?:\([a-z0-9]{1,3}\)\s*)?(?:that\s+)?|,?\s+and\s+that\s+|"
        r"\s*\((?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s+(?:that\s+)?",
        text,
        re.IGNORECASE,
    )
    for cut in [*cuts, None]:
        end = cut.start() if cut else len(text)
        if text[start:end].strip():
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            yield start + lead, start + len(text[start:end].rstrip())
        start = cut.end() if cut else end


def _is_frame(match: re.Match[str], sentence: str) -> bool:
    """Return whether `agreed` introduces what was agreed, not `agreed to`, `agreed as a record`."""
    if _AGREED_STRICT.search(match[0]):
        return True
    upper = match[0].strip().isupper()
    follows = sentence[match.end() : match.end() + 12].casefold()
    return upper and not follows.startswith(("as ", "to ", "with ", "by "))


def _agreed(sentence: str, begins: int) -> Iterator[Pledge]:
    rest = sentence[begins:]
    for start, end in clauses(rest):
        if found := agreed_clause(rest[start:end]):
            shifted = replace(found, verb=begins + start + found.verb)
            yield replace(shifted, start=begins + start, end=begins + end)


def _offered(sentence: str) -> Pledge | None:
    for match in _OFFERED.finditer(sentence):
        how = match["how"].casefold()
        given = not how.startswith(("was", "were", "is", "are", "be", "had"))
        fits = (
            not _INERT.match(match["verb"])
            if given
            else bool(DELIVERS.match(sentence, match.start("verb")))
        )
        before = sentence[: match.start()]
        is_adjective = how == "committed" and re.search(r"\b(?:was|were|is|are)\s*$", before)
        if not fits or is_adjective or re.search(r"\b(?:not|never|had)\s*$", before):
            continue
        if how.endswith("invited") and re.match(r"(?:the\s+)?(?:Panel|Members)", sentence, re.I):
            continue
        if (
            match["verb"] in ("consider", "comment", "ask", "discuss")
            and not given
            and "will" not in how
        ):
            continue
        begins = _clause(sentence, match.start())
        if not re.search(r"\b(?:if|whether)\b", sentence[begins : match.start()]):
            by_all = re.search(r"\bit\s+was\s+(?:\w+\s+)?$", before, re.IGNORECASE)
            if how.startswith("left"):  # `left with the Clerk to find out`
                return _pledge(sentence, begins, match.start("verb"), "agreed")
            made = "agreed" if by_all else "offered"
            return _pledge(sentence, begins, match.start(), made, passive=bool(by_all))
    return None


def _granted(sentence: str) -> Pledge | None:
    """Return what someone asked for and the meeting agreed in the same sentence."""
    match = _ASKED_AND_AGREED.search(sentence)
    if match is None or not DELIVERS.match(sentence, match.start("verb")):
        return None
    found = _pledge(sentence, match.start("what"), match.start("verb"), "agreed", passive=True)
    return replace(found, start=match.start("what"), end=match.end("what"))


def _promised(sentence: str) -> Pledge | None:
    """Return the thing that someone promised: `promised a paper on searches`."""
    match = _PROMISED.search(sentence)
    if match is None or _NOT_ONE.search(sentence, 0, match.start()):
        return None
    return _pledge(sentence, _clause(sentence, match.start()), match.start(), "offered")


def _received(sentence: str) -> Pledge | None:
    """Return what a sentence says the meeting will have, or what will follow."""
    for pattern in (_RECEIVES, _FOLLOWS):
        match = pattern.search(sentence)
        if match and not _NOT_ONE.search(_answer(sentence[: match.start()])):
            begins = _clause(sentence, match.start())
            return _pledge(sentence, begins, match.start(), "note", passive=True)
    match = _INTENDS.search(sentence)
    return _pledge(sentence, 0, match.start(), "offered") if match else None


def _charged(sentence: str) -> Pledge | None:
    """Return what a sentence says that those who serve the meeting were to do."""
    match = _CHARGED.search(sentence)
    if match is None or _INERT.match(match["verb"]) or _NOT_ONE.search(sentence, 0, match.start()):
        return None
    return _pledge(sentence, _clause(sentence, match.start()), match.start("will"), "told")


def _answer(before: str) -> str:
    """Return the words before a verb without a question that they answer: `asked …, and said`."""
    return _ANSWERED.split(before)[-1]


def _told(sentence: str) -> Pledge | None:
    """Return what a sentence says would be done, where the verb is one of doing for somebody."""
    for pattern in (_PASSIVE, _ACTIVE):
        for match in pattern.finditer(sentence):
            if not DELIVERS.match(sentence, match.start("verb")):
                continue
            before = _answer(sentence[: match.start()])
            if _NOT_ONE.search(before) or (
                pattern is _PASSIVE and match["will"].casefold() in ("should", "to", "must")
            ):
                continue
            begins = _clause(sentence, match.start())
            return _pledge(sentence, begins, match.start(), "told", passive=pattern is _PASSIVE)
    return None


def _note(sentence: str) -> Pledge | None:
    match = _NOTE_FORM.search(sentence)
    if match is None or _NOT_ONE.search(sentence, 0, match.start()):
        return None
    subject = sentence[: match.start()]
    is_note = not _FINITE.search(subject) or re.match(
        r"(?:picked|taken|followed|brought)", match["verb"], re.I
    )
    return _pledge(sentence, 0, match.start(), "note", passive=True) if is_note else None


def _pledge(text: str, begins: int, verb: int, how: str, *, passive: bool = False) -> Pledge:
    subject = re.sub(r"\b(?:would|should|will|shall|to)\s*$", "", text[begins:verb].strip())
    return Pledge(0, len(text), verb, subject.strip(), how, passive)


def _clause(sentence: str, verb: int) -> int:
    """Return where the clause of a verb begins; one without words of its own joins that before."""
    begins = [m.end() for m in _CLAUSE.finditer(sentence, 0, verb)]
    return next((b for b in reversed(begins) if sentence[b:verb].strip()), 0)
