"""A headless Chromium that opens one file and tells what it saw."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver

ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-sync", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


MARK_CHINESE = """
    for (const e of document.querySelectorAll('body *:not(title)'))
        e.toggleAttribute('data-seen', e.checkVisibility()
            && [...e.childNodes].some(n => n.nodeType == 3 && /[\\u4e00-\\u9fff]/.test(n.data)));
"""


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """A browser with a profile folder of its own."""
    options = webdriver.ChromeOptions()
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        yield browser
    finally:
        browser.quit()


def resize(browser: webdriver.Chrome, width: int, dark: bool = False) -> None:
    """Look through a window of this width, by day or by night."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def chinese_drawn_by(browser: webdriver.Chrome) -> list[tuple[str, set[str]]]:
    """Of everything in sight that holds Chinese words itself: how it begins, and the fonts that draw its letters."""
    browser.execute_script(MARK_CHINESE)
    texts = browser.execute_script("return [...document.querySelectorAll('[data-seen]')].map(e => e.textContent)")
    browser.execute_cdp_cmd("DOM.enable", {})
    browser.execute_cdp_cmd("CSS.enable", {})
    root = browser.execute_cdp_cmd("DOM.getDocument", {"depth": -1})["root"]["nodeId"]
    asked = {"nodeId": root, "selector": "[data-seen]"}
    nodes = browser.execute_cdp_cmd("DOM.querySelectorAll", asked)["nodeIds"]
    drawn = [browser.execute_cdp_cmd("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    return [
        (text[:40], {font["familyName"] for font in fonts}) for text, fonts in zip(texts, drawn, strict=True) if fonts
    ]
