"""The way from a file to a `Scenario`: every fault at once, or none."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from scenarios.checks import findings
from scenarios.faults import Fault, ScenarioError, key_text
from scenarios.reading.document import Node, fault_at, parsed, place_of, plain
from scenarios.reading.files import Shelf, located, shipped
from scenarios.reading.overlay import document
from scenarios.reading.words import translated
from scenarios.schema import Part, Scenario, Shock
from scenarios.shocks.calls import shock_calls
from scenarios.shocks.laying import lay

P = TypeVar("P", bound=Part)


def read_scenario(name_or_path: str, shocks: Sequence[str] = ()) -> Scenario:
    """The scenario of a shipped name or a path, with shocks such as `name+other:from=30,factor=2` laid over it.

    Raises `ScenarioError` with every fault of the scenario, or else with every fault of the shocks.
    """
    faults: list[Fault] = []
    node = document(located(name_or_path, "worlds"), faults)
    scenario = _checked(node, Scenario, faults) if node is not None else None
    if scenario is None or node is None:
        raise ScenarioError(_in_order(faults))
    for found in findings(scenario):
        place = place_of(node, found.path)
        faults.append(fault_at(place, found.path, found.what, found.allowed, found.did_you_mean))
    if faults:
        raise ScenarioError(_in_order(faults))
    return shocked(scenario, shocks) if shocks else scenario


def shocked(scenario: Scenario, shocks: Sequence[str]) -> Scenario:
    """The scenario with shocks laid over it, in an order of their own. Raises `ScenarioError` with every fault."""
    faults: list[Fault] = []
    for call in shock_calls(shocks):
        try:
            scenario = _sensible(lay(scenario, read_shock(call.file), call.name, call.factor, call.begins), call.name)
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(_in_order(faults))
    return scenario


def _sensible(scenario: Scenario, shock: str) -> Scenario:
    """The scenario that a shock has made. Raises `ScenarioError` when it makes no sense any more."""
    faults = [
        Fault(f"shock {shock}", None, key_text(found.path), found.what, found.allowed, found.did_you_mean)
        for found in findings(scenario)
    ]
    if faults:
        raise ScenarioError(faults)
    return scenario


def _in_order(faults: list[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0))


def read_shock(name_or_path: str) -> Shock:
    """The shock of a shipped name or a path. Raises `ScenarioError` with every fault."""
    faults: list[Fault] = []
    node = parsed(located(name_or_path, "stress"), faults)
    shock = _checked(node, Shock, faults) if node is not None else None
    if shock is None:
        raise ScenarioError(_in_order(faults))
    return shock


def _checked(node: Node, model: type[P], faults: list[Fault]) -> P | None:
    """The model of a tree; or nothing, and faults more."""
    raw: dict[str, Any] = plain(node)
    try:
        checked = model.model_validate(raw)
    except ValidationError as error:
        faults += translated(error, model, raw, node)
        return None
    return None if faults else checked


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256, hexadecimal, of everything a scenario says; the order of its tables, SKUs, events and orders aside."""
    said = scenario.model_dump(mode="json", by_alias=True)
    said["sku"].sort(key=lambda sku: sku["id"])
    said["open_order"].sort(key=lambda order: json.dumps(order, sort_keys=True))
    for events in (*said["planned"].values(), *said["surprise"].values()):
        events.sort(key=lambda event: event["name"])
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def shipped_worlds() -> list[tuple[str, str]]:
    """Name and title of every world that ships."""
    return _titles("worlds")


def shipped_shocks() -> list[tuple[str, str]]:
    """Name and title of every shock that ships."""
    return _titles("stress")


def _titles(kind: Shelf) -> list[tuple[str, str]]:
    faults: list[Fault] = []
    trees = {name: parsed(path, faults) for name, path in shipped(kind).items()}
    return [(name, tree.value["title"].value) for name, tree in trees.items() if tree is not None]
