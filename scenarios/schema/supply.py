"""What is sold, and how it comes to where it is sold from."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, Name, NotNegative, Part, Positive, Share, Units
from scenarios.schema.laws import Law


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


# --- how goods come ---------------------------------------------------------------------------------------------


class Supplier(Part):
    """A factory (工厂): it makes a purchase order, then hands it to the lane."""

    make_days: Law = 0.0
    """Production time of a purchase order, from the end of the order day until it is ready to leave."""
    units_per_day: Positive | None = None
    """Capacity of the production line, shared by all purchase orders in turn; unlimited when left out."""
    order_at_least: Units = 0
    """Smallest order of one SKU; the rules that ship keep to it."""


class Departures(Part):
    """A sailing calendar: goods wait for the next departure."""

    every_days: Annotated[int, Field(ge=1, le=366)]
    """Days between departures, counted from the first day played."""
    cancelled: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Chance that a departure is cancelled (a blank sailing)."""
    cancelled_in_a_row: Annotated[int, Field(ge=1, le=52)] | None = None
    """At most so many cancellations in a row; unlimited when left out."""


class Late(Part):
    """The mostly-on-plan, sometimes-late mixture: with a chance, extra days."""

    chance: Share
    """How often a leg is late."""
    days: Law
    """How many days late it then is."""


class Leg(Part):
    """One stage of a lane (运段): either a time, or a customs post."""

    name: Name
    """What happens on it."""
    days: Law | None = None
    """How long it takes."""
    late: Late | None = None
    """Sometimes it takes longer."""
    post: Name | None = None
    """The customs post it passes, instead of `days`."""


class Freight(Part):
    """What a lane charges; the parts add up."""

    per_m3: Amount = 0.0
    """For each cubic metre."""
    per_kg: Amount = 0.0
    """For each kilogram."""
    per_shipment: Amount = 0.0
    """For each shipment, whatever its size."""


class Lane(Part):
    """A way from a supplier to a warehouse (线路)."""

    source: Name = Field(alias="from")
    """The supplier it starts at."""
    to: Name
    """The warehouse it ends at."""
    departs: Departures | None = None
    """Its sailing calendar; goods leave at once when left out."""
    legs: Annotated[tuple[Leg, ...], Field(strict=False, min_length=1, max_length=50)]
    """Its stages, in order."""
    fifo: bool = False
    """Whether a shipment may never overtake an earlier one of this lane."""
    cost: Freight = Freight()
    """Its freight charges."""


class Inspection(Part):
    """One kind of examination (查验) at a customs post."""

    chance: Share
    """Share of shipments examined so."""
    days: Law
    """How long the goods are held."""
    fee: Amount = 0.0
    """What the examination costs."""


class Closure(Part):
    """Days on which a place does not work."""

    on: date
    """First closed day."""
    days: Annotated[int, Field(ge=1, le=366)]
    """How many days it stays closed."""


class CustomsPost(Part):
    """A customs post (海关): a queue for desks, clearance, perhaps an inspection."""

    desks: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Shipments handled at the same time; unlimited when left out."""
    others_per_day: NotNegative = 0.0
    """Other people's shipments that come each day and take desks too."""
    clear_days: Law = 0.0
    """How long a desk takes to clear a shipment."""
    duty: Annotated[float, Field(ge=0, le=10)] = 0.0
    """Duty as a share of the declared value (unit cost)."""
    inspections: Annotated[tuple[Inspection, ...], Field(strict=False)] = ()
    """Kinds of examination; at most one befalls a shipment."""
    closed_weekdays: Annotated[
        tuple[Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ...], Field(strict=False, max_length=6)
    ] = ()
    """Weekdays on which no clearance starts; what waits is taken as soon as the post opens."""
    closures: Annotated[tuple[Closure, ...], Field(strict=False)] = ()
    """Dated days on which no clearance starts."""


class Rent(Part):
    """Storage charges of a warehouse."""

    per_m3_day: Amount = 0.0
    """Rent of a cubic metre for a day."""
    peak_months: Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(strict=False)] = ()
    """Months in which the peak tariff holds."""
    peak_factor: Factor = 1.0
    """The peak tariff over the usual one."""


class Opening(Part):
    """Stock on the first day played: one of the three."""

    cover_days: NotNegative | None = None
    """So many days of each SKU's mean demand."""
    units: Units | None = None
    """So many units of each SKU."""
    by_sku: dict[str, Units] | None = None
    """Units named SKU by SKU; a CSV file `{ file = "stock.csv" }` with columns sku, units is read into this."""


class Warehouse(Part):
    """An overseas or bonded warehouse (海外仓/保税仓)."""

    opening: Opening = Opening(units=0)
    """Stock on the first day played."""
    dock_units_per_day: Positive | None = None
    """Units the dock can receive in a day, one shipment after another; unlimited when left out."""
    rent: Rent = Rent()
    """Storage charges."""
    capital_rate_per_year: Annotated[float, Field(ge=0, le=10)] = 0.10
    """Cost of capital on the stock's value."""
    risk_rate_per_year: Annotated[float, Field(ge=0, le=10)] = 0.10
    """Obsolescence and loss on the stock's value."""
    sell_off_share: Share = 0.0
    """What business buyers pay for stock sold off, as a share of its cost."""


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
