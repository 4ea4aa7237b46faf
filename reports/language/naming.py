"""Names and sentences of shipped worlds in the language that is spoken.

They are scenario texts, not messages: a text that is not listed, such as the name a user gave, is told as it stands.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from reports.language.speaking import spoken


def named(text: str) -> str:
    """A text of a scenario as the reader knows it."""
    return _names(spoken()).get(text, text)


@cache
def _names(language: str) -> Mapping[str, str]:
    """By the text as it stands in the scenario; English ones stand so already."""
    path = Path(__file__).parent / f"names.{language}.toml"
    if not path.is_file():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {text: told for table in tables.values() for text, told in table.items()}
