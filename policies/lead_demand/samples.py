"""Demand of a lead time as it was: stretches of the seller's own past, without any law.

No luck is drawn. Which stretches are looked at is the same for every SKU and every run.
"""

from functools import lru_cache

import numpy as np

from policies.lead_demand.span import Span
from policies.plugins.numbers import whole_numbers
from policies.protocol import FloatArray, IntArray

SAMPLES = 200
"""Stretches that are looked at: a service of more than 199 in 200 is the largest of them."""
BLOCK_DAYS = 7
"""Days of the past that stay together in a bootstrap."""
LONGEST = 4_000
"""[days] a stretch is cut here."""


def sample_level(law: str, measure: str, service: float, span: Span, pace: FloatArray, totals: IntArray) -> FloatArray:
    """Units that the stock position must be lifted to, [..., sku]; measures as in `shapes.shape_level`.

    `totals` are running totals of past sales, [day + 1, ..., sku]. `law` is empirical: each stretch is one of the past,
    as long as lead time and review period; or bootstrap: it is put together of weeks of the past. Lead times are the
    quantiles of a gamma law. The past is a circle, and is scaled to `pace`. Source: the moving blocks of Kuensch 1989;
    Willemain, Smart, Schwarz 2004, for stock.
    """
    known = len(totals) - 1
    sold = totals[-1] - totals[0]
    if known == 0:
        return np.zeros(pace.shape)
    scale = pace * known / np.maximum(sold, 1)
    leads = lead_quantiles(span.lead_days, span.spread_days)
    block = LONGEST if law == "empirical" else BLOCK_DAYS
    both = stretches(totals, leads + span.review_days, block)
    if measure == "cycle":
        place = max(int(np.ceil(service * SAMPLES - 1e-9)), 1) - 1
        return np.asarray(scale * np.partition(both, place, axis=0)[place])
    return np.asarray(scale * _filling(service, both, stretches(totals, leads, block)))


@lru_cache(maxsize=64)
def lead_quantiles(mean_days: float, spread_days: float) -> IntArray:
    """Whole lead times that stand for a gamma law of this mean and spread, all alike likely, [sample]."""
    from scipy.special import gammaincinv

    if spread_days == 0 or mean_days == 0:
        return np.full(SAMPLES, round(mean_days), np.int64)
    chances, shape = (np.arange(SAMPLES) + 0.5) / SAMPLES, (mean_days / spread_days) ** 2
    days = gammaincinv(shape, chances) * mean_days / shape
    return np.asarray(np.minimum(np.rint(days), LONGEST), dtype=np.int64)


def stretches(totals: IntArray, days: IntArray, block: int) -> IntArray:
    """Units sold in stretches of so many days, [sample, ..., sku], put together of blocks of at most `block` days."""
    from scipy.sparse import csr_array

    known, sample = len(totals) - 1, np.arange(len(days))
    weights = np.zeros((len(days), known + 1), np.int64)  # of each running total in a stretch, few of them not 0
    for number in range(-(-int(days.max()) // block)):
        first = whole_numbers((len(days),), 1 + number, known)
        rounds, last = np.divmod(first + np.clip(days - block * number, 0, block), known)
        for place, weight in ((last, 1), (first, -1), (known, rounds), (0, -rounds)):
            weights[sample, place] += weight
    return np.asarray(csr_array(weights) @ totals.reshape(known + 1, -1)).reshape(-1, *totals.shape[1:])


def _filling(service: float, both: IntArray, lead: IntArray) -> IntArray:
    """Least whole units at which no more than a share of what is wanted between reviews is not there at once."""
    allowed = (1 - service) * (both.sum(axis=0) - lead.sum(axis=0))
    low, high = np.full(allowed.shape, -1), both.max(axis=0)
    while (high - low > 1).any():
        middle = (low + high) // 2
        missing = np.maximum(both - middle, 0).sum(axis=0) - np.maximum(lead - middle, 0).sum(axis=0)
        short = missing > allowed
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(high)
