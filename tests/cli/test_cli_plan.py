"""plan: until when to order for an announced event."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.typed import Answer, called, names

BLACK_FRIDAY = ("plan", "black-friday", "--event", "Black Friday", "--runs", "20", "--every", "50")
SMALL = ("plan", "three-times-overstock", "--event", "Black Friday", "--runs", "20")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, Path]:
    """A plan with a question about an order date, and its folder."""
    folder = tmp_path_factory.mktemp("plan")
    return called(folder, *BLACK_FRIDAY, "--on", "2026-09-10", "--out", "plans/bf"), folder / "plans" / "bf"


def test_it_ends_with_what_to_do(answer: tuple[Answer, Path]) -> None:
    told, _ = answer
    assert told.code == 0
    assert told.out.startswith("Black Friday, 2026-11-27 to 2026-11-30: ")
    *_, last = told.out.rstrip().split("\n\n")
    assert [line.split(",")[0] for line in last.splitlines()[:2]] == ["By air → los-angeles", "By sea → los-angeles"]
    assert "Ordered on 2026-09-10, 78 days before: " in last
    for words in ("Last safe date", "freight, on departure", "sales at the event", "queues with your own do not"):
        assert words in told.out


def test_A21_an_order_of_10_september_is_warned_of(answer: tuple[Answer, Path]) -> None:
    """Beside the window, which is 2026-07-30 to 2026-08-29, and the day for goods to be there, 2026-10-15."""
    told, _ = answer
    assert "2026-07-30 to 2026-08-29, and the goods there by 2026-10-15" in told.out
    assert "Warning: 78 days before launch: " in told.out


def test_an_order_within_the_window_is_not(tmp_path: Path) -> None:
    told = called(tmp_path, *BLACK_FRIDAY[:-1], "150", "--on", "2026-08-29")
    assert "Ordered on 2026-08-29, 90 days before: " in told.out
    assert "Warning" not in told.out


def test_its_folder_has_the_plan_the_chances_and_the_picture(answer: tuple[Answer, Path]) -> None:
    told, folder = answer
    assert told.err == "Picture: plans/bf/plan.png\n"
    assert names(folder) == ["chances.csv", "plan.json", "plan.png", "plan.svg"]
    said = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert said["window"] == {"first_order": "2026-07-30", "last_order": "2026-08-29", "arrival": "2026-10-15"}
    assert [lane["lane"] for lane in said["lanes"]] == ["air", "sea"]
    lines = list(csv.DictReader((folder / "chances.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(lines) == sum(len(lane["dates"]) for lane in said["lanes"])


def test_json_is_one_object_and_the_same_again(tmp_path: Path) -> None:
    one, two = called(tmp_path, *SMALL, "--json"), called(tmp_path, *SMALL, "--json")
    assert (one.code, one.err) == (0, "")
    assert one.out == two.out
    said = json.loads(one.out)
    assert {"scenario", "hash", "seed", "replications", "event", "lanes", "advice"} <= set(said)
    (air,) = said["lanes"]
    assert (air["lane"], air["last_safe"]["0.95"]) == ("air", None)  # the world begins too late for it
    other = json.loads(called(tmp_path, *SMALL, "--json", "--seed", "1").out)
    assert (other["seed"], other["lanes"] == said["lanes"]) == (1, False)


def test_a_shock_makes_the_last_safe_date_earlier(tmp_path: Path) -> None:
    def last_safe(*shock: str) -> dict[str, str]:
        said = json.loads(called(tmp_path, *BLACK_FRIDAY, *shock, "--json").out)
        return {lane["lane"]: lane["last_safe"]["0.90"]["ordered"] for lane in said["lanes"]}

    plain, shocked = last_safe(), last_safe("--shock", "port-congestion:from=2026-09-01")
    assert shocked["sea"] < plain["sea"]
    assert shocked["air"] == plain["air"]


def test_an_order_of_so_many_units(tmp_path: Path) -> None:
    said = json.loads(called(tmp_path, *SMALL, "--json", "--units", "100000").out)
    assert said["lanes"][0]["units"] >= 100_000


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--event", "Black Fryday"), "error: no announced event 'Black Fryday'; did you mean 'Black Friday'?"),
        (("--event", "viral video"), "error: no announced event 'viral video'; allowed: 'Black Friday', 'Thursday"),
        (("--event", "Black Friday", "--on", "tomorrow"), "'tomorrow' is no date; write it as 2026-09-10"),
        (("--event", "Black Friday", "--on", "2026-12-02"), "error: 'Black Friday' is not held after 2026-12-02"),
        (
            ("--event", "Black Friday", "--on", "2026-01-02"),
            "error: --on 2026-01-02: an order date before the first day",
        ),
        (
            ("--event", "Black Friday", "--runs", "0"),
            "Invalid value for '--runs': Input should be greater than or equal to 1",
        ),
        (
            ("--event", "Black Friday", "--every", "0"),
            "Invalid value for '--every': Input should be greater than or equal to 1",
        ),
        (
            ("--event", "Black Friday", "--units", "0"),
            "Invalid value for '--units': Input should be greater than or equal to 1",
        ),
        ((), "Missing option '--event'"),
    ],
)
def test_what_cannot_be_planned_is_told_in_words(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    said = called(tmp_path, "plan", "black-friday", *words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert "Traceback" not in said.err


def test_a_world_without_events_says_so(tmp_path: Path) -> None:
    said = called(tmp_path, "plan", "christmas-strip", "--event", "Christmas")
    assert said.code == 2
    assert "no event 'Christmas': no promotion, livestream or influencer's post is announced in this world" in said.err


def test_a_folder_that_is_taken_is_refused_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("", encoding="utf-8")
    said = called(tmp_path, *SMALL, "--out", "mine")
    assert (said.code, said.out) == (2, "")
    assert "mine: is not empty" in said.err
    assert names(tmp_path) == ["mine", "mine/notes"]
