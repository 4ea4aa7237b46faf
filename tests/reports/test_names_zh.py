"""Texts of shipped worlds and shocks in Chinese: all of them, in Chinese alone, and nothing beside them."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from reports.language import naming
from reports.language.naming import named
from reports.language.speaking import speaking
from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, read_shock, shipped_shocks, shipped_worlds
from scenarios.schema import Scenario
from sim.tournament import setting

TABLES = tomllib.loads((Path(naming.__file__).parent / "names.zh.toml").read_text(encoding="utf-8"))
WORLDS = [name for name, _ in shipped_worlds()]
SHOCKS = [name for name, _ in shipped_shocks()]
PARTS = ("endings", "joints")
NAMES = r"TikTok|Amazon FBA|FBT|LED|\bB1\b|OR-20"
CITED = (
    r"Kuehne\+Nagel|Freightos|eMarketer|Crane and Sornette|Chen, Sain and Guo|Zipkin|Operations Research"
    r"|Data mining for the online retail industry|doi 10\.\d+/[a-z0-9.]+|\(CC0\)|(?:[a-z0-9-]+\.)+[a-z]{2,3}\b"
)
MAY_STAY = re.compile(f"{NAMES}|{CITED}")
LATIN = re.compile(r"[A-Za-z]+")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def kinds_of(world: str) -> Iterator[Sequence[str]]:
    """What a reader of a world's report meets, kind by kind; within a kind each has a name of its own."""
    scenario = read_scenario(world)
    facts = setting(scenario, world)
    yield from ((facts.title,), facts.assumptions, facts.sources, (facts.luck,), events_of(scenario))
    yield from (facts.lanes, facts.suppliers, facts.posts, facts.warehouses, facts.markets, *facts.stages.values())
    yield sorted({sku.group for sku in scenario.sku if sku.group})


def events_of(scenario: Scenario) -> list[str]:
    said: Iterator[Any] = chain(*dict(scenario.planned).values(), *dict(scenario.surprise).values())
    return [event.name for event in said]


def texts_of(shock: str) -> list[str]:
    """A shock's title, and its events as they are called where it is laid."""
    said = read_shock(shock)
    events = [event for value in dict(said).values() if isinstance(value, tuple) for event in value]
    return [said.title, *(f"{shock}: {event.name}" for event in events)]


@cache
def texts() -> tuple[str, ...]:
    """Every text of what ships."""
    found = [text for world in WORLDS for kind in kinds_of(world) for text in kind]
    return tuple(dict.fromkeys(found + [text for shock in SHOCKS for text in texts_of(shock)]))


def test_a_shock_calls_its_events_as_is_said_here() -> None:
    for shock in SHOCKS:
        laid: set[str] = set()
        for world in ("black-friday", "cape-detour-twin", "account-ban-in-peak-twin", "spring-festival-twin"):
            with suppress(ScenarioError):  # finds nothing to act on there
                laid |= set(events_of(read_scenario(world, [shock]))) - set(events_of(read_scenario(world)))
        assert laid == set(texts_of(shock)[1:])


def test_every_text_has_its_chinese() -> None:
    with speaking("zh"):
        left = {text: LATIN.findall(MAY_STAY.sub("", named(text))) for text in texts()}
        assert {text: words for text, words in left.items() if words} == {}


def test_numbers_are_the_same() -> None:
    with speaking("zh"):
        for text in texts():
            told = named(text).replace("双十一", "11.11")
            assert set(NUMBER.findall(text)) <= set(NUMBER.findall(told)), (text, told)


def test_nothing_is_listed_that_nobody_says() -> None:
    said = set(texts()) | set(SHOCKS) | {part for text in texts() for part in text.split(": ", 1)}
    assert {text for name, table in TABLES.items() if name not in PARTS for text in table} <= said
    for part in (part for name in PARTS for part in TABLES[name]):
        assert any(part in text for text in texts())


def test_a_text_has_one_chinese() -> None:
    listed = Counter(text for table in TABLES.values() for text in table)
    assert [text for text, count in listed.items() if count > 1] == []


@pytest.mark.parametrize("world", WORLDS)
def test_what_differs_is_called_differently(world: str) -> None:
    with speaking("zh"):
        for kind in kinds_of(world):
            assert len({named(text) for text in kind}) == len(set(kind))


def test_what_is_put_together_is_told_part_by_part() -> None:
    with speaking("zh"):
        assert named("customs queue") == "清关排队"
        assert named("air+rush") == "空运（加急）"
        assert named("strike: no ships") == "罢工：无船可开"


def test_names_of_a_users_own_stay() -> None:
    with speaking("zh"):
        assert named("My warehouse") == "My warehouse"
        assert named("清关检查 queue") == "清关检查排队"
        assert named("my-shock: no ships") == "my-shock: no ships"
        assert named("strike: of my own") == "罢工：of my own"


def test_english_says_what_the_scenario_says() -> None:
    assert [text for text in texts() if named(text) != text] == []
