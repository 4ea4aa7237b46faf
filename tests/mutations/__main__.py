"""Apply each patch to a copy of the project, see its test go red, and say `caught N of N`.

Run with `python -m tests.mutations`, or with the names of some patches; `--suite-is-green` spares seeing first that
the tests pass without a patch. A patch opens with two lines: `guards: the rule` and `red: the test that must fail`.
"""

import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "runs", "*.egg-info")
WORKERS = 2
TESTS_FAILED = 1
"""What pytest exits with when tests ran and some failed."""


@dataclass(frozen=True)
class Mutation:
    """One patch."""

    file: Path
    rule: str
    test: str

    @classmethod
    def of(cls, file: Path) -> "Mutation":
        """The mutation of a patch file."""
        rule, test = file.read_text(encoding="utf-8").splitlines()[:2]
        return cls(file, rule.removeprefix("guards: "), test.removeprefix("red: "))


def main(names: list[str]) -> int:
    """Try every mutation; 0 when all were caught."""
    suite_is_green = "--suite-is-green" in names
    names = [name for name in names if not name.startswith("--")]
    files = sorted(Path(__file__).parent.glob("*.patch"))
    mutations = [Mutation.of(file) for file in files if not names or file.stem in names]
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for worker in range(WORKERS):
            copies.put(Path(shutil.copytree(ROOT, Path(folder, str(worker)), ignore=LEFT_OUT)))
        if not suite_is_green and not _green(copies.queue[0], sorted({mutation.test for mutation in mutations})):
            print("the tests are not green without a patch")
            return 1
        with ThreadPoolExecutor(WORKERS) as pool:
            caught = list(pool.map(lambda mutation: _caught(mutation, copies), mutations))
    print(f"caught {sum(caught)} of {len(caught)}")
    return 0 if all(caught) else 1


def _green(copy: Path, tests: list[str]) -> bool:
    return _pytest(copy, tests, quiet=False) == 0


def _caught(mutation: Mutation, copies: "Queue[Path]") -> bool:
    copy = copies.get()
    try:
        _patch(copy, mutation.file)
        code = _pytest(copy, [mutation.test], quiet=True)
        _patch(copy, mutation.file, "--reverse")
    finally:
        copies.put(copy)
    verdict = "caught" if code == TESTS_FAILED else f"MISSED (pytest exited with {code})"
    print(f"{verdict}: {mutation.file.stem}: {mutation.rule}", flush=True)
    return code == TESTS_FAILED


def _patch(copy: Path, file: Path, *options: str) -> None:
    subprocess.run(["git", "apply", *options, str(file)], cwd=copy, check=True)


def _pytest(copy: Path, tests: list[str], quiet: bool) -> int:
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
    return subprocess.run(command, cwd=copy, check=False, capture_output=quiet).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
