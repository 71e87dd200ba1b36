"""INTERIM: replaced by the full screening."""

from dataclasses import dataclass
from typing import Any
import numpy as np
from peelian.analysis.charts import Chart
from peelian.analysis.rules import MDC
from peelian.analysis.xmr import xmr


@dataclass(frozen=True)
class Analysis:
    chart: Chart
    method: Any
    seasonal: Any
    factors: Any
    adjusted: Any
    autocorrelation: Any
    widened: Any
    steps: Any
    chance: Any
    expected: Any


def analyse(
    values,
    *,
    sizes=None,
    first_month=1,
    starts=None,
    baseline=None,
    rules=MDC,
    chart="auto",
    seasonal="auto",
    rebase=True,
):
    v = np.asarray(values, float)
    if sizes is not None:
        v = v / np.asarray(sizes, float)
    c = xmr(v, rules=rules, starts=starts, baseline=baseline)
    n = len(v)
    return Analysis(
        c,
        np.full(n, "xmr"),
        np.zeros(n, bool),
        np.full((n, 12), np.nan),
        v,
        np.zeros(n),
        np.zeros(n, bool),
        None,
        np.full(n, np.nan),
        np.zeros(n),
    )
