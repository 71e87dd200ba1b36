"""Meetings of the panel and of every other body, and what the public asks of them."""

from peelian.meetings.models.account import Challenge as Challenge
from peelian.meetings.models.account import Reach as Reach
from peelian.meetings.models.meetings import AgendaItem as AgendaItem
from peelian.meetings.models.meetings import Meeting as Meeting
from peelian.meetings.models.meetings import StandingItem as StandingItem
from peelian.meetings.models.minutes import Attendance as Attendance
from peelian.meetings.models.minutes import Minute as Minute
from peelian.meetings.models.minutes import MinuteCorrection as MinuteCorrection
from peelian.meetings.models.news import BodySubscription as BodySubscription
from peelian.meetings.models.news import BodyTold as BodyTold
from peelian.meetings.models.notes import DecisionNote as DecisionNote
from peelian.meetings.models.participation import Declaration as Declaration
from peelian.meetings.models.participation import Petition as Petition
from peelian.meetings.models.participation import PublicQuestion as PublicQuestion
from peelian.meetings.models.participation import Webcast as Webcast
from peelian.meetings.models.programme import WorkProgrammeItem as WorkProgrammeItem
from peelian.meetings.models.submissions import Submission as Submission
from peelian.meetings.models.votes import Vote as Vote
