"""The pinned requirements: hashed, of no address, and what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {"runtime": (), "test": ("test",), "dev": ("test", "dev")}
PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>[^\\]+?))? \\\n(?P<rest>(?:    --hash=.+\n)+)", re.M
)


def pins(name: str) -> list[re.Match[str]]:
    """The pins of a requirements file."""
    return list(PIN.finditer((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", EXTRAS)
def test_every_line_is_a_pin_with_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "".join(found[0] for found in pins(name)) == text
    assert "://" not in text


@pytest.mark.parametrize("name", EXTRAS)
def test_what_the_project_asks_for_is_pinned(name: str) -> None:
    asked = [
        *PROJECT["dependencies"],
        *(item for extra in EXTRAS[name] for item in PROJECT["optional-dependencies"][extra]),
    ]
    asked += tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    for requirement in map(Requirement, asked):
        found = [Version(pin["version"]) for pin in pins(name) if pin["name"] == requirement.name]
        assert found, f"{requirement.name} is not pinned; run requirements/compile"
        assert all(requirement.specifier.contains(version) for version in found)


def test_a_larger_file_pins_the_same_versions() -> None:
    runtime, test, dev = ({(pin["name"], pin["version"]) for pin in pins(name)} for name in EXTRAS)
    assert runtime <= test <= dev
