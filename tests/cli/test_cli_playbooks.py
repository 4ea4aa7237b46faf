"""--playbook and --against as a user types them, right and wrong."""

import json
from pathlib import Path

import pytest

from tests.cli.typed import called

FEW = ("--runs", "3", "--jobs", "1", "--policy", "reorder-point")
BROKEN = '''
from dataclasses import dataclass
from policies.playbook import Levers

@dataclass(frozen=True)
class Broken:
    """Breaks the contract of playbooks."""

    name = "broken"
    how: str = "raises"
    reaction_hours: float = 0.0

    def act(self, seen):
        if self.how == "raises":
            raise KeyError("no such thing")
        if self.how == "unknown":
            return Levers(price=1.0)
        return {"shape": Levers(ads=[1.0, 1.0]), "steer": Levers(steer=2.0 + 0 * seen.stock.on_hand)}[self.how]
'''


def test_rows_are_policy_and_playbook(tmp_path: Path) -> None:
    done = called(tmp_path, "compare", "apparel-by-air", *FEW, "--playbook", "none", "--playbook", "alerts", "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert [(row["policy"], row["playbook"]) for row in found["policies"]] == [
        ("reorder-point", "none"), ("reorder-point", "alerts"),
    ]  # fmt: skip
    sides = {(gap["playbook"], gap["reference_playbook"]) for gap in found["differences"]}
    assert len(sides) == 1
    assert set(*sides) == {"none", "alerts"}


def test_a_playbook_is_named_on_the_board_and_played_by_run(tmp_path: Path) -> None:
    done = called(tmp_path, "run", "apparel-by-air", *FEW, "--playbook", "alerts")
    assert done.code == 0
    assert "reorder-point with alerts" in " ".join(done.out.split())


def test_a_misspelt_playbook_is_told_before_anything_is_played(tmp_path: Path) -> None:
    done = called(tmp_path, "compare", "apparel-by-air", *FEW, "--playbook", "alrts")
    assert done.code == 2
    assert "no playbook 'alrts'; did you mean 'alerts'?" in done.err


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("raises", "no such thing"),
        ("unknown", "price"),
        ("shape", "ads has shape (2,)"),
        ("steer", "set steer = 2.0 for TEE-BLACK"),
    ],
)
def test_a_playbook_that_breaks_the_contract_is_named_with_day_and_hour(tmp_path: Path, how: str, told: str) -> None:
    (tmp_path / "broken.py").write_text(BROKEN, encoding="utf-8")
    done = called(tmp_path, "compare", "apparel-by-air", *FEW, "--playbook", f"broken.py:Broken(how='{how}')")
    assert done.code == 4
    assert "on day 0, 00:00" in done.err
    assert told in done.err
    assert "Traceback" not in done.err


def test_a_world_against_its_twin(tmp_path: Path) -> None:
    twins = ("compare", "three-times-overstock", "--against", "three-times-overstock-twin", *FEW)
    shown, told = called(tmp_path, *twins), called(tmp_path, *twins, "--json")
    assert (shown.code, told.code) == (0, 0)
    assert "Here: three-times-overstock" in shown.out
    found = json.loads(told.out)
    assert (found["scenario"], found["against"]) == ("three-times-overstock", "three-times-overstock-twin")
    revenue = next(gap for gap in found["differences"] if gap["score"] == "revenue")
    assert (revenue["policy"], revenue["playbook"]) == ("reorder-point", "none")
    assert revenue["low"] > 0


def test_against_goes_with_neither_folder_nor_goal(tmp_path: Path) -> None:
    done = called(tmp_path, "compare", "apparel-by-air", "--against", "apparel-by-air", "--out", "folder", *FEW)
    assert done.code == 2
    assert "--against" in done.err
    again = called(tmp_path, "compare", "apparel-by-air", "--against", "apparel-by-air", "--resume", *FEW)
    assert again.code == 2
    assert "--against" in again.err
    assert not (tmp_path / "folder").exists()
