"""A policy, playbook or routing in a file of the user's own: `path/to/mine.py:Mine(cover_days=30)`."""

import ast
import hashlib
import re
import sys
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

from policies.plugins.shape import Kind, Plugin, check_class, made
from policies.protocol import PolicyError

FILE_SPEC = re.compile(r"(?P<path>.+?\.py):(?P<cls>[A-Za-z_]\w*)\s*(?P<arguments>\(.*\))?", re.DOTALL)


@dataclass(frozen=True)
class FileSpec:
    """A class in a file, and what to make it with."""

    path: Path
    cls: str
    arguments: str  # in brackets, as written; empty for none


class _FreshFile(SourceFileLoader):
    """Loads a file as it stands now: byte code of an earlier state is neither read nor left behind."""

    def path_stats(self, path: Any) -> Any:
        raise OSError(f"{path}: no byte code")


def split_file_spec(spec: str) -> FileSpec | None:
    """File, class and arguments, split at the colon before the class; None for a text that names no file."""
    found = FILE_SPEC.fullmatch(spec.strip())
    if found is None:
        return None
    return FileSpec(Path(found["path"]), found["cls"], found["arguments"] or "")


def class_in_file(spec: FileSpec, kind: Kind[Plugin]) -> Plugin:
    """What a class in a file makes. The file is run as any module is, its arguments are only read.

    Raises PolicyError when the file or class is missing, the file does not run, or the class is not of this kind.
    """
    values, cls = _arguments(spec), _class(spec)
    try:
        return made(check_class(cls, kind), values, kind)
    except PolicyError as error:
        raise PolicyError(f"{spec.path}: {error}") from error


def content_sum(spec: FileSpec) -> str:
    """The sha256 of a file, which tells whether it is still the same. Raises PolicyError when it is missing."""
    try:
        return hashlib.sha256(spec.path.read_bytes()).hexdigest()
    except OSError as error:
        raise PolicyError(f"{spec.path}: cannot be read: {error.strerror}") from error


def given_in_file(spec: FileSpec) -> frozenset[str]:
    """The parameters that a text gives itself. Raises PolicyError when it is no call."""
    return frozenset(_arguments(spec))


def has_method(spec: FileSpec, method: str) -> bool:
    """Whether a class in a file has a method. Raises PolicyError as `class_in_file` does."""
    return hasattr(_class(spec), method)


def _class(spec: FileSpec) -> Any:
    module = _module(spec.path)
    if not hasattr(module, spec.cls):
        classes = [
            name
            for name, value in vars(module).items()
            if isinstance(value, type) and value.__module__ == module.__name__
        ]
        raise PolicyError(f"{spec.path}: no class {spec.cls!r}; it holds {', '.join(classes) or 'none'}")
    return getattr(module, spec.cls)


def _arguments(spec: FileSpec) -> dict[str, Any]:
    where = f"{spec.path}: {spec.cls}{spec.arguments}"
    try:
        call = ast.parse(spec.cls + (spec.arguments or "()"), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise PolicyError(f"{where}: not a call; write {spec.cls}(key=value,...)") from error
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.args:
        raise PolicyError(f"{where}: every argument needs its name; write {spec.cls}(key=value,...)")
    values: dict[str, Any] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise PolicyError(f"{where}: ** is not allowed; write {spec.cls}(key=value,...)")
        try:
            values[keyword.arg] = ast.literal_eval(keyword.value)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError) as error:
            raise PolicyError(
                f"{where}: {keyword.arg} must be a literal: a number, a word in quotes, True or False"
            ) from error
    return values


def _module(path: Path) -> ModuleType:
    """The file's module, known by its place and text: the same text is loaded once, and its classes are equal."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    mark = hashlib.sha256(str(path.resolve()).encode() + b"\0" + text).hexdigest()[:16]
    name = f"stocktide_policy_file_{mark}"
    if name in sys.modules:
        return sys.modules[name]
    loader = _FreshFile(name, str(path))
    module_spec = spec_from_loader(name, loader)
    if module_spec is None:
        raise PolicyError(f"{path}: cannot be loaded as a module")
    module = module_from_spec(module_spec)
    sys.modules[name] = module  # dataclasses look their module up while they are made
    try:
        loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise PolicyError(f"{path}: does not run: {type(error).__name__}: {error}") from error
    return module
