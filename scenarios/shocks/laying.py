"""A shock laid over a world: its events dated, sized and narrowed to what feels them there."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import ValidationError

from scenarios.calendar import NEW_YEARS_KNOWN, season_of
from scenarios.checks.names import ad_stops, disruptions, events
from scenarios.faults import Fault, ScenarioError, shown
from scenarios.schema import (
    Disruption,
    Livestream,
    Scenario,
    Shock,
    ShockDisruption,
    ShockLivestream,
    ShockSlump,
    ShockSuspension,
    ShockVideo,
    Slump,
    Suspension,
    Video,
)
from scenarios.shocks.calls import shock_fault
from scenarios.shocks.finding import advertised, aimed, found, sought
from scenarios.shocks.strength import at_strength, scaled

_MOST = 1_000.0
ShockEvent = ShockLivestream | ShockVideo | ShockSuspension | ShockSlump | ShockDisruption
Laid = Livestream | Video | Suspension | Slump | Disruption


def lay(scenario: Scenario, shock: Shock, name: str, factor: float = 1.0, begins: date | int | None = None) -> Scenario:
    """The scenario with a shock's events added: from `begins` on (a date, or days after `start`), `factor` as strong.

    At factor 0 it is the scenario itself. Raises `ScenarioError` when a setting is out of range or the shock finds
    nothing to act on.
    """
    strength = shock.severity * factor
    day = _first_day(scenario, shock, begins)
    if day is None:
        raise ScenarioError([_never(scenario, shock, name)])
    faults = [*_settings(scenario, shock, name, factor, begins, day)]
    if faults:
        raise ScenarioError(faults)
    here = [*_here(scenario, shock, day)]
    if not here:
        raise ScenarioError([_nothing(scenario, shock, name, day)])
    if strength == 0:
        return scenario
    first = scenario.start + timedelta(days=day)
    laid = [event for plan in here if (event := _laid(plan, name, first, strength, faults)) is not None]
    faults += _taken(scenario, name, laid)
    if faults:
        raise ScenarioError(faults)
    return _added(scenario, laid)


def _first_day(scenario: Scenario, shock: Shock, begins: date | int | None) -> int | None:
    """The day after `start` on which it begins; None where its holiday never leaves it the days to."""
    if begins is not None:
        return begins if isinstance(begins, int) else (begins - scenario.start).days
    if shock.before is None:
        return shock.from_day
    last = scenario.start + timedelta(days=scenario.days - 1)
    years = [year for year in range(scenario.start.year, last.year + 2) if year in NEW_YEARS_KNOWN]
    days = [(season_of(shock.before, year) - scenario.start).days - shock.before_days for year in years]
    return next((day for day in days if 0 <= day < scenario.days), None)


def _never(scenario: Scenario, shock: Shock, name: str) -> Fault:
    """Its holiday does not leave it the days to begin."""
    what = f"{shock.before_days} days before {shock.before}" if shock.before_days else f"on which {shock.before} begins"
    return shock_fault(name, f"finds nothing to act on in this world: no day {what} is one of it", "from=DATE")


def _settings(
    scenario: Scenario, shock: Shock, name: str, factor: float, begins: date | int | None, day: int
) -> Iterator[Fault]:
    """What is wrong with when it begins and how strong it is."""
    if not 0 <= factor * shock.severity <= _MOST:
        times = "" if shock.severity == 1 else f" times its severity {shock.severity:g}"
        yield shock_fault(name, f"factor {factor:g}{times} is out of range", f"from 0 to {_MOST:g}")
    if not 0 <= day < scenario.days:
        what = f"from_day {shock.from_day}" if begins is None else f"from {begins}"
        last = scenario.start + timedelta(days=scenario.days - 1)
        allowed = f"{scenario.start} to {last}, or 0 to {scenario.days - 1} days after the start"
        yield shock_fault(name, f"{what} is not a day of this world", allowed)


def _events(shock: Shock) -> tuple[ShockEvent, ...]:
    return (*shock.livestream, *shock.video, *shock.suspension, *shock.slump, *shock.disruption)


def _after(event: ShockEvent) -> int:
    return 0 if isinstance(event, ShockVideo) else event.after_days


def _here(scenario: Scenario, shock: Shock, day: int) -> Iterator[ShockEvent]:
    """The events that begin in time and find something, narrowed to it."""
    for event in _events(shock):
        narrowed = _narrowed(scenario, event)
        if narrowed is not None and day + _after(event) < scenario.days:
            yield narrowed


def _narrowed(scenario: Scenario, event: ShockEvent) -> ShockEvent | None:
    match event:
        case ShockDisruption():
            return found(scenario, event)
        case ShockSuspension():
            return advertised(scenario, event)
    return aimed(scenario, event)


def _nothing(scenario: Scenario, shock: Shock, name: str, day: int) -> Fault:
    """What all events of a shock look for in vain."""
    missing: list[str] = []
    for event in _events(shock):
        if day + _after(event) >= scenario.days:
            missing.append(f"day for {shown(event.name)}")
        elif isinstance(event, ShockDisruption):
            missing += sought(event)
        elif isinstance(event, ShockSuspension):
            missing.append("markets with ads")
        else:
            missing.append("markets and SKUs with demand")
    what = ", ".join(f"no {one}" for one in dict.fromkeys(missing)) or "it has no events"
    return shock_fault(name, f"finds nothing to act on in this world: {what}")


def _laid(event: ShockEvent, name: str, first: date, strength: float, faults: list[Fault]) -> Laid | None:
    """An event dated and sized; or nothing, and faults more."""
    strong = at_strength(event, strength) if isinstance(event, ShockDisruption) else event
    said = strong.model_dump(exclude={"after_days"}) | {"name": f"{name}: {event.name}"}
    on = first + timedelta(days=_after(event))
    try:
        match event:
            case ShockLivestream(scale=scale):
                return Livestream.model_validate(said | {"first_on": on, "scale": scale * strength})
            case ShockVideo(scale=scale):
                return Video.model_validate(said | {"starts_on": on, "scale": scale * strength})
            case ShockSlump(scale=scale):
                return Slump.model_validate(said | {"on": on, "scale": scale * strength})
            case ShockSuspension(appeal_days=days):
                return Suspension.model_validate(said | {"on": on, "appeal_days": scaled(days, strength)})
            case ShockDisruption():
                return Disruption.model_validate(said | {"on": on})
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            what = f"{'.'.join(map(str, wrong['loc']))} of {shown(event.name)} becomes {shown(wrong['input'])}"
            faults.append(shock_fault(name, what, wrong["msg"].removeprefix("Input should be ")))
        return None


def _taken(scenario: Scenario, name: str, laid: list[Laid]) -> Iterator[Fault]:
    """Each event has a name of its own."""
    taken = {event.name for _, event in events(scenario)} | {stop.name for _, stop in ad_stops(scenario)}
    taken |= {disruption.name for _, disruption in disruptions(scenario)}
    for event in laid:
        if event.name in taken:
            yield shock_fault(name, f"event {shown(event.name)} is there already")
        taken.add(event.name)


def _added(scenario: Scenario, laid: list[Laid]) -> Scenario:
    planned, surprise = scenario.planned, scenario.surprise
    livestreams = (*planned.livestream, *(event for event in laid if isinstance(event, Livestream)))
    videos = (*surprise.video, *(event for event in laid if isinstance(event, Video)))
    disruptions = (*surprise.disruption, *(event for event in laid if isinstance(event, Disruption)))
    suspensions = (*surprise.suspension, *(event for event in laid if isinstance(event, Suspension)))
    slumps = (*surprise.slump, *(event for event in laid if isinstance(event, Slump)))
    unforeseen = {"video": videos, "disruption": disruptions, "suspension": suspensions, "slump": slumps}
    update = {
        "planned": planned.model_copy(update={"livestream": livestreams}),
        "surprise": surprise.model_copy(update=unforeseen),
    }
    return scenario.model_copy(update=update)
