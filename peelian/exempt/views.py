"""What is exempt of a record: its page in the back office, and the files kept with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from peelian.exempt import apart
from peelian.exempt.models import ExemptFile, Reading
from peelian.exempt.operations import (
    MOST_GROUND,
    MOST_TITLE,
    keep_exempt_file,
    keep_exempt_part,
    note_reading,
)
from peelian.pages.attachments import as_file
from peelian.pages.forms import tell
from peelian.pages.views import find
from peelian.record import files
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.models import Record
from peelian.record.scope import Scope


class PartForm(forms.Form):
    """What of a record is exempt, and on what ground."""

    text = forms.CharField(
        label=gettext_lazy("Exempt part"), widget=forms.Textarea(attrs={"rows": 10})
    )
    ground = forms.CharField(
        label=gettext_lazy("Ground"),
        help_text=gettext_lazy("The paragraph of the law, or the reason in the office’s policy."),
        max_length=MOST_GROUND,
    )


class FileForm(forms.Form):
    """A file that is exempt."""

    file = forms.FileField(
        label=gettext_lazy("Exempt file"),
        widget=forms.FileInput(attrs={"accept": ",".join(files.MEDIA_TYPES)}),
        help_text=gettext_lazy("PDF, PNG, JPEG, Word or Excel, of at most 20 MB."),
    )
    title = forms.CharField(label=gettext_lazy("Title of the file"), max_length=MOST_TITLE)


@cache_control(no_store=True, private=True)
def show_exempt(request: HttpRequest, kind: Kind, reference: str) -> HttpResponse:
    """Show what is exempt of a record to whoever may read it, and keep a new part or file."""
    actor: Any = request.user
    scope = Scope(actor)
    record = _found(kind, reference, scope)
    part, kept = apart.newest_part(record), apart.files_of([record]).get(record.pk, [])
    is_part, is_file = (request.method == "POST" and request.POST.get("step") == s for s in STEPS)
    first = {"text": part.text, "ground": part.ground} if part else None
    part_form = PartForm(request.POST if is_part else None, initial=first)
    file_form = FileForm(*((request.POST, request.FILES) if is_file else ()))
    if is_part and part_form.is_valid():
        done = _keep_part(record, part_form, actor)
    else:
        done = is_file and file_form.is_valid() and _keep_file(record, file_form, actor)
    if done:
        messages.success(request, _("Kept, apart from the record."))
        return redirect(request.path)
    if part or kept:
        note_reading(record, Reading.Form.READ, by=actor)
    context = {
        "scope": scope,
        "kind": kind,
        "record": record,
        "part": part,
        "files": kept,
        "part_form": part_form,
        "file_form": file_form,
        "wrong_form": part_form if is_part else file_form,
        "file_route": f"office-{kind.slug}-exempt-file",
        "readings": apart.readings_of(record),
    }
    return render(request, "exempt/exempt.html", context)


STEPS = ("part", "file")


def _found(kind: Kind, reference: str, scope: Scope) -> Record:
    """Return the record whose exempt part the user may read. Raises Http404, PermissionDenied."""
    record = find(kind, reference, scope)
    if not apart.may_read(scope.user, record):
        raise PermissionDenied
    return record


def _keep_part(record: Record, form: PartForm, actor: Any) -> bool:
    try:
        keep_exempt_part(record, by=actor, **form.cleaned_data)
    except RecordError as error:
        tell(form, error)
        return False
    return True


def _keep_file(record: Record, form: FileForm, actor: Any) -> bool:
    sent = form.cleaned_data["file"]
    file = files.NewFile(sent.name, sent.read(), form.cleaned_data["title"])
    try:
        keep_exempt_file(record, file, by=actor)
    except RecordError as error:
        tell(form, error)
        return False
    return True


@cache_control(no_store=True, private=True)
def download_exempt(request: HttpRequest, kind: Kind, reference: str, number: int) -> HttpResponse:
    """Send an exempt file of a record to whoever may read it, and note who did."""
    actor: Any = request.user
    record = _found(kind, reference, Scope(actor))
    file = apart.file_of(record, number)
    if file is None:
        raise Http404
    content = _content(file)
    note_reading(record, Reading.Form.DOWNLOADED, about=file.title, by=actor)
    return as_file(content, file.media_type, file.name)


def _content(file: ExemptFile) -> bytes:
    try:
        return files.path_of(file.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
