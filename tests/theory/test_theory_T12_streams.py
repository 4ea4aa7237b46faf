"""T12, other streams: videos that breed (Hawkes), business orders (compound Poisson), livestreams that lift (LS1).

Second moments are taken about the exact mean, which the same row checks, so that they have no bias of their own.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.theory.acceptance import Verdict, accept, printed, verdict
from tests.theory.exact.hawkes import Hawkes
from tests.theory.worlds import played, pooled_days, sampled, series_of, sku_names, world

REPLICATIONS = 100
LANE = 'legs = [{ name = "lane", days = 1 }]'
HK1 = Hawkes(per_day=10, share=0.6, decay=3)
HK1_LAG = 4
COLD_DAYS = (0, 1, 3)
AT_ONCE = 1e-6
"""Mean age of an order, in days, of videos that fade practically at once."""
LS1_MEAN, LS1_VARIANCE, LS1_SHARE = 212.5, 3812.5, 0.352941


def test_theory_T12_HK1_exact_figures() -> None:
    """The exact code prints the known figures; far windows hardly hang together, and a cold start ends."""
    assert printed(HK1.rate, "25.000000")
    assert printed(HK1.variance(1), "79.818117")
    assert printed(HK1.variance(1) / HK1.rate, "3.192725")
    assert HK1.variance(10_000) / HK1.rate / 10_000 == pytest.approx(6.25, rel=1e-3)
    assert HK1.variance(2) == pytest.approx(2 * HK1.variance(1) + 2 * HK1.covariance(1, 1), rel=1e-9)
    assert HK1.cold_mean(0, 1e-6) / 1e-6 == pytest.approx(10, rel=1e-4)
    assert HK1.cold_mean(50, 1) == pytest.approx(25, rel=1e-9)


def test_theory_T12_HK1(tmp_path: Path) -> None:
    """Videos that breed, of one order each: mean and variance of days, and how days hang together.

    A video of size one brings a Poisson number of orders of mean one, so a day's orders have the variance of its
    videos and one Poisson variance more.
    """
    text = world(skus=500, days=2_000, lane=LANE, tables=_breeding(500))
    wanted = series_of(played(tmp_path, text, "never")).wanted[:, 0, 0]
    apart, variance = wanted - HK1.rate, HK1.variance(1) + HK1.rate
    variances = pooled_days(apart**2, REPLICATIONS)
    verdicts = [
        verdict("mean", "mean", pooled_days(wanted, REPLICATIONS), HK1.rate),
        verdict("variance", "variance", variances, variance),
    ]
    for lag in (1, HK1_LAG):
        exact = HK1.covariance(1, lag) / variance
        covariances = pooled_days(apart[:-lag] * apart[lag:], REPLICATIONS)
        correlations = exact + (covariances - exact * variances) / variance
        verdicts.append(verdict(f"correlation at {lag}", "share", correlations, exact))
    accept(*verdicts)


def test_theory_T12_HK1_cold_start(tmp_path: Path) -> None:
    """Without videos before the first day there are no children of theirs either: demand grows into its mean.

    Families are independent, so that ten sources of HK1 on one SKU are one with ten times the videos.
    """
    sources, skus, runs = 10, 200, 40
    tables = _breeding(skus, "starts_on = 2026-01-01", sources)
    text = world(skus=skus, days=COLD_DAYS[-1] + 1, lane=LANE, tables=tables)
    days = sampled(tmp_path, text, range(runs)).wanted[:, :, 0].mean(axis=-1) / sources
    accept(*(verdict(f"day {day}", "mean", days[day], HK1.cold_mean(day, 1)) for day in COLD_DAYS))


def test_theory_T12_HK1_warm_start(tmp_path: Path) -> None:
    """Unless told otherwise the first day is as busy as any: families of the past still breed."""
    sources, skus, runs = 10, 200, 40
    text = world(skus=skus, days=1, lane=LANE, tables=_breeding(skus, sources=sources))
    first_day = sampled(tmp_path, text, range(runs)).wanted[0, :, 0].mean(axis=-1) / sources
    assert HK1.cold_mean(0, 1) < 0.7 * HK1.rate
    accept(verdict("first day", "mean", first_day, HK1.rate))


def test_theory_T12_CP1(tmp_path: Path) -> None:
    """Business orders, Poisson of mean 4 with geometric sizes of mean 2.5: units 10 and 40, and orders 4 and 4."""
    business = '{ orders_per_day = 4, units_per_order = { law = "geometric", mean = 2.5 } }'
    text = world(skus=200, days=2_000, lane=LANE, demand=f'demand."*".business = {business}')
    drawn = sampled(tmp_path, text)
    assert drawn.orders is not None
    units, orders = drawn.wanted[:, 0, 0], drawn.orders[:, 0, 0]
    accept(
        verdict("mean", "mean", pooled_days(units, REPLICATIONS), 10.0),
        verdict("variance", "variance", pooled_days((units - 10.0) ** 2, REPLICATIONS), 40.0),
        verdict("orders", "mean", pooled_days(orders, REPLICATIONS), 4.0),
        verdict("variance of orders", "variance", pooled_days((orders - 4.0) ** 2, REPLICATIONS), 4.0),
        verdict("covariance", "variance", pooled_days((units - 10.0) * (orders - 4.0), REPLICATIONS), 10.0),
    )


def test_theory_T12_LS1(tmp_path: Path) -> None:
    """A weekly livestream of 3 hours that multiplies demand by 30: mean and variance of weeks, share of its slot.

    A share is a ratio of two noisy means; what it says without bias is that slot - share x week is zero in the mean,
    which is held here in units of the mean week.
    """
    weeks, skus, shows_slot = 210, 500, 6
    text = world(
        skus=skus, days=7 * weeks, lane=LANE, slot_hours=3,
        demand='demand."*".organic = { law = "poisson", mean = 20 }',
        tables="""
[[planned.livestream]]
name = "live"
first_on = 2026-01-01
start_hour = 18
hours = 3
lift = { law = "lognormal", mean = 30, cv = 0.8 }
""",
    )  # fmt: skip
    slots = sampled(tmp_path, text).wanted[:, 0, 0].reshape(weeks, 7, 8, skus)
    week, show = slots.sum(axis=(1, 2)), slots[:, 0, shows_slot]
    shares = LS1_SHARE + (show - LS1_SHARE * week) / LS1_MEAN
    accept(
        verdict("mean", "mean", pooled_days(week, REPLICATIONS), LS1_MEAN),
        verdict("variance", "variance", pooled_days((week - LS1_MEAN) ** 2, REPLICATIONS), LS1_VARIANCE),
        verdict("share of the slot", "share", pooled_days(shares, REPLICATIONS), LS1_SHARE),
    )


@pytest.mark.parametrize(("cv", "memory_days"), [(0.35, 3.0), (0.8, 0.0)])
def test_theory_T12_rates_of_ads(tmp_path: Path, cv: float, memory_days: float) -> None:
    """Rates are lognormal with the stated mean and cv, and the correlation of their logs is e^(-lag / memory)."""
    ads = f"spend_per_day = 1, per_thousand_views = 10, ctr = 0.01, cvr = 0.02, ctr_cv = {cv}, memory_days = {memory_days}"
    text = world(skus=100, days=30_000, lane=LANE, demand=f'demand."*".ads = {{ {ads} }}')
    traffic = sampled(tmp_path, text).ads
    assert traffic is not None
    rate = traffic.ctr[:, 0, 0] / 0.01
    spread = np.log1p(cv**2)
    logs = (np.log(rate) + spread / 2) / np.sqrt(spread)
    accept(
        verdict("mean", "mean", pooled_days(rate, REPLICATIONS), 1.0),
        verdict("variance", "variance", pooled_days((rate - 1) ** 2, REPLICATIONS), cv**2),
        *(_correlation(logs, lag, np.exp(-lag / memory_days) if memory_days else 0.0) for lag in (1, 3, 8)),
    )


@pytest.mark.parametrize("most", [1, 4, 25])
@pytest.mark.parametrize("slot_hours", [8, 24])
def test_theory_T12_units_of_ads(slot_hours: int, most: int, tmp_path: Path) -> None:
    """Given the day's rates, a slot's units are Poisson as planned and at the most, however far spend can be raised."""
    ads = f"spend_per_day = 20, per_thousand_views = 10, ctr = 0.1, cvr = 0.1, most = {most}"
    text = world(skus=100, days=600, lane=LANE, slot_hours=slot_hours, demand=f'demand."*".ads = {{ {ads} }}')
    wanted = series_of(played(tmp_path, text, "never")).wanted[:, 0, 0]
    drawn = sampled(tmp_path, text, levers=True)
    assert drawn.ads is not None
    at_most = np.sum([stream.units[:, 0, 0] for stream in drawn.shaped], axis=0)
    expected = np.repeat(2_000 * drawn.ads.ctr[:, 0, 0] * drawn.ads.cvr[:, 0, 0] * slot_hours / 24, 24 // slot_hours, 0)
    for units, mean in ((wanted, expected), (at_most, most * expected)):
        accept(
            verdict("mean", "mean", pooled_days(units / mean, REPLICATIONS), 1.0),
            verdict("variance", "variance", pooled_days((units - mean) ** 2 / mean, REPLICATIONS), 1.0),
        )


CURVE = [0.25] * 10 + [0.75] * 6 + [1.5] * 4 + [2.0, 3.5, 3.5, 2.0]
WEEKDAY = [1.0, 1.0, 1.0, 0.75, 1.75, 0.5, 1.0]
THURSDAY = 3
LIFT = 21


@pytest.mark.parametrize("slot_hours", [1, 24])
@pytest.mark.parametrize(("start_hour", "hours"), [(18.0, 3.0), (8.5, 2.0), (21.5, 6.0)])
def test_theory_T12_lift_of_busy_hours(start_hour: float, hours: float, slot_hours: int, tmp_path: Path) -> None:
    """A lift adds (lift - 1) times what is wanted anyway in just the hours of a show, its own day's and the next's."""
    weeks, mean = 40, 20.0
    text = world(
        skus=200, days=7 * weeks, lane=LANE, slot_hours=slot_hours,
        demand=f'hours = {CURVE}\ndemand."*".organic = {{ law = "poisson", mean = {mean}, weekday = {WEEKDAY} }}',
        tables=f"""
[[planned.livestream]]
name = "live"
first_on = 2026-01-01
start_hour = {start_hour}
hours = {hours}
lift = {LIFT}
""",
    )  # fmt: skip
    minutes = (np.arange(hours * 60) + start_hour * 60).astype(int)
    anyway = sum(mean * WEEKDAY[THURSDAY + minute // 1440] * CURVE[minute // 60 % 24] for minute in minutes) / 1440
    days = sampled(tmp_path, text).wanted[:, 0, 0].reshape(weeks, 7, -1, 200).sum(axis=2)
    exact = mean * WEEKDAY[THURSDAY] + (LIFT - 1) * anyway
    accept(verdict("day of the show", "mean", pooled_days(days[:, 0], REPLICATIONS), exact))


def _correlation(logs: NDArray[np.float64], lag: int, exact: float) -> Verdict:
    """Logs of mean 0 and variance 1, [day, sku], held against their correlation at a lag."""
    squares = pooled_days(logs**2, REPLICATIONS)
    covariances = pooled_days(logs[:-lag] * logs[lag:], REPLICATIONS)
    return verdict(f"correlation at {lag}", "share", exact + covariances - exact * squares, exact)


def _breeding(skus: int, more: str = "", sources: int = 1) -> str:
    """So many sources of HK1 on every SKU."""
    named = ", ".join(f'"{name}"' for name in sku_names(skus))
    return f"""
[[surprise.video]]
name = "videos"
skus = [{named}]
per_day = {HK1.per_day * sources}
orders = 1
fades = {{ law = "exponential", mean_days = {AT_ONCE} }}
breeds = {{ share = {HK1.share}, after_days = {1 / HK1.decay!r} }}
{more}
"""
