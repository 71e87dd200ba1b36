"""What visits found, as the record keeps it and as people read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from peelian.publication.models import PublicationPlace, Visit
from peelian.publication.verdicts import Form
from peelian.publication.visiting import Found
from peelian.record.access import Actor


def row_of(place: PublicationPlace, found: Found, *, by: Actor) -> Visit:
    """Return the row that keeps what a visit found; not written yet."""
    reading = found.reading
    return Visit(
        place=place,
        at=found.at,
        by=by.name,
        url=place.url,
        verdict=found.verdict.value,
        detail=found.detail[:300],
        status=found.status,
        final_url=found.final_url[:2000],
        moved_to=found.moved_to[:2000],
        seconds=found.seconds,
        size=found.size,
        media_type=found.media_type[:100],
        sha256=found.sha256,
        newest=found.newest,
        newest_said=reading.said[:200] if reading else "",
        title=reading.title[:300] if reading else "",
        language=reading.language if reading else "",
        tagged=reading.tagged if reading else None,
        files=[_file(one) for one in found.files],
    )


def _file(found: Found) -> dict[str, Any]:
    newest, reading = found.newest, found.reading
    return {
        "url": found.url[:2000],
        "verdict": found.verdict.value,
        "newest": newest.isoformat() if newest else "",
        "title": reading.title[:300] if reading else "",
        "oddities": oddities(
            is_document=reading is not None and reading.form in (Form.PDF, Form.WORD),
            tagged=reading.tagged if reading else None,
            title=reading.title if reading else "",
            language=reading.language if reading else "",
        ),
    }


def oddities(*, is_document: bool, tagged: bool | None, title: str, language: str) -> list[str]:
    """Return by code what a screen reader would miss in a document."""
    if not is_document:
        return []
    missing = (
        ("untagged", tagged is False),
        ("no title", not title),
        ("no language", not language),
    )
    return [code for code, is_missing in missing if is_missing]


def oddities_of(visit: Visit) -> list[str]:
    """Return by code what a screen reader would miss in what was visited."""
    is_document = "pdf" in visit.media_type or "word" in visit.media_type
    return oddities(
        is_document=is_document and bool(visit.sha256),
        tagged=visit.tagged,
        title=visit.title,
        language=visit.language,
    )


def latest(places: Iterable[PublicationPlace]) -> dict[int, Visit]:
    """Return the newest visit of each place by its id, of the address it has now. One query."""
    wanted = {place.pk: place.url for place in places}
    rows = Visit.objects.filter(place__in=wanted).order_by()
    last = rows.values("place_id", "url").annotate(last=Max("pk")).values("last")
    found = Visit.objects.filter(pk__in=last)
    return {visit.place_id: visit for visit in found if visit.url == wanted[visit.place_id]}


def newest(places: Iterable[PublicationPlace], most: int) -> list[Visit]:
    """Return the newest visits to places, at most so many. One query."""
    return list(Visit.objects.filter(place__in=[place.pk for place in places])[:most])
