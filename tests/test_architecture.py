"""The house as a table: who may import whom, and where SimPy, luck, files and printing may stand."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("sim", "scenarios", "policies", "reports")
DOORS = {
    "scenarios": {"scenarios"},
    "policies": {"policies", "scenarios.schema"},
    "reports": {"reports", "scenarios.schema"},
    "sim": {"sim", "scenarios", "policies", "reports"},
}
"""What a room may import of the house."""
ONLY_IN = {
    "simpy": ("sim/",),
    "joblib": ("sim/tournament.py", "sim/cluster.py", "sim/cli/"),
    "distributed": ("sim/cluster.py",),
    "filelock": ("reports/folder/",),
    "fontTools": ("reports/language/",),
    "matplotlib": ("reports/charts/",),
    "jinja2": ("reports/display/html.py",),
    "xlsxwriter": ("reports/forms/",),
    "subprocess": ("reports/forms/pdf.py",),
    "typer": ("sim/cli/",),
    "rich": (
        "sim/cli/",
        "reports/display/scoreboard.py",
        "reports/display/terminal.py",
        "reports/display/twins.py",
        "reports/display/tuning.py",
        "reports/display/plan.py",
        "reports/sensitivity/terminal.py",
        "reports/stress/terminal.py",
        "reports/stress/worth_terminal.py",
        "reports/display/explanation.py",
    ),
    "pydantic": ("scenarios/",),
    "random": (),
    "pickle": ("policies/contract.py",),
}
"""Where a library may be imported."""
LATE = ("scipy.stats", "matplotlib", "joblib", "xlsxwriter")
"""Imported inside the functions that use them."""
CALLS = {
    "print": ("sim/cli/",),
    "open": ("scenarios/reading/files.py", "reports/folder/files.py"),
    "eval": (),
    "exec": (),
    "read_text": (
        "scenarios/",
        "reports/display/page.py",
        "reports/folder/",
        "reports/charts/",
        "reports/language/",
        "policies/plugins/file.py",
    ),
    "read_bytes": ("scenarios/", "reports/folder/", "reports/forms/pdf.py", "policies/plugins/file.py"),
    "write_bytes": ("reports/folder/", "reports/forms/pdf.py", "sim/cli/catalogue.py", "sim/cli/plugins.py"),
    "write_text": (),
    "default_rng": (),
    "RandomState": (),
    "Generator": ("sim/luck.py",),
    "PCG64DXSM": ("sim/luck.py",),
    "__import__": (),
}
"""Where a call of this name, free or as a method, may stand; `print` free only, since a console prints into text too."""
IMPORTED_BY_TEXT = {
    "sim/cli/app.py": "error classes by name, so that help stays light",
}

MODULES = {path: path.relative_to(ROOT).as_posix() for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for path, name in MODULES.items()}


def dotted(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


KNOWN = {dotted(name) for name in TREES}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module imported anywhere in a tree, by statement; submodules named in `from x import y` as x.y."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in KNOWN else str(node.module)


def top_level_imports(tree: ast.Module) -> Iterator[str]:
    """Modules imported when the module itself is: not inside functions, not for type checking only."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(ast.Module([node], []))


def within(module: str, allowed: set[str] | tuple[str, ...]) -> bool:
    return any(module == door or module.startswith(door + ".") for door in allowed)


@pytest.mark.parametrize("name", TREES)
def test_a_room_imports_only_through_its_doors(name: str) -> None:
    room = name.split("/")[0]
    for module in imports(TREES[name]):
        if module.split(".")[0] in ROOMS:
            assert within(module, DOORS[room]), f"{name} imports {module}"
            assert not module.startswith("sim.cli") or name.startswith("sim/cli/"), f"{name} imports the porch"


@pytest.mark.parametrize("name", TREES)
def test_libraries_stand_where_they_may(name: str) -> None:
    for module in imports(TREES[name]):
        places = ONLY_IN.get(module.split(".")[0])
        assert places is None or name.startswith(places), f"{name} imports {module}"
    for module in top_level_imports(TREES[name]):
        assert not within(module, LATE), f"{name} imports {module} before it is needed"


@pytest.mark.parametrize("name", TREES)
def test_files_printing_and_luck_stand_where_they_may(name: str) -> None:
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            method = isinstance(node.func, ast.Attribute)
            places = None if called == "print" and method else CALLS.get(called)
            assert places is None or name.startswith(places), f"{name}:{node.lineno} calls {called}"
            if called == "import_module":
                assert name in IMPORTED_BY_TEXT, f"{name}:{node.lineno} imports by text"


def test_no_module_is_caught_in_a_circle() -> None:
    graph = {dotted(name): {m for m in top_level_imports(tree) if m in KNOWN} for name, tree in TREES.items()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path, module])
        if module not in done:
            for imported in graph[module]:
                visit(imported, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("name", TREES)
def test_every_module_imports_and_says_what_it_is_for(name: str) -> None:
    importlib.import_module(dotted(name))
    if TREES[name].body:
        assert ast.get_docstring(TREES[name]), f"{name} has no docstring"


@pytest.mark.parametrize("name", TREES)
def test_nothing_is_validated_by_assert(name: str) -> None:
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(TREES[name]))


def test_names_given_as_text_resolve() -> None:
    from sim.cli.app import EXIT_CODES

    for text in EXIT_CODES:
        module, _, kind = text.partition(":")
        assert issubclass(getattr(importlib.import_module(module), kind), Exception)
