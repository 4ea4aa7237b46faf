"""--shock: several at once, in any order, with settings; refused by name, with nothing played."""

import json
from pathlib import Path

import pytest

from scenarios.reader import shipped_shocks
from tests.cli.typed import Answer, called, names

README = Path(__file__).parents[2] / "README.md"
PLAY = ("run", "viral-oring", "--policy", "reorder-point", "--runs", "2", "--jobs", "1", "--json")


def scores(answer: Answer) -> tuple[str, object]:
    assert (answer.code, answer.err) == (0, "")
    said = json.loads(answer.out)
    return said["hash"], said["policies"]


def test_shocks_are_joined_in_any_order_and_switched_off(tmp_path: Path) -> None:
    one, two = "factory-stop:from=2026-05-01,factor=0.5", "dock-closed:from=40"
    together = called(tmp_path, *PLAY, "--shock", f"{one}+{two}")
    assert json.loads(together.out)["scenario"] == f"viral-oring+{one}+{two}"
    assert scores(together) == scores(called(tmp_path, *PLAY, "--shock", two, "--shock", one))
    plain = scores(called(tmp_path, *PLAY))
    assert scores(together) != plain
    assert scores(called(tmp_path, *PLAY, "--shock", "factory-stop:factor=0+dock-closed:factor=0")) == plain


@pytest.mark.parametrize(
    ("shock", "told"),
    [
        ("strike", "shock strike: finds nothing to act on in this world: no lanes by sea that leave on a calendar, no"),
        (
            "factory-stop+cape-detour",
            "shock cape-detour: finds nothing to act on in this world: no lanes by sea with a",
        ),
        ("factory-stop+factry-stop", "factry-stop: no such file, and no such name ships; did you mean 'factory-stop'?"),
        ("factory-stop+factory-stop", "shock factory-stop: is there twice"),
        ("dock-closed+factory-stop:form=3", "shock factory-stop:form=3: unknown setting 'form'; did you mean 'from'?"),
        (
            "dock-closed:from=2027-01-01",
            "shock dock-closed: from 2027-01-01 is not a day of this world; allowed: 2026-04",
        ),
        ("dock-closed:severity=2", "did you mean 'factor'?"),
        ("dock-closed+", "shock '': names no shock; allowed: NAME, or NAME+NAME"),
    ],
)
def test_a_wrong_shock_is_named(tmp_path: Path, shock: str, told: str) -> None:
    answer = called(tmp_path, *PLAY, "--out", "report", "--shock", shock)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("error: ")
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert names(tmp_path) == []


def test_worlds_says_how_shocks_are_laid(tmp_path: Path) -> None:
    assert "Shocks (--shock NAME, or NAME+NAME:from=2026-10-01,factor=2)" in called(tmp_path, "worlds").out


def test_every_shock_is_listed() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name, _ in shipped_shocks() if f"| `{name}` |" not in text] == []
