"""A report as a page: one self-contained HTML file that needs no network, no script and no installed font."""

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from reports.display.section import Choice, Part, Report, Section
from reports.language.glyphs import FAMILY, font_of, ours_in
from reports.language.speaking import say, spoken

if TYPE_CHECKING:
    from jinja2 import Environment

TAGS = {"en": "en", "zh": "zh-CN"}
"""The languages' names on the web."""
KINDS: tuple[type, ...] = (Choice, *get_args(Part))


def html(report: Report) -> str:
    """The page as text, in the language that is spoken."""
    environment = _environment()
    body = environment.get_template("body.html.j2").render(report=report, lead=_lead(report))
    ours = ours_in(f"{report.title}{body}")
    return environment.get_template("page.html.j2").render(
        title=report.title,
        language=TAGS[spoken()],
        body=body,
        alternatives=range(1, 1 + _most_alternatives(report)),
        family=FAMILY,
        font=base64.b64encode(font_of(ours)).decode() if ours else "",
    )


def pieces(label: str) -> list[str]:
    """A policy's label, cut where a line may break: before each parameter."""
    return re.split(r"(?<=[:(,])(?=\S)", label)


def tight(text: str) -> str:
    """A text whose numbers stay with their percent signs."""
    return text.replace(" %", "\u00a0%")


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"pieces": pieces, "tight": tight}
    environment.tests |= {kind.__name__.lower(): lambda part, kind=kind: isinstance(part, kind) for kind in KINDS}
    environment.globals["say"] = say
    return environment


def _lead(report: Report) -> Section | None:
    """The section that stands in one box with the headline."""
    first = next(iter(report.sections), None)
    return first if first is not None and first.id == "advice" else None


def _most_alternatives(report: Report) -> int:
    choices = [part for section in report.sections for part in section.parts if isinstance(part, Choice)]
    return max((len(choice.alternatives) for choice in choices), default=0)
