"""The command as a user types it: the installed script, in a folder of the test's own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True)
class Answer:
    """What came back."""

    code: int
    out: str
    err: str


def typed(folder: Path, *words: str) -> Answer:
    """Type `stocktide WORDS...` in a folder."""
    done = subprocess.run(
        [SCRIPTS / "stocktide", *words],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def names(folder: Path) -> list[str]:
    """Everything in a folder, hidden or not."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
