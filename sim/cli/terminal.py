"""How verbs speak: the result on stdout; progress, warnings and what failed on stderr."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reports.language.speaking import say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from reports.display.section import Report


class Language(StrEnum):
    """What a result is told in."""

    en = "en"
    zh = "zh"


Lang = Annotated[Language, typer.Option(help="The language of the result: English or Chinese.")]


def tell(line: str) -> None:
    """Say a line on stderr."""
    print(line, file=sys.stderr)


def warn_of(sentence: str) -> None:
    """Say on stderr what is odd, but hinders nothing."""
    tell(say("terminal.warning", told=sentence))


def tell_of_page(folder: Path) -> None:
    """Say where a page was left."""
    tell(say("terminal.page", path=folder / "page.html"))


def show(as_json: bool, text: "Callable[[], str]", table: "Callable[[], RenderableType]") -> None:
    """Put a result on stdout: its JSON text and nothing else, or its table."""
    if as_json:
        sys.stdout.write(text())
        return
    from rich.console import Console

    Console().print(table())


def fail_where(broken: Iterable[str]) -> None:
    """End with 1 where conditions that the user set are broken, each told in a sentence."""
    told = [say("threshold.failed", told=sentence) for sentence in broken]
    for line in told:
        tell(line)
    if told:
        raise typer.Exit(1)


def save(folder: str, files: Mapping[str, bytes], report: "Report") -> None:
    """Leave a folder of files and the page of a report, and say where the page is. FolderError when that cannot be."""
    from reports.display.html import html
    from reports.folder import put

    put(Path(folder), {**files, "page.html": html(report).encode()})
    tell_of_page(Path(folder))


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
    """A bar on stderr while something is played; nothing where stderr is no terminal.

    `unit` is what it counts, a key below `terminal.units`.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn(say("terminal.playing")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(say(f"terminal.units.{unit}")),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda played: bar.advance(task, played)
