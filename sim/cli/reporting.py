"""The verb that tells again what was played: report."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from reports.language.speaking import say, speaking
from sim.cli.contest import shown
from sim.cli.options import AsJson
from sim.cli.terminal import Lang, Language, tell


class Form(StrEnum):
    """What a report is written as."""

    html = "html"
    xlsx = "xlsx"
    csv = "csv"
    md = "md"
    pdf = "pdf"
    png = "png"
    svg = "svg"


def report(
    folder: Annotated[str, typer.Argument(help="A folder that `--out` left.")],
    form: Annotated[Form, typer.Option("--format", help="What to write into the folder.")] = Form.html,
    lang: Lang = Language.en,
    as_json: AsJson = False,
) -> None:
    """Show a finished comparison again, and write its report anew from the folder alone."""
    from reports.folder import load, redraw

    with speaking(lang.value):
        shown(load(Path(folder)), as_json)
        for path in redraw(Path(folder), form.value):
            tell(say("terminal.written", path=path))
