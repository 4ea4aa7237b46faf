"""The long tail: SKUs that sell now and then, forecast by how much and how often."""

from dataclasses import dataclass
from typing import ClassVar

from policies.forecasting.history import history
from policies.forecasting.intermittent import croston, sba, tsb
from policies.forecasting.ordering import orders_on_forecast
from policies.one_lane import OneLane
from policies.parameters import check_parameters, choice, parameter
from policies.protocol import Observation, Orders

METHODS = {"croston": croston, "sba": sba, "tsb": tsb}


@dataclass(frozen=True)
class LongTail(OneLane):
    """Orders slow movers when the stock position no longer covers what is forecast, plus safety.

    The forecast is the units of a period with sales times how often such are. `croston` and `sba` learn when
    something sells, so a SKU that has died is stocked on; `sba` takes croston's bias away, and is too low for a SKU
    that sells in every period. `tsb` forgets a SKU while nothing sells. Days without stock say nothing, nor do days of
    promotions, which are put on the days to come.

    Formula: F = (L + R) x size / interval (sba: x (1 - weight / 2); tsb: (L + R) x size x chance) x lift;
        trigger = F + z sqrt((L + R) s^2 + d^2 s_L^2), d = F / (L + R), Phi(z) = service, s = forecast error of a day
    Source: Croston 1972; Syntetos and Boylan 2005; Teunter, Syntetos and Babai 2011; the defaults are judgements
    Example: long-tail:method=tsb,service=0.9
    """

    name: ClassVar[str] = "long-tail"
    method: str = choice("sba", tuple(METHODS), "how slow sales are forecast")
    service: float = parameter(
        0.95, 0.5, 0.9999, "probability", "chance of no stockout in a replenishment cycle",
        tune=(0.5, 0.9999), serves=True,
    )  # fmt: skip
    weight: float = parameter(
        0.2, 0.001, 1, "of what is known", "weight of the newest period with a sale (tsb: of the newest one)",
        tune=(0.02, 0.4),
    )  # fmt: skip
    history_days: int = parameter(182, 7, 365, "days", "window of past sales")
    period_days: int = parameter(14, 1, 28, "days", "days that are looked at together")
    order_days: int = parameter(30, 0, 365, "days", "days of forecast ordered on top of the trigger", tune=(7, 90))
    lane: str = choice("cheapest", None, "lane to order by: a name, cheapest or fastest")
    review_days: int = parameter(7, 1, 365, "days", "days from one review to the next")

    def __post_init__(self) -> None:
        check_parameters(self)

    @property
    def sees(self) -> frozenset[str]:
        return frozenset({"stock", "sales", "calendar"})

    def orders(self, seen: Observation) -> Orders:
        past = history(seen, self.history_days, self.period_days)
        return orders_on_forecast(
            seen,
            METHODS[self.method](past, self.weight),
            seen.lane(self.lane),
            service=self.service,
            review_days=self.review_days,
            order_days=self.order_days,
        )
