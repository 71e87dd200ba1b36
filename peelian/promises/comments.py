"""What colleagues say to one another about an update while it is on its way to the public."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from peelian.promises.models import Comment, ProgressUpdate
from peelian.record.access import Actor
from peelian.record.errors import Invalid
from peelian.record.writing import lock, operation

MOST = 2_000  # characters


@operation
def comment(update: ProgressUpdate, *, text: str, by: Actor) -> Comment:
    """Return a comment on an update, which stays as it was written. Raises Invalid, or Refused."""
    text = text.strip()
    if not text:
        raise Invalid({"comment": [_("Write what you want to say about this line.")]})
    if len(text) > MOST:
        raise Invalid({"comment": [_("Use at most 2,000 characters.")]})
    held = lock(update)
    made = Comment(update_id=held.pk, by=by.name, text=text)
    made.save()
    return made


def comments_on(updates: Sequence[int]) -> dict[int, list[Comment]]:
    """Return the comments on updates by their ids, the oldest first. Two queries at most."""
    found: dict[int, list[Comment]] = {}
    made = list(Comment.objects.filter(update__in=updates).order_by("at", "pk"))
    if not made:
        return found
    users = get_user_model().objects.filter(username__in={one.by for one in made})
    names = dict(users.values_list("username", "full_name"))
    for one in made:
        one.who = names.get(one.by, one.by)
        found.setdefault(one.update_id, []).append(one)
    return found
