"""What was assumed, what is left out, where numbers come from, and how to play it again."""

from collections.abc import Mapping, Sized
from typing import Protocol

from reports.display.limits import not_modelled as limits
from reports.display.section import Section, Words
from reports.language.naming import named
from reports.language.speaking import date_said, say, say_count
from reports.record import Setting


class Played(Protocol):
    """What was played in one world, whatever was made of it."""

    @property
    def setting(self) -> Setting: ...

    @property
    def rows(self) -> Sized: ...

    @property
    def runs(self) -> Sized: ...

    @property
    def versions(self) -> Mapping[str, str]: ...

    @property
    def command(self) -> str: ...


def assumed(comparison: Played) -> Section:
    """The world's own assumptions, and what the program takes for granted."""
    setting = comparison.setting
    lines = [named(line) for line in setting.assumptions]
    lines.append(say("page.salvage", percent=f"{setting.salvage_share * 100:g}"))
    if setting.warm_up_days:
        lines.append(say("page.warm_up", days=setting.warm_up_days, start=date_said(setting.start)))
    if setting.luck:
        lines.append(say("page.luck", luck=named(setting.luck)))
    return Section("assumed", say("page.assumed"), (Words(tuple(lines), listed=True),))


def not_modelled(_: Played) -> Section:
    """What the program does not know of."""
    return Section("not-modelled", say("page.not_modelled"), (Words(limits(), listed=True),))


def sources(comparison: Played) -> Section | None:
    """Where the world's numbers come from."""
    lines = tuple(map(named, comparison.setting.sources))
    return Section("sources", say("page.sources"), (Words(lines, listed=True),)) if lines else None


def reproduction(comparison: Played) -> Mapping[str, str]:
    """What is needed to play it again, by key of `[reproduce]`."""
    setting = comparison.setting
    return {
        "command": comparison.command,
        "world": setting.scenario,
        "hash": setting.scenario_hash,
        "seed": str(setting.seed),
        "replications": str(len(comparison.runs)),
        "versions": ", ".join(f"{name} {version}" for name, version in comparison.versions.items()),
    }


def season_said(comparison: Played) -> str:
    """The first and the last day that count."""
    setting = comparison.setting
    return say("page.from_to", first=date_said(setting.start), last=date_said(setting.day(setting.days - 1)))


def facts(comparison: Played) -> tuple[str, ...]:
    """Dates, sizes and luck, for below the title."""
    setting = comparison.setting
    told = (
        season_said(comparison),
        say_count("page.skus", len(setting.skus)),
        say_count("page.policies", len(comparison.rows)),
        say_count("page.runs", len(comparison.runs)),
    )
    return (*told, named(setting.luck)) if setting.luck else told
