"""The words by which minutes undertake something, and those by which they do not."""

from __future__ import annotations

import re

from peelian.expressions import expression

# What can be brought, sent or done for somebody: plain form and participle.
DELIVER = (
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
    "[^.;]{0,60}?\\bbefore)\\b)|ask(?=\\s+(?:the\\s+)?(?:(?-i:[A-Z])|force\\b|officers\\b)[^.;]{0,80}\\b(?:for|to)\\b)|"
    "tell(?=\\s+(?:the\\s+|all\\s+)?(?:Panel|Board|Committee|Members?)\\b)|"
    "place(?=\\s+(?:an?|the)\\s+\\w+\\s+(?:in|on|before)\\b)|"
    "ensure(?=\\s+(?:that\\s+)?[^.;]{3,90}\\b(?:was|were|is|are|be)\\s+(?:circulated|shared|provided|sent|"
    "included|published|reported|brought|supplied)\\b)|facilitat(?:e|ed)|ma(?:ke|de)(?=\\s+available\\b)|"
    "pass(?:ed)?(?=\\s+(?:it|this|that|them|these|the|on)\\b)"
)
DELIVERS = expression(rf"(?:{DELIVER})\b", re.IGNORECASE)
# What a meeting does with what lies before it, or what says nothing of what will be done.
INERT = expression(
    r"(?:not(?:e|ed)|receiv(?:e|ed)|approv(?:e|ed)|endors(?:e|ed)|accept(?:ed)?|adopt(?:ed)?|"
    r"agree(?:d)?|sign(?:ed)?|support(?:ed)?|welcom(?:e|ed)|thank(?:ed)?|congratulat(?:e|ed)|"
    r"elect(?:ed)?|exclude?d?|defer(?:red)?|record(?:ed)?|ratif(?:y|ied)|recommend(?:ed)?|"
    r"commend(?:ed)?|like|love|expect|need(?:ed)?|"
    r"have(?!\s+(?:[\w’'-]+\s+){1,6}?(?:checked|made|done|drawn\s+up|prepared|carried\s+out|looked\s+(?:at|into)|"
    r"counted|tested|reviewed|examined|audited|published|sent|circulated|translated|repaired)"
    r"(?:\W|\s+(?:and|at|by|before|for|in|on|to)\b))|had|be|been|become?|remain|continue[d]?|"
    r"still|mean|appear|seem|allow(?:ed)?|enable[d]?|require[d]?|help|benefit|cost|increase[d]?|"
    r"decrease[d]?|reduce[d]?|improve[d]?|result|apply|do|done|concern(?:ed)?|hope[d]?|note|a|an|the|"
    r"this|that|no|carried|moved|dispensed|taken\s+as|able|pleased|happy|subject|considered\s+as|"
    r"veto(?:ed)?|free|available|encourage[d]?|seen|better|more|appreciate[d]?|disagree|differ|"
    r"understood|made\s+(?:clear|up)|confirmed\s+as|re-?elected|held|acknowledge[d]?|it|its|their|"
    r"these|those|any|all|extend|increases|being|proceed|move)\b",
    re.IGNORECASE,
)
NO_VERB = r"(?!(?:an?|the|its?|their|this|that|these|all|any|his|her|our)\b)"
ADVERB = (
    r"(?:(?:also|now|then|therefore|still|first|jointly|in\s+turn|need\s+to|"
    r"(?!(?:sup|re|ap|com|im)ply|rely)\w+ly)\s+){0,2}"
)
OFFERED = expression(
    rf"\b(?P<how>agreed|undertook|undertaken|offered|promised|committed|pledged|volunteered|"
    rf"(?:was|were|is|are|be|had\s+been|been)\s+{ADVERB}(?:asked|requested|tasked|invited|instructed|"
    r"delegated\s+(?:authority\s+)?|authorised|happy|willing|content|pleased|prepared)|"
    rf"took\s+(?:away\s+)?(?:an?\s+|the\s+)?action|"
    rf"left\s+(?:with|to)\s+(?:the\s+)?(?-i:[A-Z])[\w’'-]*(?:\s+(?:of\s+)?(?-i:[A-Z])[\w’'-]*){{0,5}})"
    rf"\s+(?:to|with)\s+{NO_VERB}{ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
PASSIVE = expression(
    rf"\b(?P<will>would|will|should|shall|must|(?<!\bbe\s)to|(?:was|were|is|are)\s+to)\s+{ADVERB}be\s+"
    rf"{ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
PARTICIPLE = expression(r"\w+(?:ed|en|own|ought|aught|ent|ept|ade|one|ut|et)\b", re.IGNORECASE)
ACTIVE = expression(
    rf"\b(?:would|will|shall|(?<=[a-z])[’']d|(?:was|were|is|are)\s+to)\s+{ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
AGREED = expression(
    r"\b(?:it\s+was\s+(?:also\s+|further\s+|then\s+|unanimously\s+|therefore\s+|subsequently\s+|"
    r"formally\s+|noted\s+and\s+)?(?:agreed|resolved|determined|decided)\b(?:\s+by\s+the\s+\w+)?"
    r"|(?:the\s+)?(?:Panel|Board|Committee|Members|meeting|Group)\s+(?:also\s+|further\s+|"
    r"unanimously\s+|therefore\s+|then\s+)?(?:agreed|resolved|determined|decided)"
    r"|^\W*Agreed(?=\s*[:–—])|(?:unanimously\s+)?\b(?:RESOLVED|AGREED|Resolved|PENDERFYNWYD)\b)\s*[-–—:,]*\s*(?:(?:that|that:|y)\b[\s:–-]*)?",
    re.IGNORECASE,
)
AGREED_BARE = expression(
    r"(?:the\s+)?(?:\w+\s+){0,3}?(?:members|panel|board|committee|officers?|chair|clerk|commissioner|constable|"
    r"executive|pcc)\s+(?:should|would|will)\b",
    re.IGNORECASE,
)
AGREED_STRICT = expression(r"that\b[\s:–-]*$|[:–—-]\s*$", re.IGNORECASE)
NOT_ONE = expression(
    r"\b(?:ask(?:ed|ing)|question(?:ed|ing)|quer(?:ied|ying)|wonder(?:ed|ing)|enquir(?:ed|ing)|"
    r"inquir(?:ed|ing)|whether|clarification|sought|suggest(?:ed|ing|ion)|hoped|feared|anticipated|expected)\b"
    r"(?!\s+to\b)|\bif\s+(?!possible|required|necessary|needed|appropriate|available|applicable)",
    re.IGNORECASE,
)
ANSWERED = expression(
    r"(?:;|,|\band|\bbut|\bwho|\bwhich)\s+(?:he\s+|she\s+|they\s+|(?:the\s+)?(?-i:[A-Z])[\w’'-]*\s+"
    r"(?:(?:of\s+)?(?-i:[A-Z])[\w’'-]*\s+){0,4})?(?:said|replied|agreed|answered|confirmed|"
    r"undertook|responded|was\s+told|were\s+told)\b|\b(?:and|but)\s+(?=(?:would|will)\s)"
    r"|;\s+(?=(?:he|she|they|the|officers|members)\s|(?-i:[A-Z]))",
    re.IGNORECASE,
)
CLAUSE = expression(
    r"(?:^|\bthat\b|[,;:(]|\b(?:and|which|but|so|when|as|while)\b)\s*", re.IGNORECASE
)
PURPOSE = expression(
    r"\b(?:be\s+)(?:appointed|delegated|authorised|authorized|given|nominated|established|formed|"
    r"convened|set\s+up|tasked|asked|requested|instructed|invited|mandated)\b[^.;]{0,160}?\bto\s+"
    rf"{NO_VERB}{ADVERB}(?P<verb>[a-z-]+)",
    re.IGNORECASE,
)
SEAT = expression(
    r"\b(?:would|will|shall)\s+(?:wish\s+to\s+(?:be|join|become)|join|be\s+(?:the|its|their|an?)\s+"
    r"(?:[\w’']+\s+){0,2}(?:representative|lead|champion|link|nominee|substitute|observer))\b",
    re.IGNORECASE,
)
SHOULD = expression(rf"\bshould\s+{ADVERB}(?P<verb>[a-z-]+)", re.IGNORECASE)
# Those who serve the meeting: what they are to do, they do for it.
CHARGED = expression(
    r"\b(?:[Oo]fficers|[Tt]he\s+(?:[Cc]lerk|(?:[Vv]ice-?)?[Cc]hair\w*|(?:\w+\s+){0,2}(?:Officer|Adviser|"
    r"Advisor|Secretary|Secretariat)|host\s+authority))(?:\s+to\s+the\s+Panel)?\s+"
    r"(?P<will>was|were|is|are)\s+to\s+(?:(?:begin|start|continue)\s+to\s+)?(?P<verb>[a-z-]+)"
)
# What the chair asks of those who serve the meeting; of others, it is a question.
TASKED = expression(
    r"\b(?:[Cc]hair\w*|[Pp]anel|[Cc]ommittee|[Bb]oard|[Mm]embers)\s+(?:also\s+)?(?:asked|requested|tasked)\s+"
    r"(?:[Oo]fficers|(?:the\s+)?(?P<who>(?:[A-Z]\w+\s+){0,3}(?:Officer|Clerk|Adviser|Advisor|Secretary|"
    r"Secretariat)|clerk|secretariat))\s+to\s+(?P<verb>[a-z-]+)"
)
SUBJUNCTIVE = expression(rf"\bbe\s+{ADVERB}(?P<verb>[a-z-]+)", re.IGNORECASE)
BARE = expression(rf"(?P<who>(?:the\s+)?.{{2,90}}?)\s+(?:to\s+)?(?P<verb>(?:{DELIVER}))\b", re.I)
SOMEONE = expression(
    r"(?:the|its|their|an?|each|all)\s+(?:[\w’'&-]+\s+){0,5}"
    r"(?:authorit(?:y|ies)|office|officers?|service|team|unit|force|staff|department|agency|agencies|"
    r"partners?|lead|chairs?|clerk|secretar(?:y|iat)|solicitor|treasurer|council|councils|body|bodies|"
    r"group|manager|scheme|provider|contractor)",
    re.IGNORECASE,
)
ASKS = expression(
    r"\s*to\s+(?:formally\s+)?(?:request|ask|require|invite|instruct)\s+(?:that\s+)?(?=\S)", re.I
)
# A resolution in short: `add drones to the work programme`, `draft a protocol`.
IMPERATIVE = expression(
    r"\s*(?:(?P<verb>add|arrange|bring|circulate|include|invite|obtain|organise|prepare|provide|publish|"
    r"send|submit|supply|write)\s+(?!be\b)|"
    r"(?:[a-z]+)\s+(?:an?|the|its|their|all|this|these|any|further|details|back|with)\b)",
    re.IGNORECASE,
)
TAKEN_NOTE = expression(
    r"\bbe\s+(?:noted|approved|received|agreed|accepted|endorsed)\b", re.IGNORECASE
)
PLACED = expression(
    r"\b(?:should|would|will|to|shall)\s+(?:go|come|return|stand|appear)\s+(?:back\s+)?(?:on|to|before|at|in)\b"
    r"[^.;]{0,60}\b(?:programme|plan|agenda|meeting|Panel|Board|Committee)\b",
    re.IGNORECASE,
)
MEETING = (
    r"(?:(?:the\s+)?(?:[Pp]anel|[Bb]oard|(?:Sub-?)?[Cc]ommittee|Forum)|(?:all\s+)?[Mm]embers"
    r"|Councillors)"
)
PROMISED = expression(
    rf"(?<!\bhad\s)\b(?:promised\s+(?:{MEETING}\s+)?(?:an?|further|more|figures|details|data|numbers)\s"
    rf"|offered\s+{MEETING}\s+(?:an?|the|further)\s"
    r"|offered\s+(?:an?|further|more)\s+(?:[\w’'-]+\s+){0,2}?(?:briefing|copy|data|demonstration|details|"
    r"figures|note|paper|presentation|report|session|tour|update|visit)\b"
    r"|took\s+(?:away\s+(?:the|a|this)\s|(?:the\s|this\s|it\s|that\s)(?:[\w’'-]+\s){0,8}?away\b(?!\s+from\b))"
    r"|(?:gave|given)\s+(?:his|her|their)\s+word\s+that\s"
    rf"|(?:gave|given)\s+(?:an?\s+|the\s+)?(?:(?:undertaking|commitment|promise)\s+(?:to|that)\s"
    rf"|(?:assurance|undertaking)\s+that\s+{MEETING}\s+(?:would|will|should)\s))"
)
# What the meeting will have, whoever brings it.
RECEIVES = expression(
    rf"\b(?P<who>{MEETING})\s+(?:would|will|should|shall|(?:is|are|was|were)\s+to)\s+{ADVERB}"
    r"(?:have\s+(?:sight|a\s+copy|access)|receive|see|get|hear)\b(?!\s+(?:that|how|from\s+me)\b)"
)
FOLLOWS = expression(
    r"\b(?:an?|the|further|more)\s+(?P<what>(?:[\w’'-]+\s+){1,12})(?:would|will|is\s+to|was\s+to)\s+"
    r"(?P<verb>follow)\b(?=\W*$|\s+(?:in|by|at|shortly|later|after|before)\b)",
    re.IGNORECASE,
)
# `an update would come to the next meeting`
COMES = expression(
    r"\b(?:would|will)\s+come\s+(?:back\s+)?(?:to|before)\s+(?:the\s+|a\s+|its\s+)?"
    r"(?:(?:next|future|following|[A-Z][a-z]+)\s+)?(?:meeting|[Pp]anel|[Bb]oard|[Cc]ommittee)\b"
)
AND_THEN = expression(
    r"\b(?:would|will)\s+be\s+\w+\s+and\s+(?:then\s+)?(?P<verb>brought\s+back|circulated|shared|sent|"
    r"reported|presented)\b",
    re.IGNORECASE,
)
# What somebody asked for, `to which the PCC agreed`.
GRANTED = expression(
    r"\b(?:asked|requested|suggested|proposed)\s+(?:that\s+|for\s+)(?P<what>[^.;]{3,200}?),?\s+"
    r"(?:to\s+which\s+[^.;]{2,40}?\s+agreed|and\s+(?:the\s+)?[A-Z][\w ]{1,40}?\s+agreed"
    r"(?:\s+to\s+(?:this|it|do\s+so|that))?)\W*$"
)
# A thing asked of somebody, where nothing more is said: it is still to be given.
ASKED_FOR = expression(
    r"\b(?:was|were)\s+(?:also\s+|then\s+)?asked\s+for\s+(?:an?|the|all|more|further|copies|details|figures)\b"
    r"(?!\s+(?:\w+\s+)?(?:advice|comments?|opinions?|thoughts|views?)\b)[^.;]{5,}\W*$"
)
LAID = expression(r"(?:tabled|circulated|presented|brought|provided|shared|submitted)\b")
INTENDS = expression(
    rf"\b(?:intend(?:s|ed)|plan(?:s|ned)|propos(?:es|ed)|hop(?:es|ed))\s+to\s+{ADVERB}(?:{DELIVER})\b"
    r"(?=[^.;]{0,80}\b(?:Panel|Board|Committee|[Mm]embers)\b)"
)
ASKED_AND_AGREED = expression(
    r"\b(?:asked|requested|suggested|proposed|moved)\s+that\s+(?P<what>[^.;]{3,200}?\bbe\s+(?P<verb>[a-z-]+)"
    r"[^.;]{0,120}?),?\s+(?:and|which)\s+(?:this|it|that|the\s+\w+|was|were)?\s*(?:was\s+|were\s+)?agreed\b",
    re.IGNORECASE,
)
OWN = expression(r"\s*to\s+(?P<verb>[a-z-]+)", re.IGNORECASE)
NOTE_FORM = expression(
    r"\b(?:to\s+be)\s+(?P<verb>picked\s+up|followed\s+up|brought\s+back|taken\s+(?:off-?line|away|"
    r"forward)|circulated|shared|provided|sent|added\s+to|discussed\s+(?:off-?line|outside)|arranged|"
    r"included\s+in\s+the\s+next|revisited|reported\s+back|presented\s+to|submitted)\b",
    re.IGNORECASE,
)
FINITE = expression(r"\b(?:was|were|had|has|have|is|are|noted|advised|asked|said)\b", re.IGNORECASE)
