"""Article one: three levels of alert, and what advertising, host and buyer do at each."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.alerts import alerts_after, has_sibling, waterlines
from policies.parameters import check_parameters, parameter
from policies.playbook import Alert, Levers, Watch


@dataclass(frozen=True)
class Alerts:
    """Watches stock on hand against two waterlines and slows down what sells, the more the tighter stock is.

    Yellow throttles ads. Red throttles them more, sends orders by the fastest lane, lets the host steer a share of the
    livestream's buyers to a sibling that stands at its safety stock or better, announces the restock, and calls off
    promotions of the seller's own store. Black pauses ads and keeps up the rest. The waterlines are the policy's own
    reorder point and safety stock; where it names none, so many days of sales.

    Formula: yellow: on hand <= near x reorder point; red: on hand < safety stock; black: on hand = 0; a level gets
        better only when stock is margin x line beyond the line
    Source: replenishment cycle of TikTok sellers with an overseas warehouse (黄色/红色/黑色预警); factors, share and
        margin are judgements
    Example: alerts:red_ads=0.1,reaction_hours=4
    """

    name: ClassVar[str] = "alerts"
    yellow_ads: float = parameter(0.5, 0, 1, "times the planned spend", "ads in yellow")
    red_ads: float = parameter(0.2, 0, 1, "times the planned spend", "ads in red")
    steer: float = parameter(0.3, 0, 1, "as a share", "livestream demand that the host steers away in red and black")
    near: float = parameter(1.2, 1, 3, "times the reorder point", "stock that is close to the reorder point")
    margin: float = parameter(0.05, 0, 1, "times the waterline", "how far beyond a line stock must be to get better")
    cover_days: float = parameter(40.0, 0, 730, "days", "reorder point in days of sales, where the policy names none")
    safety_days: float = parameter(15.0, 0, 730, "days", "safety stock in days of sales, where the policy names none")
    pace_days: int = parameter(28, 1, 365, "days", "window of past sales that gives the pace")
    reaction_hours: float = parameter(0.0, 0, 720, "hours", "from seeing to acting")

    def __post_init__(self) -> None:
        check_parameters(self)

    def act(self, seen: Watch) -> Levers:
        reorder_point, safety_stock = waterlines(seen, self.cover_days, self.safety_days, self.pace_days)
        before = seen.recalled("alert", int(Alert.NONE))
        level = alerts_after(before, seen.stock.on_hand, reorder_point, safety_stock, self.near, self.margin)
        level = np.where(seen.stock.bought_in, Alert.NONE, level)
        tight = level >= Alert.RED
        steered = tight & has_sibling(~tight, seen.groups)
        return Levers(
            alert=level,
            ads=np.array([1.0, self.yellow_ads, self.red_ads, 0.0])[level],
            steer=np.where(steered, self.steer, 0.0),
            announce=tight,
            expedite=tight,
            promotions=np.where(tight, 0.0, 1.0),
            memory={"alert": level},
        )
