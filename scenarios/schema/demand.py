"""What is wanted: the markets and the streams of their everyday demand."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, NotNegative, Part, Share, Units


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
