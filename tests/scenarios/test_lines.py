"""The line map: right on every form of TOML a scenario uses, and never an exception."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from scenarios.reading.files import shipped
from scenarios.reading.lines import line_map

TEXT = '''\
title = "not # a comment" # a comment
a.b."c.d" = 1

[t.u]
text = """
[not.a.header]
x = 1
"""
x = [
  1,
  { y = 2, z = { w = 3 } },
]

[[list]]
id = "A"
[list.part]
k = 1
[[list]]
id = 'B'
[[list.more]]
m = [[1], [2,
  3]]
'''


def test_every_form_is_found() -> None:
    lines = line_map(TEXT)
    expected = {
        ("title",): 1,
        ("a", "b", "c.d"): 2,
        ("t", "u"): 4,
        ("t", "u", "text"): 5,
        ("t", "u", "x"): 9,
        ("t", "u", "x", 0): 10,
        ("t", "u", "x", 1, "y"): 11,
        ("t", "u", "x", 1, "z", "w"): 11,
        ("list", 0): 14,
        ("list", 0, "id"): 15,
        ("list", 0, "part", "k"): 17,
        ("list", 1): 18,
        ("list", 1, "id"): 19,
        ("list", 1, "more", 0, "m", 1, 0): 21,
        ("list", 1, "more", 0, "m", 1, 1): 22,
    }
    assert {path: lines.get(path) for path in expected} == expected
    assert ("not", "a", "header") not in lines


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deeper for key, item in inside for deeper in paths(item, (*path, key)))]


def test_every_key_of_what_ships_has_a_line_that_names_it() -> None:
    for file in [*shipped("worlds").values(), *shipped("stress").values()]:
        text = file.read_text(encoding="utf-8")
        lines, rows = line_map(text), text.splitlines()
        for path in paths(tomllib.loads(text))[1:]:
            assert path in lines, (file.name, path)
            if isinstance(path[-1], str):
                assert path[-1] in rows[lines[path] - 1]


@given(st.text(alphabet=st.sampled_from("[]{}=,.\"'\\#\n ab1é\r\t")))
def test_no_text_breaks_it(text: str) -> None:
    count = text.count("\n") + 1
    assert all(1 <= line <= count for line in line_map(text).values())


def test_no_depth_breaks_it() -> None:
    for opener in ("[", "{", "{a=", "[[{a=[", '"""', "a=["):
        line_map("a = " + opener * 5_000)
