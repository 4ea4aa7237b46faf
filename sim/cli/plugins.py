"""Verbs about policies, playbooks and routings: list them, describe one, check one against the contract."""

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from policies.plugins.description import ParameterFacts


def policies(
    name: Annotated[str | None, typer.Argument(help="A policy, playbook or routing to describe; or `check`.")] = None,
    spec: Annotated[str | None, typer.Argument(help="After `check`: NAME:key=value,... or file.py:Class(...).")] = None,
) -> None:
    """List policies, playbooks and routings; describe one: `policies NAME`; try one: `policies check SPEC`."""
    if name is None:
        _list()
    elif name == "check":
        if spec is None:
            raise typer.BadParameter("which one? NAME:key=value,... or file.py:Class(...)", param_hint="SPEC")
        _check(spec)
    elif spec is not None:
        raise typer.BadParameter(f"unexpected {spec!r}; only `check` takes a second word", param_hint="SPEC")
    else:
        _describe(name)


def _list() -> None:
    from policies.registry import describe, playbooks, routings
    from policies.registry import policies as known

    rules, books, routes = ([describe(name) for name, _ in listed] for listed in (known(), playbooks(), routings()))
    width = max(len(facts.name) for facts in (*rules, *books, *routes))
    print("Policies: when and how much to order")
    for facts in rules:
        print(f"  {facts.name:{width}}  {facts.summary}")
        print(f"  {'':{width}}  sees {', '.join(facts.sees) or 'nothing'}")
    for heading, described in (
        ("Playbooks: what to do besides ordering (`--playbook`)", books),
        ("Routings: which warehouse serves which buyers (`--routing`)", routes),
    ):
        print(f"\n{heading}")
        for facts in described:
            print(f"  {facts.name:{width}}  {facts.summary}")


def _describe(name: str) -> None:
    from policies.registry import describe

    facts = describe(name)
    print(facts.name)
    for paragraph in facts.about.split("\n\n"):
        print(f"\n{_wrapped(paragraph)}")
    print()
    for heading, text in (("Formula", facts.formula), ("Source", facts.source), ("Example", facts.example)):
        if text:
            print(_wrapped(f"{heading}: {text}", "  "))
    print(f"Sees: {', '.join(facts.sees) or 'nothing'}\n\nParameters:{'' if facts.parameters else ' none'}")
    for parameter in facts.parameters:
        default = None if parameter.default == "" else parameter.default
        print(_wrapped(f"  {parameter.name} = {default}{_range(parameter)}", "      "))


def _range(parameter: "ParameterFacts") -> str:
    if not parameter.about:
        return ""
    words = ", ".join(parameter.allowed) or "any name"
    numbers = "" if parameter.low is None else f"{parameter.low:g} to {parameter.high:g} {parameter.unit}"
    return f"  ({numbers or words}): {parameter.about}"


def _wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(text, 100, subsequent_indent=indent)


def _check(spec: str) -> None:
    from policies.contract import check

    failures = check(spec)
    for failure in failures:
        print(f"- {failure}")
    if failures:
        raise typer.Exit(4)
    print(f"{spec}: keeps the contract")
