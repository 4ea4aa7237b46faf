"""The conformance contract: every shipped policy keeps it, and each way to break it is named."""

import re
from pathlib import Path

import pytest

from policies.contract import check, check_playbook, check_policy
from policies.parameters import wrapped_field
from policies.registry import SHIPPED, default_field, playbook, playbooks, policies, policy

SPECS = sorted(
    {
        *default_field(),
        *(cls.name if wrapped_field(cls) is None else f"reorder-point+{cls.name}" for cls in SHIPPED),
        "base-stock:units=30,review_days=1",
        "base-stock:cover_days=12.5",
        "min-max:s_units=10,S_units=400",
        "min-max:s_days=20,S_days=35.5",
        "reorder-point:safety_units=200",
        "reorder-point:lane=fastest",
        "reorder-point:lane=truck+air-rescue:lane=rail",
        "service-level:service=0.99,lane=air",
        "base-plus-burst+air-rescue",
        "never+air-rescue",
        "oracle+air-rescue",
        "reorder-point:lane=air+signal-rush:above=1,cover_days=60",
        "base-stock+air-rescue+growth-uplift:growth=0",
        "oracle:review_days=7",
        "never+order-ahead:lane=fastest,window_days=60,slack_days=0",
        "base-stock:lane=air+order-ahead:saving=0+air-rescue",
        "base-stock:lane=air+container-fill:container_m3=0.5,lane=air",
        "reorder-point+air-rescue+container-fill+budget-cap:budget=900,cash=20000",
        "echelon-base-stock+budget-cap:budget=3000+container-fill:container_m3=2,extra_days=90",
        "echelon-base-stock:levels=depot=420 east=90",
        "fair-share:supply=fastest,safety_days=60",
        "tiers:promote=30,demote=9.5,luxury_price=16,new_days=28",
        "presale:lane=sea",
        "reorder-point+regional-limits:limits=depot=20 bonded=3.5",
        "base-stock:units=900+air-rescue+regional-limits:limits=depot=5",
    }
)

PLAYBOOK_SPECS = sorted(
    {
        *(name for name, _ in playbooks()),
        "alerts:near=2,margin=0.5,reaction_hours=6",
        "stock-guided-ads:campaign_days=1,ratio=1",
        "slow-movers:percentile=60,age_days=30,clear_days=0",
        "slow-movers:percentile=90,clear_days=50",
        "slow-movers:percentile=60,clear_days=0,move=0",
        "peak-guard:ahead_days=60,cover_days=5",
        "rebalance:every_days=1,keep_days=0,gap_days=0",
    }
)

FILE = """
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.protocol import Observation, Orders

CALLS = [0]


@dataclass(frozen=True)
class Mine:
    name: ClassVar[str] = "mine"
    cover_days: float = 30.0
    review_days: int = 7
    sees: ClassVar[frozenset[str]] = frozenset({"stock", "sales"})

    def orders(self, seen: Observation) -> Orders:
        target = seen.sales.pace(28) * self.cover_days
        units = np.ceil(np.maximum(target - seen.stock.position, 0))
        LINE
        return Orders({seen.lane("cheapest").name: units})
"""

BROKEN = {
    "raises": ("units = units / [][0]", r"mine\.py:\d+: IndexError: list index out of range"),
    "mutates": ("seen.stock.on_hand[...] = 0", "read-only"),
    "mutates by force": (
        "seen.stock.on_hand.setflags(write=True); seen.stock.on_hand[...] += 1",
        "changed what it saw; work on a copy",
    ),
    "wrong shape": ("units = units[..., :-1]", r"has shape \(50, 4\); give one number per SKU, shape \(50, 5\)"),
    "one number for all": ("units = 7", r"has shape \(\); give one number per SKU"),
    "words": ("units = np.full(units.shape, 'ten')", "give numbers, one per SKU"),
    "NaN": ("units[..., 1] = np.nan", "ordered nan of SKU-1 down lane 'sea', run 0; allowed: whole units from 0"),
    "infinity": ("units[..., 0] = np.inf", "ordered inf of SKU-0"),
    "half a unit": ("units[..., 2] = 0.5", r"ordered 0\.5 of SKU-2 down lane 'sea', run 0"),
    "negative": ("units[..., 3] = -1", r"ordered -1\.0 of SKU-3"),
    "too many": ("units = np.full(units.shape, 2**62)", "ordered 4611686018427387904 of SKU-0"),
    "far too many": ("units[...] = 1e19", r"ordered 1e\+19 of SKU-0"),
    "undeclared sight": (
        "seen.calendar.lift(1, 7)",
        "reads seen.calendar on day 120 but does not declare it; add 'calendar'",
    ),
    "the future": ("seen.future.wanted", "reads seen.future on day 120 but does not declare it"),
    "a network undeclared": ("seen.network.pace(7)", "reads seen.network on day 120 but does not declare it"),
    "unknown lane": ("return Orders({'rail': units})", "ordered down lane 'rail'; allowed: sea, air"),
    "what a lane refuses": (
        "return Orders({seen.lanes[-1].name: units})",
        "ordered .* of SKU-2 down lane 'air', run 0; the lane does not carry it, see its `carries`",
    ),
    "no orders": ("return units", r"answered a ndarray; return Orders\(\{lane: units\}\)"),
    "bad reasons": (
        "return Orders({'sea': units}, why={'target': target[..., 0:3]})",
        r"why 'target' has shape \(50, 3\); give one number per SKU",
    ),
    "hidden memory": ("CALLS[0] += 1; units = units + CALLS[0]", "asked twice, answered differently"),
    "order of the catalogue": (
        "units = units + np.arange(units.shape[-1])",
        "another order of the catalogue changes orders",
    ),
    "runs mixed": ("units = units + (seen.stock.on_hand.max() % 97)", "run 0 alone and 50 at once differ"),
}
PLAYBOOK_FILE = """
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.playbook import Levers, Watch

CALLS = [0]


@dataclass(frozen=True)
class Mine:
    name: ClassVar[str] = "mine"
    reaction_hours: ClassVar[float] = 0

    def act(self, seen: Watch) -> Levers:
        ads = np.where(seen.stock.on_hand > 0, 1.0, 0.0)
        looks = seen.recalled("looks", 0) + 1
        LINE
        return Levers(ads=ads, memory={"looks": looks})
"""
BROKEN_PLAYBOOKS = {
    "raises": ("ads = ads / [][0]", r"playbook mine on day 120, 00:00 failed at .*mine\.py:\d+: IndexError"),
    "mutates by force": ("seen.ads.spent.setflags(write=True); seen.ads.spent[...] += 1", "mine: changed what it saw"),
    "mutates its memory": ("seen.memory['looks'][...] = 0 if seen.memory else 0", "failed at"),
    "hidden memory": ("CALLS[0] += 1; ads = ads * CALLS[0]", "asked twice, answered differently"),
    "order of the catalogue": ("ads = ads * np.arange(5)", "another order of the catalogue changes levers"),
    "runs mixed": ("ads = ads * (seen.stock.on_hand.max() % 97)", "run 0 alone and 50 at once differ"),
    "remembers runs mixed": ("looks = looks + seen.stock.on_hand.max()", "run 0 alone and 50 at once differ"),
    "hours by run": (
        "return Levers(ad_hours=frozenset({int(seen.stock.on_hand.sum()) % 24}))",
        "run 0 alone and 50 at once differ",
    ),
    "moves by no lane": (
        "return Levers(move={'boat': ads * 0})",
        "moved stock by lane 'boat'; allowed: none, no lane leads from here to another warehouse",
    ),
    "moves what a lane refuses": (
        "return Levers(move={there.lane.name: ads * 0 + 7 for there in seen.elsewhere})",
        r"set move by lane 'truck' = 7\.0 for SKU-1, run 0; the lane does not carry it",
    ),
    "moves runs mixed": (
        "return Levers(move={there.lane.name: np.full(ads.shape, seen.stock.on_hand.max()) * there.lane.carries "
        "for there in seen.elsewhere})",
        "run 0 alone and 50 at once differ",
    ),
    "moves by the order of the catalogue": (
        "return Levers(move={there.lane.name: np.arange(5) * there.lane.carries for there in seen.elsewhere})",
        "another order of the catalogue changes levers",
    ),
    "changes what is elsewhere": (
        "[there.stock.on_hand.setflags(write=True) for there in seen.elsewhere]; "
        "[np.add(there.stock.on_hand, 1, out=there.stock.on_hand) for there in seen.elsewhere]",
        "mine: changed what it saw",
    ),
    "unknown lever": ("return Levers(bids=ads)", "TypeError: .*unexpected keyword argument 'bids'"),
    "no levers": ("return ads", r"answered a ndarray; return Levers\(\.\.\.\)"),
}
FINE = {
    "as it is": "pass",
    "whole numbers": "units = units.astype(np.int64)",
    "one row for all runs": "units = np.arange(5) * 0 + 7",
    "a copy": "on_hand = seen.stock.on_hand.copy(); on_hand[...] = 0",
    "as many as allowed": "units = np.full(units.shape, 10**12)",
    "another lane": "return Orders({seen.lanes[-1].name: units * seen.lanes[-1].carries})",
    "reasons": "return Orders({'sea': units}, why={'target': target})",
    "a sight declared": "seen.stock.planned(5)",
    "no lane at all": "return Orders({})",
}


@pytest.mark.parametrize("spec", SPECS)
def test_shipped_policies_conform(spec: str) -> None:
    assert check(spec) == []


def test_a_policy_is_checked_as_text_or_as_itself() -> None:
    assert check_policy("reorder-point+air-rescue") == check_policy(policy("reorder-point+air-rescue")) == []


def test_every_named_policy_is_checked() -> None:
    checked = {part.partition(":")[0] for spec in SPECS for part in spec.split("+")}
    assert checked == {name for name, _ in policies()}


@pytest.mark.parametrize("line", FINE.values(), ids=FINE.keys())
def test_an_outsiders_policy_conforms(tmp_path: Path, line: str) -> None:
    assert check_policy(_written(tmp_path, line)) == []


@pytest.mark.parametrize(("line", "fault"), BROKEN.values(), ids=BROKEN.keys())
def test_an_outsiders_mistake_is_named(tmp_path: Path, line: str, fault: str) -> None:
    faults = check_policy(_written(tmp_path, line))
    assert any(re.search(fault, text) for text in faults), faults
    assert all("mine" in text for text in faults)


@pytest.mark.parametrize("spec", PLAYBOOK_SPECS)
def test_shipped_playbooks_conform(spec: str) -> None:
    assert check(spec) == []


def test_a_playbook_is_checked_as_text_or_as_itself() -> None:
    assert check_playbook("none") == check_playbook(playbook("none")) == check("never") == []


@pytest.mark.parametrize(("line", "fault"), BROKEN_PLAYBOOKS.values(), ids=BROKEN_PLAYBOOKS.keys())
def test_an_outsiders_playbook_mistake_is_named(tmp_path: Path, line: str, fault: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(PLAYBOOK_FILE.replace("LINE", line), encoding="utf-8")
    faults = check(f"{file}:Mine")
    assert any(re.search(fault, text) for text in faults), faults


def test_an_outsiders_playbook_conforms(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(PLAYBOOK_FILE.replace("LINE", "pass"), encoding="utf-8")
    assert check(f"{file}:Mine") == []


def test_a_policy_that_cannot_travel_is_named() -> None:
    class Local(type(policy("never"))):
        pass

    assert "define the class at the top of a module" in check_policy(Local())[0]


def test_a_sight_that_does_not_exist_is_named(tmp_path: Path) -> None:
    spec = _written(tmp_path, "pass")
    subject = policy(spec)
    object.__setattr__(subject, "review_days", 0)
    assert "review_days = 0; must be a whole number of days, 1 or more" in check_policy(subject)[0]


def _written(folder: Path, line: str) -> str:
    file = folder / "mine.py"
    file.write_text(FILE.replace("LINE", line), encoding="utf-8")
    return f"{file}:Mine(cover_days=20)"
