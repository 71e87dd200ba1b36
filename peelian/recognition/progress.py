"""What the words of an update mean for the thing they tell of: done, not begun, stopped, unpaid.

Each meaning has its wordings in one place, made of classes of words: what is done to a thing, what
it needs, what may be left of it. What is feared, past or conditional ("if it is delayed", "had
stopped", "once it has been signed") is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from peelian.expressions import expression


class Meaning(StrEnum):
    """How a thing stands by what is told of it."""

    LATE = "late"
    STOPPED = "stopped"
    NOT_BEGUN = "not begun"
    NO_PROGRESS = "no progress"
    NOT_DONE = "not done"
    REMAINS = "some of it remains"
    GOES_ON = "goes on"
    WITHOUT_MEANS = "without money, people or contract"
    NOT_TO_BE = "will not be done"
    BELOW = "below its standard"
    WITHIN = "within its standard"
    WELL = "on track"
    BEGUN = "begun"
    CARRIES_ON = "carries on"
    DONE = "done"
    SIGNED_OFF = "signed off"
    NOTHING_LEFT = "nothing left to do"
    NOTHING_NEEDED = "no further action needed"
    DELIVERED = "done, in a word"


_HAS = r"\b(?:has|have)\s+(?:now\s+|since\s+|already\s+)?"
_IS = r"\b(?:is|are|remains?|lies)\s+(?:now\s+|still\s+|currently\s+)?"
_HAS_NOT = (
    r"\b(?:(?:has|have)\s+(?:\w+\s+)?(?:not|never)|hasn['’]t|haven['’]t)\s+"
    r"(?:(?:yet|so\s+far|even|now|still)\s+)?"
)
_NUMBER = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety)"
)
# What is done to a thing that somebody undertook: of no other is it said that it has not been.
_BEGUN = r"(?:begun|started|commenced)"
_PREPARED = (
    r"(?:adopted|agreed|approved|awarded|chosen|commissioned|confirmed|connected|dug|engaged|"
    r"finali[sz]ed|found|funded|got|granted|hired|implemented|issued|laid|let|loaded|moved|obtained|"
    r"ordered|posted|procured|published|purchased|received|secured|sent|set\s+(?:aside|up)|surveyed|"
    r"visited|written)"
)
_DELIVERED = (
    r"(?:appointed|bought|built|completed|delivered|drafted|finished|fitted|held|installed|launched|"
    r"mended|opened|painted|put\s+(?:in|up)|recruited|repaired|replaced|rolled\s+out|signed|"
    r"switched\s+on|tested|trained|upgraded)"
)
_MADE = rf"(?:{_BEGUN}|{_PREPARED}|{_DELIVERED})"
_HALTED = (
    r"(?:abandoned|cancelled|deferred|deleted|halted|paused|postponed|put\s+(?:back|off)|scrapped|"
    r"shelved|stalled|suspended|withdrawn|wound\s+up)"
)
_ENDS = (
    r"(?=\s*(?:$|[.,;:)–—-]|(?:after|again|and|as|at|because|but|by|due|during|following|for|in|on|"
    r"owing|pending|since|until|when|while)\b))"
)
# What somebody has to do, and so what can be left, stopped or not begun.
_WORK = (
    r"(?:actions?|activity|building|campaign|contracts?|cop(?:y|ies)|courses?|dates?|decisions?|"
    r"designs?|drafts?|events?|installation|launch|meetings?|money|orders?|pilots?|plans?|posts?|"
    r"preparations?|procurement|programme|progress|projects?|recruitment|reviews?|roll-?out|schemes?|"
    r"sessions?|starts?|steps?|suppliers?|surveys?|tenders?|training|trials?|visits?|works?)"
)
_MEANS = (
    r"(?:budget|contract(?:or)?|coordinator|funding|funds|funder|grant|lead|licen[cs]e|money|permit|"
    r"planning\s+permission|post|provider|supplier|staff|tenant)"
)
_CASE = r"(?:application|bid|business\s+case|contractor|offer|permission|permit|tender)"
_PLACES = (
    r"(?:areas|boroughs|counties|districts|divisions|forces|phases|schools|sites|stations|suites|"
    r"teams|towns)"
)
_STANDARD = r"(?:the\s+|its\s+|our\s+)?(?:ambition|standard|target|threshold)"
_WHEN = r"(?:at|by|in|on)\s(?!\w+days\b)"
_LATE = (
    r"(?<!not )(?<!no longer )\b(?:behind\s+(?:plan|schedule|target|time)|"
    r"off[\s-](?:course|track))\b",
    rf"{_HAS}(?:been\s+)?(?:delayed|slipped)\b",
    r"\b(?:is|remains?)\s+(?:now\s+|still\s+|currently\s+)?(?:delayed|late|overdue|running\s+late|stuck)\b",
    rf"\b(?:{_WORK}|{_PLACES}|they|others|{_NUMBER})\s+(?:are|remain)\s+(?:now\s+|still\s+|all\s+)?"
    r"(?:delayed|late|overdue|stuck)\b",
    r"\b(?:it|this|they)\s+will\s+be\s+late\b",
    r"\b(?:deadline|milestones?|target)\s+(?:has\s+been|have\s+been|was|were)\s+missed\b",
    r"\b(?:shall|will)\s+miss\s+(?:the|its|our)\s+(?:date|deadline|milestone|target)\b",
    rf"\b(?:{_NUMBER}|several)\s+(?:\w+\s+)?(?:weeks?|months?|years?)\s+(?:behind|late)\b",
    r"(?:(?<=[.:;]\s)|^)Delayed\s*[:–-]",
)
_STOPPED = (
    rf"{_HAS}(?:been\s+)?(?:{_HALTED}|stopped|ceased){_ENDS}",
    r"\b(?:is|are)\s+(?:now\s+|currently\s+)?(?:paused|stalled|suspended|shelved)\b",
    r"\bat\s+a\s+standstill\b",
    rf"\b{_WORK}\s+(?:paused|stalled|suspended){_ENDS}",
    r"(?:(?<=[.:;]\s)|^)(?:Stalled|Paused|Stopped)\s*[:–-]",
    rf"\b(?:the|this|its|our|all)\s+(?:\w+\s+)?{_WORK}\s+(?:was|were)\s+(?:{_HALTED}|stopped)\b",
    rf"\b{_WORK}\s+(?:stopped|halted|ceased|came\s+to\s+a\s+(?:halt|stop)){_ENDS}",
    r"\b(?:contractor|supplier|provider|partner)\s+(?:has\s+)?(?:withdrew|withdrawn|pulled\s+out)"
    rf"(?:\s+from\b|{_ENDS})",
    r"\b(?:decided|resolved)\s+(?:to\s+take\s+(?:it|this|the\s+\w+)\s+no\s+further|not\s+to\s+(?:go\s+on|"
    r"proceed|pursue))\b",
    # What is bought from others stops with its contract, or when they close.
    r"\b(?:contract|funding|lease|licen[cs]e)\b[^.;:,]{0,40}?\s(?:has\s+)?lapsed\b",
    r"\b(?:contract|funding|lease|service)\s+(?:has\s+)?(?:ended|lapsed|expired|closed)\b"
    r"[^.;:]{0,40}\b(?:after|when|because|as)\s+(?:the|its|our)\s+\w+\s+(?:closed|failed|folded|withdrew|"
    r"went\s+(?:out\s+of\s+business|into\s+administration))",
    r"\bthere\s+is\s+(?:now\s+|at\s+present\s+|currently\s+)?no\s+(?:provision|provider|scheme|service)"
    r"(?=\s*(?:[.,;]|$|\b(?:at\s+present|at\s+the\s+moment|currently|in\s+place|now|since|until|while)\b))",
    rf"\b{_CASE}\s+(?:was|were|has\s+been|have\s+been)\s+(?:refused|rejected|turned\s+down)\b",
)
_NOT_BEGUN = (
    rf"(?:{_HAS_NOT}(?:been\s+)?|\bnothing\s+has\s+(?:yet\s+)?(?:been\s+)?){_BEGUN}\b",
    r"\b(?:nothing|none\s+of\s+(?:it|this|them))\s+(?:has|have|was)\s+(?:yet\s+)?(?:been\s+)?"
    r"(?:done|made)\b",
    r"\bnothing\s+is\s+being\s+done\b",
    r"\bno\s+(?!further\b)(?:\w+\s+)?(?:work|action|start)\s+(?:has|have|was|is)\s+(?:yet\s+)?"
    r"(?:been\s+|being\s+)?(?:begun|done|made|started|taken(?:\s+place)?)\b",
)
_NOT_DONE = (
    rf"{_HAS_NOT}(?:been\s+)?(?:fully\s+)?(?:{_MADE}|had(?!\s+to))\b",
    rf"\b(?:nothing|nobody|no\s+one|none|neither)\s+(?:of\s+\w+\s+)?(?:\w+\s+)?(?:has|have)\s+"
    rf"(?:yet\s+)?(?:been\s+)?(?:{_MADE}|asked|met|read|seen|spoken|told)\b",
    # "No complaint was made" is good news: only what is work in itself counts here.
    rf"\bno\s+(?!further\b)(?:\w+\s+)?{_WORK}\s+(?:was|were|has|have)\s+(?:yet\s+)?(?:been\s+)?"
    rf"(?:{_MADE}|done|made|taken)\b",
    r"\bno\s+date\s+(?:for|has\s+been)\b|\bnot\s+yet\b|\bstill\s+no\b",
    r"\b(?:has|have|is|are)\s+yet\s+to\s+(?:be\s+)?\w+\b",
    rf"{_IS}not\s+(?:in\s+use|in\s+place|live|open|ready)\b",
    r"\b(?:cannot|could\s+not|unable\s+to)\s+(?:be\s+)?(?:begin|complete|start)\w*\b",
    rf"\b(?:cannot|can\s+not)\s+(?:yet\s+)?be\s+{_MADE}\s+(?:before|till|until|yet)\b",
    r"\b(?:has|have)\s+not\s+been\s+able\s+to\s+(?:begin|complete|start)\b",
    r"\b(?:and|but|it|letter|order|paper|,)\s+has\s+not\s+(?:yet\s+)?(?:begun|gone|started)\b",
    r"\b(?:were|was)\s+(?:not|never)\s+(?:carried\s+out|held|completed|delivered|done|begun)\b",
    r"\bdid\s+not\s+(?:begin|go\s+ahead|happen|start|take\s+place)\b",
)
_REMAINS = (
    r"\b(?:is|are)\s+(?:now\s+|still\s+)?with\s+(?:the\s+|our\s+)?\w+(?:\s+\w+)?\s+for\s+(?:agreement|"
    r"approval|checking|clearance|comments?|sign-?off|signature|signing)\b",
    r"\b\w+\s+(?:is\s+|are\s+)?awaited\b",
    r"\bshould\s+(?:then\s+)?be\s+(?:here|in\s+place|open|ready|with\s+us)\b",
    r"\b(?:he|it|she|they)\s+(?:begins?|closes?|ends?|finish(?:es)?|opens?|reports?|starts?)\s+(?:in|on|by)\s+"
    r"(?:early\s+|late\s+|the\s+)?(?:\d|[A-Z]|spring|summer|autumn|winter)",
    rf"\b{_NUMBER}\s+of\s+the\s+{_NUMBER}\s+\w+\s+(?:it|they|we)\s+needs?\b",
    r"\bstill\s+(?:a\s+need|awaiting|needs?|required|to\s+be|to\s+come|waiting)\b",
    r"\b(?:ongoing|outstanding)\s+(?:actions?|delays?|issues?|risks?|work)\b|\byet\s+to\s+be\b",
    r"\bremain(?:s|ing)?\s+(?:to\s+be|outstanding)\b|\b(?:is|are|still)\s+awaiting\b",
    r"^Awaiting\b(?!\s+nothing)",
    r"\b(?:we|it)\s+(?:awaits?|(?:is|are)\s+waiting\s+for)\b",
    rf"\b{_NUMBER}\s+(?:\w+\s+)?(?:remains?(?=\s*[,;.])|(?:is|are)\s+(?:still\s+)?outstanding)",
    rf"\bthe\s+(?:others?|rest|remainder|(?:last|other|remaining|second|third|fourth)(?:\s+{_NUMBER})?"
    r"(?:\s+(?!will\b)\w+)?)\s+(?:will|is\s+to|are\s+to|follows?|awaits?|"
    r"(?:is|are)\s+(?:expected|planned|due|not)|(?:has|have)\s+(?:not|been\s+put))\b",
    r"\bstill\s+(?:at|due|empty|in\s+draft|missing|on\s+order|short|under|unfinished|vacant|with(?:out)?)\b",
    r"\bdraft\s+(?:is|has\s+gone|went|was\s+sent)\s+(?:now\s+)?(?:at|being|out|to|under|with)\b",
    r"\bgo(?:es)?\s+(?:out\s+)?to\s+(?:committee|consultation|planning|tender|the\s+\w+)\s+(?:by|in|next|on)\b",
    r"\bremainder\s+(?:will|is|are)\b|\bso\s+far\b(?=\s*[.;]|$)",
    r"\b(?:will|to|must|should|due\s+to|expected\s+to)\s+be\s+(?:completed|drafted|finali[sz]ed|"
    r"finished|implemented|installed|launched|recruited|rolled\s+out|signed)\b",
    rf"\b(?:will|to)\s+(?:begin|complete|commence|finish|follow|go\s+live|launch|open|start)\s+{_WHEN}",
    r"\ba\s+start\s+will\s+be\s+made\b",
    r"\b(?:delivery|installation|launch|roll-?out|training|work)\s+is\s+(?:planned|due|expected)\b",
    rf"\bin\s+(?:only\s+|just\s+)?(?:the\s+first|one|two|three|four|five)\s+of\s+(?:the\s+|its\s+|our\s+)?"
    rf"{_NUMBER}\s+{_PLACES}\b",
    rf"\bonly\s+{_NUMBER}\s+of\s+(?:the\s+|its\s+|our\s+)?{_NUMBER}\b",
    rf"\ball\s+but\s+{_NUMBER}\b|\b(?:first|second)\s+phase\s+only\b",
)
_GOES_ON = (
    r"\b(?:is|are)\s+still\s+\w+ing\b",
    r"\b(?:now|currently|still|is|are)\s+being\s+(?!met\b)\w+(?:ed|un|ought|t)\b(?!\s+further\b)",
    r"\bbeing\s+(?:mobili[sz]ed|developed|drafted|implemented|recruited|rolled\s+out)\b(?!\s+further\b)",
    r"\bcurrently\s+\w+ing\b|\bunder\s+(?:development|review|way)\b",
    r"\bin\s+(?:development|progress)\b",
    rf"\bwork\s+(?:continues|is\s+continuing|goes\s+on|(?:has|have)\s+(?:now\s+)?{_BEGUN})\b",
)
_WITHOUT_MEANS = (
    r"\b(?:there\s+(?:is|are)|there['’]s|has|have)\s+(?:still\s+|currently\s+|at\s+present\s+)?no\s+"
    rf"{_MEANS}\b(?!\s+(?:implications?|issues?|pressures?|risks?|impact|problems?))",
    rf"\bno\s+{_MEANS}\s+(?:yet\s+)?in\s+place\b",
    rf"\bno\s+{_MEANS}\s+(?:is|are|was|were|has|have)\s+(?:yet\s+|been\s+|now\s+){{0,2}}(?:set\s+aside|"
    r"found|in\s+place|available|identified|agreed|allocated|secured|approved|left|appointed)\b",
    r"\bno\s+(?:others?|replacements?|substitutes?|successors?|other\s+\w+)\s+(?:has|have)\s+(?:yet\s+)?been\s+"
    r"(?:appointed|found|named)\b",
    rf"{_IS}(?:unfunded|not\s+funded)\b",
    r"\b(?:budget|funding|money|grant)\s+(?:has\s+|have\s+)?(?:now\s+)?(?:ran\s+out|run\s+out|"
    r"been\s+(?:withdrawn|cut))\b",
)
_NOT_TO_BE = (
    r"\b(?:will|is)\s+(?:now\s+)?(?:not\s+(?:now\s+)?be\s+(?:achieved|built|completed|delivered|"
    r"finished|held|met)|unlikely\s+to\s+be\s+\w+)\b",
    r"\b(?:will|shall)\s+not\s+(?:now\s+)?(?:go\s+ahead|happen|take\s+place)\b",
)
_BELOW = (
    rf"\b{_STANDARD}\s+(?:was|were)\s+(?:missed|not\s+(?:met|reached))\b",
    rf"{_IS}(?:well\s+|far\s+|just\s+)?(?:below|short\s+of|outside)\s+{_STANDARD}\b",
    rf"\b(?:misses|missed|failed\s+to\s+(?:meet|reach)|does\s+not\s+meet)\s+(?!the\s+\w+\s+of){_STANDARD}\b",
    r"\b(?:neither|none)\s+of\s+the\s+(?:\w+\s+)?(?:milestones|standards|targets)\s+(?:was|were|has\s+been)"
    r"\s+(?:met|reached)\b",
)
_WITHIN = (
    rf"\b(?:is|are|was|remains?|stayed)\s+(?:now\s+)?(?:well\s+)?(?:within|above|better\s+than)\s+{_STANDARD}\b",
    rf"\b(?:meets|met)\s+(?:every|each|all)\s+{_STANDARD}s?\b",
    r"\b(?:before|ahead\s+of|in\s+good\s+time\s+for)\s+(?:the|its)\s+(?:deadline|due\s+(?:date|day))\b",
)
_WELL = (
    r"\bnothing\s+(?:is|stands)\s+in\s+(?:the|its)\s+way\b",
    r"(?<!not )\b(?:on\s+(?:schedule|target|track)|ahead\s+of\s+(?:plan|schedule|target)|"
    r"progressing\s+well)\b",
)
_IS_BEGUN = (
    rf"(?:{_HAS}(?:been\s+)?|\b(?:was|were)\s+){_DELIVERED}\b|{_HAS}{_BEGUN}\b",
    rf"{_HAS}(?:met|reported)\b|\bmet\s+(?:once|twice|{_NUMBER}\s+times)\b|\btook\s+place\b",
    r"\b(?:is|are)\s+(?:now\s+)?(?:under\s?way|live|in\s+use|well\s+advanced|finished|complete)\b",
    rf"\b{_NUMBER}\s+(?:\w+\s+){{1,2}}(?:were|have\s+been)\s+(?:already\s+)?(?:helped|reached|seen|supported|"
    r"taught|trained|visited)\b",
    rf"\b{_NUMBER}\s+of\s+(?:its|our|the|their)\s+{_NUMBER}\s+(?:\w+\s+)?(?:actions|milestones|steps|"
    rf"recommendations)\s+(?:have\s+been|were|are)\s+(?:now\s+)?(?:carried\s+out|done|met|taken|{_DELIVERED})\b",
    rf"\bwent\s+live\b|\bwe\s+{_DELIVERED}\b|\bon\s+{_NUMBER}\s+occasions\b",
    rf"\b{_NUMBER}\s+(?:\w+\s+){{0,2}}(?:attended|came|joined|took\s+part)\b",
)
_CARRIES_ON = (
    r"\b(?:courses?|delivery|it|meetings|patrols|sessions|they|this|training|visits|work)\s+"
    r"(?:continues?|goes\s+on|go\s+on|(?:is|are)\s+(?:now\s+)?under\s?way)\b",
    r"\b(?:met|ran|runs?|were\s+held|took\s+place|takes?\s+place|meets?)\s+(?:each|every)\s+\w+\b",
)
_DONE = (
    rf"\ball\s+(?:of\s+)?(?:the\s+)?{_NUMBER}\s+(?:\w+\s+){{1,3}}?(?:were|have\s+been)\s+(?:now\s+)?{_MADE}\b",
    rf"\ball\s+(?:of\s+(?:it|them|the\s+\w+)|(?:the\s+)?(?:{_NUMBER}\s+)?(?:\w+\s+)?(?:actions|"
    rf"milestones|targets|{_PLACES}))\s+(?:was|were|has\s+been|have\s+been|are)\s+(?:now\s+)?"
    rf"(?:met|done|complete|{_DELIVERED})\b",
    r"\b(?:this|the)\s+(?:action|work)\s+is\s+(?:now\s+)?(?:complete|closed|finished)\b",
    r"\bthe\s+matter\s+is\s+(?:now\s+)?(?:closed|at\s+an\s+end)\b",
    r"(?:(?<=[.;]\s)|^)(?:Done|Closed|Completed|Discharged)\b(?=\s+(?:on|in|at)\s|\s*[.;]|$)",
    r"\b(?:has|have)\s+been\s+(?:completed|closed)\s+and\s+(?:no\s+)?further\b",
)
_SIGNED_OFF = (
    r"\b(?:was|were|has\s+been|have\s+been|is|are)\s+(?:formally\s+|now\s+)?signed\s+off\b"
    r"(?!\s+(?:subject|in\s+part|for))|\bsigned\s+(?:it|this|them|the\s+(?:action|recommendation|work|"
    r"project|matter))\s+off\b",
    r"\b(?:this|the)\s+(?:action|recommendation)\s+(?:has\s+been|was|is)\s+(?:now\s+|formally\s+)?"
    r"(?:closed|discharged)\b",
)
_NOTHING_LEFT = (
    r"\bnothing\s+(?:more\s+|further\s+|else\s+)?(?:(?:is|remains)\s+)?(?:left\s+)?(?:for\s+\w+\s+)?"
    r"(?:to\s+be\s+done|to\s+do|outstanding)\b",
    r"\bnothing\s+(?:is\s+left|remains|more\s+is\s+needed)\b",
    rf"\bno\s+(?:more|further)\s+(?:\w+\s+)?{_WORK}\s+(?:(?:is|are|remains?)\s+)?(?:to\s+(?:be|come|take)|"
    r"left|outstanding|planned)\b",
    r"\b(?:no|nothing)\s+more\s+(?:is\s+|remains\s+)?to\s+(?:be\s+done|do)\b",
)
_NOTHING_NEEDED = (
    r"\bno\s+(?:decision|help|money)\s+is\s+(?:awaited|needed|outstanding|required|wanted)\b",
    r"\bnothing\s+(?:more|further|else)\s+(?:is\s+)?needed\b",
    r"\bno\s+further\s+(?:action|work)\s+(?:is\s+)?(?:needed|required)\b",
)
# Of what is open still: `Printed, and posted to all sites.`
_IS_DELIVERED = (
    r"^(?:the\s+)?(?:course|event|meeting|review|session|training|visit)\s+(?:has\s+taken\s+place|took\s+place|was\s+held)\b",
    r"^(?:Adopted|Circulated|Delivered|Installed|Issued|Posted|Printed|Published|Sent|Signed)\b"
    r"(?!\s+(?:in\s+part|for\s+(?:comment|consultation|signature)|in\s+draft|to\s+(?:counsel|print)))",
)
_WORDINGS = {
    Meaning.LATE: _LATE,
    Meaning.STOPPED: _STOPPED,
    Meaning.NOT_BEGUN: _NOT_BEGUN,
    Meaning.NO_PROGRESS: (r"\bno\s+progress\b",),
    Meaning.NOT_DONE: _NOT_DONE,
    Meaning.REMAINS: _REMAINS,
    Meaning.GOES_ON: _GOES_ON,
    Meaning.WITHOUT_MEANS: _WITHOUT_MEANS,
    Meaning.NOT_TO_BE: _NOT_TO_BE,
    Meaning.BELOW: _BELOW,
    Meaning.WITHIN: _WITHIN,
    Meaning.WELL: _WELL,
    Meaning.BEGUN: _IS_BEGUN,
    Meaning.CARRIES_ON: _CARRIES_ON,
    Meaning.DONE: _DONE,
    Meaning.SIGNED_OFF: _SIGNED_OFF,
    Meaning.NOTHING_LEFT: _NOTHING_LEFT,
    Meaning.NOTHING_NEEDED: _NOTHING_NEEDED,
    Meaning.DELIVERED: _IS_DELIVERED,
}
_COMPILED = {meaning: expression("|".join(said), re.I) for meaning, said in _WORDINGS.items()}
# What goes on after an action is complete, and is meant to.
_KEPT_UP = expression(
    r"being\s+(?:delivered|held|maintained|managed|monitored|offered|overseen|provided|published|"
    r"seen|supported|used)",
    re.IGNORECASE,
)
# Before words that are then only thought of, of a time that is over, or about whom it concerns.
_NOT_MEANT = expression(
    r"\b(?:if|unless|until|once|when(?:ever)?|whether|in\s+case|so\s+that|had|would|could|might|"
    r"no\s+longer|where|who|whose|any|those|former|previous)\b[^.;:,]{0,60}$|"
    r"\b(?:was|were)\s*$|\b(?:that|which)(?:\s+(?:is|are|has|have|was|were))?\s*$",
    re.IGNORECASE,
)
_WHICH = expression(r",\s+which\s*$")
_FOR_NOW = expression(r"\s+(?:at\s+(?:this|the|present)|currently|for\s+now|yet)\b", re.IGNORECASE)
_CLAUSE = 80


def said_of(text: str, meanings: Iterable[Meaning]) -> str:
    """Return the first words of a text that have one of the meanings; empty where none have.

    The meanings are tried in their order. Never raises.
    """
    for meaning in meanings:
        for match in _COMPILED[meaning].finditer(text):
            if _is_meant(meaning, text, match):
                return match[0]
    return ""


def _is_meant(meaning: Meaning, text: str, match: re.Match[str]) -> bool:
    if meaning is Meaning.GOES_ON and _KEPT_UP.search(match[0]):
        return False
    if meaning in (Meaning.NOTHING_LEFT, Meaning.NOTHING_NEEDED) and _FOR_NOW.match(
        text, match.end()
    ):
        return False
    before = text[max(match.start() - _CLAUSE, 0) : match.start()]
    if meaning in (Meaning.WITHIN, Meaning.BELOW) and _WHICH.search(before):
        return True  # `93.6% were answered, which is above the standard`
    return not _NOT_MEANT.search(before)
