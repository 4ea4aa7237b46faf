"""What is asked about: a SKU, a warehouse and a day that there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.record import Setting
from scenarios.faults import listed, nearest, shown
from scenarios.schema import Scenario
from sim.world.network import Network
from sim.world.supply.quotes import lanes_into


class ExplainError(Exception):
    """A decision that cannot be explained as asked. The message says what is wrong and what is allowed."""


@dataclass(frozen=True)
class Question:
    """A decision by its places in the world."""

    sku: int
    warehouse: int
    others: tuple[str, ...]  # warehouses that a lane supplies too
    day: int  # counted from 0, the first day played

    @classmethod
    def of(cls, scenario: Scenario, setting: Setting, sku: str, day: date, warehouse: str | None) -> "Question":
        """The question put in words; without a warehouse, the first that a lane supplies with the SKU."""
        number, (supplied, carrying) = _sku(setting, sku), _supplied(scenario, setting, sku)
        if warehouse is None:
            if not carrying:
                raise ExplainError(f"no lane brings {shown(sku)} to any warehouse, so none is ever ordered")
            warehouse = carrying[0]
        elif warehouse not in setting.warehouses:
            raise ExplainError(f"no warehouse {shown(warehouse)}; {meant(warehouse, setting.warehouses)}")
        elif warehouse not in supplied:
            raise ExplainError(
                f"no lane supplies {shown(warehouse)}, so nothing is ordered for it; allowed: {listed(supplied)}"
            )
        others = tuple(name for name in carrying if name != warehouse)
        return cls(number, setting.warehouses.index(warehouse), others, _day(setting, day))


def _sku(setting: Setting, sku: str) -> int:
    if sku not in setting.skus:
        raise ExplainError(f"no SKU {shown(sku)}; {meant(sku, setting.skus)}")
    return setting.skus.index(sku)


def _day(setting: Setting, day: date) -> int:
    index = (day - setting.start).days
    if not 0 <= index < setting.days:
        last = setting.day(setting.days - 1)
        raise ExplainError(f"{day} is outside the season; allowed: {setting.start} to {last}")
    return setting.warm_up_days + index


def _supplied(scenario: Scenario, setting: Setting, sku: str) -> tuple[list[str], list[str]]:
    """Warehouses that a lane supplies, and of these the ones that a lane supplies with a SKU."""
    network = Network.of(scenario)
    number = network.skus.index(sku)
    lanes = {name: lanes_into(network, name) for name in setting.warehouses}
    carrying = [
        name for name, into in lanes.items() if any(lane.carries is True or lane.carries[number] for lane in into)
    ]
    return [name for name, into in lanes.items() if into], carrying


def meant(name: str, known: Sequence[str]) -> str:
    """What a wrong name may have been."""
    near = nearest(name, known)
    return f"did you mean {near!r}?" if near else f"allowed: {listed(known)}"
