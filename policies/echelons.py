"""What rules share that plan for a whole network."""

from policies.network import NetworkSight, Place
from policies.protocol import FloatArray, LaneFacts, lane_named

WAYS = ("cheapest", "fastest")
"""How a warehouse may choose its lane; lanes of other names lead to one warehouse of a network only."""


def supply_lane(place: Place, way: str) -> LaneFacts:
    """The lane a place orders by: from the warehouse that feeds it where one does, otherwise from a factory.

    Of several the cheapest or the fastest, as `way` says.
    """
    return lane_named(way, [lane for lane in place.lanes if lane.start is not None] or place.lanes)


def supply_days(network: NetworkSight, place: Place, way: str) -> float:
    """Days from an order of this place until it can be sold, on the longest way through all that the place feeds."""
    below = [supply_days(network, fed, way) for fed in network.fed_by(place.warehouse)]
    return supply_lane(place, way).lead_days + max(below, default=0.0)


def echelon_pace(network: NetworkSight, place: Place, days: int) -> FloatArray:
    """Units a day sold to buyers here and by all that the place feeds, [..., sku]."""
    pace = place.pace(days)
    for below in network.echelon(place.warehouse)[1:]:
        pace = pace + below.pace(days)
    return pace
