"""README keeps its word: its marked blocks run, and what it says of the program is so."""

import re
from pathlib import Path

import pytest

from reports.display.limits import not_modelled
from reports.scores import SCORES
from scenarios.reader import shipped_worlds
from tests.cli.blocks import marked, run

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = [block for block in marked(README) if block["mark"].startswith("file=")]
COMMANDS = [block for block in marked(README) if block["mark"] == "run"]


def few(commands: str) -> str:
    """Commands with as few replications as still tell that they work; in so few, other processes only cost time."""
    alone = re.sub(r"(stocktide (?:compare|stress|tune|worth) .*--runs \d+)", r"\1 --jobs 1", commands)
    return re.sub(r"--runs \d+", "--runs 3", alone)


@pytest.mark.parametrize("block", [pytest.param(block, id=f"command {n}") for n, block in enumerate(COMMANDS, 1)])
def test_what_is_marked_runs(block: re.Match[str], tmp_path: Path) -> None:
    """Each by itself, in few futures, beside the files that the text has its reader write."""
    for file in FILES:
        run(file, tmp_path)
    run(block, tmp_path, few)
    for folder in re.findall(r"--out (\S+)", block["text"]):
        assert any((tmp_path / folder).iterdir())


def test_a_rule_takes_twelve_lines() -> None:
    (rule,) = (found["text"] for found in FILES)
    assert len([line for line in rule.splitlines() if line.strip()]) == 12


def test_both_commands_are_there() -> None:
    marks = [found["mark"] for found in marked(README)]
    assert [mark for mark in marks if mark.startswith("ci=")] == ["ci=main-job", "ci=tests"]


def test_every_world_is_listed() -> None:
    assert [name for name, _ in shipped_worlds() if f"`{name}`" not in README] == []


def test_scores_are_told_as_they_are_computed() -> None:
    for name in ("stockout_rate", "holding_cost", "turnover"):
        assert f"| {SCORES[name].formula} |" in README


def test_what_is_not_modelled_is_told() -> None:
    assert [limit for limit in not_modelled() if f"- {limit}\n" not in README] == []


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
