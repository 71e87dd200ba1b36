"""How many votes a decision needs, and whether it had them."""

from dataclasses import dataclass
from enum import StrEnum


class Majority(StrEnum):
    """Whose votes are counted: of those who vote, or of all who are members."""

    SIMPLE = "simple"
    TWO_THIRDS = "two_thirds"


@dataclass(frozen=True)
class Outcome:
    """A vote as it was cast, the votes in favour that it needed, and whether it had them.

    Of a simple majority `needed` is for as many voting as did vote.
    """

    rule: Majority
    members: int
    for_: int
    against: int
    abstained: int
    needed: int

    @property
    def carried(self) -> bool:
        """Return whether the votes in favour were enough; nobody's vote carries nothing."""
        return self.for_ >= self.needed

    @property
    def tied(self) -> bool:
        """Return whether a simple majority failed by a tie, which a chair may be let to break."""
        return self.rule == Majority.SIMPLE and self.for_ == self.against > 0

    @property
    def short_by(self) -> int:
        """Return how many votes in favour were missing."""
        return max(self.needed - self.for_, 0)

    @property
    def not_voting(self) -> int:
        """Return how many members neither voted nor abstained: away, or silent."""
        return self.members - self.for_ - self.against - self.abstained


def two_thirds(members: int) -> int:
    """Return the least whole number that is at least two-thirds of the members.

    Police Reform and Social Responsibility Act 2011, Schedule 5, paragraph 4 and Schedule 8,
    paragraph 5: of the persons who are members when the decision is made. A vacant seat is no
    person, and who is absent still counts. Raises ValueError for fewer than none.
    """
    if members < 0:
        raise ValueError(f"found {members} members, expected 0 or more")
    return -(-2 * members // 3)


def more_than_half(voting: int) -> int:
    """Return the least number of votes that is more than half of those cast.

    As councils decide (Local Government Act 1972, Schedule 12, paragraph 39), those present and
    voting; a panel's rules of procedure may say otherwise. Raises ValueError for fewer than none.
    """
    if voting < 0:
        raise ValueError(f"found {voting} votes, expected 0 or more")
    return voting // 2 + 1


def outcome(rule: Majority, *, members: int, for_: int, against: int, abstained: int) -> Outcome:
    """Return how a vote came out by a rule.

    At least one vote in favour is needed. Raises ValueError for a number below nought, or where
    more voted and abstained than there are members.
    """
    cast = {"for": for_, "against": against, "abstained": abstained}
    for name, number in cast.items():
        if number < 0:
            raise ValueError(f"found {number} {name}, expected 0 or more")
    if sum(cast.values()) > members:
        raise ValueError(
            f"found {sum(cast.values())} votes, expected at most {members}, a member's vote each"
        )
    needed = more_than_half(for_ + against)
    if rule == Majority.TWO_THIRDS:
        needed = max(two_thirds(members), 1)
    return Outcome(rule, members, for_, against, abstained, needed)
