"""The conformance contract: what every policy must do, checked on made-up scenes.

`stocktide policies check` runs it on any policy, and the tests on every one that ships.
"""

import pickle
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, cast

import numpy as np

from policies.answer import ask, reasons, whole_orders
from policies.parameters import label, wrapped_field
from policies.plugins.rehearsal import Scene, rehearsals
from policies.plugins.shape import check_class, check_declarations
from policies.protocol import IntArray, Observation, Policy, PolicyError, PolicyFault
from policies.registry import policy as policy_of

Answer = dict[str, IntArray]


def check_policy(spec_or_policy: str | Policy) -> list[str]:
    """What the policy does against the contract, one line each with what to do; empty when it conforms.

    Raises PolicyError for a text that names no policy.
    """
    subject = policy_of(spec_or_policy) if isinstance(spec_or_policy, str) else spec_or_policy
    try:
        check_class(type(subject))
        check_declarations(subject)
        twins = list(_twins(subject, spec_or_policy))
    except PolicyError as error:
        return [str(error)]
    first_seen: dict[str, str] = {}
    for made_up in rehearsals():
        scene = made_up.with_lanes(sorted(_lane_names(subject)))
        for fault in _faults(subject, twins, scene) if scene is not None else ():
            first_seen.setdefault(fault, made_up.title)
    return [f"{fault} (seen first in scene {title!r})" for fault, title in first_seen.items()]


def _lane_names(subject: Policy) -> set[str]:
    """Lanes that the policy's parameters name, so that a scene has them."""
    base = wrapped_field(subject)
    own = {getattr(subject, field.name) for field in fields(cast(Any, subject)) if field.name.endswith("lane")}
    named = {name for name in own if isinstance(name, str)} - {"cheapest", "fastest"}
    return named if base is None else named | _lane_names(getattr(subject, base))


def _twins(subject: Policy, spec_or_policy: str | Policy) -> Iterator[Policy]:
    """The same policy made anew: through a pickle as it travels to workers, and from its text where it has one."""
    try:
        yield pickle.loads(pickle.dumps(subject))  # noqa: S301 - bytes made in this very line
    except Exception as error:
        raise PolicyError(
            f"{label(subject)}: cannot be pickled, so cannot be sent to workers: {type(error).__name__}: {error}; "
            "define the class at the top of a module, with plain values as parameters"
        ) from error
    if isinstance(spec_or_policy, str):
        yield policy_of(spec_or_policy)


def _faults(subject: Policy, twins: list[Policy], scene: Scene) -> Iterator[str]:
    where = label(subject)
    seen, shape = _view(subject, scene), scene.on_hand.shape
    try:
        first = _answer(subject, seen, shape)
        if _content(seen) != _content(_view(subject, scene)):
            yield f"{where}: changed what it saw; work on a copy"
        if not _equal(first, _answer(subject, _view(subject, scene), shape)):
            yield f"{where}: asked twice, answered differently; use nothing but what is seen, and no random numbers"
        if any(not _equal(first, _answer(twin, _view(subject, scene), shape)) for twin in twins):
            yield f"{where}: made anew, answers differently; keep everything it needs in its fields"
        yield from _shuffled(subject, scene, first, where)
        yield from _alone(subject, scene, first, where)
    except PolicyFault as fault:
        yield str(fault)


def _view(subject: Policy, scene: Scene, run: int | None = None, order: list[int] | None = None) -> Observation:
    return replace(scene.seen(subject.sees, run, order), seen_by=label(subject))


def _shuffled(subject: Policy, scene: Scene, first: Answer, where: str) -> Iterator[str]:
    order = np.roll(np.arange(scene.on_hand.shape[-1]), 2)[::-1]
    other = _answer(subject, _view(subject, scene, order=order.tolist()), scene.on_hand.shape)
    if not _equal({name: units[..., order] for name, units in first.items()}, other):
        yield f"{where}: another order of the catalogue changes orders; treat each SKU by its own numbers"


def _alone(subject: Policy, scene: Scene, first: Answer, where: str) -> Iterator[str]:
    runs, skus = scene.on_hand.shape
    for run in range(runs):
        alone = _answer(subject, _view(subject, scene, run=run), (skus,))
        if not _equal({name: units[run] for name, units in first.items()}, alone):
            yield f"{where}: run {run} alone and {runs} at once differ; compute along the last axis only"
            return


def _answer(subject: Policy, seen: Observation, shape: tuple[int, ...]) -> Answer:
    answer = ask(subject, seen)
    reasons(subject, answer, seen, shape)
    return whole_orders(subject, answer, seen, shape)


def _equal(one: Answer, other: Answer) -> bool:
    """The same units down the same lanes; a lane left out is a lane of zeros."""
    return all(
        np.array_equal(one.get(name, np.int64(0)), other.get(name, np.int64(0)))
        if name in one and name in other
        else not np.any(one.get(name, other.get(name)))
        for name in {**one, **other}
    )


def _content(seen: Observation) -> list[bytes]:
    """All numbers of an observation, for a comparison before and after."""
    parts: list[Any] = [seen.unit_cost, seen.price]
    for thing in (*seen.lanes, *(seen.sights.values())):
        parts += list(vars(thing).values())
    parts += [event.lift for part in parts if isinstance(part, tuple) for event in part if hasattr(event, "lift")]
    parts += [array for part in parts if isinstance(part, dict) for array in part.values()]
    return [part.tobytes() for part in parts if isinstance(part, np.ndarray)]
