"""Which candidates a spec has: what is searched, with what values, and by what luck."""

from pathlib import Path

import numpy as np
import pytest

from policies.plugins.spec import parts_of
from policies.protocol import PolicyError
from policies.registry import policy
from sim.search.space import at_random, nearby, on_a_grid, space_of

OWN = """
from dataclasses import dataclass
from typing import ClassVar
from policies.one_lane import OneLane
from policies.parameters import check_parameters, parameter
from policies.protocol import Orders

@dataclass(frozen=True)
class Mine:
    name: ClassVar[str] = "mine"
    sees: ClassVar[frozenset[str]] = frozenset()
    cover_days: float = parameter(30.0, 0, 90, "days", "cover", tune=(10, 50))
    review_days: int = parameter(7, 1, 30, "days", "between reviews")

    def __post_init__(self) -> None:
        check_parameters(self)

    def orders(self, seen):
        return Orders({})
"""


def names(spec: str, **vary: str) -> list[str]:
    """What is searched."""
    return [axis.name for axis in space_of(spec, {name.replace("__", "."): text for name, text in vary.items()}).axes]


def test_what_declares_where_to_search_is_searched() -> None:
    assert names("reorder-point") == ["safety_cycles", "pace_days", "order_days"]


def test_what_the_spec_gives_is_fixed_even_at_its_default() -> None:
    assert names("reorder-point:safety_cycles=1.5") == ["pace_days", "order_days"]
    found = at_random(space_of("reorder-point:safety_cycles=1.25,lane=fastest"), 20, seed=1).candidates
    assert {policy(one.spec).safety_cycles for one in found} == {1.25}  # type: ignore[attr-defined]
    assert {policy(one.spec).lane for one in found} == {"fastest"}  # type: ignore[attr-defined]


def test_what_is_wrapped_is_searched_too_and_names_that_clash_are_told_apart() -> None:
    searched = names("reorder-point+air-rescue")
    assert searched == ["safety_cycles", "reorder-point.pace_days", "order_days", "air-rescue.pace_days"]
    assert names("reorder-point:pace_days=7+air-rescue")[-1] == "air-rescue.pace_days"


def test_what_is_varied_is_searched_and_nothing_else() -> None:
    assert names("reorder-point", safety_days="5..40") == ["safety_days"]
    listed = on_a_grid(space_of("base-stock", {"units": "5, 7.5,9", "lane": "cheapest,fastest"}), 100).candidates
    assert [one.values for one in listed] == [(u, lane) for u in (5, 7.5, 9) for lane in ("cheapest", "fastest")]


@pytest.mark.parametrize(
    ("spec", "vary", "told"),
    [
        ("reorder-point", {"safty_days": "1..2"}, "did you mean 'safety_days'?"),
        ("reorder-point+air-rescue", {"pace_days": "7..9"}, "did you mean 'reorder-point.pace_days' or 'air-rescue."),
        ("reorder-point:order_days=9", {"order_days": "7..9"}, "gives it already"),
        ("reorder-point", {"safety_days": "-3..9"}, "safety_days = -3: allowed 0 to 730 days"),
        ("reorder-point", {"safety_days": "3,x"}, "'x' is not a number"),
        ("reorder-point", {"safety_days": "3,,4"}, "an empty value"),
        ("reorder-point", {"safety_days": "9..3"}, "9 is not below 3"),
        ("reorder-point", {"order_days": "7.5,9"}, "must be a whole number of days"),
        ("never:review_days=1", {}, "no parameter left to search"),
        ("reorder-point+air-rescue+air-rescue", {}, "stands in the spec twice"),
        ("reorder-point:safety_days=9", {"safety_cycles": "1,2"}, "every candidate contradicts itself (2 tried)"),
    ],
)
def test_what_cannot_be_searched_is_refused(spec: str, vary: dict[str, str], told: str) -> None:
    with pytest.raises(PolicyError) as refused:
        at_random(space_of(spec, vary), 10, seed=1)
    assert told in str(refused.value)


def test_contradictory_candidates_are_skipped_and_counted() -> None:
    drawn = on_a_grid(space_of("min-max", {"s_days": "10,20", "S_days": "15,40"}), 100)
    assert [one.values for one in drawn.candidates] == [(10, 15), (10, 40), (20, 40)]
    assert drawn.skipped == 1


def test_whole_numbers_are_searched_whole_and_to_both_ends() -> None:
    drawn = at_random(space_of("lead-cover:pace_days=28", {"order_days": "7..9"}), 100, seed=3)
    assert {one.values for one in drawn.candidates} == {(7,), (8,), (9,)}
    assert len({one.spec for one in drawn.candidates}) == 3


def test_a_grid_holds_both_ends_of_every_range_and_no_more_than_asked_for() -> None:
    drawn = on_a_grid(space_of("reorder-point"), 64)
    assert len(drawn.candidates) <= 65  # the spec as given is one besides
    cycles = {one.values[0] for one in drawn.candidates[1:]}
    assert cycles == {0.0, 1.0, 2.0, 3.0}


def test_a_value_depends_on_its_name_and_number_alone() -> None:
    whole = at_random(space_of("reorder-point"), 30, seed=5).candidates[1:]
    less = at_random(space_of("reorder-point:order_days=20+air-rescue"), 30, seed=5).candidates[1:]
    fewer = at_random(space_of("reorder-point"), 10, seed=5).candidates[1:]
    turned = at_random(space_of("reorder-point", {"order_days": "7..60", "safety_cycles": "0..3"}), 30, 5).candidates[
        1:
    ]
    assert [one.values[0] for one in whole] == [one.values[0] for one in less]
    assert [one.values[1] for one in whole] == [one.values[1] for one in less]
    assert whole[:9] == fewer
    assert [(one.values[2], one.values[0]) for one in whole] == [one.values for one in turned]
    assert whole != at_random(space_of("reorder-point"), 30, seed=6).candidates[1:]


def test_every_parameter_has_luck_of_its_own() -> None:
    drawn = at_random(space_of("reorder-point+air-rescue"), 200, seed=5).candidates[1:]
    values = np.array([one.values for one in drawn], dtype=float)
    assert np.abs(np.corrcoef(values.T) - np.eye(4)).max() < 0.25


def test_a_later_generation_stays_near_those_who_came_through() -> None:
    space = space_of("reorder-point")
    seed_of_them = space.candidate([1.0, 30, 20])
    near = nearby(space, [seed_of_them], 50, seed=1, width=0.1, generation=1).candidates
    assert len(near) > 40
    assert all(abs(one.values[0] - 1.0) <= 0.31 for one in near)  # type: ignore[operator]
    assert {one.values[2] for one in near} >= {17, 20, 23}
    assert near != nearby(space, [seed_of_them], 50, seed=1, width=0.1, generation=2).candidates


def test_every_one_who_came_through_is_looked_around_in_turn() -> None:
    space = space_of("reorder-point")
    seeds = [space.candidate([low, 30, 20]) for low in (0.5, 2.5)]
    values = [one.values[0] for one in nearby(space, seeds, 40, seed=1, width=0.1, generation=1).candidates]
    around = [sum(abs(value - centre) <= 0.31 for value in values) for centre in (0.5, 2.5)]  # type: ignore[operator]
    assert min(around) >= len(values) // 2 - 1
    assert sum(around) == len(values)


def test_a_rule_in_a_file_is_searched_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(OWN)
    spec = f"{file}:Mine(review_days=3)+air-rescue:lane=fastest"
    space = space_of(spec)
    assert [axis.name for axis in space.axes] == ["cover_days", "pace_days"]
    assert (
        space.candidate([12.5, 14]).spec
        == f"{file}:Mine(review_days=3,cover_days=12.5)+air-rescue:lane=fastest,pace_days=14"
    )
    assert space.given.spec == spec


@pytest.mark.parametrize(
    "spec", ["never", "base-stock:units=30,review_days=1", "reorder-point:lane=sea+rush+air-rescue"]
)
def test_a_spec_taken_apart_and_put_together_is_the_same(spec: str) -> None:
    assert "+".join(part.text({}) for part in parts_of(spec)) == spec
