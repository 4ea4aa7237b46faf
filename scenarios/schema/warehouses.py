"""Where goods stand: warehouses, what they charge, how much they hold, and how far their books can be trusted."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, Months, Name, NotNegative, Part, Positive, Share, Units
from scenarios.schema.laws import Law


class AgedRent(Part):
    """A surcharge on old stock, from an age on."""

    from_days: Annotated[int, Field(ge=1, le=36_600)]
    """Age in days, since the receipt here, from which it is charged."""
    per_m3_day: Amount
    """Surcharge for each cubic metre and day; of several bands the highest age that is reached holds."""


class Crowding(Part):
    """A surcharge on stock for more weeks of sales than a warehouse likes."""

    over_weeks: Positive
    """Weeks of sales above which stock is charged."""
    per_m3_day: Amount
    """Surcharge for each cubic metre beyond, and day."""
    young_days: Annotated[int, Field(ge=0, le=36_600)] = 30
    """Stock received fewer days ago is neither counted nor charged."""
    sales_days: Annotated[int, Field(ge=7, le=3_660)] = 91
    """Days of past sales that give the weekly sales."""


class Rent(Part):
    """Storage charges of a warehouse."""

    per_m3_day: Amount = 0.0
    """Rent of a cubic metre for a day."""
    peak_months: Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(strict=False)] = ()
    """Months in which the peak tariff holds."""
    peak_factor: Factor = 1.0
    """The peak tariff over the usual one."""
    aged: Annotated[tuple[AgedRent, ...], Field(strict=False)] = ()
    """Surcharges on old stock, the youngest age first."""
    crowding: Crowding | None = None
    """A surcharge on stock for too many weeks of sales."""


class Opening(Part):
    """Stock on the first day played: one of the three."""

    cover_days: NotNegative | None = None
    """So many days of each SKU's mean demand."""
    units: Units | None = None
    """So many units of each SKU."""
    by_sku: dict[str, Units] | None = None
    """Units named SKU by SKU; a CSV file `{ file = "stock.csv" }` with columns sku, units is read into this."""


class Overflow(Part):
    """What becomes of goods that do not fit into a warehouse (爆仓)."""

    then: Literal["refuse", "rent", "queue"]
    """They are turned away, or room is rented for them, or they wait in the yard until there is room."""
    per_m3_day: Amount = 0.0
    """Price of a cubic metre of rented room, or of the yard, for a day."""
    per_m3: Amount = 0.0
    """What turning away a cubic metre costs."""


class Handling(Part):
    """What a warehouse charges for work."""

    per_unit_in: Amount = 0.0
    """For each unit received."""
    per_m3_in: Amount = 0.0
    """For each cubic metre received."""
    per_order_out: Amount = 0.0
    """For each order dispatched."""
    per_unit_out: Amount = 0.0
    """For each unit dispatched."""


class Disposal(Part):
    """What destroying goods costs."""

    per_unit: Amount = 0.0
    """For each unit."""
    per_m3: Amount = 0.0
    """For each cubic metre."""


class Term(Part):
    """How long goods may stay, as in a bonded warehouse, and what becomes of them then."""

    days: Annotated[int, Field(ge=1, le=36_600)]
    """Days from receipt on which goods may be sold, the day of receipt being the first."""
    then: Literal["destruction", "return"]
    """What becomes of what is left."""
    per_unit: Amount = 0.0
    """What that costs for each unit."""
    per_m3: Amount = 0.0
    """What that costs for each cubic metre."""
    credit: Share = 0.0
    """What the factory gives for goods that are returned, as a share of their cost."""


class StockRecord(Part):
    """How far the books of a warehouse can be trusted, and when others see them."""

    miscounts: Share = 0.0
    """Chance that the receipt of a SKU is entered wrong."""
    off_by: Share = 0.05
    """The most by which such an entry is off, as a share of the receipt; all errors up to it are alike, both ways."""
    counted_every_days: Annotated[int, Field(ge=1, le=36_600)] | None = None
    """Days between stock counts, which put the record right; never counted when left out."""
    sync_hours: Annotated[float, Field(ge=0, le=8_784, allow_inf_nan=False)] = 0.0
    """Hours until the pages of the markets show what the record says."""
    known_after_days: Annotated[int, Field(ge=0, le=60)] = 0
    """Days until the seller sees what the warehouse records: receipts, sales and losses."""


class Warehouse(Part):
    """An overseas or bonded warehouse (海外仓/保税仓)."""

    bonded: bool = False
    """Whether stock leaves only by sale, return, destruction, or a lane that starts here: none can be sold off."""
    opening: Opening = Opening(units=0)
    """Stock on the first day played."""
    ships_after_order: Annotated[tuple[Name, ...], Field(strict=False)] = ()
    """SKUs it holds no stock of: each unit is bought at its cost when a buyer orders it, so none is ever out."""
    appointments_per_day: Positive | None = None
    """Shipments the dock has appointments for in a day, given out in turn; unlimited when left out."""
    dock_units_per_day: Positive | None = None
    """Units the dock can receive in a day, one shipment after another; unlimited when left out."""
    put_away_days: Law = 0.0
    """Time from unloading to the shelf."""
    slower_months: Months | None = None
    """How many times as long appointments, unloading and putting away take, by month: 3 is three times as slow."""
    capacity_m3: Positive | None = None
    """Room for stock; unlimited when left out."""
    overflow: Overflow | None = None
    """What becomes of goods that do not fit."""
    dispatch_orders_per_day: Positive | None = None
    """Orders it can dispatch in a day, the others leave later; unlimited when left out."""
    rent: Rent = Rent()
    """Storage charges."""
    handling: Handling = Handling()
    """Charges for work."""
    disposal: Disposal = Disposal()
    """What destroying goods past their shelf life costs."""
    term: Term | None = None
    """How long goods may stay; for ever when left out."""
    shrinkage_per_year: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Share of stock that is lost in a year, each unit by luck of its own."""
    record: StockRecord | None = None
    """Errors and delays of its books; always right and known at once when left out."""
    capital_rate_per_year: Annotated[float, Field(ge=0, le=10)] = 0.10
    """Cost of capital on the stock's value."""
    risk_rate_per_year: Annotated[float, Field(ge=0, le=10)] = 0.10
    """Obsolescence and loss on the stock's value."""
    sell_off_share: Share = 0.0
    """What business buyers pay for stock sold off, as a share of its cost."""
