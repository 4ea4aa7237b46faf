"""The one door to the laws: a level for a law, a measure and a service."""

from policies.lead_demand.counts import count_level
from policies.lead_demand.samples import sample_level
from policies.lead_demand.shapes import shape_level
from policies.lead_demand.span import Span
from policies.protocol import FloatArray, IntArray

MEASURES = ("cycle", "fill")
"""Chance of no stockout between two deliveries, and share of units delivered at once."""
LAWS = ("normal", "gamma", "negative-binomial", "empirical", "bootstrap")


def level(
    law: str, measure: str, service: float, span: Span, pace: FloatArray, sd: FloatArray, totals: IntArray
) -> FloatArray:
    """Units that the stock position must be lifted to at a review, [..., sku].

    `pace` and `sd` are mean and standard deviation of a day's demand, to which the first three laws are fitted. The
    others take their samples of `totals`, running totals of past sales, [day + 1, ..., sku].
    """
    if law in ("empirical", "bootstrap"):
        return sample_level(law, measure, service, span, pace, totals)
    if law == "negative-binomial":
        return count_level(measure, service, span, pace, sd)
    return shape_level(law, measure, service, span, pace, sd)
