"""Copies that stand alone, and the schema that editors read."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scenarios.faults import ScenarioError
from scenarios.reader import read_scenario, shipped_worlds
from scenarios.reading.files import shipped
from scenarios.writer import schema_json, template
from tests.scenarios.test_checks_network import NETWORK
from tests.scenarios.texts import changed

WORLDS = [name for name, _ in shipped_worlds()]


@pytest.mark.parametrize("world", WORLDS)
def test_a_copy_stands_alone(tmp_path: Path, world: str) -> None:
    files = template(world)
    assert next(iter(files)) == f"{world}.toml"
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert read_scenario(str(tmp_path / f"{world}.toml")) == read_scenario(world)


def test_a_copy_keeps_the_comments() -> None:
    assert template("black-friday")["black-friday.toml"] == shipped("worlds")["black-friday"].read_bytes()


def test_a_copy_of_nothing_is_refused() -> None:
    with pytest.raises(ScenarioError):
        template("gift-shp")


# --- JSON Schema: just enough of it to judge what ships --------------------------------------------------------------


def fits(root: dict[str, Any], shape: dict[str, Any], value: object) -> bool:
    if "$ref" in shape:
        return fits(root, root["$defs"][shape["$ref"].removeprefix("#/$defs/")], value)
    if "anyOf" in shape and not any(fits(root, option, value) for option in shape["anyOf"]):
        return False
    if "oneOf" in shape and not any(fits(root, option, value) for option in shape["oneOf"]):
        return False
    if "const" in shape and value != shape["const"]:
        return False
    if "enum" in shape and value not in shape["enum"]:
        return False
    if isinstance(value, dict):
        return shape.get("type", "object") == "object" and fits_table(root, shape, value)
    if isinstance(value, list):
        items = shape.get("items", {})
        return shape.get("type", "array") == "array" and all(fits(root, items, item) for item in value)
    if isinstance(value, str) and "pattern" in shape and not re.search(shape["pattern"], value):
        return False
    kinds = {"string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,), "object": (), "array": ()}
    if shape.get("format") == "date":
        return not isinstance(value, str)
    return "type" not in shape or isinstance(value, kinds.get(shape["type"], ()))


def fits_table(root: dict[str, Any], shape: dict[str, Any], value: dict[str, Any]) -> bool:
    known = shape.get("properties", {})
    others = shape.get("additionalProperties", True)
    patterns = shape.get("patternProperties", {})
    for key, item in value.items():
        if key in known:
            if not fits(root, known[key], item):
                return False
        elif patterns or isinstance(others, dict):
            options = [option for pattern, option in patterns.items() if re.search(pattern, key)]
            if not all(fits(root, option, item) for option in options or [others]):
                return False
        elif others is False:
            return False
    return all(key in value for key in shape.get("required", ()))


@pytest.mark.parametrize("world", WORLDS)
def test_the_schema_admits_what_ships(world: str) -> None:
    schema = schema_json()
    document = tomllib.loads(shipped("worlds")[world].read_text(encoding="utf-8"))
    assert fits(schema, schema, document)
    assert not fits(schema, schema, document | {"dayz": 3})
    assert not fits(schema, schema, document | {"days": "many"})


def test_the_schema_admits_all_that_is_said_of_warehouses_and_markets() -> None:
    schema = schema_json()
    assert fits(schema, schema, tomllib.loads(NETWORK))
    for old, bad in (
        ("aged = [", "aged = [3, "),
        ('then = "queue"', 'then = "wait"'),
        ("sync_hours = 12", 'sync_hours = "12"'),
        ("prices = { CREAM = { CNY = 450 } }", "prices = { CREAM = [450] }"),
        ("delivery.mail =", "delivery.mail.hours = 3\ndelivery.post ="),
        ("replenishes = true", 'replenishes = "yes"'),
    ):
        assert not fits(schema, schema, tomllib.loads(changed(old, bad, NETWORK))), bad


def test_the_schema_asks_for_everything_but_of_an_overlay() -> None:
    schema = schema_json()
    document = tomllib.loads(shipped("worlds")["apparel-by-air"].read_text(encoding="utf-8"))
    del document["lane"]
    assert not fits(schema, schema, document)
    assert fits(schema, schema, document | {"extends": "apparel-by-air"})
    removal = {"extends": "x.toml", "sku": [{"id": "A", "remove": True}]}
    assert fits(schema, schema, removal)


def test_the_schema_admits_tables_in_files() -> None:
    schema = schema_json()
    document = tomllib.loads(shipped("worlds")["apparel-by-air"].read_text(encoding="utf-8"))
    document["warehouse"]["overseas"]["opening"] = {"file": "stock.csv"}
    document |= {"sku": "skus.csv", "open_order": "po.csv"}
    assert fits(schema, schema, document)
    assert not fits(schema, schema, document | {"sku": "skus.xlsx"})


def test_every_reference_of_the_schema_resolves_and_every_key_is_told() -> None:
    schema = schema_json()
    assert set(re.findall(r"'#/\$defs/(\w+)'", str(schema))) <= set(schema["$defs"])
    for name, part in schema["$defs"].items():
        for key, told in part.get("properties", {}).items():
            assert key == "law" or "description" in told or "$ref" in told, (name, key)
