"""Lanes: when goods leave, how long every leg takes, and what is charged."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Holiday, Months, Name, NotNegative, Part, Positive, Weekday
from scenarios.schema.laws import Late, Law

Mode = Literal["sea", "air", "rail", "express", "truck"]
RUSH = "+rush"
"""What the name of a lane ends with where it is offered after hurried production."""


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
    """At most so many cancellations in a row, troubles aside; unlimited when left out."""
    seasons: Annotated[tuple[CancelSeason, ...], Field(strict=False)] = ()
    """Weeks in which more departures are cancelled; of all chances the highest holds."""
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
    """The supplier it starts at, several that bring goods to it, or a warehouse whose stock is ordered or moved."""
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
    replenishes: bool = False
    """Of a lane that starts at a warehouse: whether the warehouse it leads to orders by it, and is owed what is not
    there yet, first come first served. Otherwise stock is only moved by it."""
    shares_box_with: Annotated[int, Field(ge=0, le=1_000)] = 0
    """Other consignments in the container (LCL): an examination of one of them holds ours too, without a fee."""
    cost: Freight = Freight()
    """Its freight charges."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where it starts, in the order given."""
        return (self.source,) if isinstance(self.source, str) else self.source
