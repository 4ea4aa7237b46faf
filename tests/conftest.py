"""Fixtures that more than one folder of tests uses."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Chrome]":
    """A headless Chromium for the whole session."""
    from tests.browser import chromium

    with chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started
