"""Scenes of several warehouses made up for the conformance contract: for network rules and for routings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from policies.plugins.numbers import amounts, whole_numbers
from policies.plugins.rehearsal import FIRST_DAY, Scene
from policies.plugins.scene_parts import frozen, part
from policies.protocol import FloatArray, IntArray
from policies.routing import Crossroads, Route


def networks(usual: Scene) -> tuple[Scene, ...]:
    """A hub that feeds two, one of these; bonded stock, direct mail; and warehouses that have nothing to do with it."""
    return *_hub_and_shops(usual), *_bonded_and_direct(usual), _apart(usual)


def _hub_and_shops(usual: Scene) -> tuple[Scene, ...]:
    """A depot that sells itself and feeds two shops, one of which a factory serves too."""
    runs, skus = usual.on_hand.shape
    sea, air = usual.lanes
    weekly = np.arange(len(usual.sold)) % 7 == 0
    ordered = whole_numbers((len(usual.sold), runs, 1, skus), 21, 90) * weekly[:, None, None, None]
    depot = replace(
        usual,
        title="a warehouse that feeds two",
        warehouse="depot",
        sold=np.concatenate([usual.sold, ordered], axis=2),
        channels=(*usual.channels, "warehouse"),
        on_hand=2 * usual.on_hand,
        backlog=whole_numbers((runs, skus), 22, 60),
    )
    truck = replace(sea, name="truck", lead_days=3.0, haul_days=3.0, start="depot")
    choosy = replace(truck, name="van", carries=np.arange(skus) != 1)
    east = replace(
        usual,
        title="a warehouse that another feeds",
        warehouse="east",
        lanes=(truck,),
        arrivals={"truck": usual.arrivals["air"]},
        on_hand=usual.on_hand // 5,
    )
    west = replace(
        east,
        title="a warehouse that another and a factory feed",
        warehouse="west",
        lanes=(air, choosy),
        arrivals={"air": usual.arrivals["air"], "van": usual.arrivals["air"]},
        sold=usual.sold // 2,
    )
    three = (depot, east, west)
    together = (replace(one, places=tuple(other for other in three if other is not one)) for one in three)
    return replace(depot, title="other warehouses order here"), *together


def _bonded_and_direct(usual: Scene) -> tuple[Scene, Scene]:
    """Bonded stock, where some SKUs are not and some are new; and direct mail, whose buyers turn to bonded first."""
    runs, skus = usual.on_hand.shape
    here = whole_numbers((runs, skus), 23, 2)
    known = np.arange(len(usual.sold))[:, None] >= whole_numbers((1, skus), 24, 2) * (len(usual.sold) - 9)
    bonded = replace(
        usual,
        title="bonded stock",
        warehouse="bonded",
        bonded=True,
        sold=usual.sold * whole_numbers((skus,), 25, 3) * known[:, None, None],
        on_hand=usual.on_hand * here,
        arriving=usual.arriving * here,
    )
    direct = replace(usual, title="direct mail", warehouse="direct", sold=usual.sold[:, :, :0], channels=())
    return replace(bonded, places=(direct,)), replace(direct, places=(bonded,))


def _apart(usual: Scene) -> Scene:
    """Three warehouses with lanes of their own."""
    sea, air = usual.lanes
    far = replace(usual, warehouse="far", lanes=(replace(sea, name="ship"),), on_hand=usual.on_hand[:, ::-1])
    near = replace(usual, warehouse="near", lanes=(replace(air, name="express"),), sold=usual.sold[:, :, ::-1] // 3)
    return replace(usual, title="warehouses apart", places=(far, near))


@dataclass(frozen=True)
class Junction:
    """Markets and warehouses at the start of a day, for several runs at once."""

    title: str
    day: int
    warehouses: tuple[str, ...]
    markets: tuple[str, ...]
    routes: tuple[tuple[Route, ...], ...]  # [market]
    on_hand: IntArray  # [run, warehouse, sku]
    pace: FloatArray  # [run, warehouse, sku]

    def seen(self, run: int | None = None, order: Sequence[int] | None = None) -> Crossroads:
        """What a routing sees: of one run as [warehouse, sku], or of all as [run, ...]; in an order of SKUs."""
        skus = np.arange(self.on_hand.shape[-1]) if order is None else np.asarray(order)
        return Crossroads(
            day=self.day,
            date=FIRST_DAY + timedelta(days=self.day),
            skus=tuple(f"SKU-{n}" for n in skus),
            warehouses=self.warehouses,
            markets=self.markets,
            routes=tuple(
                tuple(replace(route, cost=frozen(route.cost[skus])) for route in routes) for routes in self.routes
            ),
            on_hand=part(self.on_hand, run, skus),
            pace=part(self.pace, run, skus),
        )


def junctions() -> tuple[Junction, ...]:
    """The made-up crossroads of the conformance contract."""
    runs, skus = 50, 5
    bonded = Route("bonded", True, 2.0, np.linspace(3.0, 9.0, skus))
    direct = Route("direct", False, 12.0, np.linspace(8.0, 2.0, skus))
    depot = Route("depot", False, 2.0, np.full(skus, 5.0))
    usual = Junction(
        title="three warehouses, three markets",
        day=120,
        warehouses=("bonded", "depot", "direct"),
        markets=("abroad", "home", "remote"),
        routes=((direct, bonded), (bonded, depot, direct), (direct,)),
        on_hand=whole_numbers((runs, 3, skus), 31, 300) * whole_numbers((runs, 3, skus), 32, 2),
        pace=amounts((runs, 3, skus), 33, 12),
    )
    return (
        usual,
        replace(usual, title="sold out, nothing ever sold", on_hand=0 * usual.on_hand, pace=0.0 * usual.pace),
        replace(
            usual,
            title="one warehouse, one market",
            day=0,
            warehouses=("depot",),
            markets=("home",),
            routes=((depot,),),
            on_hand=usual.on_hand[:, :1],
            pace=usual.pace[:, :1],
        ),
    )
