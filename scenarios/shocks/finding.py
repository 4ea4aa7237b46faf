"""What a shock finds in a world: who buys, and lanes, factories, customs posts and docks that feel a trouble."""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from scenarios.checks.sense import advertises, finds_demand
from scenarios.checks.troubles import slows
from scenarios.faults import listed
from scenarios.laws import mean
from scenarios.schema import (
    EVERY,
    CustomsTrouble,
    DockTrouble,
    Event,
    FactoryTrouble,
    Freight,
    Lane,
    LaneTrouble,
    Leg,
    Scenario,
    ShockSuspension,
    Supplier,
    Trouble,
    Warehouse,
)

E = TypeVar("E", bound=Event)
T = TypeVar("T", bound=Trouble)


def aimed(scenario: Scenario, event: E) -> E | None:
    """The event narrowed to markets and SKUs of this world; nothing when it finds no demand."""
    known = {sku.id for sku in scenario.sku} | {EVERY}
    markets = tuple(market for market in event.markets if market == EVERY or market in scenario.market)
    skus = tuple(sku for sku in event.skus if sku in known)
    narrowed = event.model_copy(update={"markets": markets, "skus": skus})
    return narrowed if finds_demand(scenario, narrowed) else None


def advertised(scenario: Scenario, event: ShockSuspension) -> ShockSuspension | None:
    """The suspension narrowed to markets of this world that have ads; nothing when none has."""
    having = [key for key, market in scenario.market.items() if advertises(market)]
    markets = _narrowed(event.markets, having)
    return event.model_copy(update={"markets": markets}) if markets else None


def found(scenario: Scenario, trouble: T) -> T | None:
    """The trouble narrowed to what feels it in this world, by name; nothing when nothing does."""
    parts = {
        "lane": trouble.lane and _lane(scenario, trouble.lane),
        "factory": trouble.factory and _factory(scenario, trouble.factory),
        "customs": trouble.customs and _customs(scenario, trouble.customs),
        "dock": trouble.dock and _dock(scenario, trouble.dock),
    }
    return trouble.model_copy(update=parts) if any(part is not None for part in parts.values()) else None


def sought(trouble: Trouble) -> Iterator[str]:
    """What a trouble looks for, in words."""
    if trouble.lane is not None:
        yield _lanes_sought(trouble.lane)
    if trouble.factory is not None:
        yield f"factories{_by_name(trouble.factory.suppliers)} that take time"
    if trouble.customs is not None:
        yield f"customs posts{_by_name(trouble.customs.posts)}"
    if trouble.dock is not None:
        yield f"warehouses{_by_name(trouble.dock.warehouses)}"


def _by_name(names: Collection[str]) -> str:
    return "" if EVERY in names else f" named {listed(names)}"


def _lanes_sought(trouble: LaneTrouble) -> str:
    by = f" by {' or '.join(trouble.modes)}" if trouble.modes else ""
    leg = "" if EVERY in trouble.legs else f" with a leg {' or '.join(trouble.legs)}"
    needs = {"leave on a calendar": trouble.cancelled > 0, "charge freight": trouble.freight != 1}
    needed = "" if slows(trouble) else " or ".join(need for need, has in needs.items() if has)
    return f"lanes{_by_name(trouble.lanes)}{by}{leg}{needed and f' that {needed}'}"


def _narrowed(names: Collection[str], feel: Iterable[str]) -> tuple[str, ...]:
    """Those of what feels a trouble that it names, sorted: the order of tables means nothing."""
    return tuple(sorted(name for name in set(feel) if EVERY in names or name in names))


# --- lanes ------------------------------------------------------------------------------------------------------


def _lane(scenario: Scenario, trouble: LaneTrouble) -> LaneTrouble | None:
    """Each effect is left out for which no lane of those has legs, departures or charges."""
    lanes = {name: lane for name, lane in scenario.lane.items() if _meant(name, lane, trouble)}
    slowed = {name for name, lane in lanes.items() if slows(trouble) and _legs(lane, trouble)}
    stopped = {name for name, lane in lanes.items() if trouble.cancelled > 0 and lane.departs is not None}
    charged = {name for name, lane in lanes.items() if trouble.freight != 1 and lane.cost != Freight()}
    feel = slowed | stopped | charged
    named = {leg.name for name in feel for leg in _legs(lanes[name], trouble)}
    update: dict[str, object] = {"lanes": tuple(sorted(feel))}
    update |= {} if EVERY in trouble.legs else {"legs": tuple(sorted(named))}
    update |= {} if slowed else {"times": 1.0, "adds_days": 0.0}
    update |= {} if stopped else {"cancelled": 0.0}
    update |= {} if charged else {"freight": 1.0}
    return trouble.model_copy(update=update) if feel else None


def _meant(name: str, lane: Lane, trouble: LaneTrouble) -> bool:
    """Whether the trouble is meant for a lane, and for a leg of it."""
    return trouble.touches(name, lane) and (EVERY in trouble.legs or bool(_legs(lane, trouble)))


def _legs(lane: Lane, trouble: LaneTrouble) -> list[Leg]:
    return [leg for leg in lane.legs if leg.post is None and trouble.is_on(leg.name)]


# --- places -----------------------------------------------------------------------------------------------------


def _factory(scenario: Scenario, trouble: FactoryTrouble) -> FactoryTrouble | None:
    """Factories that sell from stock make nothing that could be slower."""
    used = {source for lane in scenario.lane.values() for source in lane.sources}
    busy = (name for name, part in scenario.supplier.items() if name in used and _takes_time(part))
    suppliers = _narrowed(trouble.suppliers, busy)
    return trouble.model_copy(update={"suppliers": suppliers}) if suppliers and trouble.output < 1 else None


def _takes_time(part: Supplier) -> bool:
    return part.make_days != 0 or part.late is not None or part.start_up_days > 0 or part.units_per_day is not None


def _customs(scenario: Scenario, trouble: CustomsTrouble) -> CustomsTrouble | None:
    acts = trouble.closed or trouble.duty > 0 or (trouble.held > 0 and mean(trouble.hold_days) > 0)
    passed = {leg.post for lane in scenario.lane.values() for leg in lane.legs if leg.post is not None}
    clearing = {name for name in passed if scenario.customs[name].clear_days != 0}
    posts = _narrowed(trouble.posts, passed if acts else clearing if trouble.times != 1 else ())
    return trouble.model_copy(update={"posts": posts}) if posts else None


def _dock(scenario: Scenario, trouble: DockTrouble) -> DockTrouble | None:
    reached = {lane.to for lane in scenario.lane.values()}
    unloading = {name for name in reached if _unloads(scenario.warehouse[name])}
    places = _narrowed(trouble.warehouses, reached if trouble.closed else unloading if trouble.times != 1 else ())
    return trouble.model_copy(update={"warehouses": places}) if places else None


def _unloads(part: Warehouse) -> bool:
    return part.dock_units_per_day is not None or part.put_away_days != 0
