"""A scenario file in another language: its comments, and the sentences that it has reports print.

Names of events, lanes and places stay: luck is keyed by them, so a world under other names would meet other luck.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path as FilePath

from scenarios.faults import Path
from scenarios.reading.lines import line_map

_LINES, _LISTS = ("title",), ("assumptions", "sources")
_BLOCK = re.compile(r"^(?:#[^\n]*\n)+", re.MULTILINE)
_AFTER_A_VALUE = re.compile(r"""^((?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^"'#\n])+)# ?([^\n]*)$""", re.MULTILINE)


def retold(file: bytes, language: str, named: Callable[[str], str]) -> bytes:
    """A scenario file with the comments that are known in a language; `named` tells its title, assumptions and sources.

    What is not known stays as it is, and so does all of it in English.
    """
    comments = _comments(language)
    if not comments:
        return file
    text = _sentences_retold(file.decode("utf-8-sig"), named)
    text = _BLOCK.sub(lambda block: _block_retold(block[0], comments), text)
    return _AFTER_A_VALUE.sub(lambda line: _line_retold(line, comments), text).encode()


def _sentences_retold(text: str, named: Callable[[str], str]) -> str:
    document, places, lines = tomllib.loads(text), line_map(text), text.split("\n")
    said: list[tuple[Path, str]] = [((key,), document[key]) for key in _LINES if key in document]
    said += [((key, i), sentence) for key in _LISTS for i, sentence in enumerate(document.get(key, ()))]
    for path, sentence in said:
        at = places[path] - 1
        lines[at] = lines[at].replace(_written(sentence), _written(named(sentence)), 1)
    return "\n".join(lines)


def _written(sentence: str) -> str:
    """As it stands in a TOML file."""
    return json.dumps(sentence, ensure_ascii=False)


def _block_retold(block: str, comments: Mapping[str, str]) -> str:
    said = "\n".join(line[1:].removeprefix(" ") for line in block.splitlines())
    if said not in comments:
        return block
    return "".join(f"# {line}".rstrip() + "\n" for line in comments[said].split("\n"))


def _line_retold(line: re.Match[str], comments: Mapping[str, str]) -> str:
    before, said = line.groups()
    return f"{before}# {comments[said]}" if said in comments else line[0]


@cache
def _comments(language: str) -> Mapping[str, str]:
    """What is said in English, without the signs of a comment, and what for it; English ones stand so already."""
    path = FilePath(__file__).parent / f"comments.{language}.toml"
    if not path.is_file():
        return {}
    return {entry["en"]: entry[language] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["comment"]}
