"""Files that cannot be read as scenarios, or may not be."""

import os
from pathlib import Path

import pytest

from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, read_shock
from tests.scenarios.texts import SMALL, changed, faults, read, written

HISTORY = "date,sku,units\n2026-02-19,LAMP,3\n2026-04-29,LAMP,1\n"
WITH_HISTORY = changed(
    'demand.LAMP.organic = { law = "negative-binomial", mean = 20, dispersion = 1.4 }',
    'history = { file = "demand.csv" }',
)


def only(folder: Path, text: str) -> str:
    (fault,) = faults(folder, text)
    return str(fault)


def test_a_small_world_is_read(tmp_path: Path) -> None:
    assert [sku.id for sku in read(tmp_path).sku] == ["LAMP", "BULB"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "world.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_scenario(str(path)) == read(tmp_path)


def test_a_missing_world_is_named_with_the_nearest_that_ships() -> None:
    with pytest.raises(ScenarioError, match=r"gift-shp: no such file.*did you mean 'gift-shop'\?"):
        read_scenario("gift-shp")
    with pytest.raises(ScenarioError, match="did you mean 'viral-and-livestream'"):
        read_shock("viral-and-livestreams")


@pytest.mark.parametrize("name", ["", ".", "a\0b", "x" * 5000, "nowhere/at/all.toml"])
def test_names_no_file_has_are_refused(name: str) -> None:
    with pytest.raises(ScenarioError):
        read_scenario(name)


def test_unreadable_toml_names_the_line(tmp_path: Path) -> None:
    text = changed("days = 60", "days = = 60")
    assert f"{tmp_path / 'world.toml'}:3: not TOML: Invalid value" in only(tmp_path, text)


@pytest.mark.parametrize("depth", [60, 500, 100_000])
def test_deep_nesting_is_refused(tmp_path: Path, depth: int) -> None:
    text = SMALL + "\n[junk]\nx = " + "[" * depth + "]" * depth
    assert "nested too deeply" in only(tmp_path, text)


def test_some_nesting_is_only_an_unknown_key(tmp_path: Path) -> None:
    assert "unknown key" in only(tmp_path, SMALL + "\n[junk]\nx = " + "[" * 20 + "]" * 20)


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000, "2026-02-30", "25:00:00"])
def test_numbers_and_dates_python_cannot_hold_are_faults(tmp_path: Path, number: str) -> None:
    assert faults(tmp_path, changed("days = 60", f"days = {number}"))


def test_text_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "world.toml"
    path.write_bytes(SMALL.encode() + "# 货".encode("gb18030"))
    with pytest.raises(ScenarioError, match=f"not UTF-8 text .line {SMALL.count(chr(10)) + 1}."):
        read_scenario(str(path))


def test_names_that_would_steer_a_terminal_are_shown_harmless(tmp_path: Path) -> None:
    text = SMALL + '\n["\\u001b[31m"]\nx = "\\u001b[0m"\n'
    assert "\x1b" not in only(tmp_path, text)


# --- staying inside the folder ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../demand.csv", "/etc/passwd", "a/../../demand.csv", "..\\\\demand.csv", "link.csv", "folder/demand.csv"]
)
def test_a_table_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "demand.csv").write_text(HISTORY)
    (home / "link.csv").symlink_to(tmp_path / "demand.csv")
    (home / "folder").symlink_to(tmp_path)
    text = changed('"demand.csv"', f'"{name}"', WITH_HISTORY)
    assert "not a file inside the scenario's own folder" in only(home, text)


def test_a_table_inside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "demand.csv").write_text(HISTORY)
    (tmp_path / "link.csv").symlink_to(tmp_path / "below" / "demand.csv")
    for name in ("below/demand.csv", "below/../below/demand.csv", "link.csv"):
        assert not faults(tmp_path, changed('"demand.csv"', f'"{name}"', WITH_HISTORY))


@pytest.mark.parametrize("name", ["../world.toml", "/etc/x.toml", "link.toml", "missing.toml", "gift-shp", ""])
def test_a_base_outside_the_folder_or_missing_is_refused(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    written(tmp_path)
    (home / "link.toml").symlink_to(tmp_path / "world.toml")
    assert faults(home, f'extends = "{name}"\n')


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    os.symlink("b.csv", tmp_path / "a.csv")
    os.symlink("a.csv", tmp_path / "b.csv")
    assert faults(tmp_path, changed('"demand.csv"', '"a.csv"', WITH_HISTORY))
