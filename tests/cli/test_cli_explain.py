"""`stocktide explain`: why a rule of a kept run ordered what it ordered, from the folder alone."""

import json
from pathlib import Path

import pytest

from tests.cli.typed import called
from tests.sim.test_explaining import STEADY

SPEC = "reorder-point:safety_days=10,review_days=1"
ASKED = ("explain", "out", "--sku", "LAMP", "--day")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a finished run of two rows, and nothing else: the world's file is gone."""
    folder = tmp_path_factory.mktemp("explain")
    world = folder / "steady.toml"
    world.write_text(STEADY, encoding="utf-8")
    rows = ("--policy", SPEC, "--policy", "never", "--policy", "min-max:review_days=1")
    played = called(folder, "compare", "steady.toml", *rows, "--runs", "12", "--out", "out", "--jobs", "1")
    assert played.code == 0, played.err
    world.unlink()
    return folder


def test_an_order_is_explained_from_the_folder_alone(folder: Path) -> None:
    answer = called(folder, *ASKED, "2026-03-30", "--policy", SPEC)
    assert (answer.code, answer.err) == (0, "")
    assert "It ordered 600 by air." in answer.out
    assert "The stock position of 400 had fallen to the reorder point of 400" in answer.out
    assert "In numbers: 400 = 20 x 10 + 200; 200 = 20 x 10" in answer.out
    assert "600 by air: planned for 2026-04-10, sellable on 2026-04-10, on the day." in answer.out


def test_the_day_before_says_by_how_much(folder: Path) -> None:
    answer = called(folder, *ASKED, "2026-03-29", "--policy", SPEC)
    assert "It ordered nothing." in answer.out
    assert "was 20 above the reorder point of 400" in answer.out


def test_json_is_one_object_with_the_same_numbers(folder: Path) -> None:
    answer = called(folder, *ASKED, "2026-03-30", "--policy", SPEC, "--run", "3", "--json")
    told = json.loads(answer.out)
    (review,) = told["reviews"]
    assert (told["policy"], told["run"], told["sku"], told["asked"]) == (SPEC, 3, "LAMP", "2026-03-30")
    assert (review["asked"], review["seen"]["position"], review["trigger"]["over"]) == ({"air": 600}, 400, 0)
    assert review["sent"][0]["sellable"] == "2026-04-10"
    assert review["why"]["safety_stock"] == 200


def test_it_speaks_chinese(folder: Path) -> None:
    answer = called(folder, *ASKED, "2026-03-30", "--policy", SPEC, "--lang", "zh")
    assert "库存水位 400 已降到补货点 400" in answer.out
    assert "2026年4月10日可售，准时。" in answer.out


def test_another_row_by_its_name_and_the_recommended_one_without(folder: Path) -> None:
    assert ": never, replication" in called(folder, *ASKED, "2026-03-30", "--policy", "never").out
    assert ": never, replication" not in called(folder, *ASKED, "2026-03-30").out


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--sku", "LAMPS", "--day", "2026-03-30"), "no SKU 'LAMPS'; did you mean 'LAMP'?"),
        (("--sku", "LAMP", "--day", "2026-05-30"), "2026-05-30 is outside the season; allowed: 2026-03-01"),
        (("--sku", "LAMP", "--day", "soon"), "'soon' is no date"),
        (("--sku", "LAMP", "--day", "2026-03-30", "--policy", "nevr"), "holds no row 'nevr'; did you mean 'never'?"),
        (("--sku", "LAMP", "--day", "2026-03-30", "--run", "12"), "'12' was not played; allowed: median, worst"),
        (("--sku", "LAMP", "--day", "2026-03-30", "--warehouse", "x"), "no warehouse 'x'; allowed: los-angeles"),
    ],
)
def test_what_there_is_not_is_refused(folder: Path, words: tuple[str, ...], fault: str) -> None:
    answer = called(folder, "explain", "out", *words)
    assert (answer.code, answer.out) == (2, "")
    assert fault in " ".join(answer.err.replace("│", " ").split())
