"""Shares with their intervals: of few rows, and of stratified random samples of clusters."""

from zhixing.engines.rates.ratio import Clusters, Ratio, change, columns, ratios
from zhixing.engines.rates.student import t95
from zhixing.engines.rates.wilson import wilson

__all__ = ["Clusters", "Ratio", "change", "columns", "ratios", "t95", "wilson"]
