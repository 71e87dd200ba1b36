"""Before a poll the office publishes with care: the period, the guard and the sober site."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from peelian.checks import findings
from peelian.elections.models import Clearance, Election
from peelian.elections.periods import period_of, period_on, periods_between
from peelian.figures.load import Given, Outcome, load_return
from peelian.figures.models import Observation
from peelian.intake.tables import Rejected
from peelian.law.workdays import is_working_day
from peelian.people.kinds import BODY
from peelian.record import operations
from peelian.record.errors import Invalid, Refused
from peelian.record.models import Change, Status
from peelian.record.scope import PUBLIC, Scope
from tests.makers import CHRIS, PAT, amend, bring_to, make

POLL = dt.date(2019, 12, 12)
NOTICE = dt.date(2019, 11, 6)
INSIDE = dt.date(2019, 11, 20)
NOW = {"is_statutory": True, "is_routine": False, "can_wait": False}
LATER = NOW | {"can_wait": True}


@pytest.fixture
def general(db: object) -> Any:
    """The general election of 2019, with the period that guidance named."""
    return make(
        "election", form="general", poll_on=POLL, notice_on=NOTICE, title="General election"
    )


def on(settings: Any, day: dt.date) -> None:
    settings.OFFICE = settings.OFFICE | {"today": day.isoformat()}


def approved(kind: str = "body") -> Any:
    return make(kind, status=Status.APPROVED)


class TestThePeriod:
    """From the notice, or the last day for it by law, to the close of poll."""

    @pytest.mark.parametrize(
        ("day", "within"),
        [
            (NOTICE - dt.timedelta(days=1), False),
            (NOTICE, True),
            (INSIDE, True),
            (POLL, True),
            (POLL + dt.timedelta(days=1), False),
        ],
    )
    def test_it_runs_from_the_notice_to_the_day_of_the_poll(
        self, general: Any, day: dt.date, within: bool
    ) -> None:
        assert (period_on(day) is not None) is within

    @pytest.mark.parametrize(
        ("poll", "notice"),
        [
            (dt.date(2021, 5, 6), dt.date(2021, 3, 29)),  # over Easter and the May holiday
            (dt.date(2024, 5, 2), dt.date(2024, 3, 26)),
            (dt.date(2026, 5, 7), dt.date(2026, 3, 30)),
        ],
    )
    def test_without_a_notice_it_begins_on_the_last_day_by_law(
        self, poll: dt.date, notice: dt.date
    ) -> None:
        period = period_of(Election(title="Poll", poll_on=poll))
        assert period is not None
        assert (period.starts, period.is_latest) == (notice, True)

    @given(st.dates(dt.date(2013, 1, 1), dt.date(2035, 12, 31)))
    def test_a_slow_count_finds_the_same_last_day(self, poll: dt.date) -> None:
        period = period_of(Election(title="Poll", poll_on=poll))
        assert period is not None
        left, day = 25, poll
        while left:
            day -= dt.timedelta(days=1)
            left -= is_working_day(day, "england")
        assert period.starts == day

    def test_a_draft_of_an_election_stops_nobody(self, db: object) -> None:
        make("election", poll_on=POLL, notice_on=NOTICE, status=Status.DRAFT)
        assert periods_between(NOTICE, POLL) == []

    def test_it_is_minded_however_long_before_the_poll_the_office_lets_it_begin(
        self, db: object
    ) -> None:
        make("election", poll_on=POLL, notice_on=POLL - dt.timedelta(days=200))
        assert period_on(POLL - dt.timedelta(days=190)) is not None

    def test_the_notice_comes_before_the_poll(self, db: object) -> None:
        with pytest.raises(Exception, match="must begin before"):
            make("election", poll_on=POLL, notice_on=POLL)


class TestTheGuard:
    """In the period nothing becomes public without an answer."""

    def test_publishing_without_an_answer_is_refused(self, general: Any, settings: Any) -> None:
        record = approved()
        on(settings, INSIDE)
        with pytest.raises(Refused, match="pre-election period"):
            operations.publish(record, by=CHRIS, why="It is ready")
        record.refresh_from_db()
        assert record.status == Status.APPROVED

    @pytest.mark.parametrize(
        ("answers", "why", "says"),
        [
            (LATER, "It is ready", "from 13 December 2019"),
            (NOW, "  ", "Say why"),
            ({"is_statutory": True}, "It is ready", "whether it can wait"),
        ],
    )
    def test_what_can_wait_or_has_no_reason_is_refused(
        self, general: Any, settings: Any, answers: dict[str, bool], why: str, says: str
    ) -> None:
        record = approved()
        on(settings, INSIDE)
        with pytest.raises(Refused, match=says):
            operations.publish(record, by=CHRIS, why=why, answers=answers)
        assert not Clearance.objects.exists()

    def test_what_cannot_wait_is_published_and_who_decided_is_kept(
        self, general: Any, settings: Any
    ) -> None:
        record = approved()
        on(settings, INSIDE)
        operations.publish(record, by=CHRIS, why="The Order asks for it", answers=NOW)
        kept = Clearance.objects.get()
        assert (kept.key, kept.on, kept.by, kept.why) == (
            record.key,
            INSIDE,
            "chris",
            "The Order asks for it",
        )
        assert (kept.is_statutory, kept.is_routine, kept.election_id) == (True, False, general.pk)
        assert Change.objects.filter(record_id=record.pk).last().why == "The Order asks for it"

    def test_a_change_of_what_is_public_is_guarded_too(self, general: Any, settings: Any) -> None:
        record = make("body")
        on(settings, INSIDE)
        record = operations.submit(amend(record, title="Another name"), by=PAT)
        with pytest.raises(Refused, match="pre-election period"):
            operations.approve(record, by=CHRIS)
        assert operations.approve(record, by=CHRIS, why="Wrong name", answers=NOW)
        assert Clearance.objects.count() == 1

    def test_an_embargo_until_after_the_poll_needs_no_answer(
        self, general: Any, settings: Any
    ) -> None:
        record = approved()
        on(settings, INSIDE)
        after = dt.datetime(2019, 12, 13, 9, tzinfo=dt.UTC)
        assert operations.publish(record, by=CHRIS, embargo_until=after).status == Status.PUBLISHED

    def test_an_embargo_that_ends_in_the_period_is_asked_about_before_it_begins(
        self, general: Any, settings: Any
    ) -> None:
        record = approved()
        on(settings, NOTICE - dt.timedelta(days=10))
        with pytest.raises(Refused, match="pre-election period"):
            operations.publish(
                record, by=CHRIS, embargo_until=dt.datetime(2019, 11, 20, 9, tzinfo=dt.UTC)
            )

    def test_withdrawing_and_approving_what_is_not_public_are_free(
        self, general: Any, settings: Any
    ) -> None:
        published, waiting = make("body"), make("body", status=Status.IN_REVIEW)
        on(settings, INSIDE)
        assert operations.withdraw(published, by=CHRIS, why="Error").status == Status.WITHDRAWN
        assert operations.approve(waiting, by=CHRIS).status == Status.APPROVED

    def test_the_office_is_asked_on_the_page(
        self, general: Any, settings: Any, client: Any, chris: Any
    ) -> None:
        record = approved()
        on(settings, INSIDE)
        client.force_login(chris)
        address = reverse("office-bodies-publish", args=[record.reference])
        page = client.get(address, {"step": "publish"}).content.decode()
        assert "Can it wait until the poll has closed?" in page
        empty = client.post(address, {"step": "publish"}).content.decode()
        assert "Can it wait until the poll has closed?: Answer yes or no." in empty
        assert "Why?: This field is required." in empty
        answer = {"step": "publish", "is_statutory": "yes", "is_routine": "no"}
        refused = client.post(address, answer | {"can_wait": "yes", "why": "Ready"})
        assert "from 13 December 2019" in refused.content.decode()
        client.post(address, answer | {"can_wait": "no", "why": "Due by law"}, follow=True)
        assert Clearance.objects.get().by == chris.name


class TestPeriodsThatOverlap:
    """A by-election is called while the general election is on: both periods are minded."""

    @pytest.fixture
    def local(self, general: Any) -> Any:
        later = POLL + dt.timedelta(days=20)
        return make("election", form="by_election", poll_on=later, notice_on=NOTICE, title="Local")

    def test_what_goes_out_is_kept_for_both(self, general: Any, local: Any, settings: Any) -> None:
        record = approved()
        on(settings, INSIDE)
        operations.publish(record, by=CHRIS, why="Due by law", answers=NOW)
        assert {kept.election_id for kept in Clearance.objects.all()} == {general.pk, local.pk}

    def test_what_can_wait_waits_for_the_later_poll(
        self, general: Any, local: Any, settings: Any
    ) -> None:
        record = approved()
        on(settings, INSIDE)
        with pytest.raises(Refused, match="from 2 January 2020"):
            operations.publish(record, by=CHRIS, why="Ready", answers=LATER)

    def test_what_is_routine_before_one_poll_is_asked_about_before_the_other(
        self, general: Any, local: Any, settings: Any
    ) -> None:
        make("routine-publication", parent=general, covers="body", reason="The list of bodies")
        record = approved()
        on(settings, INSIDE)
        with pytest.raises(Refused, match="Local"):
            operations.publish(record, by=CHRIS)
        operations.publish(record, by=CHRIS, why="Due by law", answers=NOW)
        reasons = {kept.election_id: kept.why for kept in Clearance.objects.all()}
        assert reasons == {general.pk: "The list of bodies", local.pk: "Due by law"}


class TestRoutinePublications:
    """What was decided before the period goes out in it without being asked for each time."""

    def test_what_is_routine_goes_out_and_is_kept_with_the_reason_given_before(
        self, general: Any, settings: Any
    ) -> None:
        make("routine-publication", parent=general, covers="body", reason="The list of bodies")
        record, other = approved(), make("role", status=Status.APPROVED)
        on(settings, INSIDE)
        assert operations.publish(record, by=CHRIS).status == Status.PUBLISHED
        kept = Clearance.objects.get()
        assert (kept.why, kept.is_routine, kept.is_statutory) == ("The list of bodies", True, False)
        with pytest.raises(Refused, match="routine publication on the page of the election"):
            operations.publish(other, by=CHRIS)

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.APPROVED, Status.WITHDRAWN])
    def test_it_counts_only_while_it_is_published(
        self, general: Any, settings: Any, status: str
    ) -> None:
        make("routine-publication", parent=general, covers="body", status=status)
        record = approved()
        on(settings, INSIDE)
        with pytest.raises(Refused, match="pre-election period"):
            operations.publish(record, by=CHRIS)

    def test_it_counts_no_longer_when_it_has_expired(self, general: Any, settings: Any) -> None:
        routine = make("routine-publication", parent=general, covers="body", status="approved")
        past = timezone.now() - dt.timedelta(hours=1)
        operations.publish(routine, by=CHRIS, expires_at=past)
        record = approved()
        on(settings, INSIDE)
        with pytest.raises(Refused, match="pre-election period"):
            operations.publish(record, by=CHRIS)

    def test_it_may_itself_be_published_in_the_period(self, general: Any, settings: Any) -> None:
        routine = make("routine-publication", parent=general, status=Status.APPROVED)
        on(settings, INSIDE)
        assert operations.publish(routine, by=CHRIS).status == Status.PUBLISHED

    def test_the_office_adds_one_from_the_page_of_the_election(
        self, general: Any, client: Any, chris: Any
    ) -> None:
        client.force_login(chris)
        page = client.get(general.get_office_url()).content.decode()
        new = f"{reverse('office-routine-publications-new')}?parent={general.pk}"
        assert new in page
        assert f'value="{general.pk}" selected' in client.get(new).content.decode()
        assert new not in client.get(general.get_absolute_url()).content.decode()

    def test_it_says_that_the_law_requires_it_or_that_it_is_routine(self, general: Any) -> None:
        with pytest.raises(Invalid, match="requires it, or that it is routine"):
            make("routine-publication", parent=general, is_routine=False)

    def test_a_file_is_loaded_in_the_period_only_where_its_kind_is_routine(
        self, general: Any, settings: Any
    ) -> None:
        on(settings, INSIDE)
        values = {"reference": "new-body", "title": "A new body", "form": "panel"}
        with pytest.raises(Refused, match="pre-election period"):
            operations.bring_in(BODY, values, by=CHRIS, why="bodies.csv")
        assert not BODY.all().filter(reference="new-body").exists()
        make("routine-publication", parent=general, covers="body")
        assert operations.bring_in(BODY, values, by=CHRIS, why="bodies.csv")[1] == "new"
        assert operations.bring_in(BODY, values, by=CHRIS, why="bodies.csv")[1] == "same"
        assert Clearance.objects.count() == 1


class TestReturnsOfFigures:
    """Figures of a public measure are public as soon as they come in."""

    def return_of(self, measure: Any, folder: Path) -> Outcome:
        path = folder / "observations.csv"
        path.write_text(
            "measure,area,period,as_at,value,source\n"
            f"{measure.reference},here,2019-10,2019-11-15,12,The force\n",
            encoding="utf-8",
        )
        return load_return(path, Given(layout="long"), by=CHRIS)

    def test_a_return_waits_unless_measures_are_routine(
        self, general: Any, settings: Any, tmp_path: Path
    ) -> None:
        make("area", reference="here")
        measure = make("measure")
        on(settings, INSIDE)
        with pytest.raises(Rejected, match="a routine publication of measures"):
            self.return_of(measure, tmp_path)
        assert not Observation.objects.exists()

    def test_with_one_it_comes_in(self, general: Any, settings: Any, tmp_path: Path) -> None:
        make("routine-publication", parent=general, covers="measure")
        make("area", reference="here")
        measure = make("measure")
        on(settings, INSIDE)
        assert self.return_of(measure, tmp_path).new == 1

    def test_figures_of_a_measure_that_is_not_public_come_in(
        self, general: Any, settings: Any, tmp_path: Path
    ) -> None:
        make("area", reference="here")
        measure = make("measure", status=Status.DRAFT)
        on(settings, INSIDE)
        assert self.return_of(measure, tmp_path).new == 1


class TestWhatIsShown:
    """The election's page, the calendar, events in the period, and the sober site."""

    def test_the_public_see_what_went_out_but_not_what_is_gone_nor_who_decided(
        self, general: Any, settings: Any, client: Any
    ) -> None:
        kept, gone = approved(), approved()
        on(settings, INSIDE)
        for record in (kept, gone):
            operations.publish(record, by=CHRIS, why="Due by law", answers=NOW)
        operations.withdraw(gone, by=CHRIS, why="Error")
        page = client.get(general.get_absolute_url()).content.decode()
        assert kept.title in page
        assert gone.title not in page
        assert "chris" not in page

    def test_a_meeting_in_the_period_is_flagged_when_it_is_typed(
        self, general: Any, settings: Any, client: Any, chris: Any
    ) -> None:
        meeting = make("meeting", held_on=POLL + dt.timedelta(days=30))
        on(settings, NOTICE - dt.timedelta(days=9))
        client.force_login(chris)
        edit = reverse("office-meetings-edit", args=[meeting.reference])
        form = client.get(edit).context["form"]
        typed = {n: v for n, v in form.initial.items() if v is not None} | {
            "body": meeting.body_id,
            "held_on": INSIDE.isoformat(),
            "version": meeting.version,
        }
        page = client.post(edit, typed, follow=True).content.decode()
        assert "20 November 2019 is in a pre-election period" in page

    @pytest.mark.parametrize(
        ("event", "day", "flagged"),
        [
            ("consultation_closed", INSIDE, True),
            ("consultation_opened", INSIDE, True),
            ("consultation_opened", dt.date(2019, 10, 10), True),  # eight weeks run to 4 December
            ("consultation_opened", dt.date(2019, 9, 11), False),  # to 5 November, the day before
            ("public_meeting_of_office", POLL, True),
            ("consultation_closed", POLL + dt.timedelta(days=1), False),
            ("foi_request", INSIDE, False),
        ],
    )
    def test_a_consultation_or_a_public_meeting_of_the_office_is_flagged_too(
        self, general: Any, client: Any, chris: Any, event: str, day: dt.date, flagged: bool
    ) -> None:
        client.force_login(chris)
        typed = {"event": event, "opened_on": day.isoformat(), "audience": "office"}
        page = client.post(reverse("office-clocks-new"), typed, follow=True).content.decode()
        assert "Saved." in page
        assert ("is in a pre-election period" in page) is flagged

    def test_the_nightly_check_finds_events_ahead(self, general: Any) -> None:
        make("meeting", held_on=INSIDE, title="Questions in public")
        make("meeting", held_on=POLL + dt.timedelta(days=1))
        found = findings.run(
            Scope(PAT), NOTICE - dt.timedelta(days=9), only=["in-pre-election-period"]
        )
        assert [finding.where for finding in found] == ["Questions in public"]

    def test_the_nightly_check_finds_an_embargo_that_a_later_election_overtook(
        self, db: object, settings: Any
    ) -> None:
        before = NOTICE - dt.timedelta(days=20)
        on(settings, before)
        ends = dt.datetime(2019, 11, 20, 9, tzinfo=dt.UTC)
        overtaken, asked = approved(), approved()
        operations.publish(overtaken, by=CHRIS, embargo_until=ends)
        make("election", form="general", poll_on=POLL, notice_on=NOTICE, title="General election")
        operations.publish(asked, by=CHRIS, why="Due by law", answers=NOW, embargo_until=ends)
        found = findings.run(Scope(PAT), before, only=["in-pre-election-period"])
        assert [finding.where for finding in found] == [overtaken.title]

    def test_the_site_is_sober_in_the_period_and_not_outside_it(
        self, general: Any, settings: Any, client: Any
    ) -> None:
        for day, sober in ((NOTICE - dt.timedelta(days=1), False), (INSIDE, True)):
            on(settings, day)
            page = client.get(reverse("home")).content.decode()
            assert ("app-sober" in page) is sober
            assert ("is in a pre-election period" in page) is sober

    def test_a_commissioners_election_brings_about_the_plan(self, db: object) -> None:
        from peelian.duties.calendar import due_between

        make("election", form="commissioner", poll_on=dt.date(2024, 5, 2), title="Poll")
        due = due_between(dt.date(2024, 3, 1), dt.date(2025, 3, 31), scope=PUBLIC)
        by_rule = {duty.rule.id: duty.occurrence.due for duty in due}
        assert by_rule["plan-and-report/issue-plan"] == dt.date(2025, 3, 31)
        assert by_rule["elections/notice"] == dt.date(2024, 3, 26)


def test_releasing_needs_the_same_answers(general: Any, settings: Any) -> None:
    record = make("body", status=Status.DRAFT)
    on(settings, INSIDE)
    with pytest.raises(Refused, match="pre-election period"):
        operations.release(record, by=CHRIS, why="Ready")
    record.refresh_from_db()
    assert record.status == Status.DRAFT
    assert bring_to(record, Status.DRAFT)
    released = operations.release(record, by=CHRIS, why="Due by law", answers=NOW)
    assert released.status == Status.PUBLISHED
