"""What the generic views and loaders need to know of the registers."""

from django.utils.translation import gettext_lazy as _

from peelian.record.kinds import Kind
from peelian.transparency import models
from peelian.transparency.models.staff import TOLD

DECISION = Kind(
    name="decision",
    slug="decisions",
    label=_("Decision"),
    plural=_("Decisions"),
    model=models.Decision,
    fields=(
        "reference",
        "title",
        "decision",
        "significance",
        "reasons",
        "options",
        "advice",
        "withheld",
        "decided_by",
        "decided_on",
        "signed_by",
        "signed_on",
        "published_on",
        "considers",
    ),
    columns=("reference", "title", "decided_by", "decided_on", "published_on"),
    filters=("decided_by",),
    text=("decision", "significance", "reasons", "options", "advice", "withheld"),
    links={
        "considers": (
            "meeting",
            "agenda-item",
            "minute",
            "commitment",
            "activity",
            "undertaking",
            "decision",
            "recommendation",
        )
    },
    views={
        "show": "peelian.transparency.views.show_decision",
        "publish": "peelian.transparency.views.publish_decision",
    },
)
SPENDING_MONTH = Kind(
    name="spending-month",
    slug="spending",
    label=_("Month of spending"),
    plural=_("Spending"),
    model=models.SpendingMonth,
    fields=("reference", "title", "month", "issue", "note"),
    columns=("title", "note"),
    text=("note",),
    views={
        "show": "peelian.transparency.spending_views.show_month",
        "edit": "peelian.transparency.spending_views.edit_month",
        "publish": "peelian.transparency.spending_views.publish_month",
    },
)
CONTRACT = Kind(
    name="contract",
    slug="contracts",
    label=_("Contract"),
    plural=_("Contracts"),
    model=models.Contract,
    fields=(
        "reference",
        "title",
        "body",
        "supplier",
        "purpose",
        "value",
        "made_on",
        "ends_on",
        "copy",
        "tender",
    ),
    columns=("title", "body", "supplier", "value", "made_on", "ends_on"),
    filters=("body",),
    text=("supplier", "purpose"),
)
INTEREST = Kind(
    name="interest",
    slug="interests",
    label=_("Interest"),
    plural=_("Register of interests"),
    model=models.Interest,
    fields=(
        "reference",
        "title",
        "person",
        "form",
        "interest",
        "starts_on",
        "ends_on",
        "declared_on",
    ),
    columns=("title", "person", "form", "starts_on", "ends_on", "declared_on"),
    filters=("person", "form"),
    text=("interest",),
)
GIFT = Kind(
    name="gift",
    slug="gifts",
    label=_("Gift or hospitality"),
    plural=_("Gifts and hospitality"),
    model=models.Gift,
    fields=(
        "reference",
        "title",
        "form",
        "offered_on",
        "offered_to",
        "offered_by",
        "value",
        "outcome",
        "reason",
    ),
    columns=("title", "form", "offered_on", "offered_to", "offered_by", "value", "outcome"),
    filters=("form", "offered_to", "outcome"),
    text=("offered_by", "reason"),
)
ALLOWANCE = Kind(
    name="allowance",
    slug="allowances",
    label=_("Allowance"),
    plural=_("Allowances and expenses"),
    model=models.Allowance,
    fields=("reference", "title", "person", "quarter", "category", "amount"),
    columns=("title", "person", "quarter", "category", "amount"),
    filters=("person", "quarter", "category"),
)
POST = Kind(
    name="post",
    slug="posts",
    label=_("Senior post"),
    plural=_("Senior posts"),
    model=models.Post,
    fields=("reference", "title", "responsibilities", "salary_band", "reports_to", "holder"),
    columns=("title", "holder", "salary_band", "reports_to"),
    text=("responsibilities",),
)
PREMISES = Kind(
    name="premises",
    slug="premises",
    label=_("Premises"),
    plural=_("Land and premises"),
    model=models.Premises,
    fields=("reference", "title", "address", "used_for", "tenure", "note"),
    columns=("title", "address", "used_for", "tenure"),
    filters=("tenure",),
    text=("address", "used_for", "note"),
)
POLICY = Kind(
    name="policy",
    slug="policies",
    label=_("Policy"),
    plural=_("Policies"),
    model=models.Policy,
    fields=("reference", "title", "owner", "purpose", "adopted_on", "review_by", "copy"),
    columns=("title", "owner", "adopted_on", "review_by"),
    filters=("owner",),
    text=("purpose",),
)
DISCLOSURE = Kind(
    name="disclosure",
    slug="disclosures",
    label=_("Request for information"),
    plural=_("Disclosure log"),
    model=models.Disclosure,
    fields=("reference", "title", "asked", "answer", "received_on", "answered_on", "outcome"),
    columns=("title", "received_on", "answered_on", "outcome"),
    filters=("outcome",),
    text=("asked", "answer"),
)
STAFF_COUNT = Kind(
    name="staff-count",
    slug="staff",
    label=_("Count of staff"),
    plural=_("Numbers of staff"),
    model=models.StaffCount,
    fields=("reference", "title", "as_at", *TOLD, "note"),
    columns=("title", *TOLD),
    text=("note",),
)
KINDS = (
    DECISION,
    SPENDING_MONTH,
    CONTRACT,
    INTEREST,
    GIFT,
    ALLOWANCE,
    POST,
    STAFF_COUNT,
    PREMISES,
    POLICY,
    DISCLOSURE,
)
