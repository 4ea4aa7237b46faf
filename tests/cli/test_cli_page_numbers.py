"""Numbers read from the page in a browser are those that scores.csv gives, reckoned here by means of its own.

Nothing of `reports` is imported: definitions and units are read off the page, as its reader would.
"""

import csv
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import t as student

from tests.cli.typed import called

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

SCALES = {"%": 100.0, "thousand": 1e-3, "million": 1e-6, "万": 1e-4, "亿": 1e-8}
"""What the words of a unit do to a number."""
CELLS = """
return [...document.querySelectorAll('#scores table.every tbody tr')].map(row => [
  row.querySelector('.name').textContent,
  [...row.querySelectorAll('td')].map(cell => [
    cell.querySelector('.mean').textContent, cell.querySelector('.under')?.textContent ?? '']),
])
"""
POLICIES = "return [...document.querySelectorAll('#scores table.every thead th')].slice(1).map(e => e.textContent)"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("numbers")
    words = ("--policy", "reorder-point", "--policy", "min-max", "--policy", "never", "--runs", "14", "--jobs", "1")
    assert called(place, "compare", "black-friday", *words, "--out", "run").code == 0
    return place / "run"


def told(run: Path) -> tuple[list[str], dict[str, dict[str, np.ndarray]]]:
    """Names of the scores in the order of the file, and each policy's values, [replication] by score."""
    with (run / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    names = [name for name in lines[0] if name not in ("policy", "playbook", "routing", "replication")]
    policies = dict.fromkeys(line["policy"] for line in lines)
    values = {
        policy: {
            name: np.array([float(line[name] or "nan") for line in lines if line["policy"] == policy]) for name in names
        }
        for policy in policies
    }
    return names, values


def numbers(text: str) -> list[float]:
    return [float(found.replace(",", "")) for found in re.findall(r"(?<![\d.])-?\d[\d,]*(?:\.\d+)?", text)]


def half_a_digit(text: str) -> float:
    """How far a printed number may be from the one it stands for."""
    _, _, decimals = text.strip("*").replace(",", "").partition(".")
    return 0.5 * 10.0 ** -len(re.match(r"\d*", decimals)[0]) + 1e-9  # type: ignore[index]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_number_of_every_score(run: Path, language: str, browser: "Chrome") -> None:
    assert called(run.parent, "report", "run", "--lang", language).code == 0
    browser.get((run / "page.html").as_uri())
    names, values = told(run)
    policies, rows = browser.execute_script(POLICIES), browser.execute_script(CELLS)
    assert set(policies) == set(values)
    assert len(rows) == len(names)
    checked = 0
    for name, (label, cells) in zip(names, rows, strict=True):
        unit = re.split(r"[,，(（]", label)[-1]
        scale = math.prod(factor for word, factor in SCALES.items() if word in unit)
        for policy, (mean, interval) in zip(policies, cells, strict=True):
            known = values[policy][name]
            known = known[~np.isnan(known)] * scale
            if not len(known):
                assert not numbers(mean), (name, policy, mean)
                continue
            slack = half_a_digit(mean)
            assert numbers(mean)[0] == pytest.approx(known.mean(), abs=slack), (name, policy, mean)
            reach = student.ppf(0.975, len(known) - 1) * known.std(ddof=1) / math.sqrt(len(known))
            ends = [known.mean() - reach, known.mean() + reach]
            if scale == SCALES["%"]:
                ends = [max(ends[0], 0.0), min(ends[1], 100.0)]
            assert numbers(interval.replace("–", " ")) == pytest.approx(ends, abs=slack), (name, policy, interval)
            checked += 1
    assert checked > 100
