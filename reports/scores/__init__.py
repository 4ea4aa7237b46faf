"""Every score: its name, its formula in words, its unit, and which way is better.

A score answers one number per replication. Ratios are ratios of sums inside a replication, never means of ratios; a
ratio whose denominator is zero is NaN, "undefined".
"""

from reports.record import FloatArray, Record, Setting
from reports.scores.money import MONEY
from reports.scores.score import Score, Unit
from reports.scores.service import SERVICE
from reports.scores.stock import STOCK
from reports.scores.supply import SUPPLY

__all__ = ["KEY_SCORES", "SCORES", "Score", "Unit", "all_scores"]

KEY_SCORES = ("stockout_rate", "holding_cost", "turnover", "profit", "fill_rate")
"""The scores in which policies are compared pair by pair; the first three are those of the scoreboard."""

_BY_NAME = {score.name: score for score in (*SERVICE, *STOCK, *MONEY, *SUPPLY)}

SCORES: dict[str, Score] = {name: _BY_NAME[name] for name in dict.fromkeys((*KEY_SCORES, *_BY_NAME))}
"""Every score by name, the key ones first."""


def all_scores(record: Record, setting: Setting) -> dict[str, FloatArray]:
    """Every score of a record, [run] by name."""
    return {name: score.of(record, setting) for name, score in SCORES.items()}
