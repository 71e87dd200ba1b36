"""Which figures are results: a reader would ask of what time they are and where they come from."""

from __future__ import annotations

import re

from peelian.expressions import expression
from peelian.proofreading.clauses import around
from peelian.proofreading.figure_pairs import Claim
from peelian.recognition.figures import Figure

_INFOGRAPHIC = 8  # words of a line that is a number with its label
_FEWEST, _FEWEST_LABELLED = 50, 10  # what is counted, less of it is no headline
# What is wanted, offered or decided is of no period.
_NO_RESULT = expression(
    r"\b(?:target|standard|threshold|majority|fund|proposal|proposed|precept|limit|vat|"
    r"interest|discount|match|will|would(?!-|\s+have)|(?:should|could)(?!\s+have)|if)\b",
    re.IGNORECASE,
)
_FEELING = expression(
    r"\b(?:confidence|confident|satisf\w+|trust|perception\w*|respondents)\b", re.IGNORECASE
)
# What people would do, they were asked.
_WOULD = expression(
    r"[^.;,:]{0,40}\b(?:businesses|callers|drivers|farmers|men|officers|owners|parents|people|public|"
    r"residents|respondents|staff|them|those|users|victims|visitors|women)\b[^.;,:]{0,40}\bwould\b",
    re.IGNORECASE,
)
# After a share, what the people asked said.
_ANSWERED = expression(
    r"[^.;,:]{0,60}\b(?:(?:ha(?:s|ve|d)\s+(?:ever|never)|knew|know|can\s+name|(?:ha(?:ve|d)\s+)?heard\s+of|"
    r"(?:is|are|was|were)\s+(?:un)?aware)\b|(?<!both\s)agreed?|believed?|feel|felt|rated|say|said|supported|think|thought|told|"
    r"would\s+(?:advise|call|come|pay|recommend|report|tell|use|\w+\s+(?:again|us|them)))\b",
    re.IGNORECASE,
)
# Money that was given or set aside is a decision, of which the document itself is the record.
_GIVEN = expression(
    r"\b(?:award(?:s|ed|ing)?|provid\w+|allocat\w+|allotted|giv\w+|gave|given|invest\w*|commit\w*|"
    r"ring[- ]?fenc\w+|fund(?:s|ed|ing)?|grant(?:s|ed)?|budget(?:s|ed)?|precept|approved|agreed|"
    r"contribut\w+|precept|support\w*|financial|scheme|project)\b",
    re.IGNORECASE,
)
_RETURN = expression(r"\b(?:every|each)\s+(?:£\s?1\b(?![,.\d])|pound\b)", re.IGNORECASE)
_COST = expression(
    r"\b(?:costs?|costing|loss(?:es)?|loses?|worth|sav(?:es?|ed|ings?))\b", re.IGNORECASE
)
# A share or a bound that a law or a rule sets.
_RULE = expression(
    r"\b(?:majority|quorum|veto|statut\w+|legislation|regulations?|threshold|must|may|shall|required?|"
    r"entitled|trigger\w*|referendum|risk|tolerance)\b",
    re.IGNORECASE,
)
_MUST = expression(r"\b(?:must|shall|may|has\s+to|have\s+to|required\s+to)\b", re.IGNORECASE)
_BOUND = expression(
    r"\b(?:above|below|at\s+least|over|under|exceed\w*|more\s+than|less\s+than|within|up\s+to|by)"
    r"\s+$",
    re.IGNORECASE,
)
# What a contract, a budget or a policy lays down.
_TERMS = expression(
    r"\b(?:assum(?:e[sd]?|ing|ptions?)|inflation|vat|tax\s?base|council\s+tax|quorum|"
    r"vacancy\s+factor|contingenc\w+|"
    r"interest\s+(?:rates?|of|at)|rates?\s+of\s+interest|margin\s+of\s+error|"
    r"pay\s+(?:awards?|rises?|increases?|settlement)|pay\s+(?:rose|rises|went\s+up)|"
    r"weight(?:ed|ings?)|discount|penalt(?:y|ies)|retention|in\s+arrears|held\s+back|"
    r"match\s+funding|policy\s+is|under\s+(?:the|its|their)\s+(?:contract|lease|terms)|"
    r"equal\s+(?:parts|shares)|sample\s+(?:is|was)\s+of|split\s+\d|for\s+social\s+value)\b",
    re.IGNORECASE,
)
_PAID = expression(
    r"\b(?:pays?|paid|met|meets?|covers?|funds?|funded|shares?)\b[^.;]{0,30}"
    r"\b(?:of|from|by)\s+(?:the|its|their|all|those)?\s*(?:costs?|bill|price|council|partners?|us)\b",
    re.IGNORECASE,
)
_WISH = expression(
    r"\b(?:wants?|wish(?:es)?|aims?|hopes?\s+to|intends?\s+to|plans?\s+to|seeks?\s+to|ambition|goal|"
    r"asks?|bring\s+down|offers?\s+to|propos\w+|recommend(?:s|ed|ing)?|(?:asked|invited)\s+to|undertook\s+to|promised\s+to|is\s+to|are\s+to|needs?\s+to)\b",
    re.IGNORECASE,
)
# The office's own budget says what it is of.
_OF_THE_BUDGET = expression(
    r"\b(?:council\s+tax|precept|reserves?|tax\s?base)\b",
    re.IGNORECASE,
)
_PAYS = expression(
    r"\b(?:funds?|funded|funding|pays?|paid|contribut\w+|meets?|covers?)\s+(?:for\s+)?(?:up\s+to\s+)?$",
    re.I,
)
_SET_AT = expression(
    r"\b(?:sets?|fixe[sd]|capped|limited|taken|put)\b[^.;]{0,60}\b(?:at|to)\s+$", re.IGNORECASE
)
_TASK = expression(
    r"\W*(?:to\s+)?(?:ensure|increase|reduce|achieve|improve|maintain|deliver|reach|raise|recruit|"
    r"complete|respond|cut|keep|meet|aim|answer|halve|bring|secure|lower|double|train|get|make)\b",
    re.IGNORECASE,
)
# What is worked out from two values that stand beside it, and what a unit of it comes to.
_COMPUTED = expression(
    r"(?:\b[\d,]{1,9}\s+(?:out\s+)?of\s+(?:the\s+)?[\d,]{1,9}\b|£[\d.,]{1,12}\s?\w{0,8},)[^.;]{0,40}"
    r"(?:\bwhich\s+is|\bthat\s+is|\bor|\()\s*$",
    re.IGNORECASE,
)
# A change that is no more than the difference of two values that stand beside it.
_DIFFERENCE = expression(
    r"(?:\w+:\s+)?(?:(?:that|this|it)\s+(?:is|was)\s+)?(?:an?\s+)?(?:(?:about|nearly|just\s+over)\s+)?"
    r"(?:(?:down|up|fall|rise|drop|increase|decrease|reduction|growth)\s+(?:by|of)\s+)?[\d.]+\s?%"
    r"(?:\s+(?:fewer|more|less|lower|higher))?\W*",
    re.IGNORECASE,
)
_THAN_VALUE = expression(r"\s*(?:fewer|more|less|lower|higher)\s+than\s+(?:the\s+)?[\d,]{2,}")
# What will happen to people at some time of their lives.
_IN_LIFE = expression(
    r"\bwill\s+(?:ever\s+)?(?:experience|suffer)\b|\bin\s+(?:a|her|his|their)\s+(?:life|lives|lifetimes?)\b|"
    r"\bat\s+some\s+(?:point|stage|time)\b",
    re.IGNORECASE,
)
_EACH_PER_CENT = expression(
    r"\b(?:each|every)\s+(?:half\s+of\s+)?(?:1%|one\s+per\s?cent|per\s?centage\s+point)", re.I
)
_EACH_OF_IT = expression(r"\b(?:each|every)\s+(?:half\s+of\s+)?$", re.IGNORECASE)
_TELLS = expression(r"\b(?:is|are|was|were|has|have|had|says?|said)\b", re.IGNORECASE)
_PROMISED = expression(
    r"\b(?:commitment|pledge[ds]?|promise[ds]?|planned|plans?|expected|proposed|will|"
    r"within\s+(?:\d|an?\b|the\s+\w+\s+(?:years?|months?|weeks?|days?))|would(?!-))\b",
    re.IGNORECASE,
)
_WAITS = expression(
    r"\b(?:average|mean|median|typically|waits?|waited|waiting|longest|takes|took|response\s+times?)\b",
    re.IGNORECASE,
)
_WAITS_LONG = expression(
    r"\b(?:average|mean|median|typically|waits?|waited|waiting|longest|now(?!\s+been))\b", re.I
)
# In the name of what is counted: `calls waiting longer than ten minutes`, `abandoned after two`.
_OVER = expression(
    r"\b(?:(?<!is )(?<!are )(?<!were )(?<!was )waiting|"
    r"(?:(?:that|which|who)\s+(?:\w+\s+)?|(?:had|has|have)\s+)wait(?:s|ed)?|abandoned|lasting|waits)\s+(?:for\s+|of\s+)?"
    r"(?:(?:longer|more|less)\s+than|above|after|beyond|over|under|within)\s+$",
    re.IGNORECASE,
)
_MOVED_BY = expression(
    r"\b(?:by|down|up)\s+(?:(?:about|almost|around|just|more|nearly|only|over|some|than)\s+){0,3}$",
    re.IGNORECASE,
)
_MOVED = expression(
    r"\b(?:fell|fallen|falling|falls|ros[en]|rose|risen|rising|come\s+down|came\s+down|gone\s+up|"
    r"went\s+up|gone\s+down|went\s+down|dropp\w+|declin\w+|shrunk|grown|grew|climbed|cut|"
    r"reduc\w+|increas\w+|improv\w+|is\s+down|are\s+down|is\s+up|are\s+up)\b",
    re.IGNORECASE,
)
_MORE = expression(
    r"\W*(?:\w+\s+){0,2}(?:quicker|faster|slower|longer|shorter|sooner|later|fewer|higher|lower)\b",
    re.IGNORECASE,
)
_TIMES_AS = expression(
    r"\s*(?:times)?\s*(?:over|(?:as|more|less)\s+\w+|higher|lower|the\s+(?:\w+\s+)?(?:national|rate|average|"
    r"level))\b",
    re.IGNORECASE,
)
_EACH_TIME = expression(
    r"\s+(?:(?:each|every|a|per|at\s+a)\s+(?:call|case|crime|incident|theft|time|victim)|on\s+average|"
    r"apiece)\b",
    re.IGNORECASE,
)
_ONE_COSTS = expression(
    r"\b(?:each|every|an?|one)\s+(?!per\b)(?:[\w-]+\s+){1,3}?(?:costs?|loses?|saves?)\b",
    re.IGNORECASE,
)
_COSTS_ALL = expression(
    r"\b(?:costs?|costing|loses?|saves?|saving)\s+(?:us|businesses|farmers|firms|landowners|society|"
    r"(?:our|the)\s+(?:\w+\s+)?(?:county|country|economy|force|NHS|police|public|region|taxpayers?))\b",
    re.IGNORECASE,
)
_OF_EACH = expression(
    r"\s+(?:hours?|minutes?)\s+(?:of|in|on)\s+(?:an?|each|every)\s+(?:day|night|shift|week)\b",
    re.IGNORECASE,
)
_SAVES = expression(
    r"\b(?:frees?|freed|freeing|gains?|gained|saves?|saved|saving|loses?|losing|lost)\b",
    re.IGNORECASE,
)
_PER_HEAD = expression(
    r"per\s+(?:[\d,]{3,9}\s+\w+|officer|head|person|employee|detective|investigator|household)",
    re.IGNORECASE,
)
_EACH_HAS = expression(
    r"\b(?:each|every)\s+(?:\w+\s+){0,2}?(?:officer|detective|investigator|visitor|caseworker|"
    r"adviser|team)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_AMONG = expression(
    r"\b(?:forces?|country|nation\w*|England|Wales|UK|region\w*|counties|similar|peers?|rates?)\b",
    re.IGNORECASE,
)
_FOREMOST = expression(r"\b(?:top|bottom|best|worst)\s+$", re.IGNORECASE)
_FOREMOST_OF = frozenset({"forces", "areas", "counties", "services"})
# What a share in words may be of without being a result.
_NEAR_AT_HAND = expression(
    r"\s*(?:of\s+)?(?:the\s+|our\s+|its\s+|their\s+|an?\s+)?(?:afternoon|building|committee|day|garden|group|hall|"
    r"hour|meeting|members?|morning|panel|posts?|report|room|seats?|session|site|team|term|votes?|"
    r"way|week|work|year)\b|(?:it|that|this)\W*$",
    re.IGNORECASE,
)
_MANY_HOURS = 100
_NO_COUNT = frozenset(
    {
        "",
        "times",
        "rank",
        "seconds",
        "minutes",
        "days",
        "weeks",
        "months",
        "years",
        "metres",
        "miles",
    }
)
DURATIONS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months"})


def is_headline(figure: Figure) -> bool:
    """Return whether a figure is a share, a mean time, a rate or a rank: a measure of results."""
    return is_measure(figure) or is_claim(figure)


def is_measure(figure: Figure) -> bool:
    """Return whether a figure is a share, a mean time or a rank."""
    if figure.unit in ("%", "percentage points"):
        return figure.value not in (0, 100)
    if figure.unit == "rank":
        return bool(_AMONG.search(figure.quotation))
    before, _after = around(figure)
    if _OVER.search(before):  # `calls waiting longer than ten minutes` names what is counted
        return False
    return _is_duration(figure) and bool(
        (_WAITS if figure.unit in ("seconds", "minutes", "hours") else _WAITS_LONG).search(
            figure.quotation
        )
    )


def _is_duration(figure: Figure) -> bool:
    return figure.unit.rpartition(" ")[2] in DURATIONS


def is_claim(figure: Figure) -> bool:
    """Return whether a figure that may be of any kind is told as a result: a change, a rate."""
    before, after = around(figure)
    if figure.printed.endswith(("extra", "additional")):
        return True
    if figure.unit == "times":
        as_such = _TIMES_AS.match(after) or figure.printed.casefold().endswith(("ed", "ing"))
        return bool(as_such) and not _GIVEN.search(figure.quotation)
    if figure.unit == "£":
        of_one = is_estimated(figure) or _EACH_TIME.match(after) or _ONE_COSTS.search(before)
        claimed = _COST.search(before) and (of_one or _COSTS_ALL.search(before))
        return bool(claimed or _RETURN.search(figure.quotation))
    if _is_duration(figure) and (_SAVES.search(before[-60:]) or _OF_EACH.match(after)):
        return True
    if figure.unit == "points" and _MORE.match(after):
        return True
    if figure.unit == "hours" and abs(figure.value) >= _MANY_HOURS:
        return not (_GIVEN.search(figure.quotation) or _PROMISED.search(figure.quotation))
    if figure.unit in _FOREMOST_OF and _FOREMOST.search(before):
        return True
    if _PER_HEAD.match(figure.period) or _EACH_HAS.search(before):
        return True
    moved = _MOVED_BY.search(before) and _MOVED.search(before[-60:])
    return bool(moved) or (_is_duration(figure) and bool(_MORE.match(after)))


def is_estimated(figure: Figure) -> bool:
    """Return whether a figure is an estimate: somebody made it."""
    before, _after = around(figure)
    return "estimate" in f"{figure.qualifier} {before[-60:]}".casefold()


def is_own(figure: Figure, words: int) -> bool:
    """Return whether a figure is a count of the office's own.

    `words` is how long its passage is: on a line of its own, a smaller number is told.
    """
    is_label = words <= _INFOGRAPHIC and not figure.quotation.rstrip().endswith(".")
    least = _FEWEST_LABELLED if is_label else _FEWEST
    return (
        abs(figure.value) >= least
        and figure.unit not in _NO_COUNT
        and not figure.change
        and not _PROMISED.search(figure.quotation)
        and figure.unit != "£"
    )


def is_surveyed(figure: Figure) -> bool:
    """Return whether a figure is what people said or felt."""
    if figure.unit != "%":
        return False
    _before, after = around(figure)
    return bool(_FEELING.search(figure.quotation) or _ANSWERED.match(after) or _WOULD.match(after))


def is_set(figure: Figure) -> bool:
    """Return whether a value is wanted, decided, or a bound that a law or a rule sets."""
    before, after = around(figure)
    is_task = _TASK.match(figure.quotation) and not _TELLS.search(before)
    if is_surveyed(figure):  # what people say they would do is no wish of the office
        return bool(_WISH.search(before) or _RULE.search(before) or is_task)
    if figure.printed[:1].isalpha() and _IN_LIFE.search(after):
        return False
    by_words = figure.unit != "rank" and not (is_estimated(figure) and is_claim(figure))
    if by_words and (Claim(figure).is_wanted or _NO_RESULT.search(figure.measure)):
        return True
    if figure.printed[-1:].isalpha() and figure.unit == "%" and _NEAR_AT_HAND.match(after):
        return True
    if figure.change and (_DIFFERENCE.fullmatch(figure.quotation) or _THAN_VALUE.match(after)):
        return True
    if is_task or _WISH.search(before) or _SET_AT.search(before) or _PAYS.search(before):
        return True
    if (
        _EACH_PER_CENT.search(figure.quotation)
        or _COMPUTED.search(before)
        or _EACH_OF_IT.search(before)
    ):
        return True
    if figure.unit in ("%", "percentage points") and any(
        words.search(figure.quotation) for words in (_TERMS, _PAID, _OF_THE_BUDGET)
    ):
        return True
    if _is_duration(figure) and _MUST.search(before[-40:]):
        return True
    bound = _BOUND.search(before) or _BOUND.search(f"{figure.qualifier} ")
    return bool(_RULE.search(figure.quotation)) and (bool(bound) or figure.printed[:1].isalpha())
