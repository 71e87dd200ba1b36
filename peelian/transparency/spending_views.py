"""Pages of spending: a month's payments, its file, the load of an export, the review of names."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.config.uploads import MOST_BYTES, is_too_long
from peelian.intake.tables import Problem, Rejected, read
from peelian.pages import export
from peelian.pages import views as generic
from peelian.pages.tables import display, number, pounds
from peelian.pages.views import find_as, frame, scope_for
from peelian.record.errors import RecordError
from peelian.record.files import clean_name
from peelian.record.kinds import Kind
from peelian.record.scope import Scope
from peelian.transparency.kinds import CONTRACT, SPENDING_MONTH
from peelian.transparency.models import Payment, SpendingMonth
from peelian.transparency.spending import (
    Difference,
    closed_because,
    decide_recipients,
    difference,
    load_spending,
    repeated,
    sign_words,
    undecided,
)
from peelian.transparency.spending_file import read_export
from peelian.transparency.thresholds import SPENDING, threshold

PER_PAGE = 100
MOST_TOLD = 50


class PaymentFilter(forms.Form):
    """Words and whose payments they are; sent with GET, so that what is filtered has an address."""

    q = forms.CharField(label=gettext_lazy("Recipient or purpose"), required=False)
    paid_by = forms.ChoiceField(
        label=gettext_lazy("Paid by"),
        choices=[("", gettext_lazy("Any")), *Payment.PaidBy.choices],
        required=False,
    )

    def narrow(self, payments: Any) -> Any:
        """Return the payments that match, by what the public reads of them."""
        if not self.is_valid():
            return payments.none()
        if words := self.cleaned_data["q"].strip():
            wanted = Q(recipient__icontains=words) | Q(purpose__icontains=words)
            payments = payments.filter(wanted | Q(reasons__icontains=words))
        if paid_by := self.cleaned_data["paid_by"]:
            payments = payments.filter(paid_by=paid_by)
        return payments


def head() -> list[Any]:
    """Return the headings of payments."""
    return [
        _("Recipient"),
        number(_("Amount")),
        _("Date"),
        _("Purpose"),
        _("Reasons good value was expected"),
        _("Paid by"),
        _("Contract"),
    ]


def show_month(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show the payments of a month, filtered, a page at a time, with their total."""
    scope = scope_for(request, office)
    month = find_as(SpendingMonth, kind, reference, scope)
    issue = month.issue if scope.is_public else month.waiting_issue()
    form = PaymentFilter(request.GET)
    found = form.narrow(month.payments(issue))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    contracts = _contracts(list(page), scope)
    context = frame(request, kind, month, scope) | {
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "head": head(),
        "rows": [_row(payment, contracts, scope) for payment in page],
        "total": pounds(found.aggregate(total=Sum("amount"))["total"] or Decimal(0)),
        "threshold": f"£{threshold(SPENDING, month.month):,}",
        "issue": issue,
        "waits": issue != month.issue or month.status != "published",
        "undecided": 0 if scope.is_public else undecided(month),
        "csv_url": reverse(scope.name("payments-csv"), args=[reference]),
        "xlsx_url": reverse(scope.name("payments-xlsx"), args=[reference]),
    }
    return render(request, "transparency/month.html", context)


def _contracts(payments: list[Payment], scope: Scope) -> dict[str, Any]:
    """Return the contracts that payments name and that may be seen, by reference. One query."""
    named = {payment.contract for payment in payments} - {""}
    if not named:
        return {}
    return {c.reference: c for c in scope.of(CONTRACT).filter(reference__in=named)}


def _row(payment: Payment, contracts: dict[str, Any], scope: Scope) -> list[Any]:
    contract: dict[str, Any] = {"text": payment.contract, "whole": True}
    if payment.contract in contracts:
        contract["url"] = scope.url(contracts[payment.contract])
    return [
        payment.recipient,
        number(pounds(payment.amount)),
        {"text": display(payment.paid_on), "whole": True},
        payment.purpose,
        payment.reasons or _("None given"),
        payment.get_paid_by_display(),
        contract,
    ]


def export_payments(
    request: HttpRequest, reference: str, form: str, *, office: bool = False
) -> HttpResponse:
    """Download the payments of a month as the page filters them, with what the public reads."""
    scope = scope_for(request, office)
    month = find_as(SpendingMonth, SPENDING_MONTH, reference, scope)
    issue = month.issue if scope.is_public else month.waiting_issue()
    found = PaymentFilter(request.GET).narrow(month.payments(issue))
    body = (
        [
            p.recipient,
            p.amount,
            p.paid_on,
            p.purpose,
            p.reasons,
            p.get_paid_by_display(),
            p.contract,
        ]
        for p in found
    )
    titles = [h["text"] if isinstance(h, dict) else h for h in head()]
    response: HttpResponse = export.respond(f"spending-{reference}", titles, body, form)
    return response


# ---- in the office ----


def edit_month(request: HttpRequest, kind: Kind, reference: str = "") -> HttpResponse:
    """Lead a new month to the load of its export; change what is said of one there is."""
    if not reference:
        return redirect("office-spending-load")
    return generic.edit(request, kind, reference)


class ExportForm(forms.Form):
    """An export of the finance system, and the month it is of."""

    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label=gettext_lazy("Month"),
        help_text=gettext_lazy("For example 2026-01"),
        error_messages={"invalid": gettext_lazy("Give the month like 2026-01.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Export of the finance system"),
        help_text=gettext_lazy("CSV or XLSX, with a heading row."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    paid_by = forms.ChoiceField(
        label=gettext_lazy("Whose payments, if the file does not say"),
        choices=[("", gettext_lazy("The file says")), *Payment.PaidBy.choices],
        required=False,
    )


def load_export(request: HttpRequest) -> HttpResponse:
    """Take an export of the finance system in; it waits for review and is not public yet."""
    actor: Any = request.user
    form = ExportForm(request.POST or None, request.FILES or None)
    problems: list[Problem] = []
    if request.method == "POST" and is_too_long(request.META):
        form.add_error("file", _("Choose a file of at most 20 MB."))
    elif request.method == "POST" and form.is_valid():
        try:
            month, left_out, unused = _taken(form, actor)
        except Rejected as error:
            problems = error.problems
            form.add_error("file", _("The file is refused. Nothing of it was stored."))
        except RecordError as error:
            form.add_error(None, str(error))
        else:
            said = _("Loaded. %(n)s payments of %(threshold)s or less were left out.")
            limit = f"£{threshold(SPENDING, month.month):,}"
            messages.success(request, said % {"n": left_out, "threshold": limit})
            if unused:
                told = _("Columns not used: %(columns)s.") % {"columns": ", ".join(unused)}
                messages.info(request, told)
            return redirect("office-spending-review", month.reference)
    context = {
        "scope": Scope(actor),
        "form": form,
        "problems_head": [number(_("Row")), _("Column"), _("Found"), _("Expected")],
        "problems": [
            [str(p.row or ""), p.column, p.found, p.expected] for p in problems[:MOST_TOLD]
        ],
        "more_problems": len(problems) - MOST_TOLD,
        "most": MOST_BYTES,
    }
    return render(request, "transparency/load.html", context)


def _taken(form: ExportForm, actor: Any) -> tuple[SpendingMonth, int, tuple[str, ...]]:
    """Return the month that an export was loaded into, and what of the file was left out."""
    said = form.cleaned_data
    month = dt.date.fromisoformat(f"{said['month']}-01")
    name = clean_name(said["file"].name or "") or "export"
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(said["file"].read())
        limit = threshold(SPENDING, month)
        export_ = read_export(read(file), month, limit, paid_by=said["paid_by"])
    held, _issue = load_spending(export_, month, file=name, by=actor)
    return held, export_.below, export_.unused


def review_month(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what a load changes and whose names are held back; take what is decided of each."""
    actor: Any = request.user
    scope = Scope(actor)
    month = find_as(SpendingMonth, SPENDING_MONTH, reference, scope)
    if request.method == "POST":
        wanted = list(month.payments(month.waiting_issue()).values_list("pk", "original"))
        decided = {
            original: request.POST[f"p{pk}"]
            for pk, original in wanted
            if request.POST.get(f"p{pk}")
        }
        try:
            changed = decide_recipients(month, decided, by=actor)
        except RecordError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Kept. Payments changed: %(n)s.") % {"n": changed})
        return redirect("office-spending-review", reference)
    context = {
        "scope": scope,
        "kind": SPENDING_MONTH,
        "record": month,
        "closed": closed_because(month),
        "payment_head": [_("Recipient"), number(_("Amount")), _("Date"), _("Purpose")],
    }
    return render(request, "transparency/review.html", context | _reviewed(month))


def _reviewed(month: SpendingMonth) -> dict[str, Any]:
    """Return what the review page tells of the load that waits."""
    payments = list(month.payments(month.waiting_issue()))
    changes = difference(month)
    naming = Payment.Naming
    return {
        "count": len(payments),
        "total": pounds(sum((p.amount for p in payments), Decimal(0))),
        "doubtful": _by_name(payments, naming.DOUBTFUL),
        "withheld": _by_name(payments, naming.WITHHELD),
        "shown": _by_name(payments, naming.SHOWN),
        "masked": [p for p in payments if p.as_exported],
        "without_reasons": sum(1 for p in payments if not p.reasons),
        "repeated": [_brief(p) for p in repeated(payments)[:MOST_TOLD]],
        "changes": changes,
        "changes_said": _changes_said(changes) if changes else [],
        "added": [_brief(p) for p in changes.added[:MOST_TOLD]] if changes else [],
        "gone": [_brief(p) for p in changes.gone[:MOST_TOLD]] if changes else [],
    }


def _by_name(payments: list[Payment], naming: str) -> list[tuple[Payment, str, int, str]]:
    """Return one payment of each name held back so, by what sign, how many, and their sum."""
    found: dict[str, list[Payment]] = {}
    for payment in payments:
        if payment.naming == naming:
            found.setdefault(payment.original, []).append(payment)
    return [
        (p[0], sign_words(p[0].why), len(p), pounds(sum((one.amount for one in p), Decimal(0))))
        for p in found.values()
    ]


def _changes_said(changes: Difference) -> list[list[Any]]:
    return [
        [_("Payments as before"), number(changes.same)],
        [_("Payments added"), number(len(changes.added))],
        [_("Payments gone"), number(len(changes.gone))],
        [_("Total before"), number(pounds(changes.total_before))],
        [_("Total now"), number(pounds(changes.total_after))],
    ]


def _brief(payment: Payment) -> list[Any]:
    amount, day = number(pounds(payment.amount)), display(payment.paid_on)
    return [payment.original, amount, day, payment.purpose]


def publish_month(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Take a step in a month's publication; not while a name waits for a decision."""
    actor: Any = request.user
    step = request.POST.get("step") or request.GET.get("step", "")
    month = find_as(SpendingMonth, kind, reference, Scope(actor))
    if step in ("submit", "approve", "publish") and (waiting := undecided(month)):
        told = _("Decide first whether %(n)s payments name a person.") % {"n": waiting}
        messages.error(request, told)
        return redirect(month.get_office_url())
    return generic.publish(request, kind, reference)
