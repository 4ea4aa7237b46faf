"""The how-to keeps its word: its blocks run in order, and what it names is there."""

import re
from dataclasses import fields
from pathlib import Path

from policies.protocol import SIGHTS, LaneFacts, Observation
from tests.cli.blocks import marked, run

ROOT = Path(__file__).parents[2]
HOW_TO = (ROOT / "docs" / "how-to-write-a-rule.md").read_text(encoding="utf-8")


def test_its_blocks_run_in_order(tmp_path: Path) -> None:
    blocks = marked(HOW_TO)
    assert [block["mark"] for block in blocks] == ["run", "file=pallets.py", "run", "file=lead_and_more.py", "run"]
    printed = [run(block, tmp_path) for block in blocks]
    assert "first_try.py:FirstTry: keeps the contract" in printed[0]
    assert printed[2] == "[]\n"
    assert "lead_and_more.py:LeadAndMore: keeps the contract" in printed[4]


def test_it_ends_with_a_rule_of_twelve_lines() -> None:
    rules = [block["text"] for block in marked(HOW_TO) if block["mark"].startswith("file=")]
    assert len([line for line in rules[-1].splitlines() if line.strip()]) == 12


def test_every_sight_and_every_fact_is_told() -> None:
    table = re.findall(r"^\| `(\w+)` \|", HOW_TO, re.MULTILINE)
    assert tuple(table) == SIGHTS
    facts = {field.name for field in fields(Observation)} - {"sights", "seen_by"}
    assert [fact for fact in sorted(facts) if f"`seen.{fact}`" not in HOW_TO] == []
    assert {"lead_days", "spread_days", "landed_cost"} <= {field.name for field in fields(LaneFacts)}


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", HOW_TO)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
