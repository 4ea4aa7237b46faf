"""What is sold, and what of it is under way on the first day played."""

from datetime import date
from typing import Annotated

from pydantic import Field

from scenarios.schema.base import Amount, Name, Part, Share


class Sku(Part):
    """One product (货号)."""

    id: Name
    """Its name, unique in the scenario."""
    unit_cost: Amount
    """What the factory charges for one unit."""
    price: Amount
    """What a buyer pays for one unit."""
    volume_m3: Annotated[float, Field(ge=0, le=100)] = 0.0
    """Packed volume of one unit."""
    weight_kg: Annotated[float, Field(ge=0, le=100_000)] = 0.0
    """Packed weight of one unit."""
    group: Name | None = None
    """What it belongs to; SKUs of one group are siblings, which buyers and hosts may take for one another."""
    units_per_carton: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    """The rules that ship round orders up to whole cartons."""
    shelf_life_days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    """Days it may be sold, from the day of its first receipt at a warehouse, that day included; for ever when left out.
    A move does not renew it, but a return does."""
    battery: bool = False
    """Whether it holds a battery, which lanes may refuse or charge for."""
    suppliers: Annotated[dict[Name, Share], Field(min_length=1)] | Annotated[tuple[Name, ...], Field(strict=False)] = ()
    """Who makes it: shares `{ a = 0.7, b = 0.3 }` of every order, or names in order `["a", "b"]`, of which the next
    takes over while the one before is shut or booked up. Left out, the first supplier of a lane makes it."""


class OpenOrder(Part):
    """Goods already on the way on the first day played; a CSV file with these columns may be named instead."""

    sku: Name
    """What is coming."""
    warehouse: Name
    """Where it is going."""
    units: Annotated[int, Field(ge=1, le=10**12)]
    """How much."""
    due: date
    """The first day it can be sold."""
