"""The made-up scenes that a plug-in of each kind is put into."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Protocol

from policies.parameters import amounts, wrapped_field
from policies.playbook import Playbook
from policies.plugins.made_up import rehearsals
from policies.plugins.made_up_networks import Junction, junctions
from policies.plugins.rehearsal import Scene
from policies.protocol import IntArray, Policy
from policies.routing import Routing

LOOKS = (0, 1, 60)
"""[days] when a playbook is asked, so that what it remembers is tried too."""


class Stage(Protocol):
    """What is the same in all made-up scenes."""

    @property
    def title(self) -> str: ...

    @property
    def on_hand(self) -> IntArray:
        """[run, ..., sku]"""


@dataclass(frozen=True)
class Looks:
    """A scene, looked at again some days later."""

    scenes: tuple[Scene, ...]  # as many as `LOOKS`

    @property
    def title(self) -> str:
        return self.scenes[0].title

    @property
    def on_hand(self) -> IntArray:
        """[run, sku]"""
        return self.scenes[0].on_hand


def scenes(subject: Policy | Playbook) -> Iterator[Scene]:
    """The rehearsals, with the lanes and warehouses that the parameters name, where they have room for them.

    Whoever does not see the network meets only one warehouse at a time.
    """
    lanes, warehouses = sorted(_lane_names(subject)), sorted(_warehouse_names(subject))
    networked = isinstance(subject, Policy) and "network" in subject.sees
    for made_up in (scene for scene in rehearsals() if networked or not scene.places):
        scene = made_up.with_lanes(lanes)
        scene = None if scene is None else scene.with_warehouses(warehouses)
        if scene is not None:
            yield scene


def looks(subject: Playbook) -> Iterator[Looks]:
    """The scenes, each looked at as often as a playbook is asked."""
    for scene in scenes(subject):
        yield Looks(tuple(scene.days_later(days) for days in LOOKS))


def crossroads(subject: Routing) -> Iterator[Junction]:
    """The same for every routing."""
    yield from junctions()


def _lane_names(subject: Any) -> set[str]:
    """Lanes that the parameters name, so that a scene has them."""
    base = wrapped_field(subject)
    own = {getattr(subject, field.name) for field in fields(subject) if field.name.endswith("lane")}
    named = {name for name in own if isinstance(name, str)} - {"cheapest", "fastest"}
    return named if base is None else named | _lane_names(getattr(subject, base))


def _warehouse_names(subject: Any) -> set[str]:
    """Warehouses that the parameters name, so that a scene has them."""
    base = wrapped_field(subject)
    named = {
        name for field in fields(subject) if "each" in field.metadata for name in amounts(getattr(subject, field.name))
    }
    return named if base is None else named | _warehouse_names(getattr(subject, base))
