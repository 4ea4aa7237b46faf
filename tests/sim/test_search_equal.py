"""Equal service: rows are turned until they meet, those that cannot are told, and other luck compares them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from policies.registry import default_field, policies, policy
from reports.record import FloatArray
from reports.verdict.equal import EqualService, Target
from sim.search.equal import levelled
from sim.search.family import CLOSE, family
from sim.search.playing import Ground
from sim.tournament import Entry

TARGET = Target("stockout_rate", 0.05)


@dataclass(frozen=True)
class Curve:
    """A ground on which the score is a falling curve of whatever is turned, under the same luck for all."""

    steps: float = 0.0
    floor: float = 0.0

    def scores(self, rows: Sequence[Entry], runs: Sequence[int]) -> FloatArray:
        luck = np.random.default_rng(1).normal(scale=0.01, size=1000)[list(runs)]
        return np.array([[self.rate(str(spec)) + luck] for spec, _, _ in rows])

    def rate(self, spec: str) -> float:
        rule = policy(spec)
        value = float(getattr(rule, SERVES[type(rule).name]))
        if self.steps:
            value = np.floor(value / self.steps) * self.steps
        return max(0.4 * float(np.exp(-value / 20)), self.floor)


SERVES = {
    "base-stock": "safety_days",
    "reorder-point": "safety_cycles",
    "min-max": "safety_days",
    "lead-cover": "order_days",
}


def brought(rows: list[str], curve: Curve, target: Target) -> EqualService:
    """How rows were brought to a target."""

    @dataclass(frozen=True)
    class Ours(Ground):
        def scores(self, rows: Sequence[Entry], runs: Sequence[int]) -> FloatArray:
            return curve.scores(rows, runs)

    entries: list[Entry] = [(spec, "none", "preference") for spec in rows]
    found = levelled(Ours(None, None, ()), entries, target, 100)  # type: ignore[arg-type]
    assert len(found.rows) == len(found.how.turned)
    return found.how


def levels(rows: list[str], curve: Curve, target: Target = TARGET) -> tuple[list[float], list[str]]:
    """The means that were reached, and who was left out."""
    how = brought(rows, curve, target)
    return [one.reached for one in how.turned], [one.given for one in how.left_out]


@pytest.mark.parametrize("wanted", [0.01, 0.05, 0.2])
def test_rows_meet_the_target_nearly(wanted: float) -> None:
    reached, left_out = levels(["base-stock", "min-max", "lead-cover"], Curve(), Target("stockout_rate", wanted))
    # The last one turns whole days, of which one changes the rate by a twentieth.
    assert [abs(mean - wanted) <= CLOSE * wanted for mean in reached[:2]] == [True, True]
    assert abs(reached[2] - wanted) <= wanted / 20
    assert left_out == []


def test_a_row_with_steps_comes_as_near_as_a_step() -> None:
    (reached,), _ = levels(["base-stock"], Curve(steps=10.0))
    rates = [0.4 * float(np.exp(-value / 20)) for value in (30, 40, 50)]
    luck = float(np.random.default_rng(1).normal(scale=0.01, size=1000)[:100].mean())
    assert min(abs(rate + luck - 0.05) for rate in rates) == pytest.approx(abs(reached - 0.05), abs=1e-12)


def test_who_cannot_reach_it_is_left_out_with_the_nearest_it_reaches() -> None:
    # Ten transport cycles are the most that is allowed, and leave the rate at 24 %.
    reached, left_out = levels(["base-stock", "reorder-point"], Curve())
    assert len(reached) == 1
    assert left_out == ["reorder-point"]
    assert levels(["base-stock"], Curve(floor=0.1)) == ([], ["base-stock"])


@dataclass(frozen=True)
class Clogged(Curve):
    """A ground on which a lot of stock serves worse again."""

    best: float = 0.0

    def rate(self, spec: str) -> float:
        value = float(policy(spec).safety_days)  # type: ignore[attr-defined]
        return self.best + 0.02 * abs(value - 40) / 40


def test_more_stock_that_serves_worse_is_no_way_to_serve_less() -> None:
    """From 7 % at none to 5 % at 40 days and 11 % at 160: 6 % is reached on the way down, at 20 days."""
    (turned,) = brought(["base-stock"], Clogged(best=0.05), Target("stockout_rate", 0.06)).turned
    assert turned.reached == pytest.approx(0.06, abs=0.01 * 0.06)
    assert turned.value == pytest.approx(20, abs=2.5)


def test_who_serves_better_even_at_its_least_says_so() -> None:
    (left_out,) = brought(["base-stock"], Clogged(best=0.02), Target("stockout_rate", 0.05)).left_out
    assert left_out.why == "serves better even at its least"
    assert left_out.nearest == "base-stock:safety_days=0.0"


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("never", "has no parameter that serves"),
        ("reorder-point:safety_cycles=1", "has its safety_cycles given"),
    ],
)
def test_who_has_nothing_to_turn_says_why(spec: str, why: str) -> None:
    assert family((spec, "none", "preference")).why == why


def test_the_innermost_rule_that_serves_is_turned() -> None:
    one = family(("service-level+air-rescue", "none", "preference"))
    assert one.turns == "service"
    assert min(one.first) == 0.5
    assert max(one.first) == 0.9999


def test_every_rule_has_at_most_one_parameter_that_serves_and_a_place_to_search() -> None:
    for name, cls in policies():
        fields = [item for item in cls.__dataclass_fields__.values() if item.metadata.get("serves")]
        assert len(fields) <= 1, name
        assert all(item.default is not None for item in fields), name
        for item in cls.__dataclass_fields__.values():
            if tune := item.metadata.get("tune"):
                assert item.metadata["low"] <= tune[0] < tune[1] <= item.metadata["high"], (name, item.name)


def test_most_of_the_field_can_be_turned() -> None:
    turned = [spec for spec in default_field() if family((spec, "none", "preference")).space]
    assert len(turned) == len(default_field()) - 2


def test_who_gives_its_safety_in_another_parameter_cannot_be_turned() -> None:
    (left_out,) = brought(["reorder-point:safety_days=5"], Clogged(best=0.02), Target("stockout_rate", 0.05)).left_out
    assert left_out.why.startswith("cannot be turned (reorder-point: safety_days = 5 and safety_cycles = ")
