"""What a scenario file may say: frozen, typed, and documented field by field.

These models are the only thing the other rooms may import from here. The text under each field is its
documentation: `stocktide schema` prints it for editors. Units live in the key names.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

MINUTES_PER_DAY = 1440
EVERY = "*"
"""Stands for every id in a list of markets or SKUs."""

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Units = Annotated[int, Field(ge=0, le=10**12)]
Factor = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Amount = (
    NotNegative
    | Annotated[dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], NotNegative], Field(min_length=1, max_length=1)]
)
"""Money: a number in the scenario's currency, or `{ CNY = 44.0 }` converted by `fx`."""


class Part(BaseModel):
    """A table of a scenario file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


# --- laws of chance ---------------------------------------------------------------------------------------------


class Fixed(Part):
    """Always the same value."""

    law: Literal["fixed"]
    value: NotNegative
    """The value itself."""


class Uniform(Part):
    """Any value between two bounds, all alike."""

    law: Literal["uniform"]
    low: NotNegative
    """Lower bound."""
    high: NotNegative
    """Upper bound, not below `low`."""


class Triangular(Part):
    """Between two bounds, most often near the mode."""

    law: Literal["triangular"]
    low: NotNegative
    """Lower bound."""
    mode: NotNegative
    """Most likely value."""
    high: NotNegative
    """Upper bound."""


class Gamma(Part):
    """A shifted gamma law. `mean` and `cv` describe the whole law, `low` included."""

    law: Literal["gamma"]
    mean: Positive
    """Mean of the whole law."""
    cv: Positive
    """Standard deviation over mean, of the whole law."""
    low: NotNegative = 0.0
    """Smallest possible value, below the mean."""


class Lognormal(Part):
    """A shifted lognormal law. `mean` and `cv` describe the whole law, `low` included."""

    law: Literal["lognormal"]
    mean: Positive
    """Mean of the whole law."""
    cv: Positive
    """Standard deviation over mean, of the whole law."""
    low: NotNegative = 0.0
    """Smallest possible value, below the mean."""


class Discrete(Part):
    """One of a few values."""

    law: Literal["discrete"]
    values: Annotated[tuple[NotNegative, ...], Field(strict=False, min_length=1, max_length=10_000)]
    """The possible values."""
    chances: Annotated[tuple[Share, ...], Field(strict=False)] = ()
    """The chance of each value, summing to 1; all alike when left out."""


class Percentiles(Part):
    """What practitioners know: the usual value (P50) and the bad one (P95); read as a lognormal law."""

    usual: Positive
    """Half of all cases stay below this (P50)."""
    bad: Positive
    """One case in twenty exceeds this (P95), not below `usual`."""


def _law_tag(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("law", "percentiles"))
    if isinstance(value, Part):
        return str(getattr(value, "law", "percentiles"))
    return "number"


Law = Annotated[
    Annotated[NotNegative, Tag("number")]
    | Annotated[Fixed, Tag("fixed")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Discrete, Tag("discrete")]
    | Annotated[Percentiles, Tag("percentiles")],
    Discriminator(_law_tag),
]
"""A law of chance for one value; a bare number is that value, always."""


# --- what is sold -----------------------------------------------------------------------------------------------


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


# --- what is wanted ---------------------------------------------------------------------------------------------


class Organic(Part):
    """The everyday stream: what is wanted on a day without events."""

    law: Literal["negative-binomial", "poisson", "normal", "fixed"]
    """`normal` is rounded and cut at zero; `fixed` is the mean itself, whole units carried from day to day."""
    mean: NotNegative
    """Mean units a day."""
    dispersion: Annotated[float, Field(ge=1, le=100_000)] = 1.0
    """Variance over mean of a day's units, for `negative-binomial`."""
    sd: NotNegative = 0.0
    """Standard deviation of a day's units, for `normal`."""
    weekday: Annotated[tuple[Factor, ...], Field(strict=False, min_length=7, max_length=7)] | None = None
    """Factors for Monday to Sunday; they should average 1."""
    season: Annotated[tuple[Factor, ...], Field(strict=False, min_length=12, max_length=12)] | None = None
    """Factors for January to December."""


class ExponentialFading(Part):
    """Interest that falls by the same share every day."""

    law: Literal["exponential"]
    mean_days: Annotated[float, Field(gt=0, le=3_660)]
    """Mean age of an order."""


class PowerFading(Part):
    """Interest that falls as a power of age: (1 + age / scale_days) ^ -exponent, until `cut_days`."""

    law: Literal["power"]
    exponent: Annotated[float, Field(gt=0, le=20)]
    """How steeply it falls."""
    scale_days: Positive = 1.0
    """Age over which the fall starts."""
    cut_days: Annotated[float, Field(gt=0, le=3_660)]
    """Age at which it ends."""


Fading = Annotated[ExponentialFading | PowerFading, Field(discriminator="law")]


class Event(Part):
    """Something that moves demand, for the SKUs and markets it names."""

    name: Name
    """Its name; a stream of its own."""
    markets: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = (EVERY,)
    """Markets it touches; all when left out."""
    skus: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = (EVERY,)
    """SKUs it touches; all when left out."""
    scale: Factor = 1.0
    """Multiplies what it brings; 0 switches it off."""


class Promotion(Event):
    """A promotion (大促) on the calendar, which a policy may foresee."""

    on: date
    """Its first day."""
    days: Annotated[int, Field(ge=1, le=366)] = 1
    """How long it lasts."""
    lift: Annotated[float, Field(ge=1, le=1_000)]
    """Organic demand is multiplied by this in all."""


class Livestream(Event):
    """A planned livestream (直播): one day's spike, again and again; a policy may foresee the day, not the size."""

    first_on: date
    """The first day it is held."""
    every_days: Annotated[int, Field(ge=1, le=366)] = 7
    """Days between livestreams."""
    orders: Law | None = None
    """Units one livestream sells, for each SKU."""
    days_of_pace: Law | None = None
    """The same, in days of the SKU's mean demand; instead of `orders`."""


class Video(Event):
    """Videos that may go viral (爆款视频): they come at random, of random size, and fade; nobody foresees them."""

    per_day: Annotated[float, Field(ge=0, le=100)]
    """Mean number of such videos a day, for each SKU."""
    orders: Law | None = None
    """Units one video sells over its whole life."""
    days_of_pace: Law | None = None
    """The same, in days of the SKU's mean demand; instead of `orders`."""
    fades: Fading
    """How its orders spread over its age."""
    starts_on: date | None = None
    """No video before this day; when left out, videos of the past still linger on the first day."""


class Planned(Part):
    """Events a policy may foresee."""

    promotion: Annotated[tuple[Promotion, ...], Field(strict=False)] = ()
    """Promotions."""
    livestream: Annotated[tuple[Livestream, ...], Field(strict=False)] = ()
    """Livestreams."""


class Surprise(Part):
    """Events nobody foresees."""

    video: Annotated[tuple[Video, ...], Field(strict=False)] = ()
    """Viral videos."""


class History(Part):
    """Observed demand of a market, day by day, read from a CSV file with columns date, sku, units, orders."""

    first: date
    """The day of the first entry of every series."""
    units: dict[str, Annotated[tuple[Units, ...], Field(strict=False)]]
    """Units wanted each day, for each SKU."""
    orders: dict[str, Annotated[tuple[Units, ...], Field(strict=False)]] = {}
    """Customer orders each day; as many as units when left out."""
    play: Literal["replay", "bootstrap"] = "replay"
    """`replay`: the days as they were (only lead times vary). `bootstrap`: weeks drawn from near the same season."""
    within_weeks: Annotated[int, Field(ge=0, le=60)] = 3
    """For `bootstrap`: a week is drawn from at most so many weeks earlier or later."""


class Fees(Part):
    """What a market takes from each sale."""

    platform: Share = 0.0
    """Commission, a share of the price."""
    creator: Share = 0.0
    """Creator commission, a share of the price."""
    fulfilment_per_order: Amount = 0.0
    """Picking, packing and last mile of one order."""


class Demand(Part):
    """What one market wants of one SKU."""

    organic: Organic | None = None
    """The everyday stream."""


class Market(Part):
    """Where buyers are (市场)."""

    served_by: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """Warehouses that serve it, the preferred first."""
    channel: Literal["shop", "social", "business"] = "shop"
    """What kind of buyers: a policy may treat bursts of `social` buyers apart."""
    fees: Fees = Fees()
    """What the market takes."""
    waits: Share = 0.0
    """Share of unmet units whose buyers wait for them (backlog); the others are lost."""
    part_deliveries: bool = True
    """Whether an order that meets too little stock takes what there is."""
    demand: dict[str, Demand] = {}
    """Wants by SKU; `"*"` speaks for every SKU not named."""
    history: History | None = None
    """Observed demand to play again, `{ file = "demand.csv" }`."""


class Scenario(Part):
    """One world: everything outside the seller's policy."""

    title: Name
    """One line for the head of a report."""
    start: date
    """The first scored day."""
    days: Annotated[int, Field(ge=1, le=36_600)]
    """Scored days."""
    warm_up_days: Annotated[int, Field(ge=0, le=36_600)] = 0
    """Days played before `start` and not scored."""
    history_days: Annotated[int, Field(ge=0, le=3_660)] = 0
    """Days before the first day played whose demand a policy sees as past sales."""
    slot_hours: Literal[1, 2, 3, 4, 6, 8, 12, 24] = 24
    """Length of a slot of the clock."""
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1
    """Seed of all luck."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "USD"
    """Currency of every plain amount and of the report."""
    fx: dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], Positive] = {}
    """Units of a foreign currency for one unit of `currency`."""
    salvage_share: Share = 1.0
    """What stock left at the end, on hand or on the way, is worth, as a share of its cost."""
    assumptions: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """What was assumed rather than measured; printed in every report."""
    sources: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Where the figures come from; printed in every report."""
    sku: Annotated[tuple[Sku, ...], Field(strict=False, min_length=1)]
    """The catalogue; or `sku = "skus.csv"`."""
    supplier: Annotated[dict[str, Supplier], Field(min_length=1)]
    """Factories by id."""
    lane: Annotated[dict[str, Lane], Field(min_length=1)]
    """Lanes by id."""
    customs: dict[str, CustomsPost] = {}
    """Customs posts by id."""
    warehouse: Annotated[dict[str, Warehouse], Field(min_length=1)]
    """Warehouses by id."""
    market: Annotated[dict[str, Market], Field(min_length=1)]
    """Markets by id."""
    open_order: Annotated[tuple[OpenOrder, ...], Field(strict=False)] = ()
    """Goods on the way on the first day played; or `open_order = "po.csv"`."""
    planned: Planned = Planned()
    """Events a policy may foresee."""
    surprise: Surprise = Surprise()
    """Events nobody foresees."""


class Shock(Part):
    """A stress overlay (冲击): events laid over any world that has something for them to act on."""

    title: Name
    """One line for the head of a report."""
    from_day: Annotated[int, Field(ge=0, le=36_600)] = 0
    """Day after the world's start on which the shock begins."""
    severity: Factor = 1.0
    """Multiplies every event's size; 0 switches the shock off."""
    livestream: Annotated[tuple["ShockLivestream", ...], Field(strict=False)] = ()
    """Livestreams it adds."""
    video: Annotated[tuple["ShockVideo", ...], Field(strict=False)] = ()
    """Viral videos it adds."""


class ShockLivestream(Event):
    """A livestream series that starts with its shock."""

    after_days: Annotated[int, Field(ge=0, le=3_660)] = 0
    """Days from the shock's beginning to the first livestream."""
    every_days: Annotated[int, Field(ge=1, le=366)] = 7
    """Days between livestreams."""
    days_of_pace: Law
    """What one livestream sells, in days of the SKU's mean demand."""


class ShockVideo(Event):
    """Viral videos that start with their shock."""

    per_day: Annotated[float, Field(ge=0, le=100)]
    """Mean number of such videos a day, for each SKU."""
    days_of_pace: Law
    """What one video sells over its whole life, in days of the SKU's mean demand."""
    fades: Fading
    """How its orders spread over its age."""
