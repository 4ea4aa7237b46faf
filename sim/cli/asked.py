"""What verbs make of what was typed: the world, the rows, how many processes, the command itself."""

import itertools
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.cli.terminal import warn_of

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from sim.tournament import Specs


def command() -> str:
    """What was typed."""
    return shlex.join(["stocktide", *sys.argv[1:]])


def processes(jobs: int) -> int:
    """How many processes to use where `--jobs` says so many; one a core for 0."""
    from joblib import cpu_count

    return jobs or cpu_count()


@contextmanager
def option(name: str) -> Iterator[None]:
    """What is wrong with a goal or limit that was typed is said with the option it was typed for."""
    from reports.verdict.goal import GoalError

    try:
        yield
    except GoalError as fault:
        raise GoalError(f"{name} {fault}") from None


def rows_of(policies: Sequence[str], playbooks: Sequence[str], routings: Sequence[str]) -> "tuple[Specs, ...]":
    """Every policy with every playbook and routing, each once; PolicyError for a name that is none."""
    from policies.registry import playbook, policy, routing

    who, books, ways = _each_once(policies, policy), _each_once(playbooks, playbook), _each_once(routings, routing)
    return tuple(itertools.product(who, books, ways))


def scenario_of(world: str, shocks: tuple[str, ...], seed: int | None) -> "Scenario":
    """The scenario that is played: a world, shocks laid over it, and its own seed unless another is given."""
    from scenarios.reader import read_scenario

    scenario = read_scenario(world, shocks)
    return scenario if seed is None else scenario.model_copy(update={"seed": seed})


def warn(scenario: "Scenario", specs: list[str]) -> None:
    """Say what policies need that this world does not have, and what they find odd about their parameters here."""
    from policies.registry import policy
    from policies.signals import missing
    from sim.world.network import Network
    from sim.world.signals import present
    from sim.world.supply.quotes import lanes_into

    network = Network.of(scenario)
    rules, there = [policy(spec) for spec in specs], present(network)
    for sentence in dict.fromkeys(sentence for rule in rules for sentence in missing(rule, there)):
        warn_of(sentence)
    for rule in rules:
        for place, bought_in in zip(network.warehouses, network.bought_in, strict=True):
            # What is bought in is missed by nobody, so that no lane brings it is nothing to be warned of.
            lanes = [replace(lane, carries=lane.carries | bought_in) for lane in lanes_into(network, place)]
            for warning in rule.warnings(lanes) if lanes and hasattr(rule, "warnings") else ():
                warn_of(f"{place}: {warning}")


def _each_once(specs: Sequence[str], made_of: Callable[[str], object]) -> list[str]:
    """The texts that make something new: `preference:ranks=50` makes what `preference` makes."""
    kept: dict[str, object] = {}
    for spec in dict.fromkeys(specs):
        made = made_of(spec)
        if made not in kept.values():
            kept[spec] = made
    return list(kept)
