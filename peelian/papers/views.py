"""Papers on screen: what one says, the file it came as, and the steps to its sign-off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.config.uploads import MOST_BYTES, is_too_long
from peelian.documents import html
from peelian.pages.attachments import send
from peelian.pages.forms import press, tell
from peelian.pages.views import find_as, frame, scope_for
from peelian.papers.accessible import flags
from peelian.papers.kinds import PAPER, SIGN_OFF
from peelian.papers.models import Paper, PaperFile, SignOff
from peelian.papers.operations import ask_for_sign_offs, drop_file, keep_file, sign
from peelian.papers.printing import paper_blocks, printed
from peelian.papers.reading import TAKEN
from peelian.record.access import may
from peelian.record.errors import RecordError
from peelian.record.kinds import Kind
from peelian.record.models import Audience
from peelian.record.scope import Scope
from peelian.record.writing import draft_of

TOO_LONG = gettext_lazy("Choose a file of at most 20 MB.")
LANGUAGES = (("en-GB", gettext_lazy("English")), ("cy", gettext_lazy("Welsh")))


class FileForm(forms.Form):
    """The file that a paper consists of, or that it is to consist of none."""

    file = forms.FileField(
        label=gettext_lazy("PDF or Word document"),
        help_text=gettext_lazy(
            "At most 20 MB. A Word document is set in the pack’s own pages, tagged for screen "
            "readers; the pages of a PDF stand in it as they come."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(TAKEN)}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Its language"), choices=LANGUAGES, initial="en-GB"
    )
    drop = forms.BooleanField(
        label=gettext_lazy("Take the file away: the paper is what is written in it"),
        required=False,
    )

    def __init__(self, *args: Any, has_file: bool) -> None:
        super().__init__(*args)
        if not has_file:
            del self.fields["drop"]
            self.fields["file"].required = True
        self.fields["file"].error_messages["required"] = _("Choose a file.")

    def clean_file(self) -> UploadedFile | None:
        """Refuse what is too long to be read while somebody waits."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(TOO_LONG)
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for a file where none is to be taken away."""
        cleaned = super().clean() or {}
        if "file" not in self.errors and not cleaned.get("file") and not cleaned.get("drop"):
            self.add_error("file", _("Choose a file."))
        return cleaned


def show_paper(
    request: HttpRequest, kind: Kind, reference: str, *, office: bool = False
) -> HttpResponse:
    """Show a paper as it stands in the pack; to the office also what is wrong with its file."""
    scope = scope_for(request, office)
    paper = find_as(Paper, kind, reference, scope)
    made = printed([paper], scope)
    file = made.files.get(paper.pk)
    context = frame(request, kind, paper, scope) | {
        "blocks": html.render_blocks(paper_blocks(paper, made, level=1), under=0),
        "file": file,
        "may_upload": office and may(request.user, "edit", kind.area),
    }
    if office:
        waiting = _waiting(paper)
        context |= {"flags": flags(file) if file else [], "waiting": waiting}
        context |= {"waiting_flags": flags(waiting) if waiting else []}
    return render(request, "papers/paper.html", context)


def _waiting(paper: Paper) -> PaperFile | None:
    """Return the file that waits for approval as the paper's next one, or None."""
    draft = draft_of(paper)
    return paper.came_as(draft.values.get("file", "")) if draft else None


def send_file(
    request: HttpRequest, reference: str, *, waiting: bool = False, office: bool = False
) -> HttpResponse:
    """Send the file of a paper as it came; a Word document to the office only."""
    paper = find_as(Paper, PAPER, reference, scope_for(request, office))
    file = _waiting(paper) if waiting else paper.came_as(paper.file)
    if file is None or not (office or file.attachment.audience == Audience.PUBLIC):
        raise Http404
    return send(file.attachment, shown="inline" if file.is_pdf else "attachment")


def upload(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the file of a paper, or take it away."""
    actor: Any = request.user
    paper = find_as(Paper, PAPER, reference, Scope(actor))
    sent = request.method == "POST"
    data = (request.POST, request.FILES) if sent else ()
    form = FileForm(*data, has_file=bool(paper.file or _waiting(paper)))
    if sent and is_too_long(request.META):
        form.errors["file"] = form.error_class([str(TOO_LONG)])
    elif sent and form.is_valid():
        said = form.cleaned_data
        try:
            if said["file"]:
                file = said["file"]
                keep_file(paper, file.name, file.read(), by=actor, language=said["language"])
            else:
                drop_file(paper, by=actor)
        except RecordError as error:
            tell(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(paper.get_office_url())
    context = {"scope": Scope(actor), "paper": paper, "form": form}
    return render(request, "papers/upload.html", context)


def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the usual sign-offs of a paper."""
    paper = find_as(Paper, PAPER, reference, Scope(request.user))

    def do(by: Any) -> str:
        ask_for_sign_offs(paper, by=by)
        return ""

    press(request, do)
    return redirect(paper.get_office_url())


def sign_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a sign-off today."""
    one = find_as(SignOff, SIGN_OFF, reference, Scope(request.user))

    def do(by: Any) -> str:
        sign(one, by=by)
        return _("Signed off by: %(name)s.") % {"name": one.title}

    press(request, do)
    return redirect(one.parent.get_office_url() if one.parent else one.get_office_url())
