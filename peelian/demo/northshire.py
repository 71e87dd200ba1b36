"""Northshire, a made-up office: its registers, spending, numbers of staff and retention."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction

from peelian.blocks import Document, Paragraph, Table, plain
from peelian.demo.steps import BY, PUBLISHER, load
from peelian.documents import pdf
from peelian.exempt.operations import keep_exempt_file, keep_exempt_part
from peelian.holding.answering import record_answer
from peelian.holding.kinds import ENQUIRY, EVIDENCE, THEME
from peelian.holding.operations import publish_note, send_note
from peelian.inspections.kinds import INSPECTION
from peelian.inspections.operations import answer_finding, begin_response
from peelian.meetings.kinds import AGENDA_ITEM, MEETING
from peelian.meetings.models import Meeting
from peelian.packs.operations import build
from peelian.papers.kinds import PAPER
from peelian.papers.models import Paper
from peelian.papers.operations import ask_for_sign_offs, keep_file, sign
from peelian.promises.kinds import FINDING
from peelian.record import clock, files, operations
from peelian.record.access import Command
from peelian.record.kinds import kind_named
from peelian.retention.operations import dispose_of, place_hold, propose
from peelian.transparency.kinds import DECISION, SPENDING_MONTH, STAFF_COUNT
from peelian.transparency.models import Decision, Payment, SpendingMonth
from peelian.transparency.spending import decide_recipients
from peelian.transparency.staff import keep_staff_counts

# Exempt papers of a meeting are read by who supports the panel.
OFFICER = Command("peelian demo", ("panel_officer",))
# What no file can bring in: a file of exempt parts, or of exact counts, would lie about.
EXEMPT = {
    "2026-006": (
        "Made up: the three offers were £1.26, £1.31 and £1.44 million; their marks for quality "
        "were 84, 79 and 80.",
        "Commercial interests of those who made the offers",
    ),
    "2026-009": (
        "Made up: the reserve price is £148,000.",
        "Commercial interests of the policing body until the sale is over",
    ),
}
EXEMPT_ITEM = "2026-11-17-item-6"
EXEMPT_GROUND = "Paragraph 3 of Schedule 12A"
EXEMPT_TEXT = (
    "Made up: two offers came before the auction, of £139,500 and £151,000. The reserve price is "
    "£148,000.\n\nThe valuer advises to take the higher one if the buyer can pay by January, and "
    "to hold the auction otherwise."
)
OFFERS = Document(
    "Offers for the old police house at Millbeck",
    "Northshire Police and Crime Commissioner",
    dt.date(2026, 10, 12),
    (
        Paragraph(plain("Everything in this paper is made up.")),
        Table(
            "Offers before the auction",
            tuple(map(plain, ("Offer", "Amount", "Condition"))),
            (
                tuple(map(plain, ("First", "£139,500", "None"))),
                tuple(map(plain, ("Second", "£151,000", "Once the buyer’s own house is sold"))),
            ),
        ),
    ),
    cover=False,
)
DRAFT = {
    "title": "Second site for the contact centre, in Saltmere",
    "decision": "To take rooms for twenty call handlers in Saltmere.",
    "significance": "Key decision: more than £250,000 over five years.",
    "reasons": "To be written once the offers are in.",
    "decided_by": "body/northshire-pcc",
    "decided_on": dt.date(2026, 10, 13),
}
RELEASED = (dt.date(2026, 7, 1), dt.date(2026, 8, 1))  # September waits to be looked through
STAFF = {
    dt.date(2025, 9, 30): {"headcount": 26, "women": 16, "ethnic_minority": 3, "disabled": 5},
    dt.date(2026, 3, 31): {"headcount": 27, "women": 17, "ethnic_minority": 4, "disabled": 6},
    dt.date(2026, 9, 30): {"headcount": 29, "women": 18, "ethnic_minority": 5, "disabled": 4},
}
# Papers of the meeting of November: one written here, one that came as a PDF.
PACK = "2026-11-17"
SIGNED = (dt.date(2026, 10, 5), dt.date(2026, 10, 7), dt.date(2026, 10, 9))
OUTLOOK = {
    "title": "Budget outlook for 2027/28",
    "author": "Chief Finance Officer",
    "contact": "Office of the Police and Crime Commissioner for Northshire, County Hall.",
    "recommendation": "That the Panel note the outlook before the precept is proposed.",
    "background": (
        "The Panel asked in February what an increase in the precept buys (minute 75).\n\n"
        "The government announces the grant in December. Until then what follows is made up of "
        "what is known in October."
    ),
    "text": (
        "# What is known\n\nPay costs 2.4 per cent more from September, which takes £2.9 million "
        "in a full year.\n\n"
        "- Of this the grant is expected to meet £1.1 million.\n"
        "- The rest falls on the precept or on savings.\n\n"
        "# What would change it\n\nThe contact centre (commitment 3.1) needs twelve more call "
        "handlers if it is to answer nine calls in ten within ten seconds."
    ),
    "support": "A surplus of £0.4 million is expected for 2026/27, after the first six months.",
    "background_is": "listed",
    "background_papers": "Medium-term financial plan 2026/27 to 2029/30.",
}
CAME = {
    "title": "Use of the victims’ service, July to September 2026",
    "author": "Head of Commissioning",
    "contact": "Office of the Police and Crime Commissioner for Northshire, County Hall.",
    "recommendation": "That the Panel note the first report.",
    "background_is": "none",
}
# The response to the report on the force is under way.
REPORT, ANSWERED = "peel-2026", "peel-2026-1.1"
ANSWER = (
    "Made up: the Chief Constable fills the posts by March 2027. The Commissioner has set aside "
    "£0.6 million for it and asks for the numbers each quarter."
)
ASKED = {"invited_on": dt.date(2026, 9, 16), "comments_by": dt.date(2026, 10, 16)}
# What the Chief Constable answered in September, by enquiry, and what he promised with it.
ANSWERS: dict[str, tuple[dict[str, str], dict[str, Any] | None]] = {
    "2026-09-calls.1": (
        {
            "text": "Seven of the twelve new call handlers left within two months. The shifts are "
            "being changed, and the share has begun to rise again in September.",
            "outcome": "not_assured",
            "finding": "The aim of June was missed, and nobody told the Commissioner before asked.",
        },
        {
            "title": "Monthly figures on calls, with a forecast for the next three months",
            "due": dt.date(2026, 10, 20),
        },
    ),
    "2026-09-calls.2": (
        {
            "text": "Eleven of 84 posts were empty at the end of September. Nine people start in "
            "November, after their checks.",
            "outcome": "partly",
            "finding": "",
        },
        None,
    ),
    "2026-09-calls.3": (
        {
            "text": "Those who give up are not called back. A trial of calling them back is ready.",
            "outcome": "follow_up",
            "finding": "",
        },
        {
            "title": "Begin to call back those who gave up, and report on the first month",
            "due": dt.date(2026, 12, 15),
        },
    ),
}
ASKED_AT = "hta-2026-09-29"
CASEWORK = {
    "title": "Complaints that nobody rang back",
    "note": "Made up: nine reviews between July and September were about calls that were promised "
    "and never came. No person is named here.",
    "source": "Complaint reviews of the office, counted by theme",
    "as_at": dt.date(2026, 9, 30),
}
HELD = ("contract", "CON-2014-06")
PROPOSED = ("gift", "G-2016-03")
DISPOSED = ("disclosure", "FOI-2017-004")
OVER = "Its six years are over; looked through on 12 October 2026."


def is_set_up() -> bool:
    """Return whether the example was set up before: what people did since must stay."""
    return DECISION.all().exists()


@transaction.atomic
def set_up(folder: Path) -> None:
    """Load the office's files and do what its people did since; all of it, or nothing."""
    spending = sorted(folder.glob("spending-*.csv"))
    others = (path for path in folder.glob("*.csv") if path not in spending)
    load(*others, folder / "earlier")
    for reference, (text, ground) in EXEMPT.items():
        decision = DECISION.all().get(reference=reference)
        if isinstance(decision, Decision):
            keep_exempt_part(decision, text=text, ground=ground, by=BY)
    _keep_exempt_item()
    operations.create(DECISION, DRAFT, by=BY)
    for month, file in zip((*RELEASED, None), spending, strict=True):
        load(file)  # month by month: what was decided of a name is known the next time
        if month:
            _release(month)
    for day, counts in STAFF.items():
        count = operations.create(STAFF_COUNT, {"as_at": day}, by=BY)
        count = keep_staff_counts(count, counts, by=BY)
        operations.release(count, by=PUBLISHER)
    _keep_no_longer_than_needed()
    _papers(folder / "victims-service.pdf")
    _response()
    _holding_to_account()


def _response() -> None:
    """Begin the response to the report on the force, and answer one of its recommendations."""
    report = INSPECTION.all().get(reference=REPORT)
    response = begin_response(report, by=BY)
    operations.edit(response, ASKED, version=response.version, by=BY)
    finding = FINDING.all().get(reference=ANSWERED)
    answer_finding(finding, answer="accepted", text=ANSWER, version=None, by=BY)


def _holding_to_account() -> None:
    """Record what was answered in September, publish the note, and prepare the next meeting."""
    holders = {one.reference: one for one in kind_named("role").all()}
    person = kind_named("person").all().get(reference="jasper-fernhill")
    for reference, (values, promised) in ANSWERS.items():
        enquiry = ENQUIRY.all().get(reference=reference)
        owed = {"owner": holders["chief-constable"], **promised} if promised else None
        answered = {"answered_by": person, **values}
        record_answer(enquiry, answered, version=None, promised=owed, by=BY)
    meeting = MEETING.all().get(reference=ASKED_AT)
    note = send_note(
        meeting,
        introduction="Everything in this note is made up. The board met in public.",
        by=BY,
    )
    publish_note(note, by=PUBLISHER)
    theme = THEME.all().get(reference="2026-10-victims-told")
    operations.create(EVIDENCE, {"parent": theme, **CASEWORK}, by=BY)


def _papers(file: Path) -> None:
    """Write one paper and have it signed off, upload another, and build the meeting's pack."""
    items = AGENDA_ITEM.all().filter(parent__reference=PACK)
    outlook, came = (
        operations.create(PAPER, values | {"parent": items.get(number=number)}, by=BY)
        for values, number in ((OUTLOOK, 4), (CAME, 3))
    )
    meeting = MEETING.all().get(reference=PACK)
    if not (
        isinstance(outlook, Paper) and isinstance(came, Paper) and isinstance(meeting, Meeting)
    ):
        raise TypeError(PACK)
    for one, day in zip(ask_for_sign_offs(outlook, by=BY), SIGNED, strict=True):
        sign(one, by=BY, on=day)
    keep_file(came, file.name, file.read_bytes(), by=BY)
    for paper in (outlook, came):
        operations.release(paper, by=PUBLISHER)
    reason = "The example keeps its contradictions, so that the checks have something to find."
    operations.release(build(meeting, by=BY, reason=reason), by=PUBLISHER)


def _keep_exempt_item() -> None:
    """Keep what is exempt of the panel's agenda in November: a part, and a paper as PDF."""
    item = AGENDA_ITEM.all().get(reference=EXEMPT_ITEM)
    keep_exempt_part(item, text=EXEMPT_TEXT, ground=EXEMPT_GROUND, by=OFFICER)
    paper = files.NewFile("offers.pdf", pdf.render(OFFERS), OFFERS.title)
    keep_exempt_file(item, paper, by=OFFICER)


def _release(month: dt.date) -> None:
    """Decide every name in doubt, and let a month's spending out."""
    held = SPENDING_MONTH.all().get(month=month)
    if not isinstance(held, SpendingMonth):
        raise TypeError(held.kind)
    doubtful = held.payments(held.waiting_issue()).filter(naming=Payment.Naming.DOUBTFUL)
    decided = dict.fromkeys(
        doubtful.values_list("original", flat=True).order_by(), Payment.Naming.WITHHELD
    )
    decide_recipients(held, decided, by=BY, why="Asked the finance team who was paid.")
    operations.release(held, by=PUBLISHER, why="Looked through name by name.")


def _keep_no_longer_than_needed() -> None:
    """Hold one record, leave another proposed, and dispose of a third by two people."""
    held, proposed, disposed = (
        kind_named(kind).all().get(reference=reference)
        for kind, reference in (HELD, PROPOSED, DISPOSED)
    )
    values = {
        "title": "Claim about the yard at headquarters",
        "why": "Made up: a firm says that it was not paid in full; a court has not decided yet.",
        "starts_on": clock.today(),
    }
    place_hold(values, [held], by=BY)
    propose([proposed], by=BY, why=OVER)
    dispose_of(propose([disposed], by=BY, why=OVER), by=PUBLISHER)
