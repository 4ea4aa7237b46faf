"""A scenario with some of its values changed: what a factor of a sensitivity study, or `--change`, plays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from scenarios.changing.setting import set_by_key
from scenarios.changing.texts import Times, changes_of
from scenarios.checks import findings
from scenarios.faults import Fault, Path, ScenarioError, key_text
from scenarios.reader import read_scenario, shocked
from scenarios.reading.document import Node, Place, fault_at, place_of, plain, tree
from scenarios.reading.files import located
from scenarios.reading.overlay import document
from scenarios.reading.words import translated
from scenarios.schema import Scenario

__all__ = ["Changeable", "Times", "changes_of", "varied"]


def varied(world: str, shocks: Sequence[str], changes: Mapping[str, object]) -> Scenario:
    """The scenario of a shipped name or a path with values changed by key, and then shocks laid over it.

    Keys are those of the file; entries of lists are named by id or name, those that have none by position, and every
    entry by `*`: `sku.LAMP.unit_cost`, `planned.livestream."weekly show".scale`, `customs.us.inspections.0.fee`. A
    value replaces what stood there; `Times(1.2)` multiplies it, of a law its sizes. Changes are made in the order
    given. Raises `ScenarioError` with every fault of the world, or else of the changes, or else of the shocks.
    """
    return Changeable.of(world).varied(changes, shocks)


@dataclass(frozen=True)
class Changeable:
    """A world that is read once, to be changed many times."""

    scenario: Scenario
    node: Node

    @staticmethod
    def of(world: str) -> "Changeable":
        """The world of a shipped name or a path. Raises `ScenarioError`."""
        scenario, faults = read_scenario(world), list[Fault]()
        node = document(located(world, "worlds"), faults)
        if node is None:
            raise ScenarioError(faults)
        return Changeable(scenario, node)

    def raw(self) -> dict[str, Any]:
        """Its document as plain tables and lists, a copy."""
        found: dict[str, Any] = plain(self.node)
        return found

    def varied(self, changes: Mapping[str, object], shocks: Sequence[str] = ()) -> Scenario:
        """The world changed, with shocks laid over it. Raises `ScenarioError`."""
        scenario = self._changed(changes) if changes else self.scenario
        return shocked(scenario, shocks) if shocks else scenario

    def _changed(self, changes: Mapping[str, object]) -> Scenario:
        raw, faults, meant = self.raw(), list[Fault](), dict[Path, str]()
        for key, value in changes.items():
            try:
                meant |= dict.fromkeys(set_by_key(raw, self.scenario, key, value), key)
            except ScenarioError as error:
                faults += error.faults
        if faults:
            raise ScenarioError(faults)
        return _sensible(raw, meant)


def _sensible(raw: dict[str, Any], meant: Mapping[Path, str]) -> Scenario:
    """The scenario of a changed document. Raises `ScenarioError`, each fault at the change that made it."""
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        raise _told(translated(error, Scenario, raw, _placed(raw, meant)), meant) from None
    if found := list(findings(scenario)):
        node = _placed(raw, meant)
        raise _told(
            [fault_at(place_of(node, one.path), one.path, one.what, one.allowed, one.did_you_mean) for one in found],
            meant,
        )
    return scenario


def _told(faults: list[Fault], meant: Mapping[Path, str]) -> ScenarioError:
    """The faults, without the key where the change is named already."""
    named = {key_text(path) for path in meant}
    return ScenarioError([replace(fault, key="") if fault.key in named else fault for fault in faults])


def _placed(raw: dict[str, Any], meant: Mapping[Path, str]) -> Node:
    """The document, of whose values each says which change it comes from."""
    node = tree(raw, FilePath("changed world"), {})
    for path, key in meant.items():
        _mark(node, path, Place(FilePath(f"change {key}")))
    return node


def _mark(node: Node, path: Path, place: Place) -> None:
    """Say of the value of a path, and of all in it, where it comes from."""
    for step in path:
        inside: Any = node.value
        if step not in (range(len(inside)) if isinstance(inside, list) else inside):
            return  # a later change dropped it
        node = inside[step]
    waiting = [node]
    while waiting:
        node = waiting.pop()
        node.place = place
        if isinstance(node.value, dict | list):
            waiting += node.value.values() if isinstance(node.value, dict) else node.value
