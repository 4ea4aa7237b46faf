"""What is written for users: a stand-alone copy of a world, and the JSON Schema of scenario files for editors."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from scenarios.faults import Fault, ScenarioError
from scenarios.reading.document import Node, parsed
from scenarios.reading.files import beside, located
from scenarios.reading.shape import schema_of
from scenarios.reading.tables import empirical_laws
from scenarios.schema import Scenario

_OVERLAY = "Overlay"
_LAWS_KEEP = ("law", "usual", "bad")


def template(world: str) -> dict[str, bytes]:
    """The files, by name, of a stand-alone copy of a world: its own first, then the files and tables it names.

    Raises `ScenarioError` when there is no such world or a file cannot be read.
    """
    copied: dict[str, bytes] = {}
    waiting = [located(world, "worlds")]
    faults: list[Fault] = []
    while waiting:
        path = waiting.pop(0)
        copied[path.name] = path.read_bytes()
        node = parsed(path, faults) if path.suffix == ".toml" else None
        if node is not None:
            waiting += [file for file in _named_files(node, path) if file.name not in copied]
    if faults:
        raise ScenarioError(faults)
    return copied


def _named_files(node: Node, path: FilePath) -> Iterator[FilePath]:
    named = [node.value[key].value for key in ("extends", "sku", "open_order") if key in node.value]
    for group, key in (("market", "history"), ("warehouse", "opening")):
        for entry in node.value[group].value.values() if group in node.value else ():
            if key in entry.value and "file" in entry.value[key].value:
                named.append(entry.value[key].value["file"].value)
    for owner, at in empirical_laws(node):
        if "file" in owner.value[at[-1]].value:
            named.append(owner.value[at[-1]].value["file"].value)
    for name in named:
        if isinstance(name, str) and name.endswith((".toml", ".csv", ".csv.gz")):
            yield beside(path, name)


def schema_json() -> dict[str, Any]:
    """JSON Schema of a scenario file: a whole world, or one that `extends` another and says only what differs."""
    whole = copy.deepcopy(schema_of(Scenario))
    parts = whole.pop("$defs") | {"Scenario": whole}
    _admit_files(parts)
    overlay = json.loads(json.dumps(parts).replace('"#/$defs/', f'"#/$defs/{_OVERLAY}'))
    for part in overlay.values():
        _loosen(part)
    overlay["Scenario"]["properties"]["extends"] = {
        "type": "string",
        "description": 'The world this file is laid over: `"base.toml"` beside it, or the name of a world that ships.',
    }
    overlay["Scenario"]["required"] = ["extends"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Stocktide scenario",
        "anyOf": [{"$ref": "#/$defs/Scenario"}, {"$ref": f"#/$defs/{_OVERLAY}Scenario"}],
        "$defs": parts | {_OVERLAY + name: part for name, part in overlay.items()},
    }


def _admit_files(parts: dict[str, Any]) -> None:
    """Let a CSV file stand where the reader takes one."""
    world = parts["Scenario"]["properties"]
    for key in ("sku", "open_order"):
        listed = world[key]
        described = {name: listed.pop(name) for name in ("description", "title", "default") if name in listed}
        world[key] = described | {"anyOf": [listed, _file("The table, a CSV file in the scenario's folder.")]}
    for name in ("History", "Opening", "Empirical"):
        parts[name]["properties"]["file"] = _file("A CSV file in the scenario's folder, instead of the series.")
    parts["History"]["anyOf"] = [{"required": ["file"]}, {"required": parts["History"].pop("required")}]
    parts["Empirical"]["anyOf"] = [{"required": ["law", "file"]}, {"required": parts["Empirical"].pop("required")}]


def _file(description: str) -> dict[str, Any]:
    return {"type": "string", "pattern": r"\.csv(\.gz)?$", "description": description}


def _loosen(part: dict[str, Any]) -> None:
    """In an overlay any key may be left to the base, and an entry may be removed."""
    properties = part.get("properties", {})
    if not any(key in properties for key in _LAWS_KEEP):
        part.pop("anyOf", None)
        properties["remove"] = {"const": True, "description": "Takes this entry out of the base."}
    kept = [key for key in part.pop("required", ()) if key in ("id", "name")]
    if kept:
        part["required"] = kept
