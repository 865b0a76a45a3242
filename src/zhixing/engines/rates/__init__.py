"""Intervals for shares counted on few rows."""

from zhixing.engines.rates.wilson import wilson

__all__ = ["wilson"]
