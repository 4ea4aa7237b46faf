"""The command as a user types it, in a folder of the test's own: the installed script, or the same within the test."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sim.cli.app import main

SCRIPTS = Path(sys.executable).parent
PLAIN = {"COLUMNS": "200", "NO_COLOR": "1"}


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
        env=os.environ | PLAIN,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def called(folder: Path, *words: str) -> Answer:
    """What the script does when `stocktide WORDS...` is typed, without a process of its own."""
    out, err = io.StringIO(), io.StringIO()
    with (
        chdir(folder),
        patch.dict(os.environ, PLAIN),
        patch.object(sys, "argv", ["stocktide", *words]),
        patch.object(sys.modules["__main__"], "__package__", None),  # else the command goes by the name of pytest
        patch.object(sys, "stdin", io.StringIO()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    return Answer(code, out.getvalue(), err.getvalue())


def names(folder: Path) -> list[str]:
    """Everything in a folder, hidden or not."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
