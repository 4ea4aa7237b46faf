"""Shocks (冲击): a stress overlay turned into dated events of one world."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from scenarios.checks.sense import finds_demand
from scenarios.faults import Fault, ScenarioError, listed, nearest, shown
from scenarios.schema import EVERY, Event, Livestream, Scenario, Shock, Video

SETTINGS = ("severity", "from_day")
_MOST = 1_000.0
E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class ShockCall:
    """What `--shock` says: a shipped name or path, and settings."""

    file: str
    name: str
    settings: dict[str, float]

    @classmethod
    def of(cls, text: str) -> "ShockCall":
        """Read `name:severity=0.5,from_day=30`. Raises `ScenarioError`."""
        file, colon, rest = text.rpartition(":")
        if not colon or "=" not in rest:  # a colon of a path, such as C:\shock.toml
            file, rest = text, ""
        settings: dict[str, float] = {}
        faults = []
        for part in filter(None, rest.split(",")):
            key, _, value = (piece.strip() for piece in part.partition("="))
            if key not in SETTINGS:
                near = nearest(key, SETTINGS)
                faults.append(_fault(text, f"unknown setting {shown(key)}", "" if near else listed(SETTINGS), near))
            elif key in settings:
                faults.append(_fault(text, f"setting {key} is given twice"))
            elif (number := _number(value)) is None:
                faults.append(_fault(text, f"{key} {shown(value)} is not a number"))
            else:
                settings[key] = number
        if faults:
            raise ScenarioError(faults)
        return cls(file, file.replace("\\", "/").rpartition("/")[2].removesuffix(".toml"), settings)


def lay(
    scenario: Scenario, shock: Shock, name: str, severity: float | None = None, from_day: float | None = None
) -> Scenario:
    """The scenario with a shock's events added: dated from day `from_day` after `start`, sized by `severity`.

    Raises `ScenarioError` when a setting is out of range or the shock finds nothing to act on.
    """
    size = shock.severity if severity is None else severity
    begins = shock.from_day if from_day is None else from_day
    faults = []
    if not 0 <= size <= _MOST:
        faults.append(_fault(name, f"severity {size:g} is out of range", "a number from 0 to 1000"))
    if not 0 <= begins < scenario.days or begins != int(begins):
        what = f"from_day {begins:g} is not a day of this world"
        faults.append(_fault(name, what, f"a whole number from 0 to {scenario.days - 1}"))
    for event in (*shock.livestream, *shock.video):
        if event.scale * size > _MOST:
            what = f"scale of {shown(event.name)} becomes {event.scale * size:g}"
            faults.append(_fault(name, what, "a scale times severity up to 1000"))
    if faults:
        raise ScenarioError(faults)
    first = scenario.start + timedelta(days=int(begins))
    livestreams = [
        Livestream(
            name=f"{name}: {event.name}",
            markets=event.markets,
            skus=event.skus,
            scale=event.scale * size,
            first_on=first + timedelta(days=event.after_days),
            every_days=event.every_days,
            days_of_pace=event.days_of_pace,
        )
        for event in _aimed(scenario, shock.livestream)
        if begins + event.after_days < scenario.days
    ]
    videos = [
        Video(
            name=f"{name}: {event.name}",
            markets=event.markets,
            skus=event.skus,
            scale=event.scale * size,
            per_day=event.per_day,
            days_of_pace=event.days_of_pace,
            fades=event.fades,
            starts_on=first,
        )
        for event in _aimed(scenario, shock.video)
    ]
    return _added(scenario, name, livestreams, videos)


def _aimed(scenario: Scenario, events: Iterable[E]) -> list[E]:
    """The events that find demand, their targets narrowed to markets and SKUs of this world."""
    known = {sku.id for sku in scenario.sku} | {EVERY}
    aimed = []
    for event in events:
        markets = tuple(market for market in event.markets if market == EVERY or market in scenario.market)
        skus = tuple(sku for sku in event.skus if sku in known)
        narrowed = event.model_copy(update={"markets": markets, "skus": skus})
        if finds_demand(scenario, narrowed):
            aimed.append(narrowed)
    return aimed


def _added(scenario: Scenario, name: str, livestreams: list[Livestream], videos: list[Video]) -> Scenario:
    if not livestreams and not videos:
        raise ScenarioError([_fault(name, "finds nothing to act on in this world", "markets and skus with demand")])
    planned, surprise = scenario.planned, scenario.surprise
    there = (*planned.promotion, *planned.livestream, *planned.influencer, *surprise.video)
    taken = {event.name for event in there}
    added: list[Event] = [*livestreams, *videos]
    faults = [_fault(name, f"event {shown(event.name)} is there already") for event in added if event.name in taken]
    if faults:
        raise ScenarioError(faults)
    update = {
        "planned": planned.model_copy(update={"livestream": (*planned.livestream, *livestreams)}),
        "surprise": surprise.model_copy(update={"video": (*surprise.video, *videos)}),
    }
    return scenario.model_copy(update=update)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _fault(name: str, what: str, allowed: str = "", near: str = "") -> Fault:
    return Fault(f"shock {name}", None, "", what, allowed, near)
