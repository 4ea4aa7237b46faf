"""Marked blocks of a text for readers, which run in order in a folder: ```sh run, ```python run, ```python file=NAME."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.cli.typed import SCRIPTS

BLOCK = re.compile(r"^```(?P<language>\w+) (?P<mark>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def marked(text: str) -> list[re.Match[str]]:
    """Every block with a mark, in order."""
    return list(BLOCK.finditer(text))


def run(block: re.Match[str], folder: Path, changed: Callable[[str], str] = str) -> str:
    """Run a block in a folder, its text changed, or write the file that it is; what it printed."""
    if block["mark"].startswith("file="):
        (folder / block["mark"].removeprefix("file=")).write_text(block["text"], encoding="utf-8")
        return ""
    assert block["mark"] == "run"
    commands = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}
    done = subprocess.run(
        [*commands[block["language"]], changed(block["text"])],
        cwd=folder,
        env=os.environ | {"PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
