"""What is said beside a result is said in its language."""

import re
from pathlib import Path

from tests.cli.typed import called

SHORT = ("--policy", "reorder-point+ad-prestock", "--runs", "2", "--jobs", "1", "--lang", "zh")
LATIN = re.compile(r"[A-Za-z]{2,}")


def latin(line: str) -> list[str]:
    """Words of Latin letters but those of paths and of what was typed."""
    return LATIN.findall(line.replace("run/page.html", "").replace("--seed", ""))


def test_where_a_page_is_and_what_is_written(tmp_path: Path) -> None:
    told = called(tmp_path, "compare", "apparel-by-air", *SHORT, "--out", "run").err.splitlines()
    assert told[0].startswith("警告：ad-prestock "), "what a rule itself says is said in its own words"
    assert [latin(line) for line in told[1:]] == [[]] * (len(told) - 1)
    assert told[-1] == "报告网页：run/page.html"
    assert called(tmp_path, "report", "run", "--lang", "zh").err == "已写入：run/page.html\n"


def test_that_seeds_differ(tmp_path: Path) -> None:
    told = called(tmp_path, "compare", "apparel-by-air", "--against", "gift-shop", *SHORT).err
    assert [latin(line) for line in told.splitlines() if "种子" in line] == [[]]
