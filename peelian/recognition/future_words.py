"""The words by which a text promises, and those that say a date is of something else."""

from __future__ import annotations

import re

from peelian.expressions import expression

MEETING = (
    r"(?:meeting|session|event|conference|board|panel|workshop|round|visit|inspection|election)s?"
)
ADVERBS = r"(?:(?:\w+ly|not|all|now|still|also|next|then|only|both)\s+){0,2}"
DUE_TO_SOMETHING = (
    r"(?!\s+to\s+(?:the|an?|this|that|its|our|their|\w+(?:tion|ment|ity|ing|[^s]s)\b))"
)
# Words that promise.
FUTURE = expression(
    rf"""
    \b(?:will|shall)\b | ['’]ll\b | \b(?:can|may)\s+(?:still|yet)\b
  | (?:\b(?:is|are|being)|['’]s)\s+{ADVERBS}(?:
        due{DUE_TO_SOMETHING}
      | scheduled|planned|expected|intended|projected|forecast|anticipated|hoped|proposed
      | timetabled
      | (?:arranged|billed|booked|earmarked|fixed|lined\s+up|listed|pencilled\s+in|set\s+down|
          slated)(?=\s+(?:to|for|on)\b)
      | invited(?=\s+to\b) | (?:needed|requested|required|wanted)(?=\s+(?:by|on)\b)
      | (?:set|ready|going|likely|about)(?=\s+(?:to|for|on|in)\b)
      | (?:hoping|aiming|looking|seeking|preparing|working)(?=\s+(?:to|towards)\b)
      | to(?=\s+\w+)
      | taking\s+place | being\s+held )\b
  | (?<!our\s)(?<!the\s)(?<!its\s)(?<!his\s)(?<!her\s)(?<!heir\s)
    \b(?:(?:plans|aims|intends|hopes|expects)
      |(?:I|we|they|(?!as\b|has\b|his\b|is\b|its\b|this\b|was\b)[a-z]+s)\s+
        (?:plan|aim|intend|hope|expect))\s+
      (?:(?:a|an|its|our|the|their|this)\s+(?:\w+\s+){{1,5}}?)?to\b
  | \b(?:has|have)\s+been\s+(?:scheduled|arranged|planned|booked|timetabled)(?=\s+(?:for|to)\b)
  | (?:\b(?:is|are)|['’]s)\s+{ADVERBS}on\s+(?:course|schedule|target|track)(?=\s+(?:to|for)\b)
  | \bready\s+to\s+\w+ | \blook(?:s|ing)?\s+forward\s+to\b
  | \b(?:will\s+)?(?:next\s+meets?|meets?\s+(?:\w+\s+)?next)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What may also tell of the past: "at its next meeting in May it agreed".
WEAK = expression(
    rf"\b(?:next|upcoming|forthcoming)\s+(?:\w+\s+){{0,2}}?{MEETING}\b|\bto\s+be\s+\w+(?:ed|n|t|d)\b"
    r"|\bshould\s+be\s+(?:complete|finished|ready|in\s+place|available|operational|live)\w*"
    r"|\bshould\s+(?:arrive|be\s+with|begin|come|conclude|end|finish|go\s+live|launch|open|receive|"
    r"reopen|report|return|start|have(?!\s+(?:been|begun|\w+ed)\b))\b",
    re.IGNORECASE,
)
# A note without a verb: "Launch planned for October 2019."
NOTE = expression(
    r"\W{0,6}(?:due|expected|planned|scheduled)\s+(?:by|for|in|on)\s+(?:the\s+)?$|"
    r"(?:[^\w\n]{0,6})(?!(?:it|as)\b)(?:(?!(?:is|are|was|were|be|been|being|had|has|have|that|which|who|if|than)\b)"
    r"[\w’'/&-]+\s+){1,8}?(?:planned|scheduled|timetabled|due|expected|anticipated|forecast)\s+"
    r"(?:(?:for|in|on|by)\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
# "Review to conclude by May 2019": what someone is to do, without a verb.
TO_DO = expression(
    r"(?:[^\w\n]{0,6})(?:(?!(?:is|are|was|were|be|been|being|had|has|have|that|which|who|if|than)\b)"
    r"[\w’'/&()-]+\s+){0,6}?to\s+(?:attend|begin|bring|circulate|commence|complete|conclude|deliver|"
    r"draft|finalise|finish|follow|go\s+live|implement|launch|meet|open|present|provide|publish|recruit|"
    r"report|return|review|roll\s+out|send|start|submit|update|write)\b"
    r"(?:\s+[\w’'/&()-]+){0,9}?\s+(?:in|on|by|before|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "Target date: 3 May 2019", "with a go-live date of 3 May 2019", "Next review: May 2019".
DATE_OF = expression(
    r"(?:^|\b(?:a|an|the|with|its?|is)\s+)(?:(?:revised|agreed|planned|expected|provisional)\s+)?"
    r"(?:closing|completion|delivery|due|end|go[- ]live|implementation|launch|review|start|target)"
    r"\s+date\s*(?:is|of|:|–|-)\s*$"
    r"|(?:^|[\s(|])(?:deadline|due(?:\s+by)?|target(?:\s+date)?|timescale|by\s+when|"
    r"next\s+(?:inspection|meeting|report|review|update)|"
    r"(?:anticipated|estimated|expected|forecast|planned|target)\s+(?:completion|delivery|end|finish|"
    r"go[- ]live|launch|start)(?:\s+date)?)\s*[:–-]\s*$",
    re.IGNORECASE,
)
IS_DONE = expression(r"\b(?:complete|closed|done|met)\b", re.IGNORECASE)
NOTE_ENDS = expression(
    r"[\s.,;:)]*(?:\d{1,3}|to\s(?:(?!\b(?:did|had|has|have|was|were)\b).)*)?",
    re.IGNORECASE | re.DOTALL,
)
IN_MIND = expression(
    r"\s+(?:\w+\s+)?(?:be\s+aware|know|recall|remember|understand)\b", re.IGNORECASE
)
# Words that promise only to speak of a time.
ABOUT = expression(
    r"\s+(?:also\s+)?(?:be\s+based|cover|compare|concern|contain|describe|detail|focus|"
    r"include|look|outline|reflect|relate|set\s+out|show|"
    r"summari[sz]e)\b",
    re.IGNORECASE,
)
GIVES = expression(
    r"\s+(?:also\s+)?(?:give|present|provide|report)\s+(?!(?:in|on|by)\b)", re.IGNORECASE
)
# What a time belongs to, not when something is done: "performance in 2016/17".
OF_A_TIME = expression(
    r"\b(?:accounts|activity|budget|crime|crimes|data|demand|events|figures?|incidents|levels?|month|"
    r"outturn|performance|period|position|quarter|results?|spend(?:ing)?|that|those|year)\s+"
    r"(?:in|at|on|during|for)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
AFTER_IT = expression(
    r"(?:after|as\s+a\s+result\s+of|because\s+of|based\s+on|despite|following|further\s+to|given|"
    r"since|under)\b",
    re.IGNORECASE,
)
PAST = expression(
    r"(?P<before>\b[\w’']+\s+)?\b(?:was|were|had|did|met|held|ran|began|went|took|came|gave|made|"
    r"found|formed|led|saw|sent|said|told|brought|won|left|became|got|set\s+up|\w{2,}ed)\b",
    re.IGNORECASE,
)
# In "will review completed files" the word in -ed is an adjective.
ITS_VERB = expression(
    r"^(\s+(?:\w+ly\s+|also\s+)?(?!be\b|have\b|get\b)[a-z]+)\s+[a-z]{2,}ed\s+(?=[a-z])"
)
# In "will have passed by August" it is still to come.
PERFECT = expression(r"^\s+(?:\w+ly\s+|also\s+|all\s+|by\s+then\s+)?have\s+(?:been\s+)?[a-z]+\b")
# After these, a word in -ed is a passive still to come, or an adjective.
NOT_PAST = expression(
    r"(?:be|been|being|get|is|are|to|the|an?|its|our|their|his|her|as|and|or|of|with|more|\w+ly)",
    re.IGNORECASE,
)
OTHER_CLAUSE = expression(
    r";|\b(?:that|which|who|whom|whose|what|when|where|because|since|after|following|whether|if)\b"
    r"|,\s+\w+ing\b",
    re.IGNORECASE,
)
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
WEEK_OF = (
    r"(?:weekend|week|fortnight|month|days)\s+(?:of|beginning|commencing|starting|ending|before)\s+"
)
# What may stand before a date that says when something happens.
WHEN = expression(
    r"\b(?:in|on|by|at|before|until|till|to|from|during|around|through|for|over)\s+(?:the\s+)?"
    rf"(?:{WEEK_OF})?{DAY}(?:the\s+)?$",
    re.IGNORECASE,
)
NOT_WHEN = expression(
    r"\b(?:since|after|following|of|than|last|previous|between|months?\s+to|year\s+to|against|with|"
    r"compared\s+to|ending|ended|as\s+at|as\s+of|dated)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
CLAUSE_BEGINS = expression(r"(?:^|[,;:(–]|\b(?:and|but|so|now|or)\b)[\s•*-]*", re.IGNORECASE)
NOUN_FOLLOWS = expression(
    rf"(?:['’]s?)?\s+(?!(?:and|or|but|to|at|in|on|by|for|from|with|when|where|which|who|that|so|as|"
    rf"if|until|before|after|across|into|will|shall|is|are|the|a|an|we|they|it|{MEETING})\b)[a-z]"
)
MEETING_FOLLOWS = expression(rf"(?:['’]s?)?\s+(?:\w+\s+){{0,1}}{MEETING}\b", re.IGNORECASE)
SENTENCE_ENDS = expression(
    # Each begins with a character that is quick to see.
    r"[.!?](?<![A-Z].)(?<!\b(?:Ch|St|Mr|Ms|Dr|vs|No).)(?<!\b(?:Mrs|Col|Det|Sgt|e\.g|i\.e|etc).)"
    r"(?<!\b(?:Supt|Insp|Cllr).)[\"”’)]*\s+(?=[A-Z0-9“‘\"(•-])"
    r"|[\s•](?:(?<=\n)\s*(?=\S)|[^\S\n]*\n\s*(?=\S)|(?<=•)\s*|(?<!•)\s*•\s*)"
)
HAPPENS = expression(
    r"(?:\w+|['’]\w+)\s+(?:\w+ly\s+|also\s+|now\s+)?(?:be\s+(?:held|hosted|open)|begin|commence|"
    r"go\s+ahead|happen|open|run|start|take\s+place)\b",
    re.IGNORECASE,
)
# What comes of a day is to come after it.
LEADS_TO = expression(
    r"(?:\w+|['’]\w+)\s+(?:\w+ly\s+|also\s+|now\s+|not\s+){0,2}(?:affect|allow|alter|bring|cause|change|"
    r"delay|determine|enable|have|help|hinder|inform|influence|lead|leave|make|mean|push|remain|result|"
    r"shape|slow|be\s+(?:followed|reflected|remembered|reported))\b",
    re.IGNORECASE,
)
# What a meeting left behind is not the meeting.
OF_A_MEETING = expression(
    r"\b(?:actions?|attendance|decisions?|discussions?|minutes|notes|record|those\s+present)\s+"
    r"(?:at|from|of)\b",
    re.IGNORECASE,
)
MAY_END = expression(r"[.!?\n•]")
