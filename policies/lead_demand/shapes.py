"""The normal and the gamma law, fitted to mean and variance.

Both keep their shape when units are counted otherwise, so that a level in days of sales depends on nothing but the
spread of one day over its mean. It is worked out once for many such ratios, and read off between them.
"""

from functools import lru_cache

import numpy as np

from policies.formulas import safety_factor
from policies.lead_demand.span import Span
from policies.protocol import FloatArray

RATIOS = np.concatenate([[1e-6], np.geomspace(1e-3, 100, 800)])
"""Standard deviation over mean of a day's demand, for which levels are worked out."""
HALVINGS = 50


def shape_level(law: str, measure: str, service: float, span: Span, pace: FloatArray, sd: FloatArray) -> FloatArray:
    """Units that the stock position must be lifted to, [..., sku], `law` being normal or gamma.

    `measure` is cycle: P(D(L+R) <= S) = service; or fill: E(D(L+R) - S)+ - E(D(L) - S)+ = (1 - service) R d.
    Source: Silver, Pyke, Thomas 2017, sections 6.7 and 6.9; the second term, what was owed already, is kept.
    """
    if (law, measure) == ("normal", "cycle"):
        safety = safety_factor(service) * np.sqrt(span.variance(span.days, pace, sd))
        return np.maximum(pace * span.days + safety, 0.0)
    days = np.interp(sd / np.where(pace > 0, pace, 1.0), RATIOS, _days(law, measure, service, span))
    return np.asarray(days * pace)


@lru_cache(maxsize=64)
def _days(law: str, measure: str, service: float, span: Span) -> FloatArray:
    """The level in days of sales for each of `RATIOS`."""
    both = np.sqrt(span.variance(span.days, 1.0, RATIOS)) / span.days
    if measure == "cycle":
        return span.days * _gamma_quantile(service, both)
    lead = np.sqrt(span.variance(span.lead_days, 1.0, RATIOS)) / (span.lead_days or 1.0)
    allowed = (1 - service) * span.review_days

    def missing(level: FloatArray) -> FloatArray:
        owed = span.lead_days * _excess(law, level / span.lead_days, lead) if span.lead_days else 0.0
        return span.days * _excess(law, level / span.days, both) - owed

    low, high = np.zeros(RATIOS.shape), np.full(RATIOS.shape, span.days)
    while (short := missing(high) > allowed).any():
        high = np.where(short, 2 * high, high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        short = missing(middle) > allowed
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return high


def _gamma_quantile(chance: float, ratio: FloatArray) -> FloatArray:
    """What a gamma law of mean 1 stays below with this chance; `ratio` is its standard deviation."""
    from scipy.special import gammaincinv

    return np.asarray(gammaincinv(ratio**-2, chance) * ratio**2)


def _excess(law: str, level: FloatArray, ratio: FloatArray) -> FloatArray:
    """E(X - level)+ of a law of mean 1; `ratio` is its standard deviation. Source: Zipkin 2000, appendix C."""
    from scipy.special import gammaincc, ndtr

    if law == "normal":
        z = (level - 1) / ratio
        return np.asarray(ratio * (np.exp(-z * z / 2) / np.sqrt(2 * np.pi) - z * ndtr(-z)))
    shape, scaled = ratio**-2, level / ratio**2
    return np.asarray(gammaincc(shape + 1, scaled) - level * gammaincc(shape, scaled))
