"""Customs posts: duties of SKUs that are there, one a day; examinations and refusals that lead somewhere."""

from collections.abc import Iterator
from datetime import date

from scenarios.checks.findings import Finding
from scenarios.checks.names import dangling, strangers, twice
from scenarios.faults import shown
from scenarios.schema import EVERY, Scenario


def duties(scenario: Scenario) -> Iterator[Finding]:
    """Duties are of SKUs that are there, and none changes twice on one day."""
    catalogue = [sku.id for sku in scenario.sku]
    known = {EVERY, *catalogue}
    for key, post in scenario.customs.items():
        yield from strangers(("customs", key, "duty_by_sku"), post.duty_by_sku, catalogue)
        changed: dict[date, set[str]] = {}
        for position, step in enumerate(post.duty_steps):
            here = ("customs", key, "duty_steps", position)
            if not step.skus:
                yield Finding((*here, "skus"), "touches no SKU", "SKUs, or left out for all")
            for place, name in enumerate(step.skus):
                if name not in known:
                    yield from dangling((*here, "skus", place), name, "SKU", [EVERY, *catalogue])
            yield from twice((*here, "skus"), step.skus, "SKU")
            before = changed.setdefault(step.on, set())
            both = before if EVERY in step.skus else set(step.skus) if EVERY in before else before & set(step.skus)
            if both:
                what = f"the duty of {shown(min(both))} changes twice on {step.on}"
                yield Finding((*here, "on"), what, "another day, or other skus")
            before.update(step.skus)


def ladder(scenario: Scenario) -> Iterator[Finding]:
    """The last kind of examination goes on to none."""
    for key, post in scenario.customs.items():
        last = len(post.inspections) - 1
        if post.inspections and post.inspections[last].escalates > 0:
            here = ("customs", key, "inspections", last, "escalates")
            yield Finding(here, f"{post.inspections[last].escalates:g} go on to a next kind, and there is none", "0")


def refusals(scenario: Scenario) -> Iterator[Finding]:
    """A factory takes back only what is returned."""
    for key, post in scenario.customs.items():
        if post.refused is not None and post.refused.then == "destruction" and post.refused.credit > 0:
            here = ("customs", key, "refused", "credit")
            yield Finding(here, "what is destroyed is not taken back", '0, or then = "return"')


def weekdays(scenario: Scenario) -> Iterator[Finding]:
    """Closed weekdays are named once."""
    for key, post in scenario.customs.items():
        yield from twice(("customs", key, "closed_weekdays"), post.closed_weekdays, "weekday")


CHECKS = (duties, ladder, refusals, weekdays)
