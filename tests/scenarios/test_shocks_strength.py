"""What a strength makes of a trouble: nothing at 0, half at 0.5, as written at 1, and never beyond what can be."""

from typing import get_args

import pytest
from pydantic import Tag, TypeAdapter

from scenarios import laws
from scenarios.schema import (
    CustomsTrouble,
    DockTrouble,
    FactoryTrouble,
    Gamma,
    LaneTrouble,
    Law,
    Part,
    ShockDisruption,
)
from scenarios.shocks.strength import at_strength, scaled
from sim.world.laws import variance

STRENGTHS = (0.0, 0.5, 1.0, 2.0)
LAWS = {
    "number": 4.0,
    "fixed": {"law": "fixed", "value": 4},
    "uniform": {"law": "uniform", "low": 2, "high": 8},
    "triangular": {"law": "triangular", "low": 1, "mode": 3, "high": 9},
    "gamma": {"law": "gamma", "low": 2, "mean": 5, "cv": 0.4},
    "lognormal": {"law": "lognormal", "low": 1, "mean": 6, "cv": 0.8},
    "weibull": {"law": "weibull", "low": 1, "mean": 6, "cv": 0.5},
    "empirical": {"law": "empirical", "values": [1, 2, 2, 9]},
    "discrete": {"law": "discrete", "values": [0, 5, 9], "chances": [0.5, 0.3, 0.2]},
    "geometric": {"law": "geometric", "mean": 3.5},
    "percentiles": {"usual": 4, "bad": 9},
}


def law(name: str) -> Law:
    found: Law = TypeAdapter(Law).validate_python(LAWS[name])
    return found


def trouble(**parts: Part) -> ShockDisruption:
    return ShockDisruption.model_validate(
        {"name": "T", "days": 9} | {k: part.model_dump() for k, part in parts.items()}
    )


# --- laws -------------------------------------------------------------------------------------------------------


def test_every_law_is_tried() -> None:
    branches = get_args(get_args(Law)[0])
    assert {one.tag for branch in branches for one in branch.__metadata__ if isinstance(one, Tag)} == set(LAWS)


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("name", LAWS)
def test_values_of_a_law_are_so_many_times_as_large(name: str, strength: float) -> None:
    before = law(name)
    after = scaled(before, strength)
    assert laws.mean(after) == pytest.approx(strength * laws.mean(before), rel=1e-12)
    assert variance(after) == pytest.approx(strength**2 * variance(before), rel=1e-12)
    again: Law = TypeAdapter(Law).validate_python(after.model_dump() if isinstance(after, Part) else after)
    assert again == after, "a law a scenario may have"


@pytest.mark.parametrize("name", [name for name in LAWS if name not in ("number", "geometric")])
def test_a_law_keeps_its_kind_and_its_shape(name: str) -> None:
    before, after = law(name), scaled(law(name), 3.0)
    assert isinstance(before, Part) and isinstance(after, Part)
    assert type(after) is type(before)
    for shape in ("cv", "chances"):
        assert getattr(after, shape, None) == getattr(before, shape, None)
    for size in ("low", "high", "mode", "usual", "bad"):
        if hasattr(before, size):
            assert getattr(after, size) == 3 * getattr(before, size)


def test_whole_days_become_a_gamma_law_of_the_same_start() -> None:
    after = scaled(law("geometric"), 0.5)
    assert isinstance(after, Gamma)
    assert after.low == 0.5
    always_one: Law = TypeAdapter(Law).validate_python({"law": "geometric", "mean": 1})
    assert scaled(always_one, 0.5) == 0.5


# --- troubles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strength", "times", "adds", "cancelled", "freight"),
    [(0.0, 1.0, 0.0, 0.0, 1.0), (0.5, 1.3, 2.0, 0.3, 1.9), (1.0, 1.6, 4.0, 0.6, 2.8), (2.0, 2.2, 8.0, 1.0, 4.6)],
)
def test_lanes(strength: float, times: float, adds: float, cancelled: float, freight: float) -> None:
    lane = LaneTrouble(modes=("sea",), legs=("ocean",), times=1.6, adds_days=4.0, cancelled=0.6, freight=2.8)
    after = at_strength(trouble(lane=lane), strength).lane
    assert after is not None
    assert (after.times, after.freight) == (pytest.approx(times), pytest.approx(freight))
    assert (after.adds_days, after.cancelled) == (pytest.approx(adds), pytest.approx(cancelled))
    assert (after.modes, after.lanes, after.legs) == (("sea",), ("*",), ("ocean",))


@pytest.mark.parametrize(("strength", "factor"), [(0.0, 1.0), (0.5, 0.7), (1.0, 0.4), (2.0, 0.0)])
def test_what_is_faster_or_cheaper_stops_at_0(strength: float, factor: float) -> None:
    after = at_strength(trouble(lane=LaneTrouble(times=0.4, freight=0.4)), strength).lane
    assert after is not None
    assert (after.times, after.freight) == (pytest.approx(factor), pytest.approx(factor))


@pytest.mark.parametrize(("strength", "output"), [(0.0, 1.0), (0.5, 0.7), (1.0, 0.4), (2.0, 0.0)])
def test_factories(strength: float, output: float) -> None:
    after = at_strength(trouble(factory=FactoryTrouble(output=0.4)), strength).factory
    assert after is not None
    assert after.output == pytest.approx(output)


@pytest.mark.parametrize(
    ("strength", "closed", "times", "held", "duty"),
    [
        (0.0, False, 1.0, 0.0, 0.0),
        (0.5, True, 2.0, 0.35, 0.12),
        (1.0, True, 3.0, 0.7, 0.24),
        (2.0, True, 5.0, 1.0, 0.48),
    ],
)
def test_customs(strength: float, closed: bool, times: float, held: float, duty: float) -> None:
    customs = CustomsTrouble(closed=True, times=3.0, held=0.7, hold_days=6.0, fee=350.0, duty=0.24)
    after = at_strength(trouble(customs=customs), strength).customs
    assert after is not None
    assert (after.closed, after.times) == (closed, pytest.approx(times))
    assert (after.held, after.duty) == (pytest.approx(held), pytest.approx(duty))
    assert (after.hold_days, after.fee) == (6.0, 350.0), "more are held, none of them longer"


@pytest.mark.parametrize(
    ("strength", "closed", "times"), [(0.0, False, 1.0), (0.5, True, 1.5), (1.0, True, 2.0), (2.0, True, 3.0)]
)
def test_docks(strength: float, closed: bool, times: float) -> None:
    after = at_strength(trouble(dock=DockTrouble(closed=True, times=2.0)), strength).dock
    assert after is not None
    assert (after.closed, after.times) == (closed, pytest.approx(times))


def test_what_is_open_stays_open_and_days_stay() -> None:
    before = trouble(customs=CustomsTrouble(duty=0.1), dock=DockTrouble(times=2.0))
    after = at_strength(before, 2.0)
    assert after.customs is not None and after.dock is not None
    assert not after.customs.closed and not after.dock.closed
    assert (after.days, after.lane, after.factory) == (before.days, None, None)


def test_strength_1_is_as_written() -> None:
    before = trouble(lane=LaneTrouble(times=1.1, freight=1.7, cancelled=0.1), factory=FactoryTrouble(output=0.3))
    assert at_strength(before, 1.0) == before
