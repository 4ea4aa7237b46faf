"""What policies need of a world, and what shipped worlds have."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from policies.parameters import wrapped_field
from policies.registry import SHIPPED, describe, policy
from policies.rules.yardsticks.never import Never
from policies.signals import (
    ADS,
    CLOSURES_OR_TARIFFS,
    PROMOTIONS,
    SHOWS,
    SIGNALS,
    TWO_LANES,
    TWO_WAREHOUSES,
    WAITING_BUYERS,
    missing,
)
from scenarios.reader import read_scenario
from sim.world.network import Network
from sim.world.signals import present

ABSENT = "which this world does not have"


@pytest.mark.parametrize(
    ("signal", "world", "without"),
    [
        (ADS, "account-ban-in-peak", "black-friday"),
        (PROMOTIONS, "black-friday", "textbook-b1"),
        (SHOWS, "livestream-clears-months", "livestream-clears-months-twin"),
        (TWO_LANES, "black-friday", "apparel-by-air"),
        (TWO_WAREHOUSES, "bonded-and-direct", "black-friday"),
        (CLOSURES_OR_TARIFFS, "spring-festival", "black-friday"),
        (CLOSURES_OR_TARIFFS, "tariff-step", "tariff-step-twin"),
        (WAITING_BUYERS, "earbuds-presale", "earbuds-presale-twin"),
    ],
)
def test_worlds_have_what_they_are_about(signal: str, world: str, without: str) -> None:
    assert signal in present(Network.of(read_scenario(world)))
    assert signal not in present(Network.of(read_scenario(without)))


def test_what_is_scaled_to_nothing_is_not_there() -> None:
    scenario = read_scenario("black-friday")
    planned = scenario.planned
    off = planned.model_copy(
        update={
            "promotion": tuple(event.model_copy(update={"scale": 0.0}) for event in planned.promotion),
            "livestream": tuple(event.model_copy(update={"scale": 0.0}) for event in planned.livestream),
        }
    )
    there = present(Network.of(scenario.model_copy(update={"planned": off})))
    assert there == frozenset({TWO_LANES, WAITING_BUYERS})


@pytest.mark.parametrize("cls", SHIPPED, ids=lambda cls: cls.name)
def test_policies_need_only_what_has_a_name(cls: type) -> None:
    assert set(describe(cls.name).needs) <= SIGNALS


@pytest.mark.parametrize("need", sorted(SIGNALS))
def test_every_name_is_needed_by_some_policy(need: str) -> None:
    assert any(need in describe(cls.name).needs for cls in SHIPPED)


@pytest.mark.parametrize(
    ("spec", "there", "sentences"),
    [
        ("reorder-point+ad-prestock", frozenset(), (f"ad-prestock needs ads, {ABSENT}",)),
        ("reorder-point+ad-prestock", frozenset({ADS}), ()),
        ("reorder-point", frozenset(), ()),
        (
            "presale+signal-rush+back-planning",
            frozenset({ADS}),
            (f"presale needs buyers who wait, {ABSENT}", f"back-planning needs promotions, {ABSENT}"),
        ),
        ("reorder-point+air-rescue", SIGNALS, ()),
    ],
)
def test_wrapped_policies_are_asked_too(spec: str, there: frozenset[str], sentences: tuple[str, ...]) -> None:
    assert missing(policy(spec), there) == sentences


@dataclass(frozen=True)
class Needy(Never):
    """A policy of somebody else's that needs two things."""

    name: ClassVar[str] = "needy"
    needs: ClassVar[frozenset[str]] = frozenset({ADS, PROMOTIONS})


def test_each_thing_that_is_missing_has_a_sentence() -> None:
    assert wrapped_field(Needy()) is None
    assert missing(Needy(), frozenset()) == (f"needy needs ads, {ABSENT}", f"needy needs promotions, {ABSENT}")
    assert missing(Needy(), frozenset({PROMOTIONS})) == (f"needy needs ads, {ABSENT}",)
