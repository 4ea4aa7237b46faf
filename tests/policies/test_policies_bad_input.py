"""Every parameter of every policy, playbook and routing that ships refuses what it cannot use, by name, and says what it can."""

import dataclasses
import math
import re

import pytest

from policies.parameters import wrapped_field
from policies.plugins.catalogue import Catalogue
from policies.protocol import PolicyError
from policies.registry import PLAYBOOKS, POLICIES, ROUTINGS, SHIPPED, SHIPPED_PLAYBOOKS, SHIPPED_ROUTINGS

SHIPPED_OF = ((POLICIES, SHIPPED), (PLAYBOOKS, SHIPPED_PLAYBOOKS), (ROUTINGS, SHIPPED_ROUTINGS))
CLASSES = [pytest.param(catalogue, cls, id=cls.name) for catalogue, shipped in SHIPPED_OF for cls in shipped]
FIELDS = [
    (catalogue, cls, field) for catalogue, shipped in SHIPPED_OF for cls in shipped for field in dataclasses.fields(cls)
]
NUMBERS, WORDS, PLACES = (
    [
        pytest.param(*one, id=f"{one[1].name}-{one[2].name}")
        for one in FIELDS
        if key in one[2].metadata and one[2].metadata[key] is not None
    ]
    for key in ("low", "allowed", "each")
)


@pytest.mark.parametrize(("catalogue", "cls", "field"), NUMBERS)
def test_a_number_just_beyond_its_range_is_refused_with_the_range(
    catalogue: Catalogue, cls: type, field: dataclasses.Field
) -> None:
    rule = field.metadata
    low, high, whole = rule["low"], rule["high"], isinstance(field.default, int)
    allowed = f"allowed {low} to {high} {rule['unit']}"
    below, above = (low - 1, high + 1) if whole else (math.nextafter(low, -math.inf), math.nextafter(high, math.inf))
    for value in (below, above, *(() if whole else (math.inf, -math.inf, math.nan))):
        assert allowed in _refusal(catalogue, cls, field.name, value)
    for value in (low, high):
        assert allowed not in _refusal(catalogue, cls, field.name, value)


@pytest.mark.parametrize(("catalogue", "cls", "field"), NUMBERS)
def test_a_word_where_a_number_is_due_is_refused(catalogue: Catalogue, cls: type, field: dataclasses.Field) -> None:
    whole = isinstance(field.default, int)
    wanted = f"must be a {'whole ' if whole else ''}number of {field.metadata['unit']}"
    for value in ("ten", "true", "1e", "1_0_", *(("7.5",) if whole else ())):
        assert wanted in _refusal(catalogue, cls, field.name, value)
    given = _refusal(catalogue, cls, field.name, "none")
    assert (wanted in given) == (field.default is not None)


@pytest.mark.parametrize(("catalogue", "cls", "field"), WORDS)
def test_a_word_that_is_no_choice_is_refused_with_the_choices(
    catalogue: Catalogue, cls: type, field: dataclasses.Field
) -> None:
    assert f"allowed {', '.join(field.metadata['allowed'])}" in _refusal(catalogue, cls, field.name, "nonsense")


@pytest.mark.parametrize(("catalogue", "cls", "field"), PLACES)
def test_a_number_by_warehouse_is_refused_with_what_may_stand_there(
    catalogue: Catalogue, cls: type, field: dataclasses.Field
) -> None:
    each = field.metadata["each"]
    allowed = f"depot allowed {each['low']} to {each['high']} {each['unit']}"
    for number in (each["low"] - 1, each["high"] + 1, "nan"):
        assert allowed in _refusal(catalogue, cls, field.name, f"depot={number}")
    assert "'ten' is no number" in _refusal(catalogue, cls, field.name, "depot=ten")
    assert "depot is given twice" in _refusal(catalogue, cls, field.name, "depot=1 depot=2")


@pytest.mark.parametrize(("catalogue", "cls"), CLASSES)
def test_an_unknown_parameter_is_refused_with_those_that_are_known(catalogue: Catalogue, cls: type) -> None:
    base = wrapped_field(cls)
    refusal = _refusal(catalogue, cls, "no_such_thing", 1)
    assert refusal.startswith(f"{cls.name}: no parameter 'no_such_thing'; ")
    known = [field.name for field in dataclasses.fields(cls) if field.init and field.name != base]
    assert all(re.search(rf"\b{name}\b", refusal) for name in known)
    for name in known:
        assert f"no parameter '{name}x'" in _refusal(catalogue, cls, f"{name}x", 1)


def _refusal(catalogue: Catalogue, cls: type, name: str, value: object) -> str:
    """What is said to `NAME:parameter=value`, always under the name of the policy, and that alone where it is accepted."""
    before = "never+" if wrapped_field(cls) is not None else ""
    text = f"{value:.17g}" if isinstance(value, float) else str(value)
    refusal = f"{cls.name}: "
    try:
        catalogue.made(f"{before}{cls.name}:{name}={text}")
    except PolicyError as error:
        refusal = str(error)
    assert refusal.startswith(f"{cls.name}: ")
    return refusal
