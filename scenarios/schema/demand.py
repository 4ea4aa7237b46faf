"""What is wanted: the streams of everyday demand."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Factor, NotNegative, Part, Share, Units
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
