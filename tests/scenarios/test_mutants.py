"""Changed scenarios: whatever is done to a text, the reader answers with a scenario or with faults, nothing else."""

import random
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.faults import Fault, ScenarioError
from scenarios.reader import read_scenario, read_shock, scenario_hash
from scenarios.reading.files import shipped
from scenarios.writer import template
from tests.scenarios.texts import SMALL

TEXTS = {name: path.read_text(encoding="utf-8") for name, path in shipped("worlds").items()} | {"small": SMALL}
LIGHT = [name for name, text in TEXTS.items() if not name.startswith("gift-shop") and "extends = " not in text]
SHOCK = next(iter(shipped("stress").values())).read_text(encoding="utf-8")
HISTORY = "date,sku,units,orders\n2026-02-19,LAMP,3,1\n2026-03-05,LAMP,2,2\n2026-04-29,LAMP,1,1\n"
JUNK = [
    "=", "[", "]", "{", "}", '"', "'''", '"""', "\n", ",", ".", "#", "\\u0000", "\0", "\t", "货", "nan", "inf", "-1",
    "1e999", "9" * 400, "true", "2026-02-30", "1979-05-27T07:32:00Z", "[[sku]]", "[lane]", "remove = true", '"*"', "[]",
    'extends = "gift-shop"', 'extends = "world.toml"', 'sku = "../x.csv"', "{}", "[[]]", "{ law = 3 }", "a.b.c = 1",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.\"-])\d+(?:\.\d+)?(?![\w.\"-])")
KEY = re.compile(r"[A-Za-z_][\w-]*(?=\s*=)")


def told(read: Callable[[str], object], path: Path) -> tuple[Fault, ...]:
    """The faults of a file, none when it is read; anything else that is raised fails the test."""
    try:
        read(str(path))
    except ScenarioError as error:
        faults = error.faults
    else:
        return ()
    assert faults
    assert all(str(fault).isprintable() for fault in faults)
    return faults


def answered(text: str, **others: bytes) -> bool:
    """Whether a world is read and hashed, with other files beside it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in others.items():
            (Path(folder) / name).write_bytes(content)
        path = Path(folder) / "world.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        return not told(lambda name: scenario_hash(read_scenario(name)), path)


def mangled(text: str, luck: random.Random) -> str:
    """A text after a few blows."""
    keys = KEY.findall(text) or ["key"]
    for _ in range(luck.randint(1, 4)):
        lines = text.split("\n")
        at, other = luck.randrange(len(lines)), luck.randrange(len(lines))
        match luck.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = NUMBER.sub(lambda _: luck.choice(JUNK), lines[at], count=1)
            case 4:
                lines[at] = KEY.sub(lambda _: luck.choice(keys), lines[at], count=1)
            case 5:
                cut = luck.randint(0, len(lines[at]))
                lines[at] = lines[at][:cut] + luck.choice(JUNK) + lines[at][cut:]
            case _:
                head, _, _ = lines[at].partition("=")
                lines[at] = f"{head}= {luck.choice(JUNK)}"
        text = "\n".join(lines) or "\n"
    return text


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(LIGHT), luck=st.randoms(use_true_random=False))
def test_mangled_worlds_are_answered(name: str, luck: random.Random) -> None:
    answered(mangled(TEXTS[name], luck))


@settings(max_examples=25, deadline=None)
@given(name=st.sampled_from(["gift-shop", "gift-shop-bootstrap"]), luck=st.randoms(use_true_random=False))
def test_mangled_gift_shops_are_answered(name: str, luck: random.Random) -> None:
    answered(mangled(TEXTS[name], luck), **template(name))


@settings(max_examples=150, deadline=None)
@given(luck=st.randoms(use_true_random=False))
def test_mangled_tables_are_answered(luck: random.Random) -> None:
    text = SMALL.replace("demand.LAMP.organic =", 'history = { file = "demand.csv" }\ndemand.BULB.organic =')
    table = mangled(HISTORY, luck) if luck.random() < 0.9 else HISTORY
    answered(text, **{"demand.csv": table.encode("utf-8", "surrogatepass")})


@settings(max_examples=100, deadline=None)
@given(luck=st.randoms(use_true_random=False))
def test_mangled_overlays_are_answered(luck: random.Random) -> None:
    overlay = 'extends = "base.toml"\n' + "\n".join(luck.sample(SMALL.split("\n"), 12))
    answered(overlay, **{"base.toml": SMALL.encode()})
    answered(mangled(SMALL.replace("title", 'extends = "base.toml"\ntitle'), luck), **{"base.toml": SMALL.encode()})


@settings(max_examples=100, deadline=None)
@given(luck=st.randoms(use_true_random=False))
def test_mangled_shocks_are_answered(luck: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shock.toml"
        path.write_text(mangled(SHOCK, luck), encoding="utf-8")
        told(read_shock, path)


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_answered(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.toml"
        path.write_bytes(content)
        assert told(read_scenario, path)


# --- gentle changes: most of these must be read, or the tests above would prove little ------------------------------

GENTLE = ("mean", "price", "unit_cost", "volume_m3", "per_m3", "per_kg", "cover_days", "units", "seed", "lift", "fee")


def shuffled(text: str, luck: random.Random) -> str:
    """The same tables in another order, those of a list kept in theirs."""
    head, *tables = re.split(r"\n(?=\[)", text)
    groups: dict[str, list[str]] = {}
    for table in tables:
        groups.setdefault(table.split("]")[0].strip("[").split(".")[0], []).append(table)
    order = sorted(groups, key=lambda _: luck.random())
    return "\n".join([head, *(table for name in order for table in groups[name])])


def nudged(text: str, luck: random.Random) -> str:
    """The same text with some of its amounts a little larger."""

    def larger(found: re.Match[str]) -> str:
        number = float(found[2]) if "." in found[2] else int(found[2])
        return found[1] + str(number * luck.randint(1, 3))

    return re.sub(rf"(\b(?:{'|'.join(GENTLE)}) = )(\d+(?:\.\d+)?)\b", larger, text)


def test_most_gentle_changes_are_read() -> None:
    outcomes = []

    @settings(max_examples=150, deadline=None, database=None)
    @given(name=st.sampled_from(LIGHT), luck=st.randoms(use_true_random=False))
    def play(name: str, luck: random.Random) -> None:
        outcomes.append(answered(nudged(shuffled(TEXTS[name], luck), luck)))

    play()
    assert sum(outcomes) * 2 >= len(outcomes) > 20


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(LIGHT), luck=st.randoms(use_true_random=False))
def test_the_order_of_tables_changes_nothing(name: str, luck: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hashes = set()
        for text in (TEXTS[name], shuffled(TEXTS[name], luck)):
            path = Path(folder) / "world.toml"
            path.write_text(text, encoding="utf-8")
            hashes.add(scenario_hash(read_scenario(str(path))))
    assert len(hashes) == 1
