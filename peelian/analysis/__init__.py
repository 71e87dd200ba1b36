"""Statistics: arrays in, findings out. NumPy, and SciPy where it is needed; no files, no Django.

from peelian.analysis import xmr, latest

chart = xmr([[52, 48, 55, 51, 47, 50, 53, 49, 51, 84]])
chart.outside[0, -1]     # 1: exceptionally high
"""

from peelian.analysis.alarms import discoveries as discoveries
from peelian.analysis.alarms import expected_flags as expected_flags
from peelian.analysis.assurance import assurance as assurance
from peelian.analysis.attributes import c_chart as c_chart
from peelian.analysis.attributes import p_chart as p_chart
from peelian.analysis.attributes import u_chart as u_chart
from peelian.analysis.change import Latest as Latest
from peelian.analysis.change import latest as latest
from peelian.analysis.charts import Chart as Chart
from peelian.analysis.comparisons import compare_periods as compare_periods
from peelian.analysis.disproportion import disproportion as disproportion
from peelian.analysis.funnel import funnel as funnel
from peelian.analysis.harm import weighed as weighed
from peelian.analysis.peers import beside_peers as beside_peers
from peelian.analysis.rare import g_chart as g_chart
from peelian.analysis.rare import poisson_chart as poisson_chart
from peelian.analysis.rare import t_chart as t_chart
from peelian.analysis.rates import proportion as proportion
from peelian.analysis.rates import rate as rate
from peelian.analysis.rates import rate_ratio as rate_ratio
from peelian.analysis.rebase import Steps as Steps
from peelian.analysis.rebase import propose_steps as propose_steps
from peelian.analysis.rules import MDC as MDC
from peelian.analysis.rules import PROFILES as PROFILES
from peelian.analysis.rules import RULES as RULES
from peelian.analysis.rules import Rules as Rules
from peelian.analysis.rules import run_test as run_test
from peelian.analysis.runs import run_chart as run_chart
from peelian.analysis.screen import Analysis as Analysis
from peelian.analysis.screen import analyse as analyse
from peelian.analysis.season import Season as Season
from peelian.analysis.season import seasonality as seasonality
from peelian.analysis.xmr import xmr as xmr
