"""What narrows the calendar: year, body, rules, law or not; in the office also owner and state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.duties import calendar, words
from peelian.duties.calendar import Duty
from peelian.duties.proofs import State
from peelian.law.dates import FinancialYear, financial_year
from peelian.record import clock

MINE = "mine"
LAW, OWN = "law", "own"


class CalendarFilter(forms.Form):
    """Which year, and whose duties under which rules."""

    year = forms.ChoiceField(label=gettext_lazy("Financial year"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    pack = forms.ChoiceField(label=gettext_lazy("Rules"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Date set by"), required=False)
    # What an address that does not say shows: to the public, what the law asks.
    basis_unless_asked = LAW

    def __init__(self, data: Any, years: Sequence[FinancialYear], year: FinancialYear) -> None:
        own = {name: data.get(name) for name in self.base_fields}
        own["basis"] = data.get("basis", self.basis_unless_asked)
        super().__init__(own | {"year": year.key})
        binding = {rule.pack for rule in calendar.rules() if calendar.binds(rule)}
        titles = [(pack.name, pack.title) for pack in calendar.packs() if pack.name in binding]
        self._offer("year", [(year.key, year.label) for year in years])
        self._offer("who", [("", _("Any")), *words.WHO.items()])
        self._offer("pack", [("", _("Any")), *titles])
        bases = [(LAW, _("The law")), (OWN, _("The office’s own standard"))]
        self._offer("basis", [("", _("Any")), *bases])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = choices

    @property
    def is_filtered(self) -> bool:
        """Return whether it narrows more than the year."""
        return any(value for name, value in self.data.items() if name != "year")

    def narrow(self, duties: list[Duty]) -> list[Duty]:
        """Return the duties that match the answers given; none when an answer is unknown."""
        if not self.is_valid():
            return []
        who, pack, basis = (self.cleaned_data[name] for name in ("who", "pack", "basis"))
        return [
            duty
            for duty in duties
            if (not who or duty.rule.who == who)
            and (not pack or duty.rule.pack == pack)
            and (not basis or duty.rule.local_standard == (basis == OWN))
        ]


class OfficeFilter(CalendarFilter):
    """Also whose they are in the office, and how they stand; own standards are shown too."""

    basis_unless_asked = ""
    owner = forms.ChoiceField(label=gettext_lazy("Owner"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("Any")), *State.choices],
        required=False,
    )

    def __init__(
        self,
        data: Any,
        years: Sequence[FinancialYear],
        year: FinancialYear,
        *,
        duties: list[Duty],
        user: Any,
    ) -> None:
        super().__init__(data, years, year)
        self.user = user
        titles = sorted({duty.owner.title for duty in duties if duty.owner})
        self._offer("owner", [("", _("Any")), (MINE, _("Mine")), *((t, t) for t in titles)])

    def narrow(self, duties: list[Duty]) -> list[Duty]:
        """Return the duties that match the answers given; none when an answer is unknown."""
        found = super().narrow(duties)
        owner, state = self.cleaned_data.get("owner"), self.cleaned_data.get("state")
        if owner == MINE:
            found = [duty for duty in found if duty.owner and duty.owner.is_user(self.user)]
        elif owner:
            found = [duty for duty in found if duty.owner and duty.owner.title == owner]
        return [duty for duty in found if not state or duty.state == state]


def chosen_year(asked: str | None) -> tuple[FinancialYear, list[FinancialYear]]:
    """Return the financial year asked for, else this one, and all there are.

    Raises Http404 for a year there is not.
    """
    today = clock.today()
    years = calendar.years(today)
    wanted = asked or financial_year(today).key
    year = next((one for one in years if one.key == wanted), None)
    if year is None:
        raise Http404
    return year, years
