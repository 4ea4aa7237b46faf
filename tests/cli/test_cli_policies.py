"""policies, policies NAME, policies check; and policy files that break the contract while they play."""

from pathlib import Path

import pytest

from policies.registry import policies
from tests.cli.typed import names, typed

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a policy that breaks the contract in any of several ways."""
    (tmp_path / "broken.py").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_policies_lists_and_describes(tmp_path: Path) -> None:
    listed = typed(tmp_path, "policies")
    assert listed.code == 0
    assert all(name in listed.out for name, _ in policies())
    described = typed(tmp_path, "policies", "reorder-point")
    assert described.code == 0
    for words in ("Formula: reorder point = ", "Source: ", "safety_days = None  (0 to 730 days): "):
        assert words in described.out


def test_a_policy_in_a_file_is_described_and_checked(folder: Path) -> None:
    described = typed(folder, "policies", "broken.py:Broken")
    assert described.code == 0
    assert "Orders what nobody can order." in described.out
    assert "how = half\n" in described.out
    good = typed(folder, "policies", "check", "reorder-point:safety_days=10")
    assert (good.code, good.out) == (0, "reorder-point:safety_days=10: keeps the contract\n")
    bad = typed(folder, "policies", "check", "broken.py:Broken")
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
    rule, jobs = f"broken.py:Broken(how={how!r})", "2" if how == "nan" else "1"
    answer = typed(folder, *RUN, rule, "--jobs", jobs, "--out", "report")
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
