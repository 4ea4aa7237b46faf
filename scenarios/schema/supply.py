"""What is sold, and how it comes to where it is sold from."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, Name, NotNegative, Part, Positive, Share, Units
from scenarios.schema.laws import Law

Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Holiday = Literal["spring-festival", "golden-week"]
"""Holidays of Chinese factories, their dates computed for every year."""
Mode = Literal["sea", "air", "rail", "express", "truck"]
Times = Annotated[float, Field(gt=0, le=1_000)]
Months = Annotated[tuple[Times, ...], Field(strict=False, min_length=12, max_length=12)]
"""A factor for each month, January to December."""


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
    battery: bool = False
    """Whether it holds a battery, which lanes may refuse or charge for."""
    suppliers: Annotated[dict[Name, Share], Field(min_length=1)] | Annotated[tuple[Name, ...], Field(strict=False)] = ()
    """Who makes it: shares `{ a = 0.7, b = 0.3 }` of every order, or names in order `["a", "b"]`, of which the next
    takes over while the one before is shut or booked up. Left out, the first supplier of a lane makes it."""


# --- how goods come ---------------------------------------------------------------------------------------------


class Closure(Part):
    """Days on which a place does not work."""

    on: date
    """First closed day."""
    days: Annotated[int, Field(ge=1, le=366)]
    """How many days it stays closed."""


class Late(Part):
    """The mostly-on-plan, sometimes-late mixture: with a chance, extra days."""

    chance: Share
    """How often it is late."""
    days: Law
    """How many days late it then is."""


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
    """What it takes off the unit cost, as a share."""


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
    """Days without work: dated, or a holiday with the slow weeks around it."""
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


class CancelSeason(Part):
    """Weeks around a holiday in which more departures are cancelled."""

    around: Holiday
    """The holiday, reckoned from its first day."""
    before_days: Annotated[int, Field(ge=0, le=120)]
    """Days before it on which the season begins."""
    after_days: Annotated[int, Field(ge=0, le=120)]
    """Days after it on which the season ends."""
    cancelled: Annotated[float, Field(ge=0, lt=1)]
    """Chance that a departure of the season is cancelled."""


class Departures(Part):
    """A sailing calendar: goods wait for the next departure."""

    every_days: Annotated[int, Field(ge=1, le=366)] | None = None
    """Days between departures, counted from the first day played."""
    weekdays: Annotated[tuple[Weekday, ...], Field(strict=False, max_length=7)] = ()
    """Weekdays of departure, instead of `every_days`."""
    cut_off_days: Annotated[float, Field(ge=0, le=60)] = 0.0
    """Days before a departure by which goods must be there."""
    cancelled: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Chance that a departure is cancelled (a blank sailing)."""
    cancelled_in_a_row: Annotated[int, Field(ge=1, le=52)] | None = None
    """At most so many cancellations in a row; unlimited when left out."""
    seasons: Annotated[tuple[CancelSeason, ...], Field(strict=False)] = ()
    """Weeks with a chance of cancellation of their own; of two, the higher holds."""
    rolled: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Chance that our goods are left behind by a departure (rolled over) and wait for the next."""
    room_m3: Positive | None = None
    """Room that one departure has for our goods; an order for which too little is left waits for the next, and one
    larger than a departure leaves with the last it fills."""


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


class Container(Part):
    """Goods go by full containers (FCL), each paid whole."""

    price: Amount
    """What one container costs."""
    m3: Positive = 67.0
    """Its volume; a 40 ft container holds about 67."""
    fill: Annotated[float, Field(gt=0, le=1)] = 0.85
    """Share of the volume that cartons can fill."""


class Freight(Part):
    """What a lane charges; the parts add up."""

    per_m3: Amount = 0.0
    """For each cubic metre."""
    per_kg: Amount = 0.0
    """For each kilogram that is charged."""
    kg_per_m3: NotNegative = 0.0
    """Volumetric weight: a shipment is charged by weight or by volume at so many kilograms, whichever is more."""
    battery_per_kg: Amount = 0.0
    """Surcharge for each kilogram of goods with batteries."""
    per_shipment: Amount = 0.0
    """For each shipment, whatever its size."""
    container: Container | None = None
    """Full containers, for what fills them in part too."""
    months: Months | None = None
    """Factor on all charges, by the month of departure."""


class Lane(Part):
    """A way from a supplier, or from a warehouse, to a warehouse (线路)."""

    source: Name | Annotated[tuple[Name, ...], Field(strict=False, min_length=1)] = Field(alias="from")
    """The supplier it starts at, several that bring goods to it, or a warehouse whose stock may be moved by it."""
    to: Name
    """The warehouse it ends at."""
    mode: Mode | None = None
    """How goods travel; troubles at sea touch lanes by sea."""
    departs: Departures | None = None
    """Its sailing calendar; goods leave at once when left out."""
    legs: Annotated[tuple[Leg, ...], Field(strict=False, min_length=1, max_length=50)]
    """Its stages, in order."""
    fifo: bool = False
    """Whether a shipment may never overtake one that left before it on this lane."""
    takes_batteries: bool = True
    """Whether it carries goods with batteries."""
    shares_box_with: Annotated[int, Field(ge=0, le=1_000)] = 0
    """Other consignments in the container (LCL): an examination of one of them holds ours too, without a fee."""
    cost: Freight = Freight()
    """Its freight charges."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where it starts, in the order given."""
        return (self.source,) if isinstance(self.source, str) else self.source


class Inspection(Part):
    """One kind of examination (查验) at a customs post."""

    chance: Share
    """Share of shipments examined so, at first."""
    days: Law
    """How long the goods are held."""
    fee: Amount = 0.0
    """What the examination costs."""
    escalates: Share = 0.0
    """Share of these examinations that go on to the next kind of the list, with its time and fee besides."""


class DutyStep(Part):
    """A change of the tariff on a date."""

    on: date
    """The first day of the new duty, by arrival at the post."""
    duty: Annotated[float, Field(ge=0, le=10)]
    """The new duty, as a share of the declared value."""
    skus: Annotated[tuple[Name, ...], Field(strict=False)] = ("*",)
    """The SKUs it touches; all when left out."""
    announced_days: Annotated[int, Field(ge=0, le=3_660)] = 60
    """Days before it on which a seller hears of it."""


class Demurrage(Part):
    """What a container costs while it is held at the post."""

    free_days: NotNegative
    """Days from arrival that cost nothing."""
    per_m3_day: Amount = 0.0
    """For each cubic metre and day after that."""
    per_day: Amount = 0.0
    """For each shipment and day after that."""


class Refusal(Part):
    """Shipments that are not let in."""

    chance: Share
    """Share of shipments that are refused."""
    then: Literal["return", "destruction"]
    """What becomes of them: neither comes to the warehouse."""
    fee: Amount = 0.0
    """What the return or the destruction costs, for a shipment."""
    credit: Share = 0.0
    """What the factory gives for goods that are returned, as a share of its bill."""


class CustomsPost(Part):
    """A customs post (海关): a queue for desks, clearance, perhaps an inspection."""

    desks: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Shipments handled at the same time; unlimited when left out."""
    others_per_day: Annotated[float, Field(ge=0, le=10_000)] = 0.0
    """Other people's shipments that come each day and queue for the same desks."""
    clear_days: Law = 0.0
    """How long a desk takes to clear a shipment."""
    fee: Amount = 0.0
    """What clearing a shipment costs."""
    duty: Annotated[float, Field(ge=0, le=10)] = 0.0
    """Duty as a share of the declared value (unit cost)."""
    duty_by_sku: dict[str, Annotated[float, Field(ge=0, le=10)]] = {}
    """The duty of SKUs that differ."""
    duty_steps: Annotated[tuple[DutyStep, ...], Field(strict=False)] = ()
    """Changes of the tariff, dated."""
    inspections: Annotated[tuple[Inspection, ...], Field(strict=False)] = ()
    """Kinds of examination, from the mildest on; at most one befalls a shipment at first, and it may escalate."""
    demurrage: Demurrage | None = None
    """What it costs to be held."""
    refused: Refusal | None = None
    """Shipments that are not let in."""
    closed_weekdays: Annotated[tuple[Weekday, ...], Field(strict=False, max_length=6)] = ()
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
    appointments_per_day: Positive | None = None
    """Shipments the dock has appointments for in a day, given out in turn; unlimited when left out."""
    dock_units_per_day: Positive | None = None
    """Units the dock can receive in a day, one shipment after another; unlimited when left out."""
    put_away_days: Law = 0.0
    """Time from unloading to the shelf."""
    slower_months: Months | None = None
    """How many times as long unloading and putting away take, by month; a peak season of 3 is three times as slow."""
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
