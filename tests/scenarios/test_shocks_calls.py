"""What `--shock` says: pieces joined by plus signs, each with settings of its own, told apart from paths."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.faults import ScenarioError
from scenarios.shocks.calls import ShockCall, shock_calls


def calls(*texts: str) -> list[ShockCall]:
    return shock_calls(texts)


def refusal(*texts: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        shock_calls(texts)
    return str(refused.value)


def test_a_call_says_from_when_on_and_how_strong() -> None:
    assert calls("viral") == [ShockCall("viral", None, 1.0)]
    assert calls("viral:from=2026-10-01,factor=2") == [ShockCall("viral", date(2026, 10, 1), 2.0)]
    assert calls("viral: factor = 0 , from = 30") == [ShockCall("viral", 30, 0.0)]
    assert calls() == []


def test_pieces_keep_settings_of_their_own() -> None:
    assert calls("port:from=2026-10-01,factor=2+freight", "strike:from=3") == [
        ShockCall("freight"),
        ShockCall("port", date(2026, 10, 1), 2.0),
        ShockCall("strike", 3),
    ]
    assert calls(" port + freight ") == calls("freight+port")


def test_a_call_is_named_after_its_file() -> None:
    names = [calls(file)[0].name for file in ("viral", "a/viral.toml", r"C:\mine\viral.toml", "a/viral.toml:from=3")]
    assert names == ["viral"] * 4
    assert calls(r"C:\mine\viral.toml:factor=2") == [ShockCall(r"C:\mine\viral.toml", None, 2.0)]


def test_a_path_with_a_plus_sign_that_is_there_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [call.file for call in calls("a+b.toml")] == ["a", "b.toml"]
    for name in ("a+b.toml", "a"):
        Path(name).write_text("")
    assert calls("a+b.toml") == [ShockCall("a+b.toml")]
    assert calls("strike+a+b.toml:factor=2+viral:from=1") == [
        ShockCall("a+b.toml", None, 2.0),
        ShockCall("strike"),
        ShockCall("viral", 1),
    ]
    assert calls("a:factor=2+b.toml") == [ShockCall("a", None, 2.0), ShockCall("b.toml")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("strike:facter=1", "shock strike:facter=1: unknown setting 'facter'; did you mean 'factor'?"),
        ("strike:x=1", "unknown setting 'x'; allowed: from, factor"),
        ("strike:severity=2", "did you mean 'factor'?"),
        ("strike:from_day=2", "did you mean 'from'?"),
        ("strike:factor=x", "shock strike:factor=x: factor 'x' is not a number"),
        ("strike:factor=nan", "factor 'nan' is not a number"),
        ("strike:factor=inf", "factor 'inf' is not a number"),
        ("strike:factor=", "factor '' is not a number"),
        ("strike:factor=1,factor=2", "setting factor is given twice"),
        ("strike:from=tomorrow", "from 'tomorrow' is no day; allowed: a date such as 2026-10-01"),
        ("strike:from=2026-02-30", "from '2026-02-30' is no day"),
        ("strike:from=1.5", "from '1.5' is no day"),
        ("strike:from=-1", "from '-1' is no day"),
        ("strike:from=1e300", "from '1e300' is no day"),
        ("strike:from=" + "9" * 5_000, "is no day"),
        ("strike+strike", "shock strike: is there twice"),
        ("strike:from=0+strike:from=90", "shock strike: is there twice"),
        ("a/strike.toml+strike", "shock strike: is there twice"),
        ("strike+", "shock '': names no shock"),
        ("", "names no shock"),
        ("strike+:factor=2", "shock ':factor=2': names no shock"),
        ("port+strike:factor=x+dock", "shock strike:factor=x: factor"),
    ],
)
def test_bad_calls_are_refused_piece_by_piece(text: str, says: str) -> None:
    assert says in refusal(text)


def test_shocks_of_two_options_are_one_list() -> None:
    assert calls("port", "strike") == calls("strike", "port") == calls("strike+port")
    assert "shock strike: is there twice" in refusal("strike", "strike")


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = refusal("a:factor=x,from=y+b:what=1", "c:factor=z")
    assert [line.split(": ")[0] for line in told.splitlines()] == [
        "shock a:factor=x,from=y",
        "shock a:factor=x,from=y",
        "shock b:what=1",
        "shock c:factor=z",
    ]
