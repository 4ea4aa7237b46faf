"""policies, policies NAME, policies check, policies new; and policy files that break the contract while they play."""

import re
from pathlib import Path

import pytest

from policies.registry import playbooks, policies, routings
from tests.cli.typed import called, names, typed

RUN = ("run", "apparel-by-air", "--runs", "2", "--policy")
BROKEN = '''
from dataclasses import dataclass
import numpy as np
from policies.protocol import Orders

ANSWERS = {
    "half": lambda n: {"air": np.full(n, 0.5)},
    "nan": lambda n: {"air": np.full(n, np.nan)},
    "less": lambda n: {"air": np.full(n, -1)},
    "much": lambda n: {"air": np.full(n, 2**62)},
    "shape": lambda n: {"air": np.zeros(n + 1)},
    "lane": lambda n: {"rail": np.zeros(n)},
    "raises": lambda n: {"air": np.zeros(n) + {}["no such key"]},
    "talks": lambda n: print("thinking aloud") or {},
}

@dataclass(frozen=True)
class Broken:
    """Orders what nobody can order."""

    name = "broken"
    sees = frozenset({"stock"})
    how: str = "half"
    review_days: int = 7

    def orders(self, seen):
        if self.how == "rewrites":
            seen.stock.on_hand[...] = 1_000
        return Orders(ANSWERS[self.how](len(seen.skus)))
'''

RULE = '''
from dataclasses import dataclass
from policies.parameters import parameter
from policies.protocol import Orders

@dataclass(frozen=True)
class Mine:
    """Orders nothing."""

    name = "mine"
    sees = frozenset()
    needs = frozenset({"promotions", "ads"})
    days: int = parameter(20, 0, 90, "days", "cover", tune=(5, 60), serves=True)
    window: int = parameter(28, 1, 365, "days", "history", tune=(7, 56))
    review_days: int = parameter(7, 1, 365, "days", "review")

    def orders(self, seen):
        return Orders({})
'''
ROUTING = '''
from dataclasses import dataclass
from policies.routing import Routes

@dataclass(frozen=True)
class Mine:
    """Sends everybody to the first warehouse."""

    name = "mine"
    review_days: int = 7

    def routes(self, seen):
        return Routes(seen.nowhere() + 1)
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a policy that breaks the contract in any of several ways."""
    (tmp_path / "broken.py").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_policies_are_listed_and_described(tmp_path: Path) -> None:
    listed = called(tmp_path, "policies")
    assert listed.code == 0
    assert max(map(len, listed.out.splitlines())) <= 100
    for heading, known in (
        ("Policies: when and how much to order (`--policy`)\n", policies()),
        ("\nPlaybooks: what to do besides ordering (`--playbook`)\n", playbooks()),
        ("\nRoutings: which warehouse serves which buyers (`--routing`)\n", routings()),
    ):
        part = re.split(r"\n(?=[PR])", listed.out.partition(heading)[2])[0]
        assert re.findall(r"^    (\S+)  ", part, re.MULTILINE) == [name for name, _ in known]
    described = called(tmp_path, "policies", "reorder-point")
    assert described.code == 0
    for words in ("Formula: reorder point = ", "Source: ", "safety_days = None  (0 to 730 days"):
        assert words in described.out


def test_rules_are_listed_by_folder_each_under_what_its_folder_says(tmp_path: Path) -> None:
    listed = called(tmp_path, "policies").out.partition("\nPlaybooks: ")[0]
    headings = re.findall(r"^  (\S[^:]*): \S", listed, re.MULTILINE)
    assert headings == [
        "Yardsticks",
        "Thresholds",
        "Lots",
        "Forecasts",
        "Two lanes",
        "Assortment",
        "Networks",
        "Wrappers",
    ]
    assert "\n  Two lanes: rules that order by a slow and by a fast lane at once\n    single-index " in listed
    assert "\n    air-rescue " in listed.partition("\n  Wrappers: ")[2]


def test_where_a_parameter_is_tuned_and_which_serves_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RULE, encoding="utf-8")
    told = called(tmp_path, "policies", "mine.py:Mine").out
    assert "days = 20  (0 to 90 days; tuned within 5 to 60; more of it for more service): cover" in told
    assert "window = 28  (1 to 365 days; tuned within 7 to 56): history" in told
    assert "review_days = 7  (1 to 365 days): review" in told
    assert "\nNeeds: ads, promotions\n" in told


def test_a_routing_is_described_and_checked(tmp_path: Path) -> None:
    described = called(tmp_path, "policies", "least-cost")
    assert described.code == 0
    for words in ("Formula: promise <= within_days", "Sees: stock, sales", "within_days = 10.0  (0 to 365 days): "):
        assert words in described.out
    good = called(tmp_path, "policies", "check", "least-cost:within_days=3")
    assert (good.code, good.out) == (0, "least-cost:within_days=3: keeps the contract\n")
    (tmp_path / "mine.py").write_text(ROUTING, encoding="utf-8")
    bad = called(tmp_path, "policies", "check", "mine.py:Mine")
    assert bad.code == 4
    assert "- routing mine on day 120 sent buyers of SKU-0 in market remote to warehouse 0, kind 0, rank 0" in bad.out


def test_numbers_by_warehouse_are_described(tmp_path: Path) -> None:
    described = called(tmp_path, "policies", "regional-limits")
    assert "limits = None  (0 to 730 days): " in described.out
    refused = called(tmp_path, "policies", "check", "never+regional-limits:limits=germany")
    assert refused.code == 2
    assert "limits = 'germany': 'germany' is not WAREHOUSE=number" in refused.err


def test_a_policy_in_a_file_is_described_and_checked(folder: Path) -> None:
    described = called(folder, "policies", "broken.py:Broken")
    assert described.code == 0
    assert "Orders what nobody can order." in described.out
    assert "how = half\n" in described.out
    good = called(folder, "policies", "check", "reorder-point:safety_days=10")
    assert (good.code, good.out) == (0, "reorder-point:safety_days=10: keeps the contract\n")
    bad = called(folder, "policies", "check", "broken.py:Broken")
    assert bad.code == 4
    assert "ordered 0.5 of" in bad.out


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("half", "policy broken on day 0 ordered 0.5 of TEE-BLACK down lane 'air'"),
        ("nan", "policy broken:how=nan on day 0 ordered nan of TEE-BLACK"),
        ("less", "policy broken:how=less on day 0 ordered -1 of TEE-BLACK"),
        ("much", "policy broken:how=much on day 0 ordered 4611686018427387904 of TEE-BLACK"),
        ("shape", "policy broken:how=shape on day 0: lane 'air' has shape (2,)"),
        ("lane", "policy broken:how=lane on day 0 ordered down lane 'rail'; allowed: air"),
        ("raises", "policy broken:how=raises on day 0 failed at broken.py:13: KeyError: 'no such key'"),
        ("rewrites", "policy broken:how=rewrites on day 0 failed at broken.py:28: ValueError"),
    ],
)
def test_a_broken_policy_is_named_with_day_and_value(folder: Path, how: str, told: str) -> None:
    rule, where = f"broken.py:Broken(how={how!r})", ("--out", "report", "--jobs")
    in_workers = how == "nan"
    answer = typed(folder, *RUN, rule, *where, "2") if in_workers else called(folder, *RUN, rule, *where, "1")
    assert (answer.code, answer.out) == (4, "")
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert names(folder) == ["broken.py"]


def test_debug_shows_the_place(folder: Path) -> None:
    rule = "broken.py:Broken(how='raises')"
    answer = typed(folder, "--debug", *RUN, rule, "--jobs", "1")
    assert answer.code == 4
    assert "Traceback" in answer.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_a_policy_prints_does_not_mix_with_the_result(folder: Path, jobs: str) -> None:
    rule = "broken.py:Broken(how='talks')"
    answer = typed(folder, *RUN, rule, "--jobs", jobs, "--json")
    assert answer.code == 0
    assert answer.out.startswith("{\n")
    assert "thinking aloud" in answer.err
    assert "thinking aloud" not in answer.out


@pytest.mark.parametrize("kind", ["policy", "playbook", "routing"])
def test_new_writes_one_that_keeps_the_contract_and_plays(tmp_path: Path, kind: str) -> None:
    written = called(tmp_path, "policies", "new", "my_2nd_try", "--kind", kind)
    assert (written.code, written.out) == (0, "my_2nd_try.py\n")
    assert "stocktide policies check my_2nd_try.py:My2ndTry" in written.err
    assert names(tmp_path) == ["my_2nd_try.py"]
    text = (tmp_path / "my_2nd_try.py").read_text(encoding="utf-8")
    assert text.isascii()
    assert not re.search("MyRule|my-rule|my_rule", text)
    checked = called(tmp_path, "policies", "check", "my_2nd_try.py:My2ndTry")
    assert (checked.code, checked.out) == (0, "my_2nd_try.py:My2ndTry: keeps the contract\n")
    described = called(tmp_path, "policies", "my_2nd_try.py:My2ndTry").out
    assert described.startswith("my-2nd-try\n")
    assert all(f"\n{part}: " in described for part in ("Formula", "Source", "Example", "Sees"))
    rows = () if kind == "policy" else ("--policy", "reorder-point")
    played = called(
        tmp_path,
        "compare",
        "apparel-by-air",
        "--runs",
        "2",
        "--jobs",
        "1",
        *rows,
        f"--{kind}",
        "my_2nd_try.py:My2ndTry",
    )
    assert played.code == 0, played.err
    assert "my-2nd-try" in played.out


def test_new_writes_a_policy_unless_told_otherwise(tmp_path: Path) -> None:
    assert called(tmp_path, "policies", "new", "mine").code == 0
    assert "def orders(self, seen: Observation)" in (tmp_path / "mine.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["policy", "playbook", "routing"])
def test_new_writes_by_the_name_that_its_help_tells(tmp_path: Path, kind: str) -> None:
    written = called(tmp_path, "policies", "new", "my_rule", "--kind", kind)
    assert (written.code, written.out) == (0, "my_rule.py\n")
    assert called(tmp_path, "policies", "check", "my_rule.py:MyRule").code == 0


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("precious", encoding="utf-8")
    answer = called(tmp_path, "policies", "new", "mine")
    assert answer.code == 2
    assert "mine.py exists already" in answer.err
    assert (tmp_path / "mine.py").read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("new",), "what is it to be called?"),
        (("new", "my-rule"), "'my-rule' is no name for a Python module; allowed: a letter, then letters, digits and _"),
        (("new", "../mine"), "'../mine' is no name for a Python module"),
        (("new", "2nd"), "'2nd' is no name for a Python module"),
        (("new", "class"), "'class' is no name for a Python module"),
        (("new", "mine.py"), "'mine.py' is no name for a Python module"),
        (("new", "reorder_point"), "'reorder-point' is known already"),
        (("new", "alerts"), "'alerts' is known already"),
        (("new", "least_cost"), "'least-cost' is known already"),
        (("new", "orders"), "'orders' would be class Orders, which a policy imports; take another name"),
        (("new", "mine", "--kind", "rule"), "no kind 'rule'; allowed: policy, playbook, routing"),
        (("check", "never", "--kind", "policy"), "only `new` takes a kind"),
        (("never", "oracle"), "only `check` and `new` take a second word"),
        (("check",), "which one?"),
    ],
)
def test_wrong_words_are_refused_and_nothing_is_written(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    answer = called(tmp_path, "policies", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in " ".join(answer.err.replace("│", " ").split())
    assert names(tmp_path) == []
