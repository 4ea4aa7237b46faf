"""A whole scenario, and the shocks that may be laid over it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import EVERY, Factor, Holiday, Name, Part, Positive, Share
from scenarios.schema.events import Event, Fading, Planned, Surprise
from scenarios.schema.factories import Supplier
from scenarios.schema.goods import OpenOrder, Sku
from scenarios.schema.lanes import Lane
from scenarios.schema.laws import Law
from scenarios.schema.markets import Market
from scenarios.schema.places import CustomsPost
from scenarios.schema.troubles import ShockDisruption
from scenarios.schema.warehouses import Warehouse


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
    before: Holiday | None = None
    """It begins before this holiday instead, the first one that leaves it the days to do so."""
    before_days: Annotated[int, Field(ge=0, le=366)] = 0
    """How many days before."""
    severity: Factor = 1.0
    """How strong it is: sizes, chances and what factors add to 1 are multiplied, shut is shut; 0 is no shock."""
    livestream: Annotated[tuple["ShockLivestream", ...], Field(strict=False)] = ()
    """Livestreams it adds."""
    video: Annotated[tuple["ShockVideo", ...], Field(strict=False)] = ()
    """Viral videos it adds."""
    suspension: Annotated[tuple["ShockSuspension", ...], Field(strict=False)] = ()
    """Suspended ad accounts that it adds."""
    slump: Annotated[tuple["ShockSlump", ...], Field(strict=False)] = ()
    """Times when buyers stay away that it adds."""
    disruption: Annotated[tuple[ShockDisruption, ...], Field(strict=False)] = ()
    """Troubles on the way that it adds."""


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

    per_day: Annotated[float, Field(ge=0, le=100)] = 0.0
    """Mean number of such videos a day, for each SKU."""
    certain: Annotated[int, Field(ge=0, le=100)] = 0
    """So many come as the shock begins, besides; for each SKU."""
    days_of_pace: Law
    """What one video sells over its whole life, in days of the SKU's mean demand."""
    fades: Fading
    """How its orders spread over its age."""


class ShockSuspension(Part):
    """A suspended ad account that starts with its shock; a strength makes the appeal longer."""

    name: Name
    """Its name."""
    markets: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = (EVERY,)
    """Markets whose ads stop; all when left out."""
    after_days: Annotated[int, Field(ge=0, le=3_660)] = 0
    """Days from the shock's beginning to its first day."""
    appeal_days: Law
    """Days until ads run again."""


class ShockSlump(Event):
    """Buyers who stay away, from its shock on; a strength keeps more of them away."""

    after_days: Annotated[int, Field(ge=0, le=3_660)] = 0
    """Days from the shock's beginning to its first day."""
    days: Annotated[int, Field(ge=1, le=3_660)]
    """How many days it lasts."""
    missing: Share
    """Share of what would have been wanted that is not."""
