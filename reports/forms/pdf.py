"""A page on paper: an installed Chromium prints it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

VARIABLE = "STOCKTIDE_CHROMIUM"
"""Environment variable that names the browser."""
NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "msedge", "brave-browser",
)  # fmt: skip
"""Of browsers that print, as they are called where programs are looked for."""
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
"""Where macOS and Windows keep them, off the path."""
_ARGUMENTS = (
    "--headless=new", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
    "--no-pdf-header-footer",
)  # fmt: skip
_SECONDS = 180.0


class PrintError(Exception):
    """A page that cannot be printed. The message says what is missing, or what the browser said."""


def pdf(html: str, seconds: float = _SECONDS) -> bytes:
    """The page as PDF. PrintError without a browser, or when it fails or needs longer than `seconds`."""
    browser = _browser()
    with tempfile.TemporaryDirectory(prefix="stocktide-", dir=_workplace(), ignore_cleanup_errors=True) as name:
        page, target = Path(name) / "page.html", Path(name) / "report.pdf"
        page.write_bytes(html.encode())
        said = _print(browser, page, target, seconds)
        content = target.read_bytes() if target.is_file() else b""
    if not content.startswith(b"%PDF-"):
        raise PrintError(f"{browser}: printed no PDF{f': {said}' if said else ''}")
    return content


def _browser() -> str:
    named = os.environ.get(VARIABLE)
    if named:
        if found := shutil.which(named):
            return found
        raise PrintError(f"{VARIABLE}={named}: there is no such program")
    for name in (*NAMES, *PLACES):
        if found := shutil.which(name):
            return found
    raise PrintError(
        "a PDF is printed by Chromium, Chrome or Edge, and none was found; install one, or name it in "
        f"{VARIABLE}. The page itself prints well from any browser: open page.html and print it"
    )


def _workplace() -> Path | None:
    """A Chromium from the snap store sees no file but those in a folder of its own."""
    snap = Path.home() / "snap" / "chromium" / "common"
    return snap if snap.is_dir() else None


def _print(browser: str, page: Path, target: Path, seconds: float) -> str:
    """Let the browser print, with a profile of its own; the last line of what it said."""
    own = [f"--user-data-dir={page.parent / 'profile'}", f"--print-to-pdf={target}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        own.append("--no-sandbox")  # the sandbox refuses to start under root
    command = [browser, *_ARGUMENTS, *own, page.as_uri()]
    try:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as fault:
        raise PrintError(f"{browser}: did not print within {seconds:g} seconds") from fault
    except OSError as fault:
        raise PrintError(f"{browser}: cannot be started: {fault.strerror}") from fault
    lines = ended.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
