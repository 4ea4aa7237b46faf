"""A world's file in Chinese: the same world, with nothing left in English that a reader is told."""

import re
import tomllib
from pathlib import Path

import pytest

import scenarios
from reports.language.naming import named
from reports.language.speaking import speaking
from scenarios.reader import read_scenario, shipped_worlds
from scenarios.retelling import retold
from scenarios.writer import template

WORLDS = [name for name, _ in shipped_worlds()]
TABLE = tomllib.loads((Path(scenarios.__file__).parent / "comments.zh.toml").read_text(encoding="utf-8"))["comment"]
COMMENT = re.compile(r""""(?:\\.|[^"\\\n])*"|#([^\n]*)""")
LATIN = re.compile(r"[A-Za-z][\w.+-]*")
MAY_STAY = re.compile(
    r"`[^`]+`|^ stocktide compare .*|(?:[a-z0-9-]+\.)+(?:com|org)|Freightos|TikTok Shop|LED|B1|gift-shop-data\.md"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def is_world(name: str) -> bool:
    return name.endswith(".toml")


def in_chinese(world: str) -> dict[str, str]:
    """The scenario files of a copy, by name."""
    with speaking("zh"):
        files = {name: content for name, content in template(world).items() if is_world(name)}
        return {name: retold(content, "zh", named).decode() for name, content in files.items()}


def comments(text: str) -> list[str]:
    return [found[1] for found in COMMENT.finditer(text) if found[1]]


@pytest.mark.parametrize("world", WORLDS)
def test_a_world_in_chinese_is_the_same_world(tmp_path: Path, world: str) -> None:
    for name, content in template(world).items():
        (tmp_path / name).write_bytes(content)
    for name, text in in_chinese(world).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    told, known = read_scenario(str(tmp_path / f"{world}.toml")), read_scenario(world)
    with speaking("zh"):
        assert told.title == named(known.title) != known.title
        assert told.assumptions == tuple(map(named, known.assumptions))
        assert told.sources == tuple(map(named, known.sources))
    changed = ("title", "assumptions", "sources")
    assert told.model_copy(update={key: getattr(known, key) for key in changed}) == known


@pytest.mark.parametrize("world", WORLDS)
def test_no_comment_is_left_in_english(world: str) -> None:
    for text in in_chinese(world).values():
        assert comments(text)
        for comment in comments(text):
            words = LATIN.findall(MAY_STAY.sub("", comment))
            assert [word for word in words if word not in WORLDS] == [], comment


def test_numbers_of_comments_are_the_same() -> None:
    for entry in TABLE:
        assert set(NUMBER.findall(entry["en"])) <= set(NUMBER.findall(entry["zh"])), entry["zh"]


def test_no_comment_is_listed_that_no_world_has() -> None:
    said: set[str] = set()
    for text in (content.decode() for world in WORLDS for name, content in template(world).items() if is_world(name)):
        said |= {re.sub("^# ?", "", block, flags=re.MULTILINE) for block in re.findall(r"(?m)^#.*(?:\n#.*)*", text)}
        said |= {comment.removeprefix(" ") for comment in comments(text)}
    assert [entry["en"] for entry in TABLE if entry["en"] not in said] == []
    assert len({entry["en"] for entry in TABLE}) == len(TABLE)


def test_in_english_a_file_stays_as_it_is() -> None:
    for content in template("black-friday").values():
        assert retold(content, "en", named) == content


OWN = """# My own words.

title = "sea"   # two of the longest times from order to shelf
days = 30 #no space, not known
assumptions = ["1 USD = 7.1 CNY", "a \\"quoted\\" # sign, and 1 USD = 7.1 CNY"]
[lane.sea]
from = "sea"  # sells from stock: nothing to wait for
#two of the longest times from order to shelf
# Door to shelf 8 days on average, one in twenty over 13.
# And more of my own.
"""
TITLE = 'title = "海运"   # 从下单到上架最长用时的两倍'


def test_what_a_user_wrote_stays() -> None:
    """Only what is known as a whole is told anew, and no name but the title's."""
    with speaking("zh"):
        told = retold(OWN.encode(), "zh", named).decode()
    assert told == OWN.replace('title = "sea"   # two of the longest times from order to shelf', TITLE).replace(
        "# sells from stock: nothing to wait for", "# 现货供应：不用等生产"
    ).replace('["1 USD = 7.1 CNY",', '["1 美元 = 7.1 元人民币",')
