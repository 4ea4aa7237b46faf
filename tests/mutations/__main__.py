"""Apply each patch to a copy of the project, see its test go red, and say `caught N of N`.

Run with `python -m tests.mutations`, or with the names of some patches; `--part=0` to `--part=7` try every eighth one;
`--suite-is-green` spares seeing first that the tests pass without a patch. A patch opens with two lines: `guards: the rule` and `red: the test that must fail`.

Libraries are imported once. Each patch is tried in a fork of this process, which imports all of the project anew.
"""

import compileall
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "runs", "*.egg-info")
WORKERS = 2
TESTS_FAILED = 1
"""What pytest exits with when tests ran and some failed."""
BROKEN = 70
"""What a fork exits with when pytest did not come to an end."""
LIBRARIES = (
    "hypothesis", "jinja2", "joblib", "matplotlib.backends.backend_svg", "matplotlib.figure", "pydantic", "rich.console",
    "scipy.optimize", "scipy.stats", "simpy", "typer", "xdist.plugin",
)  # fmt: skip
OPTIONS = ("-x", "-p", "no:cacheprovider")


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
    part = next((int(name.removeprefix("--part=")) for name in names if name.startswith("--part=")), None)
    names = [name for name in names if not name.startswith("--")]
    files = sorted(Path(__file__).parent.glob("*.patch"))
    chosen = files if part is None else files[part::8]
    mutations = [Mutation.of(file) for file in chosen if not names or file.stem in names]
    with tempfile.TemporaryDirectory() as folder:
        copies = [_copy(Path(folder, str(worker))) for worker in range(WORKERS)]
        if not suite_is_green and not _green(copies[0], sorted({mutation.test for mutation in mutations})):
            print("the tests are not green without a patch")
            return 1
        for library in LIBRARIES:
            importlib.import_module(library)
        caught = _tried(mutations, copies)
    print(f"caught {caught} of {len(mutations)}")
    return 0 if caught == len(mutations) else 1


def _copy(to: Path) -> Path:
    """The project in a folder of its own, compiled so that a changed file is known by its content, not by its age."""
    shutil.copytree(ROOT, to, ignore=LEFT_OUT)
    compileall.compile_dir(to, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return to


def _green(copy: Path, tests: list[str]) -> bool:
    return subprocess.run([sys.executable, "-m", "pytest", *OPTIONS, *tests], cwd=copy, check=False).returncode == 0


def _tried(mutations: list[Mutation], free: list[Path]) -> int:
    """How many were caught; as many are tried at once as there are copies."""
    waiting, tried, caught = mutations[::-1], dict[int, tuple[Mutation, Path]](), 0
    broken: set[str] = set()
    while waiting or tried:
        while waiting and free:
            mutation, copy = waiting.pop(), free.pop()
            _patch(copy, mutation.file)
            tried[_forked(copy, mutation.test)] = mutation, copy
        process, status = os.wait()
        mutation, copy = tried.pop(process)
        _patch(copy, mutation.file, "--reverse")
        free.append(copy)
        code = os.waitstatus_to_exitcode(status)
        if code == BROKEN and mutation.file.stem not in broken:
            broken.add(mutation.file.stem)  # what did not come to an end says nothing of the test: once more
            waiting.append(mutation)
            continue
        caught += code == TESTS_FAILED
        verdict = "caught" if code == TESTS_FAILED else f"MISSED (pytest exited with {code})"
        print(f"{verdict}: {mutation.file.stem}: {mutation.rule}", flush=True)
    return caught


def _patch(copy: Path, file: Path, *options: str) -> None:
    subprocess.run(["git", "apply", *options, str(file)], cwd=copy, check=True)


def _forked(copy: Path, test: str) -> int:
    """Run a test of a copy in a fork; its process, which exits with what pytest says."""
    process = os.fork()
    if process:
        return process
    code = BROKEN
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        code = _pytest(copy, test)
    finally:
        os._exit(code)


def _pytest(copy: Path, test: str) -> int:
    os.chdir(copy)
    sys.path[0] = str(copy)
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    return int(pytest.main([*OPTIONS, "--assert=plain", test]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
