"""The page in Chinese: every word, every date, a font that can draw it, and English as it was."""

import base64
import dataclasses
import io
import re
import tomllib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import reports.language
from reports.display.page import page
from reports.display.tuning_page import tuning_page
from reports.language.glyphs import FILE, drawable, font_of, ours_in
from reports.language.speaking import messages, speaking
from reports.record import EventMark
from tests.reports.builder import comparison, field
from tests.reports.test_page import Reader
from tests.reports.test_tuning import tuning
from tests.reports.wide import STREAMS, wide_comparison

FOLDER = Path(reports.language.__file__).parent
TEXTS = {
    "title": "灯具店", "luck": "需求随机", "assumptions": ("每件成本44元",), "sources": ("公开船期",),
    "events": (EventMark("黑色星期五", "promotion", 149, 4), EventMark("周五直播", "livestream", 9, 1)),
}  # fmt: skip
CODE = re.compile(r"stocktide|Stocktide|python|black-friday|[0-9a-f]{64}|LAMP-\d+|P\d+|CSV|oracle|never|GB")
"""What stays Latin in Chinese text: names that are code."""


@pytest.fixture(scope="module")
def chinese() -> str:
    with speaking("zh"):
        return page(wide_comparison(skus=3, runs=12, **TEXTS))


def seen(written: str) -> str:
    """What a reader sees or is told when pointing: text and tips, not code."""
    read = Reader(re.sub(r"<(style|code)\b.*?</\1>|<wbr>", "", written, flags=re.DOTALL))
    told = [attributes.get(name) or "" for _, attributes in read.tags for name in ("title", "aria-label")]
    return " ".join([read.text, *told])


def test_no_english_is_left(chinese: str) -> None:
    played = wide_comparison(skus=3, runs=12, **TEXTS)
    text = seen(chinese)
    for row in sorted(played.rows, key=lambda row: -len(row.name)):
        text = text.replace(row.name, "")
    for name in STREAMS:
        text = text.replace(name, "")
    assert re.findall(r"[A-Za-z]{2,}", CODE.sub("", text)) == []


def test_no_english_is_left_on_the_page_of_a_search() -> None:
    with speaking("zh"):
        found = tuning()
        setting = dataclasses.replace(found.comparison.setting, **TEXTS)
        text = seen(
            tuning_page(dataclasses.replace(found, comparison=dataclasses.replace(found.comparison, setting=setting)))
        )
    # The spec, its parameter, and where it was searched, as the search itself writes it down.
    text = re.sub(r"mine(:\w+=\w+)?|\bdays( 10 to 50)?\b", "", CODE.sub("", text))
    assert re.findall(r"[A-Za-z]{2,}", text) == []


@pytest.fixture(scope="module")
def english() -> str:
    return page(comparison(field(1)[:1]))


def test_the_language_of_the_page_is_told(chinese: str, english: str) -> None:
    assert '<html lang="zh-CN">' in chinese
    assert '<html lang="en">' in english


def test_dates_are_written_the_chinese_way(chinese: str) -> None:
    assert "2026年7月1日至2026年12月31日" in seen(chinese)
    assert ">11月<" in chinese
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\b(Jul|Aug|Sep|Oct|Nov|Dec)\b", seen(chinese))


def test_the_page_carries_the_letters_it_shows_and_no_others(chinese: str) -> None:
    (font,) = re.findall(r"data:font/woff;base64,([^\"]+)", chinese)
    there = set(map(chr, TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()))
    body = chinese.partition("</head>")[2] + TEXTS["title"]  # type: ignore[operator]
    assert there == {letter for letter in body if ord(letter) >= 0x2E80}


def test_it_comes_out_the_same_again() -> None:
    with speaking("zh"):
        one = page(comparison(field(1)[:1], **TEXTS))
        font_of.cache_clear()
        assert page(comparison(field(1)[:1], **TEXTS)) == one


def test_an_english_page_carries_a_font_only_for_chinese_names(english: str) -> None:
    assert "@font-face" not in english
    assert "@font-face" in page(comparison(field(1)[:1], warehouses=("洛杉矶",)))


def test_the_font_that_ships_can_draw_all_that_is_said() -> None:
    """All of GB 2312, and every letter of the messages and of the shipped worlds' Chinese names."""
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    simplified = {pair.decode("gb2312") for pair in pairs if pair[0] != 0xD7 or pair[1] <= 0xF9}
    assert len(simplified) == 6763
    names = tomllib.loads((FOLDER / "names.zh.toml").read_text(encoding="utf-8"))
    said = "".join([*messages("zh").values(), *(text for table in names.values() for text in table.values())])
    wanted = {letter for letter in said if ord(letter) > 0x7F}
    assert sorted((simplified | wanted) - drawable()) == []


def test_the_font_bears_a_name_of_its_own_and_its_licence() -> None:
    with TTFont(FILE) as font:
        told = {record.nameID: str(record) for record in font["name"].names}
    assert not any("Noto" in told[number] for number in (1, 4, 6))
    assert "Adobe" in told[0]
    assert "SIL Open Font License" in told[13]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "font" / "OFL.txt").read_text()
    assert FILE.stat().st_size < 1.7e6


def test_only_letters_that_latin_fonts_lack_are_ours() -> None:
    assert ours_in("Profit é – “x” € 1,000") == ""
    assert ours_in("库存 stock 库，\U0001f525") == "存库，"
