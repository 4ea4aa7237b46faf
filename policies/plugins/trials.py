"""How a plug-in of each kind is tried: what it answers in the scenes it is put into."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from policies.answer import ask, reasons, whole_orders
from policies.parameters import label
from policies.playbook import Playbook
from policies.playbook_answer import RANGES, SWITCHES, act
from policies.plugins.catalogue import Catalogue
from policies.plugins.made_up_networks import Junction
from policies.plugins.rehearsal import Scene
from policies.plugins.shape import Plugin
from policies.plugins.stages import LOOKS, Looks, Stage, crossroads, looks, scenes
from policies.protocol import Policy, PolicyFault
from policies.registry import PLAYBOOKS, POLICIES, ROUTINGS
from policies.routing import Routing
from policies.routing_answer import directed

Answer = dict[str, NDArray[Any]]
"""Arrays [..., sku] by name, those of all runs with the run first."""
AS_IT_IS = {"ads": 1.0, "promotions": 1.0}
"""Levers that are left alone at another number than zero."""


Staged = TypeVar("Staged", bound=Stage)


@dataclass(frozen=True)
class Trial(Generic[Plugin, Staged]):
    """How plug-ins of one kind are tried."""

    catalogue: Catalogue[Plugin]
    stages: Callable[[Plugin], Iterator[Staged]]
    """The scenes that one is put into."""
    play: Callable[[Plugin, Staged, int | None, Sequence[int] | None], Answer]
    """What one answers in a scene, for a run or for all, in an order of SKUs; a PolicyFault on anything it may not."""
    content: str  # what its answers are called in messages


def _orders(subject: Policy, scene: Scene, run: int | None, order: Sequence[int] | None) -> Answer:
    """What a policy orders, by lane."""
    seen = replace(scene.seen(subject.sees, run, order), seen_by=label(subject))
    before, shape = _content(seen), scene.on_hand.shape[-1:] if run is not None else scene.on_hand.shape
    answer = ask(subject, seen)
    reasons(subject, answer, seen, shape)
    units = whole_orders(subject, answer, seen, shape)
    _refuse_changes(subject, before, seen)
    return dict(units)


def _levers(subject: Playbook, look: Looks, run: int | None, order: Sequence[int] | None) -> Answer:
    """What a playbook does and remembers, by look and name, asked again days later with what it remembered."""
    shape = look.on_hand.shape[-1:] if run is not None else look.on_hand.shape
    memory: Answer = {}
    answers: Answer = {}
    for later, scene in zip(LOOKS, look.scenes, strict=True):
        seen = scene.watched(memory, run, order)
        before = _content(seen)
        levers = act(subject, seen, shape, scene.channels)
        _refuse_changes(subject, before, seen)
        memory = dict(levers.memory)
        told = {name: getattr(levers, name) for name in (*RANGES, *SWITCHES)}
        told |= {f"moves by {lane}": units for lane, units in levers.move.items()}
        told |= {f"remembers {name}": array for name, array in memory.items()}
        told["ad_hours"] = _mask(levers.ad_hours, range(24), shape)
        told["ad_markets"] = _mask(levers.ad_markets, scene.channels, shape)
        answers |= {
            f"{name} on look {later}": np.full(shape, AS_IT_IS.get(name, 0.0)) if array is None else array
            for name, array in told.items()
        }
    return answers


def _directions(subject: Routing, junction: Junction, run: int | None, order: Sequence[int] | None) -> Answer:
    """Where a routing sends buyers, and what warehouses keep."""
    seen = junction.seen(run, order)
    before = _content(seen)
    answer = directed(subject, seen)
    _refuse_changes(subject, before, seen)
    # An order of preference is one for all runs, so none may depend on them.
    runs = () if run is not None else (len(junction.on_hand),)
    told = {"order": np.broadcast_to(answer.order, runs + answer.order.shape)}
    return told if answer.keeps is None else {**told, "keeps": answer.keeps}


def _mask(chosen: Collection[Any] | None, every: Sequence[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Which are chosen, as one number."""
    return np.full(shape, sum(1 << n for n, member in enumerate(every) if chosen is None or member in chosen))


def _refuse_changes(subject: Any, before: list[bytes], seen: Any) -> None:
    if _content(seen) != before:
        raise PolicyFault(f"{label(subject)}: changed what it saw; work on a copy")


def _content(thing: Any) -> list[bytes]:
    """All numbers of what is seen, however deep, for a comparison before and after."""
    found, rest = [], [thing]
    while rest:
        one = rest.pop()
        if isinstance(one, np.ndarray):
            found.append(one.tobytes())
        elif isinstance(one, tuple):
            rest.extend(one)
        elif isinstance(one, dict):
            rest.extend(one.values())
        elif hasattr(one, "__dataclass_fields__"):
            rest.extend(vars(one).values())
    return found


POLICY_TRIAL = Trial(POLICIES, scenes, _orders, "orders")
PLAYBOOK_TRIAL = Trial(PLAYBOOKS, looks, _levers, "levers")
ROUTING_TRIAL = Trial(ROUTINGS, crossroads, _directions, "routes")
