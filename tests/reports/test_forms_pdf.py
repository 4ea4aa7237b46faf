"""A page on paper: which browser prints it, how it is asked, and what is said when it cannot."""

import os
import re
from pathlib import Path

import pytest

from reports.display.page import page
from reports.forms import pdf as printing
from reports.forms import written
from reports.forms.pdf import PrintError, pdf
from reports.language.speaking import speaking
from tests.reports.builder import comparison
from tests.reports.handmade import report

STAND_IN = """#!/bin/sh
# Prints what it was asked instead of the page.
for one in "$@"; do case "$one" in --print-to-pdf=*) target="${one#--print-to-pdf=}";; esac; last="$one"; done
{ echo "%PDF-1.4"; printf '%s\\n' "$@"; /bin/cat "${last#file://}"; } > "$target"
"""


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without a browser; what is put here is on its path."""
    monkeypatch.delenv("STOCKTIDE_CHROMIUM", raising=False)
    monkeypatch.setattr(printing, "PLACES", ())
    place = tmp_path / "programs"
    place.mkdir()
    monkeypatch.setenv("PATH", str(place))
    return place


def program(folder: Path, name: str, text: str = STAND_IN) -> Path:
    made = folder / name
    made.write_text(text)
    made.chmod(0o755)
    return made


def test_without_a_browser_it_says_what_to_do(nowhere: Path) -> None:
    with pytest.raises(PrintError, match="install one, or name it in STOCKTIDE_CHROMIUM") as told:
        pdf("<p>x</p>")
    assert "open page.html and print it" in str(told.value)


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "msedge"])
def test_the_browser_that_is_there_prints_the_page(nowhere: Path, name: str) -> None:
    program(nowhere, name)
    said = pdf("<p>水位</p>").decode()
    assert "<p>水位</p>" in said
    assert "--no-pdf-header-footer" in said
    assert "--headless" in said


def test_the_profile_is_its_own_and_gone_afterwards(nowhere: Path) -> None:
    program(nowhere, "chromium")
    used = [re.search("--user-data-dir=(.*)", pdf("x").decode()) for _ in range(2)]
    folders = [Path(found[1]).parent for found in used if found]
    assert len(set(folders)) == 2
    assert not any(folder.exists() for folder in folders)


@pytest.mark.parametrize(("user", "wanted"), [(0, True), (1000, False)])
def test_the_sandbox_is_left_only_by_root(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, user: int, wanted: bool
) -> None:
    program(nowhere, "chromium")
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--no-sandbox" in pdf("x").decode()) is wanted


def test_the_named_browser_goes_first(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(nowhere, "chromium", "#!/bin/sh\nexit 1\n")
    named = program(nowhere, "mine")
    monkeypatch.setenv("STOCKTIDE_CHROMIUM", str(named))
    assert written(report(), "<p>x</p>", "pdf")["report.pdf"].startswith(b"%PDF-")


def test_a_named_browser_that_is_not_there_is_an_error(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(nowhere, "chromium")
    monkeypatch.setenv("STOCKTIDE_CHROMIUM", "/no/such")
    with pytest.raises(PrintError, match="STOCKTIDE_CHROMIUM=/no/such: there is no such program"):
        pdf("x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#!/bin/sh\necho first >&2\necho 'no display' >&2\nexit 1\n", "printed no PDF: no display"),
        ("#!/bin/sh\nexit 0\n", "printed no PDF$"),
        (STAND_IN.replace("%PDF", "%XYZ"), "printed no PDF$"),
        ("#!/no/such/shell\n", "cannot be started: No such file"),
        ("#!/bin/sh\nexec /bin/sleep 30\n", "did not print within 0.3 seconds"),
    ],
)
def test_a_browser_that_fails_is_named_with_what_it_said(nowhere: Path, text: str, told: str) -> None:
    program(nowhere, "chromium", text)
    with pytest.raises(PrintError, match=f"chromium: {told}"):
        pdf("x", seconds=0.3 if "sleep" in text else 30)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_installed_browser_prints_the_whole_page(language: str) -> None:
    with speaking(language):
        content = pdf(page(comparison()))
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= 3
