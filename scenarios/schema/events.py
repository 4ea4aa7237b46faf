"""What moves demand now and then: events a policy may foresee, and events nobody foresees."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from scenarios.schema.base import EVERY, Factor, Name, NotNegative, Part, Positive, Share, Units
from scenarios.schema.laws import Law
from scenarios.schema.troubles import Disruption


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


Occasion = Literal[
    "black-friday",
    "cyber-week",
    "singles-day",
    "mid-year-618",
    "prime-day",
    "christmas",
    "back-to-school",
    "spring-festival",
]
"""Days of the trade's calendar; their dates are computed for every year played."""


class Promotion(Event):
    """A promotion (大促) on the calendar, which a policy may foresee."""

    on: date | None = None
    """Its first day; or `occasion`."""
    occasion: Occasion | None = None
    """It is held every year on this occasion, instead of `on`."""
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    """How long it lasts; 1, or as long as its occasion, when left out."""
    lift: Annotated[float, Field(ge=1, le=1_000)]
    """Organic demand is multiplied by this in all."""
    announced_lift: Annotated[float, Field(ge=1, le=1_000)] | None = None
    """The lift that the seller's plan counts on, where it is not what comes; `lift` when left out."""
    pulls_forward: Share = 0.0
    """Share of what it adds that buyers would have bought in the days after."""
    dip_days: Annotated[int, Field(ge=1, le=366)] = 14
    """Days after it over which that is missing."""
    by_seller: bool = False
    """Whether the seller decides it, as in a store of one's own, so that a playbook may call it off."""


class Show(Event):
    """Something hosted whose size is known only from the past."""

    orders: Law | None = None
    """Units it sells, for each SKU."""
    days_of_pace: Law | None = None
    """The same, in days of the SKU's mean demand."""
    past_units: Annotated[tuple[Units, ...], Field(strict=False, max_length=1_000)] = ()
    """What the host sold before, for each SKU; its size is then lognormal with their mean and spread."""


class Livestream(Show):
    """A planned livestream (直播), again and again; a policy may foresee the time, not the size."""

    first_on: date
    """The first day it is held."""
    every_days: Annotated[int, Field(ge=1, le=366)] = 7
    """Days between livestreams."""
    announced_days: Annotated[int, Field(ge=0, le=3_660)] | None = None
    """Days before each on which those who buy are told of it; all along when left out."""
    lift: Law | None = None
    """Its size as the factor on everyday demand while it lasts, in just the days and hours it runs."""
    start_hour: Annotated[float, Field(ge=0, lt=24)] = 20.0
    """When it starts."""
    hours: Annotated[float, Field(gt=0, le=24)] = 3.0
    """How long it lasts."""
    peak_hour: NotNegative | None = None
    """Hours after the start at which most is bought, rising to it and falling after; all hours alike when left out."""
    tail_share: Share = 0.0
    """Share of its orders that come after it has ended."""
    tail_hours: Annotated[float, Field(gt=0, le=24)] = 3.0
    """How long they come, fewer and fewer."""


class Influencer(Show):
    """A planned post of an influencer (达人): a policy may foresee the day, not the size."""

    on: date
    """The day of the post."""
    fades: Fading
    """How its orders spread over its age."""


class Breeding(Part):
    """Videos that breed videos (a self-exciting Hawkes process)."""

    share: Annotated[float, Field(ge=0, lt=1)]
    """Mean number of further videos that each video brings about; below 1, or they would never end."""
    after_days: Annotated[float, Field(gt=0, le=366)]
    """Mean days until then (exponential)."""


class Video(Event):
    """Videos that may go viral (爆款视频): they come at random, of random size, and fade; nobody foresees them."""

    per_day: Annotated[float, Field(ge=0, le=100)]
    """Mean number of such videos a day, for each SKU, those they breed not counted."""
    orders: Law | None = None
    """Units one video sells over its whole life."""
    days_of_pace: Law | None = None
    """The same, in days of the SKU's mean demand; instead of `orders`."""
    fades: Fading
    """How its orders spread over its age."""
    starts_on: date | None = None
    """No video before this day; when left out, videos of the past still linger on the first day."""
    certain: Annotated[int, Field(ge=0, le=100)] = 0
    """So many come as `starts_on` begins, besides; for each SKU."""
    breeds: Breeding | None = None
    """Whether videos bring about others; each comes alone when left out."""
    spills: Share = 0.0
    """Share of its orders that each sibling of the SKU gets on top."""


class Slump(Event):
    """Buyers who stay away for a while (需求下滑), of every stream; nobody foresees it. What `scale` multiplies is the
    share that stays away, of which there is never more than all."""

    on: date
    """Its first day; one of those played."""
    days: Annotated[int, Field(ge=1, le=3_660)]
    """How many days it lasts."""
    missing: Share
    """Share of what would have been wanted that is not."""


class AdStop(Part):
    """Something that stops all ads of a market."""

    name: Name
    """Its name."""
    markets: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = (EVERY,)
    """Markets whose ads stop; all when left out."""
    on: date | None = None
    """The day it happens; or `per_year`."""
    per_year: NotNegative | None = None
    """How often it happens at random, instead of `on`."""


class Suspension(AdStop):
    """A suspended ad account: no ads until the appeal succeeds."""

    appeal_days: Law
    """Days until ads run again, from the first hour of the day on."""


class BalanceOutage(AdStop):
    """An ad balance that ran empty: no ads until it is topped up."""

    from_hour: Annotated[float, Field(ge=0, lt=24)] = 0.0
    """When it runs empty."""
    hours: Law
    """Hours until it is topped up."""


class Planned(Part):
    """Events a policy may foresee."""

    promotion: Annotated[tuple[Promotion, ...], Field(strict=False)] = ()
    """Promotions."""
    livestream: Annotated[tuple[Livestream, ...], Field(strict=False)] = ()
    """Livestreams."""
    influencer: Annotated[tuple[Influencer, ...], Field(strict=False)] = ()
    """Posts of influencers."""


class Surprise(Part):
    """Events nobody foresees."""

    video: Annotated[tuple[Video, ...], Field(strict=False)] = ()
    """Viral videos."""
    suspension: Annotated[tuple[Suspension, ...], Field(strict=False)] = ()
    """Suspended ad accounts."""
    balance_outage: Annotated[tuple[BalanceOutage, ...], Field(strict=False)] = ()
    """Empty ad balances."""
    slump: Annotated[tuple[Slump, ...], Field(strict=False)] = ()
    """Times when buyers stay away."""
    disruption: Annotated[tuple[Disruption, ...], Field(strict=False)] = ()
    """Troubles of lanes, factories, customs posts and docks."""
