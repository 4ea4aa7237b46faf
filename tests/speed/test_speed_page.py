"""The page of a large comparison: 50 SKUs and 8 policies, in both languages."""

from collections.abc import Callable
from time import process_time

import pytest

from reports.display.page import page
from reports.language.speaking import LANGUAGES, speaking
from tests.reports.wide import wide_run

pytestmark = pytest.mark.speed

MOST_SECONDS = 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_speed_of_a_large_page(language: str, told: Callable[[str], None]) -> None:
    played = wide_run()
    begun = process_time()
    with speaking(language):
        written = page(played)
    seconds = process_time() - begun
    told(
        f"page of {len(played.setting.skus)} SKUs x {len(played.rows)} policies, {language}: {seconds:.1f} s, {len(written.encode()) / 1e6:.1f} MB"
    )
    assert seconds < MOST_SECONDS
