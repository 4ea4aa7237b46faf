"""Wrong words: the right exit code, a message that helps, nothing on stdout, nothing written, no traceback."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from tests.cli.typed import called, names, typed

PLAY = ("run", "apparel-by-air", "--runs", "2", "--jobs", "1", "--out", "report", "--policy")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("wrlds",), 2, "Did you mean 'worlds'?"),
        (("compare",), 2, "Missing argument 'WORLD'"),
        (("compare", "gift-shop", "--rnus", "3"), 2, "--runs"),
        (("compare", "gift-shop", "--runs", "many"), 2, "Invalid value for '--runs'"),
        (("compare", "gift-shop", "--runs", "0"), 2, "greater than or equal to 1"),
        (("compare", "gift-shp"), 3, "gift-shp: no such file, and no such name ships; did you mean 'gift-shop'?"),
        (("compare", "gone.toml"), 3, "gone.toml: no such file"),
        (("compare", "folder"), 3, "folder: is a folder, not a file"),
        (("compare", "torn.toml"), 3, "torn.toml:2: not TOML"),
        (("compare", "binary.toml"), 3, "binary.toml: is not UTF-8 text"),
        (("compare", "deep.toml"), 3, "deep.toml"),
        (("compare", "gift-shop", "--shock", "viral-and-livestrem"), 3, "did you mean 'viral-and-livestream'?"),
        (("compare", "gift-shop", "--shock", "viral-and-livestream:facter=1"), 3, "did you mean 'factor'?"),
        (("compare", "gift-shop", "--goal", "least holding"), 2, "unknown score 'holding'; did you mean"),
        (("compare", "gift-shop", "--fail-if", "stockout>5%"), 2, "did you mean 'stockout_rate'?"),
        (("compare", "gift-shop", "--fail-if", "foo"), 2, "--fail-if 'foo'"),
        (("compare", "gift-shop", "--fail-if", "stockout_rate>5%", "--goal", "foo"), 2, "--goal 'foo'"),
        (("compare", "gift-shop", "--equal", "foo"), 2, "--equal 'foo'"),
        (("compare", "gift-shop", "--cluster", "nonsense"), 2, "is no address of a scheduler"),
        (("stress", "gift-shop", "--reverse", "foo"), 2, "--reverse 'foo'"),
        (("compare", "gift-shop", "--goal", ""), 2, "an empty part"),
        (("compare", "gift-shop", "--fail-if", ""), 2, "an empty part"),
        (("new", "mine", "--from", "aparel-by-air"), 3, "did you mean 'apparel-by-air'?"),
        (("new", "mine", "--from", "torn.py"), 3, "torn.py:1: not TOML"),
        ((*PLAY, "reorder-pont"), 2, "no policy 'reorder-pont'; did you mean 'reorder-point'?"),
        ((*PLAY, "reorder-point:safty_days=3"), 2, "no parameter 'safty_days'; did you mean 'safety_days'?"),
        ((*PLAY, "reorder-point:safety_days=-3"), 2, "safety_days = -3: allowed 0 to 730 days"),
        ((*PLAY, "reorder-point:lane=rail"), 4, "no lane 'rail'; allowed: cheapest, fastest, air"),
        ((*PLAY, "gone.py:Mine"), 2, "gone.py: cannot be read: No such file or directory"),
        ((*PLAY, "torn.py:Mine"), 2, "torn.py: does not run: SyntaxError"),
        ((*PLAY, "torn.py"), 2, "path/to/file.py:Class"),
        (("policies", "never-mind"), 2, "no policy 'never-mind'; did you mean"),
        (("policies", "check"), 2, "which one?"),
        (("report", "gone"), 2, "gone: there is no such folder"),
        (("report", "folder"), 2, "folder: is not a run folder"),
    ],
)
def test_wrong_words(tmp_path: Path, words: tuple[str, ...], code: int, told: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "torn.toml").write_text("title = 'torn'\nsku = ]\n")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "deep.toml").write_text("x = " + "[" * 500 + "]" * 500)
    (tmp_path / "torn.py").write_text("class Mine(:\n")
    before = names(tmp_path)
    answer = called(tmp_path, *words)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--version",), 0),
        (("compare", "gift-shop", "--rnus", "3"), 2),
        ((*PLAY, "reorder-pont"), 2),
        (("compare", "gone.toml"), 3),
        ((*PLAY, "reorder-point:lane=rail"), 4),
    ],
)
def test_a_process_of_its_own_says_the_same(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    answer = typed(tmp_path, *words)
    assert answer.code == code
    assert answer == called(tmp_path, *words)


def test_help_is_light() -> None:
    """Whoever asks for help does not wait for libraries that only a run needs."""
    heavy = ("numpy", "scipy", "matplotlib", "joblib", "simpy", "jinja2")
    ask = f"""
import sys
from sim.cli.app import main
sys.argv = ["stocktide", "compare", "--help"]
try:
    main()
except SystemExit as end:
    assert end.code == 0
sys.exit(str([name for name in {heavy} if name in sys.modules] or ""))
"""
    done = run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    assert "Play several policies" in done.stdout
    assert done.stderr.strip() == ""


def test_it_says_its_version(tmp_path: Path) -> None:
    answer = typed(tmp_path, "--version")
    assert answer.code == 0
    assert answer.out.startswith("stocktide 0.")
