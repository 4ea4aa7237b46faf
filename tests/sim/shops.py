"""A shop without an engine around it, for one replication: its buyers ask, its counter serves."""

from policies.routings.preference import Preference
from sim.play.serving.router import Router
from sim.play.shop import Shop
from sim.play.stock import Stock
from sim.play.storage.accuracy import Knowledge
from sim.world.network import Network
from sim.world.sample import sample_world


def shop_of(network: Network, stock: Stock) -> Shop:
    """The shop of a world on its first day, as its markets prefer their warehouses."""
    world = sample_world(network, [0])
    router = Router(world, Preference())
    router.open_day(0, Knowledge(network, stock, None), None)
    return Shop(world, stock, router, None)
