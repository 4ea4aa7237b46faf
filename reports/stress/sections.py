"""A stress test as a report: the answer, the pictures, every measure as a table, and what they mean."""

from reports.charts.stress import heatmap
from reports.display.cells import meaning, words
from reports.display.section import Head, Line, Report, Section, Shown, Table, Words
from reports.display.sections import notes
from reports.language.naming import named
from reports.language.speaking import say, say_count
from reports.scores import SCORES
from reports.stress.fixes import fixes
from reports.stress.stress import StressTest
from reports.stress.tables import board, cases, regret, reverse, spells, tails
from reports.stress.words import fix_told, refusal_told, verdict
from reports.verdict.sentences import goal_told


def stress_report(test: StressTest) -> Report:
    """The report, in the language that is spoken."""
    told = verdict(test)
    parts = (
        answer(test, told[1:]), pictures(test), board(test), tails(test), spells(test), regret(test), reverse(test),
        cheapest(test), cases(test), refused(test), definitions(test), notes.assumed(test), notes.not_modelled(test),
        notes.sources(test),
    )  # fmt: skip
    return Report(
        say("stress.title", title=named(test.setting.title)),
        facts(test),
        told[0],
        tuple(part for part in parts if part is not None and part.parts),
        notes.reproduction(test),
    )


def answer(test: StressTest, told: tuple[str, ...]) -> Section:
    """What else is to be known beside the headline."""
    goal = say("page.goal", goal=goal_told(test.goal))
    return Section("advice", say("stress.answer"), (Words((*told, goal)),))


def pictures(test: StressTest) -> Section:
    """Rows by trials: the limited score, and what the objective loses."""
    if not test.trials:
        return Section("heatmap", "", ())
    limits = dict.fromkeys(limit.score for limit in test.goal.constraints)
    shown = [Shown(heatmap(test, score), caption=say("stress.heatmap.caption")) for score in limits]
    changed = heatmap(test, test.goal.objective.score, change=True)
    shown.append(Shown(changed, caption=say("stress.heatmap.change_caption")))
    return Section("heatmap", say("stress.heatmap.title"), tuple(shown))


def cheapest(test: StressTest) -> Section:
    """What to do about each trial, a sentence each."""
    told = tuple(fix_told(test, fix) for fix in fixes(test)) if test.goal.constraints else ()
    return Section("fixes", say("stress.fix.title"), (Words(told, listed=True),) if told else ())


def refused(test: StressTest) -> Section:
    """Shocks that were left out, and why."""
    told = tuple(refusal_told(one) for one in test.refused)
    return Section("refused", say("stress.refused_title"), (Words(told, listed=True),) if told else (), folded=True)


def definitions(test: StressTest) -> Section:
    """Each measure with its formula."""
    keys = ("change", "tail", "survive", "recover", "regret", "minimax", "reverse", "fix")
    lines = [Line(say(f"stress.measure.{key}"), (words(say(f"stress.define.{key}")),)) for key in keys]
    lines += [Line(SCORES[score].label, (words(meaning(score)),)) for score in test.scores]
    head = Head(say("stress.measure.measure"))
    table = Table("definitions", say("stress.define.title"), head, (Head(say("page.definition")),), tuple(lines),
                  look="meaning")  # fmt: skip
    return Section("definitions", say("stress.define.title"), (table,), folded=True)


def facts(test: StressTest) -> tuple[str, ...]:
    """Dates, sizes and luck, for below the title."""
    first, *others = notes.facts(test)
    return (first, say_count("stress.cases", len(test.trials)), *others)
