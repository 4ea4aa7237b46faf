"""A report as Markdown, for a wiki, a ticket or a chat: words, pipe tables, and pictures as files beside it."""

import re
from collections.abc import Iterator, Mapping

from reports.display.section import Cell, Line, Report, Section, Shown, Table, Words
from reports.forms.flat import headed
from reports.forms.pictures import placed
from reports.forms.plain import one_line
from reports.language.speaking import say

_MARKS = re.compile(r"[\\`*_\[\]|~$]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINKS = re.compile(r":(?=//)|(?<=www)\.|@(?=\w)", re.IGNORECASE)


def markdown(report: Report) -> str:
    """The report in the flavour that GitHub shows. Scenario text stays text: no markup, HTML or link comes of it."""
    paths = {id(shown): path for path, shown in placed(report, "svg")}
    blocks = [f"# {_told(report.title)}", f"> {_told(report.headline)}", _told(" · ".join(report.facts))]
    for section in report.sections:
        blocks += _section(section, paths)
    blocks += [f"## {_told(say('page.reproduce'))}", *_reproduce(report.reproduce)]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, paths: Mapping[int, str]) -> Iterator[str]:
    if not section.parts:
        return
    yield f"## {_told(section.title)}"
    before = ""
    for name, part in section.named_parts:
        if name != before:
            yield f"### {_told(name)}"
            before = name
        match part:
            case Words():
                yield from _words(part)
            case Table():
                yield from _table(part, section.title)
            case Shown():
                yield from _shown(part, paths[id(part)])


def _words(words: Words) -> Iterator[str]:
    if words.listed:
        yield "\n".join(f"- {_told(sentence)}" for sentence in words.sentences)
    else:
        yield from map(_told, words.sentences)


def _shown(shown: Shown, path: str) -> Iterator[str]:
    if shown.title:
        yield f"**{_told(shown.title)}**"
    yield f"![{_told(shown.picture.title)}]({path})"
    if shown.caption:
        yield _told(shown.caption)


def _table(table: Table, over: str) -> Iterator[str]:
    if table.title not in ("", over):
        yield f"**{_told(table.title)}**"
    heads = [table.first, *table.heads]
    sides = [":--", *("--:" if _is_numeric(table, index) else ":--" for index in range(len(table.heads)))]
    rows = [_piped([_escaped(headed(head)) for head in heads]), _piped(sides)]
    yield "\n".join([*rows, *(_piped(_line(line, len(table.heads))) for line in table.printed)])
    yield from map(_told, table.notes)
    if table.unprinted:
        yield _told(say("closeup.more_lines", count=f"{table.unprinted:,}"))


def _is_numeric(table: Table, index: int) -> bool:
    cells = [line.cells[index] for line in table.lines if index < len(line.cells)]
    return any(isinstance(cell.value, float | int) for cell in cells)


def _line(line: Line, count: int) -> list[str]:
    if not line.cells:
        return [f"**{_escaped(line.name)}**", *[""] * count]
    cells = [*line.cells, *[Cell("")] * (count - len(line.cells))]
    return [_with_under(line.name, line.under), *(_with_under(cell.text, cell.under) for cell in cells)]


def _with_under(text: str, under: str) -> str:
    below = "; ".join(under.splitlines())
    return _escaped(text) if not below else say("forms.head", label=_escaped(text), unit=_escaped(below))


def _piped(fields: list[str]) -> str:
    return f"| {' | '.join(fields)} |"


def _reproduce(facts: Mapping[str, str]) -> Iterator[str]:
    labels = ((_told(say(f"reproduce.{key}")), _code(value)) for key, value in facts.items())
    yield "\n".join(f"- {say('forms.fact', label=label, fact=fact)}" for label, fact in labels)


def _code(text: str) -> str:
    """Text as it is to be typed: between more backticks than it holds."""
    told = one_line(text)
    fence = "`" * (max(map(len, re.findall("`+", told)), default=0) + 1)
    return f"{fence} {told} {fence}" if told.startswith("`") or told.endswith("`") else f"{fence}{told}{fence}"


def _told(text: str) -> str:
    """A sentence that begins a line: neither a heading nor a point of a list."""
    escaped = _escaped(text)
    found = re.match(r"[#+=-]|\d{1,9}[.)]", escaped)
    return escaped if found is None else f"{found[0][:-1]}\\{escaped[found.end() - 1 :]}"


def _escaped(text: str) -> str:
    """Text in which no letter is markup."""
    bare = _MARKS.sub(lambda found: f"\\{found[0]}", one_line(text))
    return _LINKS.sub(lambda found: f"\\{found[0]}", bare).translate(_ENTITIES)
