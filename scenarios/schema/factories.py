"""Factories: how long they make, when they are shut, what they charge, and when they are paid."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Closure, Factor, Holiday, NotNegative, Part, Positive, Share, Units
from scenarios.schema.laws import Late, Law


class Rush(Part):
    """Hurried production; every lane of the factory is then offered a second time, as `lane+rush`."""

    make_days: Law
    """Production time of a hurried order."""
    surcharge: Factor
    """What it costs besides, as a share of the unit cost."""


class PriceBreak(Part):
    """A lower price for a large order."""

    units: Annotated[int, Field(ge=1, le=10**12)]
    """Units of one SKU in one order from which on the price holds."""
    discount: Share
    """What it takes off the factory's price, a surcharge for hurry included, as a share."""


class Terms(Part):
    """When a purchase order is paid."""

    deposit: Share
    """Share that is paid when it is placed."""
    balance: Literal["ready", "departure", "arrival"]
    """What the rest is counted from: goods made, goods gone, goods put away."""
    balance_days: Annotated[int, Field(ge=0, le=366)] = 0
    """Days after that until the rest is paid."""


class Supplier(Part):
    """A factory (工厂): it makes a purchase order, then hands it to the lane."""

    make_days: Law = 0.0
    """Production time of a purchase order, from its start until it is ready to leave, in working days of the factory:
    a closure or a slow season makes it longer."""
    start_up_days: NotNegative = 0.0
    """Working days from the end of the order day until production starts."""
    late: Late | None = None
    """Sometimes production takes longer."""
    units_per_day: Positive | None = None
    """Capacity of the production line on a full working day, shared by all purchase orders in turn; unlimited when left
    out."""
    booked_days: Positive | None = None
    """Working days of orders in line from which on it counts as booked up, and a SKU's next supplier takes over."""
    order_at_least: Units = 0
    """Smallest order of one SKU; the rules that ship keep to it."""
    order_multiple: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """Orders of one SKU are a multiple of so many units, beside whole cartons; the rules that ship keep to it."""
    closures: Annotated[tuple[Holiday | Closure, ...], Field(strict=False)] = ()
    """Days without work: dated, or a holiday; Spring Festival with the slow weeks around it."""
    rush: Rush | None = None
    """Hurried production, where it is on offer."""
    good_share: Law = 1.0
    """Share of an order's units that pass the factory's inspection; the others are neither delivered nor paid."""
    price_factor: Annotated[float, Field(gt=0, le=1_000)] = 1.0
    """What this factory charges over the SKU's unit cost."""
    price_breaks: Annotated[tuple[PriceBreak, ...], Field(strict=False)] = ()
    """Lower prices for large orders; the largest that is reached holds."""
    terms: Terms | None = None
    """When orders are paid; in full when placed, when left out."""
