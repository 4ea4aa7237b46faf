"""Files on disk: written whole or not at all, and read only if nobody has changed them since."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

Content = bytes | Iterable[bytes]
"""Of a file: whole, or in pieces, so that a long one is never in memory whole."""


class FolderError(Exception):
    """A run folder that cannot be written or read. The message names it and says why."""


def refuse_taken(folder: Path) -> None:
    """FolderError unless the folder is free, absent or there and empty, and can be written. Ask before a long run."""
    if folder.resolve() == Path.cwd():
        raise FolderError(f"{folder}: is where you are; name a new folder in it")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderError(f"{folder}: is not a folder; name one that does not exist yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderError(f"{folder}: is not empty; name a new folder, or empty this one")
    try:
        there = next(parent for parent in folder.absolute().parents if parent.exists())
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=there):
            pass
    except OSError as fault:
        raise FolderError(f"{folder}: cannot be written: {fault.strerror}") from fault


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, whole or not at all; FolderError unless it is free and can be written.

    Names may have folders in them.
    """
    refuse_taken(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            for name, content in files.items():
                (partial / name).parent.mkdir(parents=True, exist_ok=True)
                (partial / name).write_bytes(content)
            partial.chmod(0o755)
            if folder.is_dir():
                folder.rmdir()
            partial.rename(folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    except OSError as fault:
        raise FolderError(f"{folder}: cannot be written: {fault.strerror}") from fault


def replace(path: Path, content: Content) -> str:
    """Write a file so that it is there whole, on disk, or as it was before; its sha256. FolderError if it cannot be."""
    partial, found = path.with_name(f".{path.name}-partial"), hashlib.sha256()
    try:
        path.parent.mkdir(exist_ok=True)
        with partial.open("wb") as held:
            for piece in (content,) if isinstance(content, bytes) else content:
                held.write(piece)
                found.update(piece)
            held.flush()
            os.fsync(held.fileno())
        os.replace(partial, path)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise FolderError(f"{path}: cannot be written: {fault.strerror}") from fault
    return found.hexdigest()


def intact(folder: Path, name: str, sums: object) -> bytes:
    """A file's content. FolderError unless its sha256 is that which `sums` holds under its name."""
    try:
        content = (folder / name).read_bytes()
    except OSError as fault:
        raise FolderError(f"{folder}: {name} is missing or cannot be read") from fault
    if not isinstance(sums, Mapping) or sums.get(name) != hashlib.sha256(content).hexdigest():
        raise FolderError(f"{folder}: {name} was changed after the run; its sha256 is not the one in manifest.json")
    return content
