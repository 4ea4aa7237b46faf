"""README in Chinese tells what README tells: the same commands, and everything that ships."""

import re
from pathlib import Path

from policies.registry import playbooks, policies, routings
from reports.language.speaking import messages
from scenarios.reader import shipped_shocks, shipped_worlds
from tests.cli.blocks import marked

ROOT = Path(__file__).parents[2]
CHINESE = ROOT / "docs" / "README.zh.md"
TEXT = CHINESE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?:sh|python)\b[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_commands_are_those_of_the_readme() -> None:
    """Beside the language of the answer; they run there, not here."""
    english = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    blocks = [block.replace(" --lang zh", "") for block in BLOCK.findall(TEXT)]
    assert blocks
    assert [block for block in blocks if block not in english] == []
    assert marked(TEXT) == []


def test_every_plug_in_is_listed() -> None:
    shipped = [name for name, _ in (*policies(), *playbooks(), *routings())]
    assert [name for name in shipped if f"`{name}`" not in TEXT] == []


def test_every_world_and_shock_is_listed() -> None:
    assert [name for name, _ in (*shipped_worlds(), *shipped_shocks()) if f"`{name}`" not in TEXT] == []


def test_it_says_what_reports_say() -> None:
    said = messages("zh")
    for name in ("stockout_rate", "holding_cost", "turnover"):
        assert f"| {said[f'score.{name}.formula']} |" in TEXT
    limits = [text for key, text in said.items() if key.startswith("not_modelled.")]
    assert limits
    assert [limit for limit in limits if f"- {limit}\n" not in TEXT] == []


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert links
    assert [link for link in links if not (CHINESE.parent / link).exists()] == []
