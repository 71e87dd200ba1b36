"""The record's tables: what can be cited, what changed, what waits, what was issued."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from peelian.config.database import keeps_its_constraints
from peelian.intake.tables import as_amount
from peelian.record.errors import WriteRefused
from peelian.record.keeping import Keeping, require_free
from peelian.record.querysets import (
    AppendOnlyQuerySet,
    KeptQuerySet,
    RecordQuerySet,
    require_write_path,
)

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
is_reference = RegexValidator(
    re.compile(rf"^(?!new\Z){REFERENCE.pattern}\Z"),  # “new” is an address of its own
    _("Use letters, digits, full stops and hyphens only, for example 2016-A4.6."),
)


class Status(models.TextChoices):
    """How far a record is on its way to the public."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Audience(models.TextChoices):
    """Who may see a record once it is published."""

    PUBLIC = "public", _("Everyone")
    OFFICE = "office", _("The office and the panel’s officers")


class ToRecord(models.ForeignKey):  # type: ignore[type-arg]  # not generic at run time
    """A protected reference from one record to another of the kinds named."""

    def __init__(self, *kinds: str, optional: bool = True, **options: Any) -> None:
        self.kinds = kinds
        options.setdefault("to", "record.Record")
        options.setdefault("on_delete", models.PROTECT)
        options.setdefault("related_name", "+")
        if kinds:
            options["limit_choices_to"] = {"kind__in": kinds}
        if optional:
            options |= {"null": True, "blank": True}
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the field as migrations see it: a plain foreign key."""
        name, _path, args, options = super().deconstruct()
        options.pop("limit_choices_to", None)
        return name, "django.db.models.ForeignKey", args, options


def _amount(value: Any) -> Any:
    amount = as_amount(str(value))
    if amount is None:
        raise ValidationError(_("Give an amount in pounds, for example 1,234.50."))
    return amount


class PoundsField(forms.DecimalField):
    """Asks for an amount as people write it: `£1,234.50`."""

    def to_python(self, value: Any) -> Any:
        """Return the amount, None for nothing. Raises ValidationError."""
        return None if value in self.empty_values else _amount(value)


class MoneyField(models.DecimalField):  # type: ignore[type-arg]  # not generic at run time
    """An amount in pounds and pence, exact."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_digits": 13, "decimal_places": 2} | options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Return the field as migrations see it: a plain decimal."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DecimalField", args, options

    def to_python(self, value: Any) -> Any:
        """Return the amount with its pence, so that 5 and 5.00 are the same."""
        return None if value is None else _amount(value)

    def formfield(self, **options: Any) -> Any:
        """Return the field of a form that takes pounds as people write them."""
        return super().formfield(**{"form_class": PoundsField, "widget": forms.TextInput} | options)


def sort_key(text: str) -> str:
    """Return a key that sorts numbers inside references by value: 2.9 < 2.10, A4.9 < A4.10."""
    return re.sub(r"\d+", lambda digits: digits[0].zfill(8), text.casefold())[:200]


class Record(models.Model):
    """Everything a person can cite. One child table per model, one level only.

    The columns hold official values only: a change to a published record waits as a `Draft`.
    Where a model `needs_reason`, nothing that is public is changed without one. `newest` names the
    column of the day by which its lists begin with the newest.
    """

    needs_reason: ClassVar[bool] = False
    newest: ClassVar[str] = ""
    keeping: ClassVar[Keeping]  # each model says how long its records are kept

    kind = models.CharField(max_length=40, editable=False)
    reference = models.CharField(_("Reference"), max_length=80, validators=[is_reference])
    sort_key = models.CharField(max_length=200, editable=False, default="")
    title = models.CharField(_("Title"), max_length=600)
    parent = ToRecord(related_name="children", verbose_name=_("Part of"))
    owner = ToRecord("role", "body", related_name="owned", verbose_name=_("Owner"))
    audience = models.CharField(
        _("Who may see it"), max_length=10, choices=Audience, default=Audience.PUBLIC
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    embargo_until = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[RecordQuerySet[Any]] = RecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "reference"],
                name="record_reference_unique",
                violation_error_message=_("Another record of this kind has this reference."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="record_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="record_audience_known"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at=None)
                | models.Q(embargo_until=None)
                | models.Q(expires_at__gt=models.F("embargo_until")),
                name="record_embargo_before_expiry",
                violation_error_message=_("The expiry must be after the embargo."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "status", "sort_key"], name="record_kind_status"),
            models.Index(fields=["kind", "sort_key"], name="record_kind_order"),
            models.Index(fields=["changed_at"], name="record_changed_at"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row, with what it sorts by."""
        self.sort_key = self.make_sort_key()
        super().save(*args, **options)

    def get_absolute_url(self) -> str:
        """Return its permanent public address."""
        from peelian.record.kinds import kind_of

        return reverse(f"{kind_of(self).slug}-show", args=[self.reference])

    @property
    def key(self) -> str:
        """Return the identity that outlives this database: `kind/reference`."""
        return f"{self.kind}/{self.reference}"

    def get_office_url(self) -> str:
        """Return its address in the back office."""
        from peelian.record.kinds import kind_of

        return reverse(f"office-{kind_of(self).slug}-show", args=[self.reference])

    @classmethod
    def complete(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values with a reference and title made where the kind can make them."""
        return values

    def _save_table(self, *args: Any, **options: Any) -> bool:
        """Write the row; only inside an operation. Every way of saving comes through here."""
        require_write_path()
        saved: bool = super()._save_table(*args, **options)  # type: ignore[misc]
        return saved

    def validate_constraints(self, exclude: Any = None) -> None:
        """Ask for all checks of the row in one query, for each by itself only where one fails."""
        if exclude or not keeps_its_constraints(self):
            super().validate_constraints(exclude)

    def make_sort_key(self) -> str:
        """Return what this record sorts by; a kind may say otherwise."""
        return sort_key(self.reference)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; only inside an operation. Raises Refused where a hold keeps it."""
        require_write_path()
        require_free(self)
        return super().delete(*args, **options)

    def delete_refused_because(self) -> str:
        """Return why this record may not be deleted, or nothing. A kind may add its own reason."""
        if self.status == Status.PUBLISHED:
            return str(_("“%(title)s” is published: withdraw it first.") % {"title": self.title})
        return ""


class Citable(Record):
    """What every area's records extend; it only keeps Record free of a reverse name for each."""

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )

    class Meta:
        abstract = True


class Kept(models.Model):
    """A row that belongs to a record and is written by its operations only."""

    objects: ClassVar[KeptQuerySet[Any]] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _save_table(self, *args: Any, **options: Any) -> bool:
        """Write the row; only inside an operation. Every way of saving comes through here."""
        require_write_path()
        saved: bool = super()._save_table(*args, **options)  # type: ignore[misc]
        return saved

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; only inside an operation."""
        require_write_path()
        return super().delete(*args, **options)


class Added(Kept):
    """A row that is added by an operation and never written again, nor deleted."""

    objects: ClassVar[AppendOnlyQuerySet[Any]] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def _save_table(self, *args: Any, **options: Any) -> bool:
        """Add the row; an existing one is never written again."""
        if self.pk:
            raise WriteRefused("What was kept stays as it was; add a correction.")
        return super()._save_table(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Refuse: what was kept is not deleted."""
        raise WriteRefused("What was kept is not deleted.")


# How a record's life ended; its reference is never used again.
GONE = ("deleted", "disposed")


class Change(Added):
    """One step in a record's life. Append-only, and without foreign keys, so it survives deletion.

    `values` holds every official column that changed as `[old, new]`; `proposed` the same for a
    draft. The record's row is what replaying `values` in order gives.
    """

    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    title = models.CharField(max_length=600)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=20)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=1000, blank=True)
    values = models.JSONField(default=dict)
    proposed = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record_id", "version"], name="change_one_per_version"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "reference"], name="change_reference"),
            models.Index(fields=["at"], name="change_at"),
        ]
        ordering: ClassVar = ["record_id", "version"]

    def __str__(self) -> str:
        return f"{self.kind}/{self.reference} {self.version}: {self.action} by {self.by}"


class Draft(Kept):
    """A change to a published record that waits for approval."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="draft")
    values = models.JSONField(default=dict)
    in_review = models.BooleanField(default=False)
    authors = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"draft of {self.record_id}"


class Link(Kept):
    """A typed cross-reference between two records: `source` is overseen by `target`."""

    source = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    form = models.CharField(max_length=30)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "form", "target"], name="link_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["target", "form"], name="link_backwards")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.form} {self.target_id}"


class Snapshot(Added):
    """What was issued, exactly: an edition, a pack. A correction is a further snapshot."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "number"], name="snapshot_number"),
        ]
        ordering: ClassVar = ["record", "number"]

    def __str__(self) -> str:
        return f"{self.record_id} issue {self.number}"


class Attachment(Added):
    """A file kept under the SHA-256 of its content, belonging to a record."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments")
    snapshot = models.ForeignKey(
        Snapshot, null=True, on_delete=models.PROTECT, related_name="attachments"
    )
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    alternative = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en-GB")
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)

    def __str__(self) -> str:
        return self.name


class Acknowledgement(models.Model):
    """Someone has seen a finding and says why it stands; it comes back if its records change."""

    fingerprint = models.CharField(max_length=64, unique=True)
    check_name = models.CharField(max_length=60)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=1000)

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.check_name}: {self.reason}"
