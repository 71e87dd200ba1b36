"""Contradictions: two places that cannot both be right, and sums that do not come out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import expression
from peelian.proofreading.accounted import accounted_for
from peelian.proofreading.all_and_some import Share, shares_said, some_of_all
from peelian.proofreading.arithmetic import (
    Wrong,
    against_its_standard,
    answers,
    beyond_the_whole,
    by_sentence,
    changes,
    shares,
    sums_in_prose,
)
from peelian.proofreading.changes_told import changes_told
from peelian.proofreading.claims import claims_of
from peelian.proofreading.clause_pairs import narrower, of_others
from peelian.proofreading.clauses import around
from peelian.proofreading.council_tax_bands import wrong_bands
from peelian.proofreading.differences import (
    differences_in_tables,
    directions_in_tables,
    movements_in_tables,
    shares_in_tables,
)
from peelian.proofreading.events import Event, events, on_another_day, still_to_come
from peelian.proofreading.figure_pairs import (
    DURATIONS,
    Claim,
    conflict,
    is_of_another_column,
    unit_kind,
)
from peelian.proofreading.findings import RANK, Confidence, Finding, Place, check
from peelian.proofreading.like_sentences import in_like_sentences, sentence_words
from peelian.proofreading.parts import parts_of_wholes
from peelian.proofreading.parts_listed import parts_listed
from peelian.proofreading.proof import Proof
from peelian.proofreading.restated import restated
from peelian.proofreading.rhythms import meetings_said, otherwise
from peelian.proofreading.same_time import at_one_time, told_apart
from peelian.proofreading.spoken import Minuted
from peelian.proofreading.stages import Stage, stages, undone
from peelian.proofreading.standings import Standing, against_its_target, opposed, standings
from peelian.proofreading.table_sums import sums_in_tables, sums_of_lists
from peelian.proofreading.tallies import Tally, other_totals, told_twice, wrong_tallies
from peelian.proofreading.targets_told import targets_told
from peelian.recognition.figures import Figure

S = TypeVar("S", Stage, Event, Share)
_TITLE = gettext_lazy("Contradiction")
# So many earlier figures with a word in common are looked at for each: it bounds the work.
_MOST_COMPARED = 50
# A thing with more values than these, none of them dated, is a list whose entries are of
# different places or groups that the text names elsewhere.
_MOST_VALUES = 4
_FEWEST_WORDS = 3
_MOST_OTHERS, _MOST_WORDS, _MOST_BODIES = 4, 10, 200
_QUARTER = expression(r"\b(?:Q|quarter\s+)([1-4])\b", re.IGNORECASE)
_LASTING = expression(
    r"[\s-]*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b"
    r"(?:\s*(?:and\s+)?\d{1,2}\s*(?:seconds?|secs?|minutes?|mins?)\b)?"
)


@check("contradiction", _TITLE)
def two_values(proof: Proof) -> Iterator[Finding]:
    """Yield each figure that an earlier one of the same thing contradicts."""
    by_word: dict[str, list[Claim]] = defaultdict(list)
    paired: set[frozenset[str]] = set()
    reported: set[tuple[frozenset[str], frozenset[float]]] = set()
    claims = claims_of(proof)
    listed = _listed(claims)
    for claim in claims:
        if claim.words in listed or (not claim.words and _is_bare(claim.figure)):
            continue
        value = claim.figure.value
        against = [
            pair
            for pair in _against(claim, by_word)
            if (claim.words, frozenset((value, pair[0].value))) not in reported
        ]
        if against:
            reported |= {(claim.words, frozenset((value, one.value))) for one, _sure in against}
            paired |= {frozenset((claim.figure.quotation, f.quotation)) for f, _sure in against}
            yield _two_values(claim.figure, against)
        for word in claim.words | sentence_words(claim) | claim.clause.words:
            by_word[word].append(claim)
    said = _("The number of %(what)s is %(said)s here, and %(elsewhere)s elsewhere.")
    for document in proof.documents:
        for one in told_twice(document):
            if frozenset((one.quotation, one.other_quotation)) not in paired:
                yield _tally(one, said)


def _is_bare(figure: Figure) -> bool:
    """Return whether a figure stands with a word or two, that name no thing: `90% grade`."""
    return len(figure.quotation.split()) <= _FEWEST_WORDS


def _listed(claims: Sequence[Claim]) -> set[frozenset[str]]:
    """Return the measures that have too many undated values to be one thing."""
    values: dict[frozenset[str], set[float]] = defaultdict(set)
    for claim in claims:
        if claim.words and not claim.figure.period and not claim.is_former:
            values[claim.words].add(claim.figure.value)
    return {words for words, found in values.items() if len(found) > _MOST_VALUES}


def _against(claim: Claim, by_word: dict[str, list[Claim]]) -> list[tuple[Figure, Confidence]]:
    """Return the earlier figures that contradict one, the surest first, one for each value."""
    rarest = sorted(
        claim.words | sentence_words(claim) | claim.clause.words,
        key=lambda word: len(by_word.get(word, ())),
    )
    near: dict[int, Claim] = {}
    for word in rarest:
        for other in by_word.get(word, ())[-_MOST_COMPARED:]:
            near.setdefault(id(other), other)
        if len(near) >= _MOST_COMPARED:
            break
    found = [(other.figure, sure) for other in near.values() if (sure := _conflict(claim, other))]
    found.sort(key=lambda pair: (RANK[pair[1]], pair[0].origin.order))
    kept: list[tuple[Figure, Confidence]] = []
    for figure, sure in found:
        if all(figure.value != other.value for other, _sure in kept):
            kept.append((figure, sure))
    return kept[:_MOST_OTHERS]


def _conflict(this: Claim, other: Claim) -> Confidence | None:
    """Return how sure it is that two figures contradict each other."""
    one, two = this.figure, other.figure
    if one.quotation == two.quotation or unit_kind(one) != unit_kind(two):
        return None
    if one.value == two.value and unit_kind(one) != "£":  # quick, and most are
        return None
    if told_apart(this, other) or of_others(this, other) or _quarters_apart(one, two):
        return None
    if is_of_another_column(this, other):
        return None
    changed = one.change or two.change
    if changed and this.is_minuted != other.is_minuted and not this.time.is_that_of(other.time):
        return None  # a change that was told at a meeting was of then
    same_block = this.block == other.block != -1
    rules = (restated,) if same_block else (restated, at_one_time, conflict, in_like_sentences)
    if narrower(this, other):
        rules = (restated,)
    found = [sure for rule in rules if (sure := rule(this, other))]
    return min(found, key=RANK.__getitem__, default=None)


def _quarters_apart(one: Figure, two: Figure) -> bool:
    """Return whether two figures are of other quarters of a year, which need not be named."""
    first, second = (_QUARTER.search(figure.period) for figure in (one, two))
    return first is not None and second is not None and first[1] != second[1]


def _two_values(figure: Figure, against: Sequence[tuple[Figure, Confidence]]) -> Finding:
    earlier = ", ".join(_said(other) for other, _sure in against)
    words = (figure.measure or figure.unit).split()
    measure = " ".join(words[:_MOST_WORDS]) + ("…" if len(words) > _MOST_WORDS else "")
    return Finding(
        Place(figure.origin, figure.quotation),
        _("“%(measure)s” is %(here)s here, and %(there)s elsewhere.")
        % {"measure": measure, "here": _said(figure), "there": earlier},
        _(
            "Find out which is right and say it in both places. If both are, say of what time, "
            "area or group each one is."
        ),
        against[0][1],
        tuple(Place(other.origin, other.quotation) for other, _sure in against),
    )


def _said(figure: Figure) -> str:
    """Return a value as printed, with what qualifies it."""
    if figure.unit in DURATIONS:
        return _lasting(figure)
    if figure.qualifier and figure.qualifier != "+":
        return f"{figure.qualifier.casefold()} {figure.printed}"
    return figure.printed


def _lasting(figure: Figure) -> str:
    """Return a length of time as printed, with its unit and the smaller one after it."""
    _before, after = around(figure)
    lasting = _LASTING.match(after)
    return f"{figure.printed}{lasting[0]}" if lasting else f"{figure.printed} {figure.unit}"


@check("contradiction", _TITLE)
def above_and_below(proof: Proof) -> Iterator[Finding]:
    """Yield what is said to be above a standard here and below it elsewhere."""
    known: list[Standing] = []
    for document in proof.documents:
        for standing in standings(document):
            others = [one for one in known if opposed(one, standing)][:_MOST_OTHERS]
            known.append(standing)
            if others:
                sure = others[0].words == standing.words and len(standing.words) >= 2
                sure = sure and not standing.moves
                yield Finding(
                    Place(standing.origin, standing.quotation),
                    _("This says “%(here)s”; elsewhere the same is said to be “%(there)s”.")
                    % {"here": standing.printed, "there": others[0].printed},
                    _("Find out which is right, or say of what time or area each one is."),
                    Confidence.LIKELY if sure else Confidence.POSSIBLE,
                    tuple(Place(one.origin, one.quotation) for one in others),
                )


@check("contradiction", _TITLE)
def two_rhythms(proof: Proof) -> Iterator[Finding]:
    """Yield what says that a body meets more or less often than is said elsewhere."""
    for document in proof.documents:
        of_it = [one for one in proof.glossaries if one.origin.file == document.file]
        said = meetings_said(document, of_it)[:_MOST_BODIES]
        for n, one in enumerate(said):
            others = [two for two in said[:n] if otherwise(one, two)][:_MOST_OTHERS]
            if others:
                yield Finding(
                    Place(one.origin, one.quotation),
                    _("“%(name)s” meets %(here)s here, and %(there)s elsewhere.")
                    % {"name": one.name, "here": one.printed, "there": others[0].printed},
                    _("Find out which is right and say it in both places."),
                    Confidence.LIKELY if one.words == others[0].words else Confidence.POSSIBLE,
                    tuple(Place(two.origin, two.quotation) for two in others),
                )


@check("contradiction", _TITLE)
def done_and_to_do(proof: Proof) -> Iterator[Finding]:
    """Yield what is said to be still to come where another place says that it is done."""
    minuted = Minuted(proof)

    def undone_since(one: S, two: S) -> bool:
        to_do, done = (two, one) if one.is_done else (one, two)
        return minuted.at(done.origin) or not minuted.at(to_do.origin)

    for document in proof.documents:
        by_stage = list(
            _against_earlier(stages(document), lambda a, b: undone(a, b) and undone_since(a, b))
        )
        told = {(one.place.quotation, one.others[0].quotation) for one in by_stage}
        yield from by_stage
        for one in _against_earlier(
            document.once(events), lambda a, b: still_to_come(a, b) and undone_since(a, b)
        ):
            if (one.place.quotation, one.others[0].quotation) not in told:
                yield one


@check("disagreeing-dates")
def events_on_two_days(proof: Proof) -> Iterator[Finding]:
    """Yield what is said to happen on one day where another place has another day."""
    for document in proof.documents:
        yield from _against_earlier(document.once(events), on_another_day)


@check("contradiction", _TITLE)
def all_and_some(proof: Proof) -> Iterator[Finding]:
    """Yield what is said of all of them in one place, and only of some in another."""
    for document in proof.documents:
        yield from _against_earlier(shares_said(document), some_of_all)


def _against_earlier(said: Sequence[S], is_against: Callable[[S, S], bool]) -> Iterator[Finding]:
    """Yield each statement that earlier ones speak against."""
    for n, one in enumerate(said):
        others = [two for two in said[:n] if is_against(one, two)][:_MOST_OTHERS]
        if others:
            yield Finding(
                Place(one.origin, one.quotation),
                _("This says “%(here)s”; elsewhere the same is said to be “%(there)s”.")
                % {"here": one.printed, "there": others[0].printed},
                _("Find out which is right, or say of what time or area each one is."),
                Confidence.POSSIBLE,
                tuple(Place(two.origin, two.quotation) for two in others),
            )


@check("contradiction", _TITLE)
def tallies(proof: Proof) -> Iterator[Finding]:
    """Yield how many things are said to be in a state where the document has another number."""
    counted = _("“%(said)s” are said to be %(what)s; the document has %(elsewhere)s of them.")
    total = _("The sum is %(said)s here, and %(elsewhere)s in the table.")
    for document in proof.documents:
        for one in wrong_tallies(document, proof.number_tables(document)):
            yield _tally(one, counted)
        for one in other_totals(document, proof.number_tables(document)):
            yield _tally(one, total)


def _tally(one: Tally, reason: str) -> Finding:
    return Finding(
        Place(one.origin, one.quotation),
        reason % {"said": one.said, "what": one.what, "elsewhere": one.elsewhere},
        _("Count them again, and say the same number in both places."),
        Confidence.POSSIBLE,
        (Place(one.other, one.other_quotation),),
    )


@check("contradiction", _TITLE)
def against_the_target(proof: Proof) -> Iterator[Finding]:
    """Yield what a row of a table says of its target that its own values do not show."""
    for document in proof.documents:
        for cell, said, result, target in against_its_target(document):
            yield Finding(
                Place(cell.origin, cell.text),
                _("This says “%(said)s”, but the row gives %(result)s against %(target)s.")
                % {"said": said, "result": result, "target": target},
                _("Check the values and the words, then mend the one that is wrong."),
                Confidence.LIKELY,
            )


@check("contradiction", _TITLE)
def sums(proof: Proof) -> Iterator[Finding]:
    """Yield totals, changes and shares that the values given with them do not bear out."""
    for put in by_sentence(proof.figures):
        for wrong in (*changes(put), *against_its_standard(put), *beyond_the_whole(put)):
            yield _wrong(wrong, Confidence.LIKELY)
        for wrong in (*sums_in_prose(put), *shares(put), *answers(put)):
            yield _wrong(wrong, Confidence.LIKELY)
    for document in proof.documents:
        # of a PDF a row may have been lost where its table goes on to the next page, and of a plain
        # text the tables are read from its layout
        laid_out = document.format in ("pdf", "txt")
        sure = Confidence.LIKELY if laid_out else Confidence.CERTAIN
        added = dict.fromkeys(sums_in_tables(document.tables()))
        places = {wrong.origin.order for wrong in added}
        numbered = sums_in_tables(proof.number_tables(document))
        added |= dict.fromkeys(one for one in numbered if one.origin.order not in places)
        for wrong in (*added, *sums_of_lists(document, proof.number_tables(document))):
            yield _wrong(wrong, sure)
        rules = (
            *(parts_of_wholes, parts_listed, changes_told, targets_told, accounted_for),
            *(wrong_bands, differences_in_tables, movements_in_tables, shares_in_tables),
            directions_in_tables,
        )
        for wrong in (wrong for rule in rules for wrong in rule(document)):
            yield _wrong(wrong, Confidence.LIKELY)


def _wrong(wrong: Wrong, sure: Confidence) -> Finding:
    said = {"stated": wrong.stated, "found": wrong.found}
    reasons = {
        "total": _("The total is given as %(stated)s, but its parts come to %(found)s."),
        "change": _("The change is given as %(stated)s, but the two values make it %(found)s."),
        "direction": _("The words say “%(stated)s”, but the values go the other way: %(found)s."),
        "standard": _("The words set %(stated)s on the wrong side of %(found)s."),
        "shares": _("With the %(stated)s that remain, the shares come to %(found)s."),
        "answers": _("With these %(stated)s, the answers come to %(found)s."),
        "share": _("The share is given as %(stated)s, but the numbers make it %(found)s."),
        "whole": _("%(stated)s of a whole is more than %(found)s."),
        "band": _("The band’s tax is given as %(stated)s; that of band D makes it %(found)s."),
        "movement": _("The row ends with %(stated)s, but its other values come to %(found)s."),
        "difference": _("The row gives %(stated)s, but the two above it differ by %(found)s."),
    }
    return Finding(
        Place(wrong.origin, wrong.quotation),
        reasons[wrong.kind] % said,
        _("Check the numbers against their source, then mend the one that is wrong."),
        sure,
    )
