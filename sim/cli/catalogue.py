"""Verbs about scenario files: worlds, new, check, schema."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from reports.language.speaking import say, speaking
from sim.cli.terminal import Lang, Language, tell


def worlds(lang: Lang = Language.en) -> None:
    """List the worlds and shocks that ship."""
    from reports.language.naming import named
    from scenarios.reader import shipped_shocks, shipped_worlds

    with speaking(lang.value):
        for heading, entries in (("worlds", shipped_worlds()), ("shocks", shipped_shocks())):
            print(say(f"catalogue.{heading}"))
            width = max(len(name) for name, _ in entries)
            for name, title in entries:
                print(f"  {name:{width}}  {named(title)}")


def new(
    name: Annotated[str, typer.Argument(help="Folder to make; it must not exist.")],
    world: Annotated[str, typer.Option("--from", help="The shipped world to start from.")] = "black-friday",
    lang: Annotated[Language, typer.Option(help="The language of its comments, title and assumptions.")] = Language.en,
) -> None:
    """Make a folder with a world of your own, to be edited."""
    from reports.language.naming import named
    from scenarios.reader import read_scenario
    from scenarios.retelling import retold
    from scenarios.writer import template

    read_scenario(world)  # what is no world is not copied
    with speaking(lang.value):
        files = {
            file: retold(content, lang.value, named) if file.endswith(".toml") else content
            for file, content in template(world).items()
        }
    folder = Path(name)
    try:
        folder.mkdir(parents=True)
        for file, content in files.items():
            (folder / file).write_bytes(content)
            print(folder / file)
    except FileExistsError:
        raise typer.BadParameter(f"{folder} exists already", param_hint="NAME") from None
    except OSError as error:
        raise typer.BadParameter(f"{folder}: cannot be written: {error.strerror}", param_hint="NAME") from None
    command = f"stocktide compare {shlex.quote(str(folder / next(iter(files))))}"
    with speaking(lang.value):
        tell(say("terminal.edit", command=f"{command}{f' --lang {lang.value}' * (lang is not Language.en)}"))


def check(files: Annotated[list[str], typer.Argument(help="Scenario files, or names of worlds.")]) -> None:
    """Read scenarios and name every fault, with file and line."""
    from scenarios.faults import Fault, ScenarioError
    from scenarios.reader import read_scenario, scenario_hash

    faults: list[Fault] = []
    for file in files:
        try:
            scenario = read_scenario(file)
        except ScenarioError as error:
            faults += error.faults
        else:
            print(f"{file}: fine: {scenario.title} ({scenario_hash(scenario)[:12]})")
    if faults:
        raise ScenarioError(faults)


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from scenarios.writer import schema_json

    print(json.dumps(schema_json(), indent=2, ensure_ascii=False))
