"""Names and sentences of shipped worlds in the language that is spoken.

They are scenario texts, not messages: a text that is not listed, such as the name a user gave, is told as it stands.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reports.language.speaking import spoken

_ENDINGS, _JOINTS, _SHOCKS = "endings", "joints", "shocks"


def named(text: str) -> str:
    """A text of a scenario as the reader knows it.

    What is put together is told part by part: a leg and its queue, a lane and its rush, a shock and its event.
    """
    tables, known = _tables(spoken()), _names(spoken())
    if text in known:
        return known[text]
    for ending, told in tables.get(_ENDINGS, {}).items():
        if text.endswith(ending):
            return named(text.removesuffix(ending)) + told
    for joint, told in tables.get(_JOINTS, {}).items():
        shock, found, event = text.partition(joint)
        if found and shock in tables[_SHOCKS]:
            return named(shock) + told + named(event)
    return text


@cache
def _names(language: str) -> Mapping[str, str]:
    """Whole texts, by what stands in the scenario."""
    tables = _tables(language)
    return {text: told for name in tables if name not in (_ENDINGS, _JOINTS) for text, told in tables[name].items()}


@cache
def _tables(language: str) -> Mapping[str, Mapping[str, str]]:
    """The file of a language; English texts stand so already."""
    path = Path(__file__).parent / f"names.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
