"""What the engine gets from a playbook: full arrays of one type, or a fault that names the place."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pytest

from policies.playbook import Levers, Watch
from policies.playbook_answer import MOST_ADS, RANGES, SWITCHES, act
from policies.plugins.answers import MOST_UNITS
from policies.plugins.made_up import rehearsals
from policies.protocol import PolicyFault

SCENE = next(scene for scene in rehearsals() if scene.title == "by the hour")
SHAPE = SCENE.on_hand.shape
MARKETS = ("home", "abroad")


@dataclass(frozen=True)
class Answers:
    """Pulls the levers it is given."""

    name: ClassVar[str] = "answers"
    reaction_hours: ClassVar[float] = 0.0
    levers: Any = None

    def act(self, seen: Watch) -> Levers:
        return self.levers() if callable(self.levers) else self.levers


def _acted(**levers: Any) -> Levers:
    return act(Answers(Levers(**levers)), SCENE.watched(), SHAPE, MARKETS)


def test_levers_are_full_arrays_of_one_type_that_nobody_can_change() -> None:
    own = np.full(SHAPE, 0.5)
    done = _acted(
        alert=np.full(SHAPE[1], 3.0),
        ads=own,
        sell_off=np.full(SHAPE, 7.0),
        clear=np.ones(SHAPE[1], bool),
        memory={"day": np.arange(5)},
    )
    own[...] = 9.0
    assert (done.alert.dtype, done.ads.dtype, done.sell_off.dtype, done.clear.dtype) == ("i8", "f8", "i8", "?")
    assert {array.shape for array in (done.alert, done.ads, done.sell_off, done.clear, done.memory["day"])} == {SHAPE}
    assert (done.ads == 0.5).all()
    assert not any(array.flags.writeable for array in (done.alert, done.ads, done.memory["day"]))
    assert done.steer is done.ad_hours is done.promotions is None


def test_hours_and_markets_are_kept() -> None:
    done = _acted(ad_hours={0, 23}, ad_markets=frozenset({"abroad"}))
    assert (done.ad_hours, done.ad_markets) == (frozenset({0, 23}), frozenset({"abroad"}))
    assert _acted(ad_hours=frozenset()).ad_hours == frozenset()


def test_moves_are_whole_full_copies_by_lane_that_nobody_can_change() -> None:
    own = np.full(SHAPE, 7.0)
    done = _moved({"ship": np.arange(5), "express": own})
    own[...] = 9.0
    assert list(done) == ["express", "ship"]
    assert (done["express"] == 7).all()
    assert (done["ship"] == np.arange(5)).all()
    assert {(units.dtype.str, units.shape, units.flags.writeable) for units in done.values()} == {("<i8", SHAPE, False)}
    assert _acted().move == {}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (-1, r"set move by lane 'ship' = -1\.0 for SKU-3, run 17; allowed: whole numbers from 0 to 1e\+12 units"),
        (0.5, r"set move by lane 'ship' = 0\.5 for SKU-3, run 17; allowed: whole numbers"),
        (np.nan, "set move by lane 'ship' = nan for SKU-3, run 17"),
        (MOST_UNITS + 1, "set move by lane 'ship' = 1000000000001"),
    ],
)
def test_moves_are_checked_like_orders(value: float, told: str) -> None:
    units = np.zeros(SHAPE)
    units[17, 3] = value
    with pytest.raises(PolicyFault, match=f"on day 120, 00:00 {told}"):
        _moved({"ship": units})
    assert (_moved({"ship": np.full(SHAPE, MOST_UNITS)})["ship"] == MOST_UNITS).all()


def test_moves_go_by_lanes_that_leave_here_and_carry_them() -> None:
    with pytest.raises(PolicyFault, match="moved stock by lane 'boat'; allowed: truck, express, ship"):
        _moved({"boat": np.zeros(SHAPE)})
    with pytest.raises(PolicyFault, match="moved stock by lane 'ship'; allowed: none, no lane leads from here"):
        _acted(move={"ship": np.zeros(SHAPE)})
    with pytest.raises(PolicyFault, match="set move by lane 'truck' = 3 for SKU-1, run 0; the lane does not carry it"):
        _moved({"truck": np.full(SHAPE, 3)})
    assert (_moved({"truck": np.array([3, 0, 3, 3, 3])})["truck"].sum(axis=1) == 12).all()
    for shape in ((), (4,), (50, 1)):
        with pytest.raises(PolicyFault, match=r"move by lane 'ship' has shape .*; give one number per SKU, shape"):
            _moved({"ship": np.zeros(shape)})
    with pytest.raises(PolicyFault, match=r"set move = 7; give {lane: units}"):
        _moved(7)


def _moved(move: Any) -> Any:
    scene = next(scene for scene in rehearsals() if scene.elsewhere)
    return act(Answers(Levers(move=move)), scene.watched(), SHAPE, MARKETS).move


@pytest.mark.parametrize(
    ("lever", "most", "beyond"),
    [
        ("alert", 3, 4),
        ("ads", MOST_ADS, MOST_ADS + 1),
        ("steer", 1, 1.01),
        ("promotions", 1, 1.01),
        ("sell_off", MOST_UNITS, MOST_UNITS + 1),
    ],
)
def test_the_ends_of_a_range_are_allowed_and_no_more(lever: str, most: float, beyond: float) -> None:
    assert (getattr(_acted(**{lever: np.full(SHAPE, most)}), lever) == most).all()
    assert (getattr(_acted(**{lever: np.zeros(SHAPE)}), lever) == 0).all()
    for value in (beyond, -0.5, -1, np.nan, np.inf):
        array = np.zeros(SHAPE)
        array[17, 3] = value
        with pytest.raises(PolicyFault) as caught:
            _acted(**{lever: array})
        assert str(caught.value).startswith("playbook answers:levers=Levers(")
        assert f"on day 120, 13:00 set {lever} = {array[17, 3]} for SKU-3, run 17; allowed: " in str(caught.value)


@pytest.mark.parametrize("lever", ["alert", "sell_off"])
def test_half_a_unit_is_refused(lever: str) -> None:
    with pytest.raises(PolicyFault, match=f"set {lever} = 0.5 for SKU-0, run 0; allowed: whole numbers from 0 to"):
        _acted(**{lever: np.full(SHAPE, 0.5)})


@pytest.mark.parametrize("lever", [*RANGES, *SWITCHES])
def test_a_lever_is_one_value_per_sku(lever: str) -> None:
    dtype = bool if lever in SWITCHES else float
    for shape in ((), (1,), (4,), (49, 5), (50, 1)):
        with pytest.raises(PolicyFault, match=f"{lever} has shape .*; give one number per SKU, shape"):
            _acted(**{lever: np.zeros(shape, dtype)})
    with pytest.raises(PolicyFault, match=f"{lever} holds .*; give {'True or False' if dtype is bool else 'numbers'}"):
        _acted(**{lever: np.zeros(SHAPE, float if dtype is bool else bool)})
    with pytest.raises(PolicyFault, match=f"{lever} is no array"):
        _acted(**{lever: [[1.0], [1.0, 2.0]]})


@pytest.mark.parametrize(
    ("levers", "told"),
    [
        ({"ad_hours": {24}}, "set ad_hours with 24; allowed: 0, 1, "),
        ({"ad_hours": {-1, 3}}, "set ad_hours with -1"),
        ({"ad_hours": {True}}, "set ad_hours with True"),
        ({"ad_hours": [3]}, r"set ad_hours = \[3\]; give a frozenset"),
        ({"ad_markets": {"mars"}}, "set ad_markets with 'mars'; allowed: home, abroad"),
        ({"ad_markets": "home"}, "set ad_markets = 'home'; give a frozenset"),
        ({"memory": {"day": np.zeros(4)}}, r"memory 'day' has shape \(4,\)"),
        ({"memory": {"day": np.full(SHAPE, "x")}}, "memory 'day' holds <U1"),
    ],
)
def test_hours_markets_and_memory_are_checked(levers: dict[str, Any], told: str) -> None:
    with pytest.raises(PolicyFault, match=told):
        _acted(**levers)


def test_what_a_playbook_raises_is_a_fault_with_its_place() -> None:
    for levers, told in (
        (lambda: 1 / 0, r"failed at .*answer\.py:\d+: ZeroDivisionError"),
        (lambda: Levers(bids=1), "TypeError: .*'bids'"),
        ({"ads": 0}, r"answered a dict; return Levers\(\.\.\.\)"),
    ):
        with pytest.raises(PolicyFault, match=told):
            act(Answers(levers), SCENE.watched(), SHAPE, MARKETS)
