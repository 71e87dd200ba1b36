"""What the columns of a table are for, by the words at their head, in many offices' wordings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peelian.expressions import expression

REFERENCE, COMMITMENT, ACTIVITY, UPDATE = "reference", "commitment", "activity", "update"
OVERSIGHT, STATUS, DUE, OBJECTIVE = "oversight", "status", "due", "objective"
TOPIC, INCLUSION, STATEMENT, COMMENTARY = "topic", "inclusion", "statement", "commentary"
RATING, PAGE, VALUE = "rating", "page", "value"

Vocabulary = Mapping[str, str]


def _vocabulary(**roles: str) -> dict[str, str]:
    return {" ".join(p.split()): role for role, said in roles.items() for p in said.split("|")}


PLAN: Vocabulary = _vocabulary(
    reference="ref|ref no|ref number|reference|no|number|id|item|item no|action no|action ref|"
    "plan ref|action number|commitment no|row",
    commitment="plan commitment|commitment|commitments|objective|objectives|priority|outcome|"
    "outcomes|plan objective|plan priority|strategic objective|strategic priority|pledge|"
    "what we said we would do|what we said we will do|what we said|you said|we will|aim|goal|"
    "what we will do|our commitment|pcc commitment|plan outcome|theme|area of focus|focus area|"
    "what do we want to achieve|ambition|area|key objective|police and crime plan objective|"
    "police and crime plan commitment|police and crime plan priority|deliverable|deliverables|"
    "key deliverable|key deliverables|promise|promises|our promise|undertaking|recommendation|"
    "recommendations|afi|area for improvement|areas for improvement|cause of concern|"
    "we asked|we asked that|what was asked|what was recommended|what was promised|"
    "what we promised|intention|what we want",
    activity="supporting activity|supporting activities|activity|activities|action|actions|"
    "action required|key action|key actions|key activity|key activities|milestone|milestones|"
    "key milestone|key milestones|task|tasks|how we will do it|how will we do it|how|"
    "delivery activity|planned activity|initiative|project|workstream|work stream|"
    "what we are doing|supporting action|supporting actions|actions to deliver|planned action|"
    "what will be done|what we are going to do|what is to be done|next steps|"
    "action description|action taken forward|agreed action",
    update="progress update|progress|update|updates|latest update|current position|position|"
    "what we have done|what have we done|what we did|we did|comments|comment|commentary|"
    "activity to date|progress to date|latest position|narrative|progress made|latest progress|"
    "position statement|progress report|update on progress|quarterly update|current update|"
    "update this quarter|progress this quarter|progress since last report|what has been done|"
    "evidence of progress|delivery update|summary of progress|update comments|progress comments|"
    "progress and next steps|latest comments|update and next steps|work to date|"
    "position at quarter end|position at year end|position now|how it stands|where we are|"
    "where are we|where we are now|what has happened|what happened|response|answer|reply|"
    "what was done|where things stand|done so far|what has happened since|what has been done since|"
    "latest word|latest news|report|force response|response to date",
    oversight="oversight mechanism|oversight mechanisms|oversight mechanism s|oversight|governance|"
    "board|lead|owner|lead officer|responsible|responsible officer|accountability|sro|who|"
    "senior responsible owner|action owner|governance board|monitoring|reporting to|"
    "governance route|owner lead|lead owner|responsibility|accountable|assurance|"
    "accountable officer|opcc lead|force lead|lead responsible|governance mechanism|"
    "how we monitor|monitored by|scrutinised by|"
    "reports to|reported to|report to|overseen by|watched by|how it is watched|who watches|"
    "who oversees|seen by|looked at by|governed by|oversight body|oversight board|"
    "overseeing body|overseeing board|reporting board|reporting line|reporting route|"
    "monitoring body|where overseen|where it is watched|holding to account|answers to|body|forum|"
    "action lead|lead organisation|responsible lead|watched over by|watched over|who watches it|"
    "who watches over it|kept in view by|discussed at|to be discussed at|where it is discussed|"
    "goes to|taken to|scrutiny|supervised by|checked by|who checks it|tracked by|reviewed by|"
    "reviewed at|held to account by|who holds it to account|told to|told at",
    status="rag|status|rag status|rag rating|brag|brag status|progress rating|current status|"
    "action status|delivery status|current rag|overall rag|rating|status rag|bragg|complete|"
    "progress status|delivery rag|state|stage|standing|stands|grade|colour|state of progress|"
    "judgement",
    due="due|due date|target date|target|deadline|by when|completion date|timescale|timescales|"
    "delivery date|forecast end date|when|end date|timeframe|target completion|date due|"
    "target completion date|expected completion|planned completion|date|completion",
)
PERFORMANCE: Vocabulary = _vocabulary(
    topic="topic|measure|measures|indicator|indicators|kpi|crime type|offence|offence type|"
    "performance measure|performance indicator|key performance indicator|"
    "success measure|metric|area of performance|performance area|crime category|"
    "offence group|strategic indicator|priority measure|national measure|headline measure",
    inclusion="inclusion|included in|reported|reporting frequency|frequency|when reported",
    statement="data|position|summary|performance|current position|headline|performance summary|"
    "data summary|trend|direction of travel|latest position|what the data says|assessment",
    commentary="commentary|comment|comments|narrative|context|notes|explanation|note|analysis",
    rating="rag|rating|rag rating|rag status|status|grade|grading|brag|assessment grade",
    page="page|page no|page number|pg",
    value="this year|last year|previous year|change|% change|target|actual|baseline|previous|"
    "current|current year|same period last year|last period|this period|this month|last month|"
    "this quarter|last quarter|previous quarter|previous month|number|total|volume|rate|"
    "percentage|difference|year to date|ytd|result|outturn|percentage change|year on year change|"
    "variance|force|national|msg|msg average|national average|number of offences|count|"
    "rolling 12 months|12 months to date|value|change %|%|% difference|previous 12 months|"
    "current 12 months|average|monthly average",
)
_NOISE = expression(r"[^a-z0-9%£ ]+")
_PERIODS = expression(r"\b(?:q[1-4]|quarter [1-4]|(?:19|20)\d\d(?: ?\d\d)?|this|latest)\b")


_PERIOD = expression(
    r"(?:(?:q[1-4]|quarter [1-4])(?: (?:19|20)\d\d(?: \d\d)?)?|(?:fy )?(?:19|20)\d\d(?: \d\d)?|"
    r"(?:(?:year|months?|12 months|quarter) (?:to|ending|ended) )?(?:\d{1,2} )?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: (?:19|20)?\d\d)?(?: panel)?)"
)


@dataclass(frozen=True)
class Heading:
    """A column's heading: what the column is for, and the words printed."""

    role: str
    printed: str


def normal(text: str) -> str:
    """Return a heading's words in small letters, without marks."""
    return " ".join(_NOISE.sub(" ", text.casefold()).split())


def role_of(heading: str, vocabulary: Vocabulary) -> str:
    """Return what a column so headed is for; empty where the words are not known."""
    words = normal(heading[:120])
    if role := _exactly(words, vocabulary):
        return role
    without = " ".join(_PERIODS.sub(" ", words).split())
    if without in vocabulary:
        return vocabulary[without]
    if len(words.split()) > 6:  # "Lead officer for the action" is a heading, a sentence is none
        return ""
    known = [p for p in vocabulary if len(p) > 3 and f" {p} " in f" {words} "]
    longest = max(known, key=len, default="")
    return vocabulary[longest] if longest else ""


def _exactly(words: str, vocabulary: Vocabulary) -> str:
    """Return what words are the heading of, known as they are; a period heads figures."""
    if vocabulary is PERFORMANCE and words[:1].isalnum() and _PERIOD.fullmatch(words):
        return VALUE
    return vocabulary.get(words, "")


def headings_in(text: str, vocabulary: Vocabulary) -> list[Heading]:
    """Return the headings that a line holds one after another; none where other words stand.

    Of several ways to read it that with the most columns of different kinds counts.
    """
    words = text.split()
    if not 2 <= len(words) <= 24:
        return []
    plain = [normal(word) for word in words]
    # The best headings up to each word that one may begin with; the others are never looked at.
    best: dict[int, list[Heading]] = {0: []}
    for at in range(len(words)):
        if at not in best:
            continue
        for size in range(1, min(8, len(words) - at) + 1):
            role = _exactly(" ".join(" ".join(plain[at : at + size]).split()), vocabulary)
            if not role or not (words[at][:1].isupper() or role == VALUE):
                continue
            made = [*best[at], Heading(role, " ".join(words[at : at + size]))]
            held = best.get(at + size)
            if held is None or _kinds(made) >= _kinds(held):
                best[at + size] = made
    return best.get(len(words), [])


def _kinds(headings: Sequence[Heading]) -> tuple[int, int]:
    return len({h.role for h in headings}), -len(headings)


def heading_alone(text: str, vocabulary: Vocabulary) -> str:
    """Return what a line is the heading of, if it is one and nothing else."""
    words = normal(text[:120])
    without = " ".join(_PERIODS.sub(" ", words).split())
    return _exactly(words, vocabulary) or vocabulary.get(without, "")


def is_plan(roles: Sequence[str]) -> bool:
    """Return whether columns are those of a plan: what is to be done, and how it stands."""
    has = set(roles)
    says = UPDATE in has or (STATUS in has and DUE in has)
    return bool(has & {COMMITMENT, ACTIVITY}) and says and len(has) >= 3


def is_performance(roles: Sequence[str]) -> bool:
    """Return whether columns are those of a performance table: a topic, and what is said of it."""
    rest = [role for role in roles if role not in (TOPIC, PAGE, INCLUSION)]
    return TOPIC in roles and len(roles) >= 3 and bool(rest)


def settled(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings of a plan with each role at its one place.

    Of two columns for commitments the first holds the objective; without one, the first of two
    columns for activities holds the commitment.
    """
    made = list(headings)
    if [h.role for h in made].count(COMMITMENT) > 1:
        first = next(i for i, h in enumerate(made) if h.role == COMMITMENT)
        made[first] = Heading(OBJECTIVE, made[first].printed)
    roles = [h.role for h in made]
    if COMMITMENT not in roles and roles.count(ACTIVITY) > 1:
        first = roles.index(ACTIVITY)
        made[first] = Heading(COMMITMENT, made[first].printed)
    return made
