"""README keeps its word: its marked blocks run, in order, and what it says of the program is so."""

import os
import re
import subprocess
from pathlib import Path

from reports.display.limits import NOT_MODELLED
from reports.scores import SCORES
from scenarios.reader import shipped_worlds
from tests.cli.typed import SCRIPTS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<language>\w+) (?P<mark>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_what_is_marked_runs(tmp_path: Path) -> None:
    blocks = [found for found in BLOCK.finditer(README) if not found["mark"].startswith("ci=")]
    assert [block["mark"] for block in blocks] == ["run", "run", "file=cover.py", "run", "run", "run", "run"]
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    for block in blocks:
        if block["mark"] == "run":
            command = ["bash", "-euo", "pipefail", "-c", block["text"]]
            done = subprocess.run(
                command, cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
        else:
            (tmp_path / block["mark"].removeprefix("file=")).write_text(block["text"], encoding="utf-8")
    assert (tmp_path / "my-report" / "page.html").is_file()


def test_a_rule_takes_twelve_lines() -> None:
    rule = next(found["text"] for found in BLOCK.finditer(README) if found["mark"] == "file=cover.py")
    assert len([line for line in rule.splitlines() if line.strip()]) == 12


def test_both_commands_are_there() -> None:
    marks = [found["mark"] for found in BLOCK.finditer(README)]
    assert [mark for mark in marks if mark.startswith("ci=")] == ["ci=main-job", "ci=tests"]


def test_every_world_is_listed() -> None:
    assert [name for name, _ in shipped_worlds() if f"`{name}`" not in README] == []


def test_scores_are_told_as_they_are_computed() -> None:
    for name in ("stockout_rate", "holding_cost", "turnover"):
        assert f"| {SCORES[name].formula} |" in README


def test_what_is_not_modelled_is_told() -> None:
    assert [limit for limit in NOT_MODELLED if f"- {limit}\n" not in README] == []


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
