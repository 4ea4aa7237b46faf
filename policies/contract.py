"""The conformance contract: what every policy, playbook and routing must do, checked on made-up scenes.

`stocktide policies check` runs it on any of them, and the tests on every one that ships.
"""

import pickle
from collections.abc import Iterator

import numpy as np

from policies.parameters import label
from policies.playbook import Playbook
from policies.plugins.catalogue import Catalogue
from policies.plugins.shape import Plugin, check_class
from policies.plugins.trials import PLAYBOOK_TRIAL, POLICY_TRIAL, ROUTING_TRIAL, Answer, Staged, Trial
from policies.protocol import Policy, PolicyError, PolicyFault
from policies.registry import PLAYBOOKS, ROUTINGS, catalogue_of
from policies.routing import Routing


def check(spec: str) -> list[str]:
    """What a policy, a playbook or a routing does against its contract; see `check_policy`."""
    catalogue = catalogue_of(spec)
    if catalogue is PLAYBOOKS:
        return check_playbook(spec)
    return check_routing(spec) if catalogue is ROUTINGS else check_policy(spec)


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


def check_routing(spec_or_routing: str | Routing) -> list[str]:
    """What the routing does against the contract, one line each with what to do; empty when it conforms.

    Raises PolicyError for a text that names no routing.
    """
    return _check(ROUTING_TRIAL, spec_or_routing)


def _check(trial: Trial[Plugin, Staged], spec_or_subject: str | Plugin) -> list[str]:
    catalogue = trial.catalogue
    subject = catalogue.made(spec_or_subject) if isinstance(spec_or_subject, str) else spec_or_subject
    try:
        check_class(type(subject), catalogue.kind)
        catalogue.kind.check(subject)
        twins = list(_twins(catalogue, subject, spec_or_subject))
    except PolicyError as error:
        return [str(error)]
    first_seen: dict[str, str] = {}
    for stage in trial.stages(subject):
        for fault in _faults(trial, subject, twins, stage):
            first_seen.setdefault(fault, stage.title)
    return [f"{fault} (seen first in scene {title!r})" for fault, title in first_seen.items()]


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


def _faults(trial: Trial[Plugin, Staged], subject: Plugin, twins: list[Plugin], stage: Staged) -> Iterator[str]:
    where = label(subject)
    try:
        first = trial.play(subject, stage, None, None)
        if not _equal(first, trial.play(subject, stage, None, None)):
            yield f"{where}: asked twice, answered differently; use nothing but what is seen, and no random numbers"
        if any(not _equal(first, trial.play(twin, stage, None, None)) for twin in twins):
            yield f"{where}: made anew, answers differently; keep everything it needs in its fields"
        order = np.roll(np.arange(stage.on_hand.shape[-1]), 2)[::-1]
        shuffled = trial.play(subject, stage, None, order.tolist())
        if not _equal({name: array[..., order] for name, array in first.items()}, shuffled):
            yield f"{where}: another order of the catalogue changes {trial.content}; treat each SKU by its own numbers"
        runs = len(stage.on_hand)
        for run in range(runs):
            alone = trial.play(subject, stage, run, None)
            if not _equal({name: array[run] for name, array in first.items()}, alone):
                yield f"{where}: run {run} alone and {runs} at once differ; compute along the last axis only"
                return
    except PolicyFault as fault:
        yield str(fault)


def _equal(one: Answer, other: Answer) -> bool:
    """The same numbers under the same names; what is left out is zeros."""
    return all(
        np.array_equal(one[name], other[name], equal_nan=True)
        if name in one and name in other
        else not np.any(one.get(name, other.get(name)))
        for name in {**one, **other}
    )
