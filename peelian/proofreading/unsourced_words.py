"""The words by which a text says, or need not say, of when its figures are and whence."""

from __future__ import annotations

import re

from peelian.expressions import expression

# A share in words told in the present is of no period that a report may have.
ALWAYS = expression(
    r"\b(?<!would )(?<!could )have(?!\s+been)\b|"
    r"\b(?:is|are|do|does|come|comes|need|take|takes|say|says|feel|know|live|go|goes|"
    r"wait|waits|spend|spends|report|saves?|frees?|costs?|withdraw|accounts?|makes?\s+up|involves?)\b",
    re.IGNORECASE,
)
PAST = expression(r"\b(?:was|were|had|did|said|fell|rose)\b", re.IGNORECASE)
# Who said it, and then what is said.
REPORTS = expression(
    r"^[^.;]{0,60}?\b(?:added|advised|found|heard|noted|reported|said|says|showed|shows|thought|told)\s+"
    r"(?:\w+\s+){0,3}?that\b",
    re.IGNORECASE,
)
# What is told so is of no time.
HABIT = expression(r"\b(?:takes?|waits?|lasts?|spends?|likely)\b", re.IGNORECASE)
PERHAPS_PAST = expression(
    r"\b(?:\w{2,}ed|became|began|came|felt|found|gave|got|heard|held|kept|knew|left|lost|made|met|paid|"
    r"ran|saw|sent|spent|stood|thought|told|took|went|won)\b",
    re.IGNORECASE,
)
# A sentence after a figure that says where in the document it is.
SEE_AFTER = expression(
    r"\s*(?:\(?see|details?|these|they|the\s+(?:data|detail|figures|numbers)|tables?|charts?|appendix|"
    r"annex)\b[^.]{0,80}",
    re.IGNORECASE,
)
IN_BRACKETS, CITED_MIDWAY = (expression(rf"\([^()]{{0,120}}\){ends}") for ends in ("", r"(?!\W*$)"))
# How long somebody waited whose story is told.
OF_ONE = expression(
    r"\b(?:he|she|M(?:rs?|s|iss)\.?\s+[A-Z]\w+)\b[^.;]{0,60}\b(?:waited|been\s+waiting)\b",
    re.IGNORECASE,
)
BUDGETED = expression(r"\bbudget\b", re.IGNORECASE)
SPENT = expression(r"\b(?:actual|forecast|outturn|spent|variance)\b", re.IGNORECASE)
# Set against others, it cannot be from the office's own books.
AGAINST_OTHERS = expression(
    r"\b(?:national(?:ly)?(?:\s+average)?|(?:similar|other|any|all)\s+forces?|most\s+similar|"
    r"(?:population|households)(?!\s+of)|in\s+the\s+(?:country|region)|England\s+and\s+Wales|other\s+(?:areas|counties)|elsewhere|"
    r"(?:its|our|their)\s+(?:neighbours|peers))\b",
    re.IGNORECASE,
)
IN_NO_BOOKS = expression(
    r"\b(?:never|not)\s+(?:\w+\s+){0,2}(?:recorded|reported)\b|\bun(?:recorded|reported)\b",
    re.IGNORECASE,
)
# On a line of its own above a figure: that figure is no result.
STANDARD = expression(
    r"\W*(?:standard|target|threshold|benchmark|tolerance|limit|aim|goal|ambition|baseline)\W*",
    re.IGNORECASE,
)
ATTENDANCE = expression(
    r"\W*(?:also\s+(?:there|present)|apologies|attendance|in\s+attendance|present)\b", re.IGNORECASE
)
# A line of a list that ends with what it costs is of a budget.
PRICED = expression(r"\s£\d[\d,.]{0,12}\s?(?:m|k|bn|million)?\W*$", re.IGNORECASE)
SAID_WHOLE = expression(r"\.$|:\s*[\d,]+$")
CLAUSE_BEGINS = expression(
    r"(?:^|[.,;:]|\b(?:and|but|that|while|where))\s*(?:(?:about|almost|around|at\s+least|just|nearly|"
    r"only|over|roughly|some|under|up\s+to|(?:more|less|fewer)\s+than)\s+){0,2}$",
    re.IGNORECASE,
)
OF_THEM = expression(
    r"\b(?:of|from)\s+(?:it|that|these|this|those(?!\s+who)|them|which|whom)\b", re.IGNORECASE
)
SAID_OF_BOTH = expression(
    r"(?:^|[.;])\s*(?:both|all|these|(?:the\s+)?(?:figures|data|numbers|percentages))\b",
    re.IGNORECASE,
)
