"""On which line of a TOML text a key stands. Never raises: of a text that is not TOML it maps what it understands."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from scenarios.faults import Path

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[^\s\[\]{}=,#\"']+"
    r"|\n|[\[\]{}=,]",
    re.DOTALL,
)
_DEEPEST = 60


def line_map(text: str) -> dict[Path, int]:
    """The line, counted from 1, of every header, key and list entry of a TOML text."""
    scan = _Scan(list(_tokens(text.replace("\r\n", "\n"))))
    scan.file()
    return scan.lines


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if not match[0].startswith("#"):
            yield match[0], line


@dataclass
class _Scan:
    """A reading position in the tokens, and the lines found so far."""

    tokens: list[tuple[str, int]]
    at: int = 0
    lines: dict[Path, int] = field(default_factory=dict)
    entries: dict[Path, int] = field(default_factory=dict)

    def file(self) -> None:
        """Read the whole text, statement by statement."""
        table: Path = ()
        while self.at < len(self.tokens):
            word, line = self.tokens[self.at]
            if word == "[":
                table = self.header(line)
            elif word != "\n":
                self.pair(table, depth=0)
            self.skip_line()

    def header(self, line: int) -> Path:
        """Read `[a.b]` or `[[a.b]]`; the path of the table it opens."""
        self.at += 1
        many = self.peek() == "["
        self.at += many
        names = self.name()
        path: Path = ()
        for position, part in enumerate(names):
            path = (*path, part)
            last = position == len(names) - 1
            if many and last:
                self.lines.setdefault(path, line)
                self.entries[path] = self.entries.get(path, -1) + 1
            if path in self.entries:
                path = (*path, self.entries[path])
            self.lines.setdefault(path, line)
        return path

    def pair(self, table: Path, depth: int) -> None:
        """Read `key = value`."""
        line = self.tokens[self.at][1]
        path = table
        for part in self.name():
            path = (*path, part)
            self.lines.setdefault(path, line)
        if path != table and self.peek() == "=":
            self.at += 1
            self.value(path, depth)

    def name(self) -> list[str]:
        """Read a key, dotted or not."""
        parts: list[str] = []
        while (word := self.peek()) and word not in "[]{}=,\n":
            parts += _unquoted(word)
            self.at += 1
        return parts

    def value(self, path: Path, depth: int) -> None:
        """Read a value; in lists and inline tables note where each entry stands."""
        opener = self.peek()
        if opener not in ("[", "{") or depth > _DEEPEST:
            self.at += opener not in ("\n", "]", "}", ",")
            return
        self.at += 1
        entry = 0
        while (word := self.peek()) and word not in "]}":
            before = self.at
            if word in ",\n":
                self.at += 1
            elif opener == "{":
                self.pair(path, depth + 1)
            else:
                self.lines[(*path, entry)] = self.tokens[self.at][1]
                self.value((*path, entry), depth + 1)
                entry += 1
            self.at += self.at == before  # what is no TOML is stepped over
        self.at += 1

    def peek(self) -> str:
        """The next token; nothing at the end."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def skip_line(self) -> None:
        """Go on behind the next line end."""
        while self.at < len(self.tokens) and self.tokens[self.at][0] != "\n":
            self.at += 1
        self.at += 1


def _unquoted(word: str) -> list[str]:
    if word.startswith("'"):
        return [word.strip("'")]
    if word.startswith('"'):
        try:
            return [str(json.loads(word))]  # JSON knows every escape that TOML knows but \U
        except ValueError:
            return [word.strip('"')]
    return [part for part in word.split(".") if part]
