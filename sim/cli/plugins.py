"""Verbs about policies, playbooks and routings: list them, describe one, check one against the contract, begin one."""

import sys
import textwrap
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from policies.plugins.description import ParameterFacts


def policies(
    name: Annotated[
        str | None, typer.Argument(help="A policy, playbook or routing to describe; or `check`, or `new`.")
    ] = None,
    spec: Annotated[
        str | None,
        typer.Argument(help="After `check`: NAME:key=value,... or file.py:Class(...). After `new`: a module's name."),
    ] = None,
    kind: Annotated[str | None, typer.Option(help="After `new`: policy, playbook or routing.")] = None,
) -> None:
    """List policies, playbooks and routings; describe one: `policies NAME`; try one: `policies check SPEC`; begin one
    of your own: `policies new my_rule`."""
    if kind is not None and name != "new":
        raise typer.BadParameter("only `new` takes a kind", param_hint="--kind")
    if name is None:
        _list()
    elif name == "check":
        if spec is None:
            raise typer.BadParameter("which one? NAME:key=value,... or file.py:Class(...)", param_hint="SPEC")
        _check(spec)
    elif name == "new":
        if spec is None:
            raise typer.BadParameter("what is it to be called? A module's name, such as my_rule", param_hint="SPEC")
        _new(spec, kind or "policy")
    elif spec is not None:
        raise typer.BadParameter(f"unexpected {spec!r}; only `check` and `new` take a second word", param_hint="SPEC")
    else:
        _describe(name)


def _list() -> None:
    from policies.registry import describe, playbooks, routings
    from policies.registry import policies as known

    rules, books, routes = ([describe(name) for name, _ in listed] for listed in (known(), playbooks(), routings()))
    width = max(len(facts.name) for facts in (*rules, *books, *routes))
    print("Policies: when and how much to order (`--policy`)")
    for kin, kindred in groupby(rules, key=lambda facts: facts.kin):
        print(f"\n{textwrap.fill(kin or 'From other packages', 100, initial_indent='  ', subsequent_indent='    ')}")
        for facts in kindred:
            _print_entry(facts.name, facts.summary, width)
            print(f"    {'':{width}}  sees {', '.join(facts.sees) or 'nothing'}")
    for heading, described in (
        ("Playbooks: what to do besides ordering (`--playbook`)", books),
        ("Routings: which warehouse serves which buyers (`--routing`)", routes),
    ):
        print(f"\n{heading}\n")
        for facts in described:
            _print_entry(facts.name, facts.summary, width)


def _print_entry(name: str, summary: str, width: int) -> None:
    print(textwrap.fill(summary, 100, initial_indent=f"    {name:{width}}  ", subsequent_indent=" " * (width + 6)))


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
    print(f"Sees: {', '.join(facts.sees) or 'nothing'}")
    if facts.needs:
        print(f"Needs: {', '.join(facts.needs)}")
    print(f"\nParameters:{'' if facts.parameters else ' none'}")
    for parameter in facts.parameters:
        default = None if parameter.default == "" else parameter.default
        print(_wrapped(f"  {parameter.name} = {default}{_range(parameter)}", "      "))


def _range(parameter: "ParameterFacts") -> str:
    if not parameter.about:
        return ""
    words = ", ".join(parameter.allowed) or "any name"
    numbers = "" if parameter.low is None else f"{parameter.low:g} to {parameter.high:g} {parameter.unit}"
    tune = "" if parameter.tune is None else "; tuned within {:g} to {:g}".format(*parameter.tune)
    serves = "; more of it for more service" if parameter.serves else ""
    return f"  ({numbers or words}{tune}{serves}): {parameter.about}"


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


def _new(module: str, kind: str) -> None:
    from policies.plugins.fresh import fresh

    cls, text = fresh(kind, module)
    file = Path(f"{module}.py")
    if file.exists():
        raise typer.BadParameter(f"{file} exists already", param_hint="SPEC")
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        raise typer.BadParameter(f"{file}: cannot be written: {error.strerror}", param_hint="SPEC") from None
    print(file)
    print(f"Edit it, then: stocktide policies check {file}:{cls}", file=sys.stderr)
