"""Alerts: a mail of each new signal somebody asked about, with its sentence and chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.mime.image import MIMEImage

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.documents.png import as_png
from peelian.figures.assess import Series, assess, measured_of
from peelian.figures.charts import chart_of
from peelian.figures.dashboard import Seen
from peelian.figures.models import Assessment, Measure, Subscription, Told
from peelian.figures.periods import is_regular, step_on
from peelian.figures.sentences import page_summary
from peelian.pages.subscriptions import STOP, Letters, claim, letter, mail_each
from peelian.people.models import Area
from peelian.record.scope import PUBLIC

MOST_CHARTS = 5  # in one mail


@dataclass(frozen=True)
class Cause:
    """A signal at the newest period of a measure in an area."""

    measure: Measure
    area: Area
    rule: str
    sign: int
    period: dt.date


ALERTS = Letters(
    Subscription,
    "alerts",
    gettext_lazy("Alerts by e-mail"),
    gettext_lazy("Do you want to be told when something unusual happens in: %(about)s?"),
    gettext_lazy("You will be told when a new signal begins in: %(about)s."),
)


def note_signals(subscription: Subscription) -> None:
    """Keep the signals there are now as known."""
    for cause in causes(subscription, Seen(PUBLIC)):
        _claim(subscription, cause, Told.State.KNOWN)


# ---- sending ----


def send_alerts(*, dry_run: bool = False) -> dict[str, int]:
    """Mail every subscriber what is new; return as `mail_each` does, by signals."""
    seen = Seen(PUBLIC)

    def fresh_for(subscription: Subscription) -> list[Cause]:
        return _fresh(subscription, seen, keep=not dry_run)

    return mail_each(ALERTS, fresh_for, _send, dry_run=dry_run, what="signals")


def causes(subscription: Subscription, seen: Seen) -> list[Cause]:
    """Return the signals there are now of what a subscription is about, public ones only."""
    found = Assessment.objects.exclude(signal="").filter(
        measure__in=seen.measures, area__in=seen.areas
    )
    if subscription.measure_id:
        found = found.filter(measure=subscription.measure_id)
    if subscription.area_id:
        found = found.filter(area=subscription.area_id)
    return [cause for row in found.order_by("pk") for cause in _causes_of(row, seen)]


def _causes_of(row: Assessment, seen: Seen) -> Iterable[Cause]:
    measure, area = seen.measures[row.measure_id], seen.areas[row.area_id]
    for rule, sign in row.reading.get("signals", {}).items():
        yield Cause(measure, area, rule, sign, row.period)


def _fresh(subscription: Subscription, seen: Seen, *, keep: bool) -> list[Cause]:
    """Return what a subscriber has not been told, and claim it so that nobody else tells it."""
    with transaction.atomic():
        list(Subscription.objects.select_for_update().filter(pk=subscription.pk))
        fresh = [c for c in causes(subscription, seen) if not _goes_on(subscription, c, keep=keep)]
        if keep:
            fresh = [c for c in fresh if _claim(subscription, c, Told.State.SENDING)]
    return fresh


def _goes_on(subscription: Subscription, cause: Cause, *, keep: bool) -> bool:
    """Return whether a signal is one told before that still goes on, and note how far it has."""
    frequency = cause.measure.frequency
    before = step_on(frequency, cause.period, -1) if is_regular(frequency) else cause.period
    told = Told.objects.filter(
        subscription=subscription,
        measure=cause.measure,
        area=cause.area,
        rule=cause.rule,
        sign=cause.sign,
        last__gte=before,
    ).order_by("-last")
    known = told.first()
    if known and keep and known.last < cause.period:
        Told.objects.filter(pk=known.pk).update(last=cause.period)
    return known is not None


def _claim(subscription: Subscription, cause: Cause, state: str) -> bool:
    """Keep that a signal is told; return False where another process has done so already."""
    return claim(
        Told,
        subscription=subscription,
        measure=cause.measure,
        area=cause.area,
        rule=cause.rule,
        sign=cause.sign,
        began=cause.period,
        last=cause.period,
        state=state,
    )


def _send(subscription: Subscription, fresh: list[Cause]) -> None:
    """Mail what is new, as text and as HTML with charts, and then note that it is sent."""
    series = _series_of(fresh)
    about = subscription.about
    subject = _("%(about)s: something unusual") % {"about": about}
    stop = ALERTS.link(subscription, STOP)
    items = [
        {
            "sentence": _sentence(one),
            "link": f"{settings.SITE}{one.measure.get_absolute_url()}?area={one.area.reference}",
            "chart": f"chart-{n}",
            "drawn": n < MOST_CHARTS,
        }
        for n, one in enumerate(series)
    ]
    context = {"items": items, "stop": stop, "about": about}
    mail = letter(ALERTS, subscription, subject, render_to_string("figures/alert.txt", context))
    mail.attach_alternative(render_to_string("figures/alert.html", context), "text/html")
    for one, item in zip(series[:MOST_CHARTS], items, strict=False):
        picture = MIMEImage(as_png(chart_of(one, _sentence(one))))
        picture.add_header("Content-ID", f"<{item['chart']}>")
        picture.add_header("Content-Disposition", "inline", filename=f"{item['chart']}.png")
        mail.attach(picture)
    mail.send()
    claimed = Told.objects.filter(subscription=subscription, state=Told.State.SENDING)
    for cause in fresh:
        claimed.filter(
            measure=cause.measure, area=cause.area, rule=cause.rule, began=cause.period
        ).update(state=Told.State.SENT, at=timezone.now())


def _series_of(fresh: list[Cause]) -> list[Series]:
    """Return the series that something new is told of, each once."""
    wanted = dict.fromkeys((c.measure.pk, c.area.pk) for c in fresh)
    found = assess({c.measure.pk: c.measure for c in fresh}.values(), PUBLIC)
    return [found[key] for key in wanted if key in found]


def _sentence(series: Series) -> str:
    measured = measured_of(series.measure, series.standard)
    return page_summary(measured, series.reading, series.periods[-1])
