"""Which worlds a stress test plays: shocks at a strength, pairs of them, and changed values."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports.stress.stress import Kind, Refusal
from scenarios.changing.texts import change_fault
from scenarios.faults import ScenarioError
from scenarios.reader import shipped_shocks
from scenarios.schema import Scenario
from scenarios.shocks.calls import shock_calls
from scenarios.variation import Changeable, changes_of


@dataclass(frozen=True)
class Laid:
    """One world to be played."""

    name: str
    kind: Kind
    strength: float
    scenario: Scenario


@dataclass(frozen=True)
class World:
    """A world, read once, over which shocks are laid."""

    found: Changeable
    seed: int | None = None  # the world's own when None

    @classmethod
    def of(cls, name: str, seed: int | None = None) -> "World":
        """The world of a shipped name or a path. Raises `ScenarioError`."""
        return cls(Changeable.of(name), seed)

    @property
    def quiet(self) -> Scenario:
        """The world as it is."""
        return self._seeded(self.found.scenario)

    def shocked(self, shock: str, strength: float = 1.0) -> Scenario:
        """With a shock, or some joined by +, so many times as strong as it says. Raises `ScenarioError`."""
        return self._seeded(self.found.varied({}, [strengthened(shock, strength)]))

    def changed(self, changes: Sequence[str]) -> Scenario:
        """With values changed, each a text such as `customs.us.clear_days=2`. Raises `ScenarioError`."""
        asked = changes_of(changes)
        if "seed" in asked:
            raise ScenarioError([change_fault("seed", "all play with the same luck", f"--seed {asked['seed']}")])
        return self._seeded(self.found.varied(asked))

    def fitting(self) -> tuple[list[str], list[Refusal]]:
        """The shocks that ship and find something in this world; and the others, each with why it is refused."""
        fits, refused = [], []
        for name, _ in shipped_shocks():
            try:
                self.shocked(name)
            except ScenarioError as error:
                refused.append(Refusal(name, str(error).removeprefix(f"shock {name}: ")))
            else:
                fits.append(name)
        return fits, refused

    def _seeded(self, scenario: Scenario) -> Scenario:
        return scenario if self.seed is None else scenario.model_copy(update={"seed": self.seed})


def strengthened(shock: str, strength: float) -> str:
    """A shock, or some joined by +, with every factor multiplied."""
    calls = [replace(call, factor=call.factor * strength) for call in shock_calls([shock])]
    return "+".join(
        f"{call.file}:" + ("" if call.begins is None else f"from={call.begins},") + f"factor={call.factor!r}"
        for call in calls
    )


def pairs(shocks: Sequence[str]) -> Iterator[str]:
    """Every two of some shocks that ask for no shock twice."""
    for one, other in itertools.combinations(shocks, 2):
        names = [call.name for text in (one, other) for call in shock_calls([text])]
        if len(set(names)) == len(names):
            yield f"{one}+{other}"


def values(vary: Iterable[str]) -> Iterator[str]:
    """Each value of `key=a,b,c` as a change of its own; commas within brackets and quotes belong to a value."""
    for text in vary:
        key, *rest = parted(text, "=")
        several = "=".join(rest)
        yield from (f"{key}={value.strip()}" for value in parted(several, ",")) if several.strip() else [text]


def parted(text: str, mark: str) -> list[str]:
    """What stands between marks that are in no brackets and no quotes."""
    parts, depth, quote = [""], 0, ""
    for letter in text:
        if quote or letter in "\"'":
            quote = "" if letter == quote else quote or letter
        else:
            depth += (letter in "[{") - (letter in "]}")
        if letter == mark and depth == 0 and not quote:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def first_day(before: Scenario, after: Scenario) -> int:
    """The first day, counted from the first scored one, of what shocks laid over a world; 0 where they laid nothing."""
    known = dict(_dated(before))
    days = [(day - after.start).days for name, day in _dated(after) if name not in known]
    return max(min(days, default=0), 0)


def _dated(scenario: Scenario) -> Iterator[tuple[str, date]]:
    """What a shock can lay, by name, and when it begins."""
    yield from ((show.name, show.first_on) for show in scenario.planned.livestream)
    yield from ((video.name, video.starts_on or scenario.start) for video in scenario.surprise.video)
    yield from ((stop.name, stop.on or scenario.start) for stop in scenario.surprise.suspension)
    yield from ((slump.name, slump.on) for slump in scenario.surprise.slump)
    yield from ((disruption.name, disruption.on) for disruption in scenario.surprise.disruption)
