"""How much more than demand the orders vary, where the order-up-to level is a forecast times the days it covers.

Reckoned from what one unit wanted does to the orders of that day and of later ones; the formulas are checked against it.
"""

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]
FORGOTTEN = 400
"""Days after which exponential smoothing has forgotten a unit."""


def moving_average(days: int) -> Weights:
    """What a forecast is made of: the mean of the last days, the newest first."""
    return np.full(days, 1 / days)


def smoothing(weight: float) -> Weights:
    """What a forecast is made of under exponential smoothing, the newest day first."""
    return np.asarray(weight * (1 - weight) ** np.arange(FORGOTTEN))


def amplification(forecast: Weights, covered_days: int, correlation: float = 0.0) -> float:
    """Variance of orders over variance of demand, of which a day is correlated so much with the day before.

    An order is what was wanted, and what the level rose by.
    """
    level = covered_days * forecast
    response = np.append(level, 0.0) - np.append(0.0, level)
    response[0] += 1.0
    lags = np.abs(np.subtract.outer(np.arange(len(response)), np.arange(len(response))))
    return float(response @ np.where(lags == 0, 1.0, correlation**lags) @ response)


def amplification_of_mean(days: int, covered_days: int, correlation: float = 0.0) -> float:
    """The formula for a moving average. Source: Chen, Drezner, Ryan, Simchi-Levi 2000, Management Science 46(3)."""
    share = covered_days / days
    return 1 + (2 * share + 2 * share**2) * (1 - correlation**days)


def amplification_of_smoothing(weight: float, covered_days: int) -> float:
    """The formula for exponential smoothing of independent demand. Source: as above, derived anew."""
    return 1 + 2 * covered_days * weight + 2 * covered_days**2 * weight**2 / (2 - weight)
