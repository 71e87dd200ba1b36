"""Verbs of what is exempt: keep words, keep a file, note who read it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.exempt.apart import may_read
from peelian.exempt.models import ExemptFile, ExemptPart, Reading
from peelian.record.access import Actor, may
from peelian.record.errors import Invalid, Refused
from peelian.record.files import NewFile, checked_type, clean_name, store
from peelian.record.kinds import kind_of
from peelian.record.models import Record
from peelian.record.values import values_of
from peelian.record.writing import MOST_WHY, keep, lock, operation

MOST_GROUND = MOST_TITLE = 300
_NOT_ALLOWED = gettext_lazy("Your role does not allow you to keep or read what is exempt.")


@operation
def keep_exempt_part(
    record: Record, *, text: str, ground: str, by: Actor, why: str = ""
) -> ExemptPart:
    """Keep what of a record may not be published, apart from it; earlier ones stay.

    Raises Refused for whoever may not read it, and Invalid without a text or a ground.
    """
    _require_reader(record, by)
    text, ground = text.strip(), ground.strip()
    errors = {
        name: [said]
        for name, value, said in (
            ("text", text, _("Write what is exempt.")),
            ("ground", ground, _("Say on what ground it is exempt.")),
        )
        if not value
    }
    if len(ground) > MOST_GROUND:
        errors["ground"] = [_("Give the ground in at most 300 characters.")]
    if len(why) > MOST_WHY:
        errors["why"] = [_("Give the reason in at most 1,000 characters.")]
    if errors:
        raise Invalid(errors)
    current = lock(record)
    part = ExemptPart(record_id=current.pk, text=text, ground=ground, by=by.name)
    part.save()
    # The history is open to more roles than the exempt part: it says that there is one, not what.
    keep(current, "exempt_part_kept", values_of(current), by=by, why=why)
    return part


@operation
def keep_exempt_file(record: Record, file: NewFile, *, by: Actor, why: str = "") -> ExemptFile:
    """Keep a file that may not be published, apart from the record; it is no attachment.

    Raises Refused for whoever may not read it, and Invalid without a title or for a type or size
    that is not taken.
    """
    _require_reader(record, by)
    title = file.title.strip()
    if not title or len(title) > MOST_TITLE:
        raise Invalid({"title": [_("Give the file a title of at most 300 characters.")]})
    media_type = checked_type(file)
    current = lock(record)
    kept = ExemptFile(
        record_id=current.pk,
        sha256=store(file.content),
        name=clean_name(file.name),
        media_type=media_type,
        size=len(file.content),
        title=title,
        by=by.name,
    )
    kept.save()
    keep(current, "exempt_file_kept", values_of(current), by=by, why=why)
    return kept


@operation
def note_reading(record: Record, form: str, *, by: Actor, about: str = "") -> Reading:
    """Note that somebody read what is exempt of a record, which file, or for whom it was copied.

    Raises Refused for whoever may not read it.
    """
    if not may(by, "manage", kind_of(record).area):
        raise Refused(str(_NOT_ALLOWED))
    reading = Reading(record_id=record.pk, form=form, about=about[:MOST_TITLE], by=by.name)
    reading.save()
    return reading


def _require_reader(record: Record, by: Actor) -> None:
    if not may_read(by, record):
        raise Refused(str(_NOT_ALLOWED))
