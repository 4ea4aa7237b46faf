"""What a world has that a policy may need."""

from policies.signals import (
    ADS,
    CLOSURES_OR_TARIFFS,
    PROMOTIONS,
    SHOWS,
    TWO_LANES,
    TWO_WAREHOUSES,
    WAITING_BUYERS,
)
from sim.world.network import Network
from sim.world.supply.quotes import lanes_into


def present(network: Network) -> frozenset[str]:
    """The names of `policies.signals.SIGNALS` that a world has."""
    scenario, markets = network.scenario, network.market_parts
    shows = (*scenario.planned.livestream, *scenario.planned.influencer)
    found = {
        ADS: any(wanted.ads is not None for market in markets for wanted in market.demand.values()),
        PROMOTIONS: any(event.scale > 0 for event in scenario.planned.promotion),
        SHOWS: any(event.scale > 0 for event in shows),
        TWO_LANES: any(len(lanes_into(network, place)) > 1 for place in network.warehouses),
        TWO_WAREHOUSES: len(network.warehouses) > 1,
        CLOSURES_OR_TARIFFS: any(supplier.closures for supplier in scenario.supplier.values())
        or any(post.duty_steps for post in scenario.customs.values()),
        WAITING_BUYERS: any(market.waits > 0 or (market.preorders or 0) > 0 for market in markets),
    }
    return frozenset(name for name, there in found.items() if there)
