"""Where buyers are: how markets are served, what they pay and promise, and what they allow."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, Name, NotNegative, Part, Positive, Share, Units
from scenarios.schema.demand import Demand, History
from scenarios.schema.laws import Law


class Fees(Part):
    """What a market takes from each sale."""

    platform: Share = 0.0
    """Commission, a share of the price."""
    creator: Share = 0.0
    """Creator commission, a share of the price."""
    fulfilment_per_order: Amount = 0.0
    """Picking, packing and last mile of one order, whatever warehouse it comes from."""


class Delivery(Part):
    """The last mile from a warehouse to the buyers of a market (尾程)."""

    days: Law = 0.0
    """Time from dispatch to the buyer."""
    promise_days: NotNegative | None = None
    """Days stated to the buyer; the mean of `days`, rounded up, when left out."""
    per_order: Amount = 0.0
    """What each order costs."""
    per_kg: Amount = 0.0
    """What each kilogram costs."""
    tax: Share = 0.0
    """Cross-border tax the seller pays (跨境税), as a share of the price."""
    tax_per_order: Amount = 0.0
    """Cross-border tax the seller pays on each order."""


class Acceptance(Part):
    """How many buyers take a promise."""

    within_days: NotNegative
    """The promise, in days, up to which `share` holds."""
    share: Share
    """Share of buyers who still buy."""


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
    delivery: dict[Name, Delivery] = {}
    """The last mile from each warehouse of `served_by`; at once and for nothing from those left out."""
    accepts: Annotated[tuple[Acceptance, ...], Field(strict=False)] = ()
    """Buyers by the promise they take, the shortest first: one longer than the last finds no buyer. All buy when left
    out."""
    patient: Share = 0.0
    """Share of buyers who are remote or chose to wait longer for less; a routing may serve them another way."""
    prices: dict[Name, Amount] = {}
    """What buyers pay here, SKU by SKU, where it is not the catalogue's price."""
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
    stock_share: Share | None = None
    """Share of all that comes to its first warehouse, and of the opening stock, kept for it alone; pooled when left
    out."""
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
