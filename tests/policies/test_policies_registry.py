"""Names, texts and files: how a policy is found, made, refused and described."""

import dataclasses
import importlib
import pickle
import re
from pathlib import Path, PureWindowsPath

import pytest

import policies.playbooks
import policies.plugins.catalogue
import policies.registry
import policies.rules
from policies.parameters import label, wrapped_field
from policies.playbook import Playbook
from policies.playbooks.alerts import Alerts
from policies.playbooks.none import NoPlaybook
from policies.plugins.file import split_file_spec
from policies.protocol import SIGHTS, Policy, PolicyError
from policies.registry import SHIPPED, SHIPPED_PLAYBOOKS, default_field, default_playbooks, describe, playbook, policy
from policies.rules.thresholds.reorder_point import ReorderPoint
from policies.rules.wrappers.air_rescue import AirRescue
from policies.rules.yardsticks.never import Never

PLAIN = [cls for cls in SHIPPED if wrapped_field(cls) is None]
TWELVE_LINES = """
@dataclass(frozen=True)
class Mine:
    name: ClassVar[str] = "mine"
    cover_days: float = 30.0
    review_days: int = 7

    @property
    def sees(self):
        return frozenset({"stock", "sales"})

    def orders(self, seen):
        missing = seen.sales.pace(28) * self.cover_days - seen.stock.position
        return Orders({seen.lane("cheapest").name: np.ceil(np.maximum(missing, 0))})
"""
PLAYBOOK_LINES = '''
from policies.playbook import Levers

@dataclass(frozen=True)
class Mine:
    """Pauses all ads."""

    name: ClassVar[str] = "mine"
    reaction_hours: float = 2.0

    def act(self, seen):
        return Levers(ads=np.zeros(seen.stock.on_hand.shape))
'''
HEAD = """from dataclasses import dataclass
from typing import ClassVar
import numpy as np
from policies.protocol import Orders
"""
PARTNERS = {"s_units": {"S_units": 1e9}, "S_units": {"s_units": 0}, "s_days": {"S_days": 730}, "S_days": {"s_days": 0}}
PARTNERS |= {"promote": {"demote": 0}, "demote": {"promote": 1e6}}
PARTNERS |= {
    "a_share": {"b_share": 1},
    "b_share": {"a_share": 0},
    "x_ratio": {"y_ratio": 100},
    "y_ratio": {"x_ratio": 0},
}
RANGED = [
    pytest.param(cls, field, id=f"{cls.name}-{field.name}")
    for cls in (*SHIPPED, *SHIPPED_PLAYBOOKS)
    for field in dataclasses.fields(cls)
    if "low" in field.metadata
]


@pytest.mark.parametrize(
    ("spec", "made"),
    [
        ("never", Never()),
        ("reorder-point:safety_days=10", ReorderPoint(safety_days=10)),
        (" reorder-point : safety_days = 10 , lane = air ", ReorderPoint(safety_days=10, lane="air")),
        ("reorder-point:safety_units=1e3", ReorderPoint(safety_units=1000)),
        ("reorder-point:safety_units=1e+3+air-rescue", AirRescue(ReorderPoint(safety_units=1000))),
        ("reorder-point:lane=7", ReorderPoint(lane="7")),
        ("reorder-point:safety_days=none", ReorderPoint()),
        ("reorder-point+air-rescue", AirRescue(ReorderPoint())),
        ("reorder-point:safety_days=10+air-rescue:lane=jet", AirRescue(ReorderPoint(safety_days=10), lane="jet")),
        ("never+air-rescue+air-rescue", AirRescue(AirRescue(Never()))),
        ("reorder-point:lane=sea+rush", ReorderPoint(lane="sea+rush")),
        ("reorder-point:lane=sea+rush,safety_days=3", ReorderPoint(lane="sea+rush", safety_days=3)),
        (
            "reorder-point:lane=sea+rush+air-rescue:lane=air+rush",
            AirRescue(ReorderPoint(lane="sea+rush"), lane="air+rush"),
        ),
    ],
)
def test_texts_become_policies_and_labels_are_texts(spec: str, made: Policy) -> None:
    assert policy(spec) == made
    assert policy(label(made)) == made
    assert hash(policy(spec)) == hash(made)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("reorder-pont", "no policy 'reorder-pont'; did you mean 'reorder-point'? allowed: never, oracle"),
        ("", "no policy ''"),
        ("zzzzzz", "no policy 'zzzzzz'; allowed: never"),
        (
            "reorder-point:safty_days=3",
            "no parameter 'safty_days'; did you mean 'safety_days'? allowed: safety_cycles (0 to 10",
        ),
        ("reorder-point:name=3", "no parameter 'name'"),
        ("reorder-point:safety_days=soon", "safety_days = 'soon': must be a number of days"),
        ("reorder-point:safety_days=true", "safety_days = True: must be a number of days"),
        ("reorder-point:safety_days=nan", "safety_days = nan: allowed 0 to 730 days"),
        ("reorder-point:safety_days=inf", "safety_days = inf: allowed 0 to 730 days"),
        ("reorder-point:review_days=1.5", "review_days = 1.5: must be a whole number of days"),
        ("reorder-point:review_days=none", "review_days = None: must be a whole number of days"),
        ("reorder-point:safety_days", "'safety_days' is not key=value"),
        ("reorder-point:=3", "'=3' is not key=value"),
        ("reorder-point:safety_days=3,safety_days=4", "safety_days is given twice"),
        ("air-rescue", "air-rescue wraps another policy; write BASE+air-rescue"),
        ("never+reorder-point", "reorder-point does not wrap another policy"),
        ("never+air-rescue:base=never", "no parameter 'base'; it stands before the +"),
        ("never+air-resque", "did you mean 'air-rescue'"),
    ],
)
def test_texts_that_name_no_policy_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(message)):
        policy(spec)


@pytest.mark.parametrize(("cls", "field"), RANGED)
def test_every_range_accepts_its_ends_and_refuses_beyond(cls: type[Policy], field: dataclasses.Field) -> None:
    rest = PARTNERS.get(field.name, {}) | _base(cls)
    low, high = field.metadata["low"], field.metadata["high"]
    for accepted in (low, high):
        assert getattr(cls(**{field.name: accepted}, **rest), field.name) == accepted
    for refused in (low - 1, high + 1, float("nan"), "7", True, [7]):
        with pytest.raises(PolicyError, match=f"{cls.name}: {field.name} = "):
            cls(**{field.name: refused}, **rest)


@pytest.mark.parametrize("cls", [cls for cls in SHIPPED if hasattr(cls, "lane")])
def test_a_lane_is_a_word(cls: type[Policy]) -> None:
    rest = _base(cls)
    assert cls(lane="anything", **rest).lane == "anything"
    with pytest.raises(PolicyError, match=r"lane = 7: must be a str"):
        cls(lane=7, **rest)


@pytest.mark.parametrize("cls", PLAIN)
def test_identity_is_parameters(cls: type[Policy]) -> None:
    one = cls()
    assert one == cls() == pickle.loads(pickle.dumps(one))
    assert label(one) == cls.name
    assert label(cls(review_days=11)) == f"{cls.name}:review_days=11"
    assert "review_days=11" in repr(cls(review_days=11))
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.review_days = 3
    assert isinstance(one, Policy)
    assert one.sees <= set(SIGHTS)


def test_every_rule_in_the_folder_ships() -> None:
    """A file in `rules/` that is not in the tuple is forgotten, not optional."""
    shipped = {cls.__module__ for cls in SHIPPED}
    rules = Path(policies.rules.__file__).parent
    files = {f"{path.parent.name}.{path.stem}" for path in rules.glob("*/*.py") if path.stem != "__init__"}
    assert shipped == {f"policies.rules.{name}" for name in files}
    assert len({cls.name for cls in SHIPPED}) == len(SHIPPED)


def test_every_playbook_in_the_folder_ships() -> None:
    shipped = {cls.__module__ for cls in SHIPPED_PLAYBOOKS}
    files = {path.stem for path in Path(policies.playbooks.__file__).parent.glob("*.py")} - {"__init__"}
    assert shipped == {f"policies.playbooks.{name}" for name in files}
    names = [cls.name for cls in (*SHIPPED, *SHIPPED_PLAYBOOKS)]
    assert len(set(names)) == len(names)


def test_the_default_field_is_made_and_distinct() -> None:
    made = [policy(spec) for spec in default_field()]
    assert len({label(one) for one in made}) == len(made)
    assert [one.name for one in made][:2] == ["never", "oracle"]


@pytest.mark.parametrize("cls", SHIPPED)
def test_descriptions_are_complete_and_examples_work(cls: type[Policy]) -> None:
    told = describe(cls.name)
    assert told.summary.endswith(".")
    assert told.about.startswith(told.summary)
    assert told.formula
    assert told.source
    assert policy(told.example).name == cls.name
    assert told.wraps == (wrapped_field(cls) is not None)
    assert told.sees or cls is Never
    fields = [field for field in dataclasses.fields(cls) if "wraps" not in field.metadata]
    assert [one.name for one in told.parameters] == [field.name for field in fields]
    assert all(one.about and (one.unit or one.low is None) for one in told.parameters)


@pytest.mark.parametrize("cls", SHIPPED_PLAYBOOKS)
def test_playbooks_are_described_and_made_like_policies(cls: type[Playbook]) -> None:
    told = describe(cls.name)
    assert told.summary.endswith(".")
    assert told.formula
    assert told.source
    assert told.sees == ("stock", "sales", "ads", "calendar")
    assert all(one.about and one.unit for one in told.parameters)
    made = playbook(told.example)
    assert made.name == cls.name
    assert made == playbook(label(made)) == pickle.loads(pickle.dumps(made))
    assert isinstance(made, Playbook)
    assert not isinstance(made, Policy)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("alert", "no playbook 'alert'; did you mean 'alerts'? allowed: none, alerts, "),
        ("reorder-point", "no playbook 'reorder-point'"),
        ("alerts:red=0.1", "alerts: no parameter 'red'; did you mean 'red_ads'?"),
        ("alerts:steer=1.5", "alerts: steer = 1.5: allowed 0 to 1 as a share"),
        ("alerts:reaction_hours=-1", "alerts: reaction_hours = -1: allowed 0 to 720 hours"),
        ("none+alerts", "alerts does not wrap another playbook"),
    ],
)
def test_texts_that_name_no_playbook_are_refused(spec: str, message: str) -> None:
    with pytest.raises(PolicyError, match=re.escape(message)):
        playbook(spec)
    assert [playbook(spec) for spec in default_playbooks()] == [NoPlaybook()]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("reaction_hours: float = 2.0", "", "Mine lacks reaction_hours; a playbook has name, reaction_hours and act"),
        ("def act", "def acts", "Mine lacks act"),
        ("2.0", "-2.0", "reaction_hours = -2.0; must be a number of hours, 0 or more"),
        ("2.0", "float('nan')", "reaction_hours = nan; must be a number of hours"),
        ("2.0", "float('inf')", "reaction_hours = inf; must be a number of hours"),
        ("2.0", "True", "reaction_hours = True; must be a number of hours"),
    ],
)
def test_a_playbook_in_a_file_is_made_or_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    spec = f"{_file(tmp_path, PLAYBOOK_LINES)}:Mine"
    assert label(playbook(f"{spec}(reaction_hours=3)")) == "mine:reaction_hours=3"
    assert describe(spec).summary == "Pauses all ads."
    _file(tmp_path, PLAYBOOK_LINES.replace(old, new))
    with pytest.raises(PolicyError, match=re.escape(message)):
        playbook(spec)


def test_registered_playbooks_have_a_group_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {"stocktide.playbooks": [_Entry("foreign", f"{__name__}:ForeignAlerts")], "stocktide.policies": []}
    monkeypatch.setattr(policies.plugins.catalogue, "entry_points", lambda group: entries[group])
    assert playbook("foreign-alerts:steer=0") == ForeignAlerts(steer=0)
    assert describe("foreign-alerts").name == "foreign-alerts"
    with pytest.raises(PolicyError, match="no policy 'foreign-alerts'"):
        policy("foreign-alerts")


def test_reorder_point_is_described() -> None:
    told = describe("reorder-point")
    assert told.sees == ("stock", "sales", "calendar")
    assert told.example == "reorder-point:safety_days=10"
    days = next(one for one in told.parameters if one.name == "safety_days")
    assert (days.default, days.low, days.high, days.unit) == (None, 0, 730, "days")


@pytest.mark.parametrize(
    ("spec", "path", "cls", "arguments"),
    [
        ("mine.py:Mine", "mine.py", "Mine", ""),
        ("a/b/mine.py:Mine(cover_days=30)", "a/b/mine.py", "Mine", "(cover_days=30)"),
        (r"C:\me\mine.py:Mine(cover_days=30)", r"C:\me\mine.py", "Mine", "(cover_days=30)"),
        (r"C:\my.py things\mine.py:Mine(word='a.py:B')", r"C:\my.py things\mine.py", "Mine", "(word='a.py:B')"),
        ("reorder-point:lane=a.py", None, "", ""),
        ("mine.py", None, "", ""),
    ],
)
def test_a_file_and_class_are_split_at_the_colon_before_the_class(spec, path, cls, arguments) -> None:
    found = split_file_spec(spec)
    if path is None:
        assert found is None
    else:
        assert (PureWindowsPath(found.path), found.cls, found.arguments) == (PureWindowsPath(path), cls, arguments)


def test_twelve_lines_are_a_policy(tmp_path: Path) -> None:
    file = _file(tmp_path, TWELVE_LINES)
    mine = policy(f"{file}:Mine(cover_days=45)")
    assert label(mine) == "mine:cover_days=45"
    assert mine == policy(f"{file}:Mine(cover_days=45)")
    assert mine.orders.__doc__ is None
    assert label(policy(f"{file}:Mine+air-rescue:lane=air")) == "mine+air-rescue:lane=air"
    assert describe(f"{file}:Mine").parameters[0].name == "cover_days"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    spec = f"{_file(tmp_path, TWELVE_LINES)}:Mine"
    assert policy(spec).cover_days == 30
    _file(tmp_path, TWELVE_LINES.replace("30.0", "31.0"))
    assert policy(spec).cover_days == 31


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("(30)", "every argument needs its name"),
        ("(**{'cover_days': 3})", r"\*\* is not allowed"),
        ("(cover_days=open('/etc/passwd'))", "cover_days must be a literal"),
        ("(cover_days=)", "not a call"),
        ("(cover_day=3)", "no parameter 'cover_day'; did you mean 'cover_days'"),
        (f"(cover_days={'[' * 500}{']' * 500})", "not a call|must be a literal"),
    ],
)
def test_arguments_are_read_not_evaluated(tmp_path: Path, arguments: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        policy(f"{_file(tmp_path, TWELVE_LINES)}:Mine{arguments}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("(frozen=True)", "", "Mine is not a frozen dataclass"),
        ('    name: ClassVar[str] = "mine"\n', "", "Mine has no name"),
        ("    review_days: int = 7\n", "", "Mine lacks review_days"),
        ("def orders", "def order", "Mine lacks orders"),
        ('"sales"}', '"sails"}', "sees sails; allowed: stock, sales, ads, calendar, network, future"),
        ("review_days: int = 7", "review_days: int = 0", "review_days = 0; must be a whole number of days"),
        ("review_days: int = 7", "review_days: float = 7.5", "review_days = 7.5; must be a whole number of days"),
        ("class Mine", "class Other", "no class 'Mine'; it holds Other"),
        ("@dataclass", "raise SystemExit(3)\n@dataclass", "does not run: SystemExit: 3"),
        ("@dataclass", "import nowhere_at_all\n@dataclass", "does not run: ModuleNotFoundError"),
        ("def sees(self):", "def sees(self:", "does not run: SyntaxError"),
        ("cover_days: float = 30.0", "cover_days: float", "cannot be made: TypeError|does not run"),
    ],
)
def test_files_that_hold_no_policy_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = _file(tmp_path, TWELVE_LINES.replace(old, new))
    with pytest.raises(PolicyError, match=message) as caught:
        policy(f"{file}:Mine")
    assert str(file) in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"none\.py: cannot be read: No such file"):
        policy(f"{tmp_path / 'none.py'}:Mine")


class _Entry:
    def __init__(self, name: str, value: str) -> None:
        self.name, self.value = name, value

    def load(self):
        module, _, cls = self.value.partition(":")
        return getattr(importlib.import_module(module), cls)


@dataclasses.dataclass(frozen=True)
class Foreign(Never):
    """Orders nothing, elsewhere."""

    name = "foreign"


@dataclasses.dataclass(frozen=True)
class ForeignAlerts(Alerts):
    """Three levels, elsewhere."""

    name = "foreign-alerts"


@dataclasses.dataclass(frozen=True)
class Impostor(Never):
    """Takes a shipped name."""

    name = "oracle"


def test_registered_policies_are_found_and_never_replace_shipped_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [_Entry("foreign", f"{__name__}:Foreign"), _Entry("oracle", f"{__name__}:Impostor")]
    monkeypatch.setattr(policies.plugins.catalogue, "entry_points", lambda group: entries)
    assert policy("foreign:review_days=3") == Foreign(review_days=3)
    assert [name for name, _ in policies.registry.policies()] == [*(cls.name for cls in SHIPPED), "foreign"]
    assert not isinstance(policy("oracle"), Impostor)


def test_a_registered_policy_that_fails_is_named_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [_Entry("broken", "nowhere_at_all:Broken")]
    monkeypatch.setattr(policies.plugins.catalogue, "entry_points", lambda group: entries)
    assert policy("never") == Never()
    with pytest.raises(PolicyError, match=r"entry point 'broken' of stocktide\.policies \(nowhere_at_all:Broken\)"):
        policy("foreign")


def _base(cls: type[Policy]) -> dict[str, Policy]:
    return {} if wrapped_field(cls) is None else {"base": Never()}


def _file(folder: Path, text: str) -> Path:
    file = folder / "mine.py"
    file.write_text(HEAD + text, encoding="utf-8")
    return file
