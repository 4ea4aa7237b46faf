"""Routings: where each sends whom, by hand; what the engine takes from one; and the contract they keep."""

import dataclasses
import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

import policies.plugins.catalogue
import policies.routings
from policies.contract import check, check_routing
from policies.parameters import label
from policies.protocol import PolicyError, PolicyFault
from policies.registry import (
    SHIPPED,
    SHIPPED_PLAYBOOKS,
    SHIPPED_ROUTINGS,
    default_routings,
    describe,
    policy,
    routing,
    routings,
)
from policies.routing import Crossroads, Route, Routes, Routing
from policies.routing_answer import directed
from policies.routings.preference import Preference

BONDED, DEPOT, DIRECT = 0, 1, 2
SPECS = sorted(
    {
        *(name for name, _ in routings()),
        "preference:ranks=1",
        "by-urgency:review_days=1",
        "least-cost:within_days=2",
        "protect-scarce:keep_days=0.5,review_days=7",
    }
)


def _crossroads() -> Crossroads:
    """Bonded stock two days off, a depot five, direct mail twelve; of the first SKU direct mail is cheapest, of the
    second the depot. Abroad knows direct mail and bonded stock, home all three, far off direct mail alone."""
    bonded = Route("bonded", True, 2.0, np.array([6.0, 6.0]))
    depot = Route("depot", False, 5.0, np.array([5.0, 3.0]))
    direct = Route("direct", False, 12.0, np.array([2.0, 4.0]))
    return Crossroads(
        day=30,
        date=date(2026, 1, 31),
        skus=("LAMP", "BULB"),
        warehouses=("bonded", "depot", "direct"),
        markets=("abroad", "far-off", "home"),
        routes=((direct, bonded), (direct,), (direct, bonded, depot)),
        on_hand=np.array([[5, 0], [7, 7], [0, 90]]),
        pace=np.array([[1.0, 0.0], [2.5, 0.0], [0.3, 4.0]]),
    )


def _sent(spec: str, kind: int, market: str, sku: int = 0) -> list[int]:
    seen = _crossroads()
    return directed(routing(spec), seen).order[kind, :, seen.markets.index(market), sku].tolist()


@pytest.mark.parametrize("kind", [0, 1])
def test_preference_follows_served_by(kind: int) -> None:
    assert _sent("preference", kind, "home") == [DIRECT, BONDED, DEPOT]
    assert _sent("preference", kind, "abroad") == [DIRECT, BONDED, -1]
    assert _sent("preference:ranks=2", kind, "home") == [DIRECT, BONDED, -1]
    assert _sent("preference:ranks=1", kind, "abroad") == [DIRECT, -1, -1]
    assert directed(routing("preference"), _crossroads()).keeps is None


@pytest.mark.parametrize("kind", [0, 1])
def test_bonded_stock_goes_first_then_the_faster_warehouse(kind: int) -> None:
    assert _sent("bonded-first", kind, "home") == [BONDED, DEPOT, DIRECT]
    assert _sent("bonded-first", kind, "abroad") == [BONDED, DIRECT, -1]
    assert _sent("bonded-first", kind, "far-off") == [DIRECT, -1, -1]


@pytest.mark.parametrize(("sku", "patient"), [(0, [DIRECT, DEPOT, BONDED]), (1, [DEPOT, DIRECT, BONDED])])
def test_the_hurried_are_served_fast_and_the_patient_cheaply(sku: int, patient: list[int]) -> None:
    assert _sent("by-urgency", 0, "home", sku) == [BONDED, DEPOT, DIRECT]
    assert _sent("by-urgency", 1, "home", sku) == patient
    assert _sent("by-urgency", 1, "abroad") == [DIRECT, BONDED, -1]  # although bonded has stock


@pytest.mark.parametrize(
    ("within_days", "sku", "order"),
    [
        (12, 0, [DIRECT, DEPOT, BONDED]),
        (12, 1, [DEPOT, DIRECT, BONDED]),
        (11.9, 0, [DEPOT, BONDED, DIRECT]),
        (5, 1, [DEPOT, BONDED, DIRECT]),
        (4.9, 1, [BONDED, DEPOT, DIRECT]),
        (0, 0, [BONDED, DEPOT, DIRECT]),
    ],
)
def test_least_cost_among_those_that_are_fast_enough(within_days: float, sku: int, order: list[int]) -> None:
    for kind in (0, 1):
        assert _sent(f"least-cost:within_days={within_days}", kind, "home", sku) == order


def test_equal_routes_stand_in_the_order_of_served_by() -> None:
    seen = _crossroads()
    alike = [Route(name, False, 3.0, np.ones(2)) for name in ("direct", "depot", "bonded")]
    seen = replace(seen, routes=tuple(tuple(alike) for _ in seen.markets))
    for name in ("bonded-first", "by-urgency", "least-cost"):
        assert (directed(routing(name), seen).order[:, :, 0, 0] == [DIRECT, DEPOT, BONDED]).all()


def test_own_days_of_sales_are_lent_to_nobody() -> None:
    """Seven days of 1, 2.5, 0.3 and 4 a day, rounded up; the order is that of served_by."""
    answer = directed(routing("protect-scarce"), _crossroads())
    assert answer.keeps.tolist() == [[7, 0], [18, 0], [3, 28]]
    assert (answer.order == directed(routing("preference"), _crossroads()).order).all()
    assert routing("protect-scarce").review_days == 1


# --- what the engine takes --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """Answers what it is given."""

    name: ClassVar[str] = "answers"
    review_days: ClassVar[int] = 1
    told: Callable[[Crossroads], Any] = Routes

    def routes(self, seen: Crossroads) -> Routes:
        return self.told(seen)


def _usual(change: Callable[[np.ndarray], object] = lambda order: None, keeps: Any = None) -> Answers:
    order = Preference().routes(_crossroads()).order
    change(order)
    return _ordered(order, keeps)


def _ordered(order: np.ndarray, keeps: Any = None) -> Answers:
    return Answers(lambda seen: Routes(order, keeps))


def test_an_answer_is_copied_and_those_that_are_none_stand_last() -> None:
    own = Preference().routes(_crossroads()).order
    own[:, 0] = -1
    answer = directed(_ordered(own, np.full((3, 2), 4.0)), _crossroads())
    assert answer.order[0, :, 2, 0].tolist() == [BONDED, DEPOT, -1]
    assert (answer.order.dtype, answer.keeps.dtype) == ("i8", "i8")
    assert not answer.order.flags.writeable
    assert not answer.keeps.flags.writeable
    own[...] = 99
    assert answer.order.max() == DEPOT


def _put(value: float) -> Callable[[np.ndarray], None]:
    def change(order: np.ndarray) -> None:
        order[1, 1, 0, 1] = value

    return change


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (
            _usual(_put(DEPOT)),
            "routing answers:told=.* on day 30 sent buyers of BULB in market abroad to warehouse 1, kind 1, rank 1; "
            r"allowed: 2 \(direct\), 0 \(bonded\) once each, or -1 for none",
        ),
        (_usual(_put(DIRECT)), "BULB in market abroad to warehouse 2 twice, kind 1, rank 1"),
        (_usual(_put(3)), "to warehouse 3, kind 1, rank 1"),
        (_usual(_put(-2)), "to warehouse -2, kind 1"),
        (_ordered(Preference().routes(_crossroads()).order + 0.5), r"to warehouse 2\.5, kind 0, rank 0"),
        (_ordered(np.full((2, 3, 3, 2), np.nan)), "to warehouse nan, kind 0, rank 0"),
        (_ordered(np.zeros((2, 2, 3, 2), int)), r"order has shape \(2, 2, 3, 2\); .* shape \(2, 3, 3, 2\)"),
        (_ordered(np.zeros((2, 3, 3, 2), bool)), "order holds bool; give numbers"),
        (Answers(lambda seen: seen.pace), r"answered a ndarray; return Routes\(order\)"),
        (Answers(lambda seen: seen.nowhere), "answered a method"),
        (Answers(lambda seen: 1 / 0), r"failed at .*test_policies_routings\.py:\d+: ZeroDivisionError"),
        (_usual(keeps=np.full((3, 2), -1)), r"keeps -1 of LAMP at bonded; allowed: whole units from 0"),
        (_usual(keeps=np.full((3, 2), 0.5)), r"keeps 0\.5 of LAMP at bonded"),
        (_usual(keeps=np.full((3, 2), np.nan)), "keeps nan of LAMP"),
        (_usual(keeps=np.zeros((2, 3))), r"keeps has shape \(2, 3\); give one number per SKU, shape \(3, 2\)"),
    ],
)
def test_what_is_no_route_is_refused_with_its_place(answers: Answers, told: str) -> None:
    with pytest.raises(PolicyFault, match=told):
        directed(answers, _crossroads())


def test_what_is_kept_may_differ_from_run_to_run() -> None:
    seen = _crossroads()
    many = replace(seen, on_hand=np.stack([seen.on_hand] * 4), pace=np.stack([seen.pace, 2 * seen.pace] * 2))
    keeps = directed(routing("protect-scarce"), many).keeps
    assert keeps.shape == (4, 3, 2)
    assert keeps[:, 1, 0].tolist() == [18, 35, 18, 35]
    bad = keeps.copy()
    bad[2, 1, 1] = -1
    with pytest.raises(PolicyFault, match="keeps -1 of BULB at depot, run 2"):
        directed(_usual(keeps=bad), many)


# --- names, files, contract -------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", SPECS)
def test_shipped_routings_conform(spec: str) -> None:
    assert check(spec) == check_routing(routing(spec)) == []


FILE = '''
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from policies.routing import Crossroads, Routes

CALLS = [0]


@dataclass(frozen=True)
class Mine:
    """Sends everybody to the fastest."""

    name: ClassVar[str] = "mine"
    review_days: int = 7

    def routes(self, seen: Crossroads) -> Routes:
        order, keeps = seen.nowhere(), np.zeros(seen.on_hand.shape)
        for market in range(len(seen.markets)):
            order[:, :, market] = seen.by(market, seen.promises(market))
        LINE
        return Routes(order, keeps)
'''
BROKEN = {
    "raises": ("[][0]", r"routing mine on day 120 failed at .*mine\.py:\d+: IndexError"),
    "mutates": ("seen.on_hand[...] = 0", "read-only"),
    "mutates by force": (
        "seen.routes[0][0].cost.setflags(write=True); seen.routes[0][0].cost[...] += 1",
        "mine: changed what it saw; work on a copy",
    ),
    "hidden memory": ("CALLS[0] += 1; keeps += CALLS[0]", "asked twice, answered differently"),
    "order of the catalogue": ("keeps += np.arange(5)", "another order of the catalogue changes routes"),
    "runs mixed": ("keeps += seen.on_hand.max() % 97", "run .* alone and 50 at once differ"),
    "routes by run": (
        "order = order if seen.on_hand.sum() % 2 else seen.nowhere()",
        "run .* alone and 50 at once differ",
    ),
    "no route": ("order[:, 0, 2] = 0", "market remote to warehouse 0, kind 0, rank 0; allowed: 2 .direct."),
    "half a unit": ("keeps += 0.5", r"keeps 0\.5 of SKU-0 at bonded, run 0"),
    "no routes": ("return order", "answered a ndarray"),
}


@pytest.mark.parametrize(("line", "fault"), BROKEN.values(), ids=BROKEN.keys())
def test_an_outsiders_routing_mistake_is_named(tmp_path: Path, line: str, fault: str) -> None:
    faults = check(_written(tmp_path, line))
    assert any(re.search(fault, text) for text in faults), faults


def test_an_outsiders_routing_is_made_described_and_conforms(tmp_path: Path) -> None:
    spec = _written(tmp_path, "pass")
    assert check(spec) == []
    assert label(routing(f"{spec}(review_days=3)")) == "mine:review_days=3"
    assert describe(spec).summary == "Sends everybody to the fastest."
    with pytest.raises(PolicyError, match="Mine lacks sees, orders"):
        policy(spec)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    review_days: int = 7\n", "", "Mine lacks review_days; a routing has name, review_days and routes"),
        ("def routes", "def route", "Mine lacks routes"),
        ("review_days: int = 7", "review_days: int = 0", "review_days = 0; must be a whole number of days, 1 or more"),
        ("(frozen=True)", "", "Mine is not a frozen dataclass"),
    ],
)
def test_files_that_hold_no_routing_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    spec = _written(tmp_path, "pass")
    file = tmp_path / "mine.py"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(message)):
        routing(spec)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("preferance", "no routing 'preferance'; did you mean 'preference'? allowed: preference, bonded-first, "),
        ("reorder-point", "no routing 'reorder-point'"),
        ("preference:ranks=0", "preference: ranks = 0: allowed 1 to 50 warehouses"),
        ("preference:review_days=7", "preference: no parameter 'review_days'"),
        ("least-cost:within_days=soon", "within_days = 'soon': must be a number of days"),
        ("preference+bonded-first", "bonded-first does not wrap another routing"),
    ],
)
def test_texts_that_name_no_routing_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(message)):
        routing(spec)
    assert [routing(spec) for spec in default_routings()] == [Preference()]


@pytest.mark.parametrize("cls", SHIPPED_ROUTINGS)
def test_routings_are_described_and_made_like_policies(cls: type[Routing]) -> None:
    told = describe(cls.name)
    assert told.summary.endswith(".")
    assert told.formula
    assert told.source
    assert told.sees == ("stock", "sales")
    assert all(one.about and one.unit for one in told.parameters)
    made = routing(told.example)
    assert made.name == cls.name
    assert made == routing(label(made)) == pickle.loads(pickle.dumps(made))
    assert isinstance(made, Routing)


@pytest.mark.parametrize(
    ("cls", "field"),
    [(cls, field) for cls in SHIPPED_ROUTINGS for field in dataclasses.fields(cls)],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_every_range_accepts_its_ends_and_refuses_beyond(cls: type[Routing], field: dataclasses.Field) -> None:
    low, high = field.metadata["low"], field.metadata["high"]
    for accepted in (low, high):
        assert getattr(cls(**{field.name: accepted}), field.name) == accepted
    for refused in (low - 1, high + 1, float("nan"), "7", True):
        with pytest.raises(PolicyError, match=f"{cls.name}: {field.name} = "):
            cls(**{field.name: refused})


def test_every_routing_in_the_folder_ships() -> None:
    shipped = {cls.__module__ for cls in SHIPPED_ROUTINGS}
    files = {path.stem for path in Path(policies.routings.__file__).parent.glob("*.py")} - {"__init__"}
    assert shipped == {f"policies.routings.{name}" for name in files}
    names = [cls.name for cls in (*SHIPPED, *SHIPPED_PLAYBOOKS, *SHIPPED_ROUTINGS)]
    assert len(set(names)) == len(names)


@dataclass(frozen=True)
class Foreign(Preference):
    """Follows served_by, elsewhere."""

    name = "foreign"


def test_registered_routings_have_a_group_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        name, value = "foreign", "elsewhere:Foreign"

        def load(self) -> type[Foreign]:
            return Foreign

    groups = {"stocktide.routings": [Entry()], "stocktide.playbooks": [], "stocktide.policies": []}
    monkeypatch.setattr(policies.plugins.catalogue, "entry_points", lambda group: groups[group])
    assert routing("foreign:ranks=2") == Foreign(ranks=2)
    assert describe("foreign").summary == "Follows served_by, elsewhere."
    assert check("foreign") == []
    with pytest.raises(PolicyError, match="no policy 'foreign'"):
        policy("foreign")


def _written(folder: Path, line: str) -> str:
    file = folder / "mine.py"
    file.write_text(FILE.replace("LINE", line), encoding="utf-8")
    return f"{file}:Mine"
