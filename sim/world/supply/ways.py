"""The ways goods may be ordered down: every lane, and where its factories can hurry, that lane once more.

Who makes a SKU on a way, and what the way carries, is settled here once for all.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import RUSH, Lane, Law, Scenario, Sku, Supplier

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Way:
    """One way to order."""

    name: str
    lane: str  # as the file calls it
    part: Lane
    rush: bool  # whether production is hurried
    factories: tuple[str, ...]  # that bring goods to it; none where it starts at a warehouse
    start: str | None  # the warehouse it starts at
    shares: FloatArray  # [factory, sku] of an order of the SKU; 0 where factories take turns
    turns: tuple[tuple[int, ...], ...]  # [sku] its factories in order, where the next takes over from the one before
    carries: BoolArray  # [sku]
    at_least: IntArray  # [sku] smallest order
    pack: IntArray  # [sku] orders are a multiple of it

    @cached_property
    def makers(self) -> tuple[str, ...]:
        """The factories whose turn it usually is for some SKU."""
        first = {turn[0] for turn in self.turns if turn}
        return tuple(name for i, name in enumerate(self.factories) if i in first or self.shares[i].any())

    @property
    def stages(self) -> tuple[str, ...]:
        """What goods pass, in order, from the order to the shelf."""
        legs = [(leg.name,) if leg.post is None else (f"{leg.name} queue", leg.name) for leg in self.part.legs]
        return ("production", "departure", *(name for names in legs for name in names), "dock queue", "dock")


def ways(scenario: Scenario, catalogue: list[Sku]) -> tuple[Way, ...]:
    """All ways of a scenario, in the order of their names."""
    found = []
    for name in scenario.lane:
        found.append(_way(scenario, catalogue, name, rush=False))
        if any(scenario.supplier[source].rush for source in found[-1].factories):
            found.append(_way(scenario, catalogue, name, rush=True))
    return tuple(sorted(found, key=lambda way: way.name))


def _way(scenario: Scenario, catalogue: list[Sku], name: str, rush: bool) -> Way:
    lane = scenario.lane[name]
    usual = [source for source in lane.sources if source in scenario.supplier]
    factories = tuple(source for source in usual if not rush or scenario.supplier[source].rush is not None)
    start = lane.sources[0] if lane.sources[0] in scenario.warehouse else None
    shares, turns = np.zeros((len(factories), len(catalogue))), []
    for k, sku in enumerate(catalogue):
        made, turn = _makers(factories, sku, usual[0] if usual else "")
        shares[:, k] = made
        turns.append(turn)
    made_by_one = (shares.sum(axis=0) > 0) | np.array([bool(turn) for turn in turns])
    taken = np.array([lane.takes_batteries or not sku.battery for sku in catalogue])
    packs = [_pack(scenario, factories, sku, shares[:, k], turns[k]) for k, sku in enumerate(catalogue)]
    return Way(
        name=name + RUSH * rush,
        lane=name,
        part=lane,
        rush=rush,
        factories=factories,
        start=start,
        shares=shares,
        turns=tuple(turns),
        carries=taken & (made_by_one | (start is not None)),
        at_least=np.array(
            [_at_least(scenario, factories, shares[:, k], turns[k], packs[k]) for k in range(len(catalogue))]
        ),
        pack=np.array(packs),
    )


def price_level(part: Supplier, rush: bool) -> float:
    """What a factory charges over the unit cost, hurried or not."""
    return part.price_factor + (part.rush.surcharge if rush and part.rush is not None else 0.0)


def production(part: Supplier, rush: bool) -> Law:
    """The law of a factory's production time, hurried or not."""
    return part.rush.make_days if rush and part.rush is not None else part.make_days


def _makers(factories: tuple[str, ...], sku: Sku, first: str) -> tuple[list[float], tuple[int, ...]]:
    """The share of each factory in an order of a SKU, or the factories in turn; `first` makes what names none."""
    if isinstance(sku.suppliers, dict):
        here = [sku.suppliers.get(factory, 0.0) for factory in factories]
        return [share / (sum(here) or 1.0) for share in here], ()
    if len(sku.suppliers) > 1:
        return [0.0] * len(factories), tuple(factories.index(name) for name in sku.suppliers if name in factories)
    only = sku.suppliers[0] if sku.suppliers else first
    return [float(factory == only) for factory in factories], ()


def _at_least(
    scenario: Scenario, factories: tuple[str, ...], shares: FloatArray, turn: tuple[int, ...], pack: int
) -> int:
    """The smallest order of which every factory gets at least its own smallest, in whole packs."""
    least = [scenario.supplier[factory].order_at_least for factory in factories]
    parts = [
        math.ceil(math.ceil(units / pack) / share - 1e-9) * pack
        for units, share in zip(least, shares, strict=True)
        if share > 0
    ]
    return max([*parts, *(least[factory] for factory in turn)], default=0)


def _pack(scenario: Scenario, factories: tuple[str, ...], sku: Sku, shares: FloatArray, turn: tuple[int, ...]) -> int:
    """The least number of units that is whole cartons and a multiple for every factory."""
    makers = [factory for i, factory in enumerate(factories) if shares[i] > 0 or i in turn]
    return math.lcm(sku.units_per_carton, *(scenario.supplier[factory].order_multiple for factory in makers))
