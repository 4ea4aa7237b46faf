"""Why a rule ordered what it ordered: what it saw on one day, what it made of that, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Coming:
    """Units that are planned to be sellable from a day on."""

    day: date
    units: int


@dataclass(frozen=True)
class Ahead:
    """An announced event that has not ended."""

    name: str
    kind: str  # promotion, livestream or influencer
    first: date
    days: int
    lift: float  # what it multiplies everyday demand of the SKU by; 1 where that is not known


@dataclass(frozen=True)
class Quote:
    """A lane into the warehouse on one day."""

    lane: str
    lead_days: float  # planned for an order of the day, the factory's holidays included
    arrives: date  # on which such an order is planned to be sellable
    at_least: int  # units
    pack: int  # units


@dataclass(frozen=True)
class Seen:
    """What there was to see of a SKU in a warehouse at the end of a review day."""

    on_hand: int
    on_order: int
    backlog: int
    coming: tuple[Coming, ...]
    paces: Mapping[int, float]  # units sold a day, by days looked back
    ahead: tuple[Ahead, ...]
    lanes: tuple[Quote, ...]
    unread: frozenset[str]  # of stock, sales, calendar: sights that the rule does not read

    @property
    def position(self) -> int:
        """The stock position."""
        return self.on_hand + self.on_order - self.backlog


@dataclass(frozen=True)
class Layer:
    """One rule of a policy; the innermost comes first, then what wraps it."""

    rule: str
    formula: str  # as the rule declares it; empty where it declares none
    terms: Mapping[str, float]  # what words of the formula were on that day
    given: frozenset[str]  # of these, parameters and what was seen; the others are among the policy's reasons
    unset: frozenset[str]  # parameters that were not given; what the formula does with them was not done


@dataclass(frozen=True)
class Trigger:
    """The lines that the stock position was held against."""

    position: float  # units that are set aside taken out
    point: float | None  # at or below which the rule orders; None where it orders at every review
    level: float | None  # up to which it orders; None where it does not say

    @property
    def over(self) -> float:
        """Units by which the position was above the line at which something is ordered; negative when below."""
        line = self.level if self.point is None else self.point
        return self.position - (0.0 if line is None else line)


@dataclass(frozen=True)
class Pulled:
    """A lever that the playbook set."""

    lever: str
    value: float | None  # on the review day; None where it was left alone
    days: int  # days until the next review on which it was set


@dataclass(frozen=True)
class Sent:
    """What became of an order."""

    lane: str
    units: int
    planned: date  # on which it was planned to be sellable
    departed: date | None  # None: not within the days played
    sellable: date | None  # None: not within the days played


@dataclass(frozen=True)
class Spell:
    """Some days of the SKU: stock in the warehouse, and the buyers who turn to it first."""

    first: date
    last: date
    wanted: int
    sold: int
    short: int  # units wanted that were not delivered at once
    lost: int  # of those, units turned away
    owed: int  # at the end of the last day
    empty_days: int  # days that ended with nothing on hand
    lowest: int  # units on hand at the end of a day, the least

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Review:
    """One time the rule was asked."""

    day: date
    seen: Seen
    layers: tuple[Layer, ...]
    why: Mapping[str, float]  # the policy's reasons, by name
    trigger: Trigger | None  # None where the rule names no line
    asked: Mapping[str, int]  # units that the rule ordered, by lane
    pulled: tuple[Pulled, ...]
    placed: Mapping[str, int]  # units by lane that were ordered, as the playbook let them be
    sent: tuple[Sent, ...]  # what left; a warehouse that sends what it has serves older orders first
    until_sellable: Spell | None  # up to the day before the last of them was there; None where nothing was ordered
    until_next: Spell | None  # up to the next review; None on the last day played


@dataclass(frozen=True)
class Explanation:
    """What was decided about one SKU in one warehouse on one day of one future."""

    title: str
    scenario: str
    scenario_hash: str
    seed: int
    run: int  # replication
    policy: str
    playbook: str
    routing: str
    sku: str
    warehouse: str
    others: tuple[str, ...]  # warehouses that could have been asked about too
    asked: date
    first: date  # day that was played
    reviews: tuple[Review, ...]  # of that day; where there was none, the last before it and the next

    @property
    def reviewed(self) -> bool:
        """Whether the rule was asked on the day."""
        return any(review.day == self.asked for review in self.reviews)
