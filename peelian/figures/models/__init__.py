"""Figures: the register, what was observed and found, the editions and what was quoted."""

from peelian.figures.models.alerts import Subscription as Subscription
from peelian.figures.models.alerts import Told as Told
from peelian.figures.models.editions import DataStatement as DataStatement
from peelian.figures.models.editions import Edition as Edition
from peelian.figures.models.editions import QuotedFigure as QuotedFigure
from peelian.figures.models.register import ChartSetting as ChartSetting
from peelian.figures.models.register import InclusionRule as InclusionRule
from peelian.figures.models.register import Measure as Measure
from peelian.figures.models.register import PeerGroup as PeerGroup
from peelian.figures.models.register import Phase as Phase
from peelian.figures.models.register import Standard as Standard
from peelian.figures.models.register import Topic as Topic
from peelian.figures.models.rows import Assessment as Assessment
from peelian.figures.models.rows import Observation as Observation
from peelian.figures.models.rows import Return as Return
