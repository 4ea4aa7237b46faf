"""What moves demand now and then: events a policy may foresee, and events nobody foresees."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import EVERY, Factor, Name, Part, Positive
from scenarios.schema.laws import Law


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
