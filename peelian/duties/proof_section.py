"""What a proof's page says of the duty that it closes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from peelian.duties.dated import duty_with_key
from peelian.duties.models import Proof
from peelian.pages.sections import Section
from peelian.record.models import Attachment, Audience, Record
from peelian.record.scope import Scope


def proof_section(record: Record, scope: Scope) -> Section | None:
    """Return the duty, whether it was met in time, and the document, for a proof's page."""
    if not isinstance(record, Proof):
        return None
    context = {
        "rule": record.rule,
        "duty": duty_with_key(record.key, scope),
        "document": document_of(record, scope),
        "address": scope.name("proof-document"),
        "proof": record,
    }
    return Section(_("The duty"), "duties/proof_section.html", context)


def document_of(proof: Record, scope: Scope) -> Attachment | None:
    """Return the document kept with a proof, where the scope may see it."""
    kept = proof.attachments.order_by("-pk")
    if scope.is_public:
        kept = kept.filter(audience=Audience.PUBLIC)
    return kept.first()
