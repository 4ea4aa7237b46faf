"""Buyers who come again: orders born from units delivered."""

from collections.abc import Sequence

from sim.play.echo import Echo, Habit
from sim.world.network import Network, demand_of


def repeat_orders(network: Network, runs: Sequence[int]) -> Echo | None:
    """The echo of buyers who come again, or None in a world where nobody does."""
    habits = {}
    for m, market in enumerate(network.market_parts):
        for k, sku in enumerate(network.skus):
            wanted = demand_of(market, sku)
            if wanted is not None and wanted.repeat is not None:
                repeat = wanted.repeat
                habits[m, k] = Habit(repeat.share, repeat.after_days, repeat.late_days)
    return Echo(network, runs, "repeat", habits) if habits else None
