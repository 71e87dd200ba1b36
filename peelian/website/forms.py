"""The forms of the website itself: signing in and searching."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 200


class SignInForm(AuthenticationForm):
    """Asks for a user name and password, and says plainly when they do not go together."""

    error_messages = {
        "invalid_login": _(
            "The user name and the password do not go together. Check both; capital letters count."
        ),
        "inactive": _("This account is closed. Ask your administrator to open it again."),
    }


class SearchForm(forms.Form):
    """The words to look for."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=MOST_LETTERS,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
