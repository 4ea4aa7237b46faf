"""What goes wrong on the way: dated troubles of lanes, factories, customs posts and docks."""

from datetime import date
from typing import Annotated

from pydantic import Field

from scenarios.schema.base import EVERY, Amount, Factor, Name, Part, Share
from scenarios.schema.lanes import Lane, Mode
from scenarios.schema.laws import Law

Names = Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]


class LaneTrouble(Part):
    """What befalls goods on their way."""

    modes: Annotated[tuple[Mode, ...], Field(strict=False)] = ()
    """Lanes that travel so; any when left out."""
    lanes: Names = (EVERY,)
    """Lanes it touches, of those."""
    legs: Names = (EVERY,)
    """Legs it touches, by name; all that are no customs post when left out."""
    times: Factor = 1.0
    """How many times as long a leg takes that is entered during the trouble."""
    adds_days: Law = 0.0
    """Days that such a leg takes besides, drawn for each day."""
    cancelled: Share = 0.0
    """Chance that a departure that would have gone is cancelled."""
    freight: Factor = 1.0
    """Factor on the freight of goods that leave during the trouble."""

    def touches(self, name: str, lane: Lane) -> bool:
        """Whether it is meant for a lane of this name."""
        return bool({EVERY, name} & set(self.lanes)) and (not self.modes or lane.mode in self.modes)

    def is_on(self, leg: str) -> bool:
        """Whether it is meant for legs of this name."""
        return bool({EVERY, leg} & set(self.legs))


class FactoryTrouble(Part):
    """What befalls factories."""

    suppliers: Names = (EVERY,)
    """Factories it touches."""
    output: Annotated[float, Field(ge=0, le=1)] = 0.0
    """What is left of their output: both lines and production times slow down to it."""


class CustomsTrouble(Part):
    """What befalls goods at customs."""

    posts: Names = (EVERY,)
    """Posts it touches."""
    closed: bool = False
    """Whether no clearance starts."""
    times: Factor = 1.0
    """How many times as long clearance takes of what comes during the trouble."""
    held: Share = 0.0
    """Chance that a shipment that comes during the trouble is held besides."""
    hold_days: Law = 0.0
    """How long it is then held."""
    fee: Amount = 0.0
    """What that costs."""
    duty: Annotated[float, Field(ge=0, le=10)] = 0.0
    """What is added to the duty, as a share of the declared value."""


class DockTrouble(Part):
    """What befalls goods at a warehouse's door."""

    warehouses: Names = (EVERY,)
    """Warehouses it touches."""
    closed: bool = False
    """Whether there are no appointments and nothing is unloaded or put away."""
    times: Annotated[float, Field(ge=1, le=1_000)] = 1.0
    """How many times as long appointments, unloading and putting away take."""


class Trouble(Part):
    """What a disruption does; at least one of the four."""

    name: Name
    """Its name."""
    days: Annotated[int, Field(ge=1, le=3_660)]
    """How many days it lasts."""
    lane: LaneTrouble | None = None
    """What it does to lanes."""
    factory: FactoryTrouble | None = None
    """What it does to factories."""
    customs: CustomsTrouble | None = None
    """What it does to customs posts."""
    dock: DockTrouble | None = None
    """What it does to warehouses."""


class Disruption(Trouble):
    """A trouble on a date (中断)."""

    on: date
    """Its first day."""


class ShockDisruption(Trouble):
    """A trouble that starts with its shock."""

    after_days: Annotated[int, Field(ge=0, le=3_660)] = 0
    """Days from the shock's beginning to its first day."""
