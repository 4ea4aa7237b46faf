"""Fail when a test was skipped or expected to fail, unless the table names it with its reason."""

import sys
from xml.etree import ElementTree

ALLOWED: dict[str, str] = {}
"""Why a test may be left out, by its name as printed below."""


def left_out(file: str) -> list[str]:
    """The tests that a JUnit file tells as skipped or expected to fail, and why."""
    cases = list(ElementTree.parse(file).iter("testcase"))
    if not cases:
        return [f"{file} tells of no test"]
    return [
        f"{case.get('classname')}::{case.get('name')}: {skipped.get('message')}"
        for case in cases
        for skipped in case.iter("skipped")
        if f"{case.get('classname')}::{case.get('name')}" not in ALLOWED
    ]


if __name__ == "__main__":
    files = sys.argv[1:] or sys.exit("no file of outcomes")
    sys.exit("\n".join(line for file in files for line in left_out(file)) or None)
