"""The conformance contract: what every policy and every playbook must do, checked on made-up scenes.

`stocktide policies check` runs it on any of them, and the tests on every one that ships.
"""

import pickle
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Generic

import numpy as np
from numpy.typing import NDArray

from policies.answer import ask, reasons, whole_orders
from policies.parameters import label, wrapped_field
from policies.playbook import Playbook
from policies.playbook_answer import RANGES, SWITCHES, act
from policies.plugins.catalogue import Catalogue
from policies.plugins.made_up import rehearsals
from policies.plugins.rehearsal import Scene
from policies.plugins.shape import Plugin, check_class
from policies.protocol import Policy, PolicyError, PolicyFault
from policies.registry import PLAYBOOKS, POLICIES, names_playbook

Answer = dict[str, NDArray[Any]]
AS_IT_IS = {"ads": 1.0, "promotions": 1.0}
"""Levers that are left alone at another number than zero."""
LOOKS = (0, 1, 60)
"""[days] when a playbook is asked, so that what it remembers is tried too."""


@dataclass(frozen=True)
class Trial(Generic[Plugin]):
    """How plug-ins of one kind are tried."""

    catalogue: Catalogue[Plugin]
    play: Callable[[Plugin, Scene, int | None, Sequence[int] | None], Answer]
    """What one answers in a scene, for a run or for all, in an order of SKUs; a PolicyFault on anything it may not."""
    content: str  # what its answers are called in messages


def check(spec: str) -> list[str]:
    """What a policy or a playbook does against its contract; see `check_policy`."""
    return check_playbook(spec) if names_playbook(spec) else check_policy(spec)


def check_policy(spec_or_policy: str | Policy) -> list[str]:
    """What the policy does against the contract, one line each with what to do; empty when it conforms.

    Raises PolicyError for a text that names no policy.
    """
    return _check(POLICY_TRIAL, spec_or_policy)


def check_playbook(spec_or_playbook: str | Playbook) -> list[str]:
    """What the playbook does against the contract, one line each with what to do; empty when it conforms.

    Raises PolicyError for a text that names no playbook.
    """
    return _check(PLAYBOOK_TRIAL, spec_or_playbook)


def _check(trial: Trial[Plugin], spec_or_subject: str | Plugin) -> list[str]:
    catalogue = trial.catalogue
    subject = catalogue.made(spec_or_subject) if isinstance(spec_or_subject, str) else spec_or_subject
    try:
        check_class(type(subject), catalogue.kind)
        catalogue.kind.check(subject)
        twins = list(_twins(catalogue, subject, spec_or_subject))
    except PolicyError as error:
        return [str(error)]
    first_seen: dict[str, str] = {}
    for made_up in rehearsals():
        scene = made_up.with_lanes(sorted(_lane_names(subject)))
        for fault in _faults(trial, subject, twins, scene) if scene is not None else ():
            first_seen.setdefault(fault, made_up.title)
    return [f"{fault} (seen first in scene {title!r})" for fault, title in first_seen.items()]


def _lane_names(subject: Any) -> set[str]:
    """Lanes that the parameters name, so that a scene has them."""
    base = wrapped_field(subject)
    own = {getattr(subject, field.name) for field in fields(subject) if field.name.endswith("lane")}
    named = {name for name in own if isinstance(name, str)} - {"cheapest", "fastest"}
    return named if base is None else named | _lane_names(getattr(subject, base))


def _twins(catalogue: Catalogue[Plugin], subject: Plugin, spec_or_subject: str | Plugin) -> Iterator[Plugin]:
    """The same made anew: through a pickle as it travels to workers, and from its text where it has one."""
    try:
        yield pickle.loads(pickle.dumps(subject))  # noqa: S301 - bytes made in this very line
    except Exception as error:
        raise PolicyError(
            f"{label(subject)}: cannot be pickled, so cannot be sent to workers: {type(error).__name__}: {error}; "
            "define the class at the top of a module, with plain values as parameters"
        ) from error
    if isinstance(spec_or_subject, str):
        yield catalogue.made(spec_or_subject)


def _faults(trial: Trial[Plugin], subject: Plugin, twins: list[Plugin], scene: Scene) -> Iterator[str]:
    where = label(subject)
    try:
        first = trial.play(subject, scene, None, None)
        if not _equal(first, trial.play(subject, scene, None, None)):
            yield f"{where}: asked twice, answered differently; use nothing but what is seen, and no random numbers"
        if any(not _equal(first, trial.play(twin, scene, None, None)) for twin in twins):
            yield f"{where}: made anew, answers differently; keep everything it needs in its fields"
        order = np.roll(np.arange(scene.on_hand.shape[-1]), 2)[::-1]
        shuffled = trial.play(subject, scene, None, order.tolist())
        if not _equal({name: array[..., order] for name, array in first.items()}, shuffled):
            yield f"{where}: another order of the catalogue changes {trial.content}; treat each SKU by its own numbers"
        runs = len(scene.on_hand)
        for run in range(runs):
            alone = trial.play(subject, scene, run, None)
            if not _equal({name: array[run] for name, array in first.items()}, alone):
                yield f"{where}: run {run} alone and {runs} at once differ; compute along the last axis only"
                return
    except PolicyFault as fault:
        yield str(fault)


def _orders(subject: Policy, scene: Scene, run: int | None, order: Sequence[int] | None) -> Answer:
    """What a policy orders, by lane."""
    seen = replace(scene.seen(subject.sees, run, order), seen_by=label(subject))
    before, shape = _content(seen), scene.on_hand.shape[-1:] if run is not None else scene.on_hand.shape
    answer = ask(subject, seen)
    reasons(subject, answer, seen, shape)
    units = whole_orders(subject, answer, seen, shape)
    _refuse_changes(subject, before, seen)
    return dict(units)


def _levers(subject: Playbook, scene: Scene, run: int | None, order: Sequence[int] | None) -> Answer:
    """What a playbook does and remembers, by look and name, asked again days later with what it remembered."""
    shape = scene.on_hand.shape[-1:] if run is not None else scene.on_hand.shape
    memory: Answer = {}
    answers: Answer = {}
    for later in LOOKS:
        seen = scene.days_later(later).watched(memory, run, order)
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


def _mask(chosen: Collection[Any] | None, every: Sequence[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Which are chosen, as one number."""
    return np.full(shape, sum(1 << n for n, member in enumerate(every) if chosen is None or member in chosen))


def _refuse_changes(subject: Any, before: list[bytes], seen: Any) -> None:
    if _content(seen) != before:
        raise PolicyFault(f"{label(subject)}: changed what it saw; work on a copy")


def _equal(one: Answer, other: Answer) -> bool:
    """The same numbers under the same names; what is left out is zeros."""
    return all(
        np.array_equal(one[name], other[name], equal_nan=True)
        if name in one and name in other
        else not np.any(one.get(name, other.get(name)))
        for name in {**one, **other}
    )


def _content(thing: Any) -> list[bytes]:
    """All numbers of what is seen, however deep, for a comparison before and after."""
    if isinstance(thing, np.ndarray):
        return [thing.tobytes()]
    if isinstance(thing, dict):
        return [part for value in thing.values() for part in _content(value)]
    if isinstance(thing, tuple):
        return [part for value in thing for part in _content(value)]
    return _content(vars(thing)) if hasattr(thing, "__dataclass_fields__") else []


POLICY_TRIAL = Trial(POLICIES, _orders, "orders")
PLAYBOOK_TRIAL = Trial(PLAYBOOKS, _levers, "levers")
