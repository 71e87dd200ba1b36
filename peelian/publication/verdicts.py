"""What a visit to an address can find, and what it promised to be. No Django."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """How an address answered."""

    ANSWERS = "answers"
    MOVED = "moved"  # answers, but said that it is for good at another address
    GONE = "gone"  # 404 or 410
    NOT_FOUND_PAGE = "not_found_page"  # answers as if all were well, and shows “not found”
    WRONG_TYPE = "wrong_type"
    ERROR = "error"
    SLOW = "slow"
    TOO_LARGE = "too_large"
    ENDLESS = "endless"  # redirects in a circle, or a file without an end
    ROBOTS = "robots"  # the site asks not to be visited there
    REFUSED = "refused"  # an address that we do not visit
    CERTIFICATE = "certificate"


class Form(StrEnum):
    """What a person who follows the address is promised, and what a visit found."""

    PAGE = "page"
    PDF = "pdf"
    WORD = "word"
    SHEET = "sheet"
    OTHER = "other"


# A reader gets what is there.
GOOD = frozenset({Verdict.ANSWERS, Verdict.MOVED})
# A reader does not get it; what is in neither could not be judged.
BAD = frozenset(
    {
        Verdict.GONE,
        Verdict.NOT_FOUND_PAGE,
        Verdict.WRONG_TYPE,
        Verdict.ERROR,
        Verdict.ENDLESS,
        Verdict.CERTIFICATE,
    }
)


class Failed(Exception):
    """A visit that ended without an answer that could be read; `detail` is in a few words."""

    def __init__(self, verdict: Verdict, detail: str) -> None:
        self.verdict = verdict
        self.detail = detail
        super().__init__(f"{verdict}: {detail}")
