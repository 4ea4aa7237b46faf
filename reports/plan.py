"""When to order for an announced event: the chance of each order date, the last safe ones, and when money moves."""

import math
from dataclasses import dataclass
from datetime import date

from reports.verdict.estimates import LEVEL

LEVELS = (0.90, 0.95)
"""The chances of being there in time that are called safe."""


@dataclass(frozen=True)
class Chance:
    """A share of replications, and its 95 % Wilson interval."""

    share: float
    low: float
    high: float

    @classmethod
    def of(cls, hits: int, count: int) -> "Chance":
        """So many of so many. Source: Wilson 1927; it holds near 0 and 1 too, where a normal interval does not."""
        from scipy.special import ndtri

        z = float(ndtri((1 + LEVEL) / 2))
        share, weight = hits / count, z**2 / count
        middle = (share + weight / 2) / (1 + weight)
        half = z * math.sqrt(share * (1 - share) / count + weight / (4 * count)) / (1 + weight)
        return cls(share, 0.0 if hits == 0 else middle - half, 1.0 if hits == count else middle + half)


@dataclass(frozen=True)
class Payment:
    """Money that moves because of one order: mean over replications, and on which days, late ones included."""

    what: str
    amount: float  # positive when it comes in
    mean: date
    early: date  # P5 over replications
    late: date  # P95


@dataclass(frozen=True)
class Cash:
    """The money of one order that is placed at the last safe date."""

    ordered: date
    level: float  # the chance it is safe at
    payments: tuple[Payment, ...]

    @property
    def paid(self) -> float:
        """What goes out before any of it comes back."""
        return -sum(payment.amount for payment in self.payments if payment.amount < 0)

    @property
    def earned(self) -> float:
        """What comes in."""
        return sum(payment.amount for payment in self.payments if payment.amount > 0)


@dataclass(frozen=True)
class LanePlan:
    """One lane into one warehouse that serves the event's markets: what becomes of an order of each date."""

    lane: str
    warehouse: str
    start: str | None  # the warehouse it starts at; None for a factory
    units: int  # of each order
    left_out: tuple[str, ...]  # SKUs of the event that it does not carry
    dates: tuple[date, ...]  # order dates examined, in order
    arrived: tuple[int, ...]  # [date] replications in which the goods were on the shelf by the first day
    runs: int
    cash: Cash | None = None  # None where no date is safe

    @property
    def name(self) -> str:
        """The lane and where it leads."""
        return f"{self.lane} → {self.warehouse}"

    def chance(self, index: int) -> Chance:
        """The chance of one of the dates."""
        return Chance.of(self.arrived[index], self.runs)

    def on(self, when: date) -> Chance | None:
        """The chance of a date; None where it was not examined."""
        return self.chance(self.dates.index(when)) if when in self.dates else None

    def last_safe(self, level: float) -> int | None:
        """The last of the dates such that it and every earlier one has at least this chance; None where none has."""
        safe = -1
        for index, hits in enumerate(self.arrived):
            if hits < level * self.runs - 1e-9:
                break
            safe = index
        return safe if safe >= 0 else None

    @property
    def safest(self) -> tuple[float, int] | None:
        """The highest level at which there is a last safe date, and that date; None where none is safe."""
        safe = [(level, index) for level in LEVELS if (index := self.last_safe(level)) is not None]
        return safe[-1] if safe else None

    @property
    def last_in_time(self) -> int | None:
        """The last of the dates on which it was in time in some replication; None where it never was."""
        return max((index for index, hits in enumerate(self.arrived) if hits), default=None)


@dataclass(frozen=True)
class Plan:
    """The plan of one time an announced event is held."""

    title: str
    scenario: str  # the name the user gave
    scenario_hash: str
    seed: int
    runs: int
    currency: str
    event: str
    kind: str  # promotion, livestream or influencer
    first: date
    last: date
    examined_from: date
    expected_units: float  # that it is expected to want on top of everyday demand
    window: tuple[date, date]  # the articles' window for the main order
    target: date  # the articles' day for the goods to be there
    asked: date | None  # an order date that the user asked about
    late: bool  # whether that is after the window
    lanes: tuple[LanePlan, ...]
    versions: tuple[tuple[str, str], ...]
    command: str = ""
