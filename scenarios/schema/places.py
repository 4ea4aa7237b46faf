"""Where goods are let in: customs posts."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import Amount, Closure, Name, NotNegative, Part, Share, Weekday
from scenarios.schema.laws import Law


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
