"""What is wanted: the markets and the streams of their everyday demand."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, NotNegative, Part, Positive, Share, Units
from scenarios.schema.laws import Law


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
    """Factors for January to December, as in the north; a market of the south reads them half a year later."""
    trend_per_year: Annotated[float, Field(gt=-1, le=100)] = 0.0
    """Growth of the mean in a year, compound, from the first day played on: 0.2 is a fifth more, -0.5 half."""


class Push(Part):
    """Days on which more or less is spent on ads than usual."""

    on: date
    """First day."""
    days: Annotated[int, Field(ge=1, le=3_660)]
    """How long it lasts."""
    factor: Factor
    """What the spend is multiplied by."""


class Ads(Part):
    """Advertising (广告) for one SKU: a spend plan buys views, views become clicks, clicks become orders.

    Units a day are Poisson with mean spend / per_thousand_views x 1000 x CTR x CVR of that day, at the planned spend
    and at the most. What a raised spend brings on top is a stream of its own; a share of either is rounded by luck.
    """

    spend_per_day: Amount
    """What is planned to be spent on a usual day."""
    per_thousand_views: Amount
    """Price of a thousand views."""
    ctr: Share
    """Mean click-through rate: clicks / views."""
    cvr: Share
    """Mean conversion rate: orders / clicks."""
    ctr_cv: Annotated[float, Field(ge=0, le=10)] = 0.35
    """Standard deviation over mean of a day's CTR."""
    cvr_cv: Annotated[float, Field(ge=0, le=10)] = 0.2
    """Standard deviation over mean of a day's CVR."""
    memory_days: NotNegative = 3.0
    """How long a good or bad day lasts: the correlation of log rates falls by e in so many days; 0 for none."""
    pushes: Annotated[tuple[Push, ...], Field(strict=False)] = ()
    """Planned changes of the spend; those that overlap multiply."""
    most: Annotated[float, Field(ge=1, le=100)] = 1.0
    """The spend can be raised to so many times the plan."""
    spent_within_hours: Annotated[int, Field(ge=1, le=24)] = 24
    """Hours after midnight within which a day's budget is spent; fewer where pacing is fast."""


class Business(Part):
    """Orders of business buyers (B2B): few, and some of them large."""

    orders_per_day: NotNegative
    """Mean number of orders a day (Poisson)."""
    units_per_order: Law
    """Size of an order, rounded up to whole units, at least 1."""


class Repeat(Part):
    """Buyers who come again: orders born from past sales."""

    share: Annotated[float, Field(ge=0, lt=1)]
    """Share of units delivered that are bought again."""
    after_days: Law
    """Days until then."""
    late_days: NotNegative = 0.0
    """How much later it is when the buyer's first warehouse could not serve and another did, or when they waited."""


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
    ads: Ads | None = None
    """The stream that ads bring; a stream of its own."""
    business: Business | None = None
    """Orders of business buyers; a stream of their own."""
    repeat: Repeat | None = None
    """Orders of buyers who come again; a stream of their own."""


class Weight(Part):
    """A weight on demand (权重): it falls while something is wrong and recovers afterwards."""

    falls_per_day: Share
    """What it loses in a day on which all goes wrong: 0.06 leaves 94 %."""
    floor: Share = 0.0
    """It does not fall below this."""
    half_life_days: Positive
    """Days in which half of what is missing to 1 comes back."""


class AdAccount(Part):
    """The advertising account of a market's seller."""

    quality: Annotated[float, Field(gt=0, le=10)] = 1.0
    """Factor on every CVR: old, stable accounts convert better."""
    weight: Weight | None = None
    """Falls while the ads of a SKU are paused because it is out of stock; on that SKU's ads."""


class Limits(Part):
    """What a platform allows before it takes traffic away."""

    seller_cancellations: Share = 0.025
    """Orders the seller fails to deliver, as a share of orders."""
    late_dispatch: Share = 0.04
    """Orders that wait longer than `dispatch_days`, as a share of orders."""
    dispatch_days: NotNegative = 2.0
    """Days within which an order must be dispatched."""
    window_days: Annotated[int, Field(ge=1, le=365)] = 30
    """Days over which the shares are taken."""
    traffic_left: Share = 0.7
    """Factor on organic demand while a limit is broken."""


class Clearance(Part):
    """What a markdown does (清仓)."""

    discount: Share
    """Share of the price that is given away."""
    lift: Annotated[float, Field(ge=1, le=100)]
    """What organic demand is multiplied by while it lasts."""


class Returns(Part):
    """Units that buyers send back (退货)."""

    share: Share = 0.0
    """Share of units delivered that come back, for groups not named."""
    by_group: dict[str, Share] = {}
    """The same, by group of SKUs."""
    after_days: Law
    """Days from delivery until they are back at the warehouse and inspected."""
    resalable: Share = 1.0
    """Share of them that goes back to the shelf; the others are scrapped."""
    fee_per_unit: Amount = 0.0
    """Cost of handling one."""


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
    waits_at_most_days: Positive | None = None
    """Days after which who waits cancels; for ever when left out."""
    preorders: Share | None = None
    """Share that waits instead while a restock is announced, not below `waits`."""
    switches: Share = 0.0
    """Share of unmet units whose buyers take a SKU of the same group that is in stock."""
    reserves: dict[str, Units] = {}
    """Units by SKU (`"*"` for all others) of its first warehouse's stock that are kept for this market alone."""
    hours: Annotated[tuple[Factor, ...], Field(strict=False, min_length=24, max_length=24)] | None = None
    """Factors for the hours of a day, averaging 1; all alike when left out."""
    hemisphere: Literal["north", "south"] = "north"
    """Where its seasons are."""
    listing: Weight | None = None
    """Falls while a SKU is empty; on organic demand and promotions."""
    ad_account: AdAccount = AdAccount()
    """The account that pays its ads."""
    limits: Limits | None = None
    """The platform's limits, if it has any."""
    returns: Returns | None = None
    """What buyers send back."""
    clearance: Clearance | None = None
    """What a markdown does here; none is possible when left out."""
    part_deliveries: bool = True
    """Whether an order that meets too little stock takes what there is."""
    demand: dict[str, Demand] = {}
    """Wants by SKU; `"*"` speaks for every SKU not named."""
    history: History | None = None
    """Observed demand to play again, `{ file = "demand.csv" }`."""
