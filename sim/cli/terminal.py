"""What verbs tell while they work: progress and warnings on stderr, since stdout is for the result."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def tell(line: str) -> None:
    """Say a line on stderr."""
    print(line, file=sys.stderr)


@contextmanager
def prints_on_stderr() -> Iterator[None]:
    """What a policy prints, here or in a worker, goes to stderr: stdout is for the result."""
    sys.stdout.flush()
    stdout = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(stdout, 1)
        os.close(stdout)


@contextmanager
def progress(total: int | None, unit: str = "replications") -> Iterator[Callable[[int], None]]:
    """A bar on stderr while something is played; nothing where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("Playing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda played: bar.advance(task, played)
