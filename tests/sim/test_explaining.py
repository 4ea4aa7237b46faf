"""Why a rule ordered: worlds of 20 units a day and a lane of 10 days, in which every number is known beforehand."""

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from policies.parameters import wrapped_field
from policies.protocol import Policy
from policies.quantity import EDGE
from policies.registry import policies, policy
from reports.display.explanation_words import decision
from reports.display.explanation_words import told as parts_told
from reports.display.formula import put_in
from reports.explanation import Coming, Explanation, Review
from reports.language.speaking import LANGUAGES, messages, speaking
from sim.explaining.explaining import explained
from sim.explaining.question import ExplainError
from sim.explaining.recorder import Recorder
from sim.tournament import play, setting
from tests.sim.paper import Script
from tests.sim.test_sim_depots import HUB
from tests.worlds import PLAIN, TWO_PLACES, same_series, scenario_of

START = date(2026, 3, 1)
DAILY = "reorder-point:safety_days=10,review_days=1"
STEADY = """
title = "Twenty lamps a day"
start = 2026-03-01
days = 60
history_days = 60
seed = 1
salvage_share = 0.5
[[sku]]
id = "LAMP"
unit_cost = 6.0
price = 30.0
volume_m3 = 0.004
weight_kg = 0.9
[supplier.zhongshan]
make_days = 4
[lane.air]
from = "zhongshan"
to = "los-angeles"
legs = [{ name = "flight", days = 6 }]
[warehouse.los-angeles]
opening = { units = 1000 }
[market.shop]
served_by = ["los-angeles"]
[market.shop.demand.LAMP]
organic = { law = "fixed", mean = 20 }
"""


def told(
    folder: Path, day: int, spec: str = DAILY, text: str = STEADY, playbook: str = "none", sku: str = "LAMP"
) -> Explanation:
    scenario = scenario_of(text, folder)
    when = START + timedelta(days=day)
    return explained(scenario, setting(scenario, "steady"), (spec, playbook, "preference"), 0, sku, when)


def only(explanation: Explanation) -> Review:
    (review,) = explanation.reviews
    assert explanation.reviewed
    return review


def test_the_numbers_in_the_formula_give_the_order(tmp_path: Path) -> None:
    """1,000 less 30 days of 20 are 400: the reorder point of 20 x 10 + 200, and 600 short of 30 days more."""
    review = only(told(tmp_path, 29))
    assert review.trigger is not None
    assert (review.seen.position, review.trigger.point, review.trigger.over) == (400, 400, 0)
    assert (review.asked, review.trigger.level) == ({"air": 600}, 1000)
    (layer,) = review.layers
    written = put_in(layer.formula, layer.terms, layer.unset)
    assert written == "400 = 20 x 10 + 200; 200 = 20 x 10"
    assert review.why["safety_stock"] == 200


def test_the_day_before_says_by_how_much_it_was_not_met(tmp_path: Path) -> None:
    review = only(told(tmp_path, 28))
    assert review.trigger is not None
    assert (review.asked, review.sent, review.until_sellable) == ({}, (), None)
    assert (review.trigger.position, review.trigger.over) == (420, 20)
    assert list(decision(review))[1] == (
        "The stock position of 420 was 20 above the reorder point of 400: 1 day of sales at 20 a day."
    )


def test_what_was_seen(tmp_path: Path) -> None:
    """The order of the day before is under way; it is planned to be sellable ten days after the day that followed."""
    seen = only(told(tmp_path, 30)).seen
    assert (seen.on_hand, seen.on_order, seen.backlog, seen.position) == (380, 600, 0, 980)
    assert seen.coming == (Coming(START + timedelta(days=40), 600),)
    assert seen.paces == {7: 20, 28: 20}
    assert [(quote.lane, quote.lead_days, quote.arrives) for quote in seen.lanes] == [
        ("air", 10, START + timedelta(days=41))
    ]
    assert not seen.unread


def test_what_happened_next(tmp_path: Path) -> None:
    """Sold from day 40 on; until then ten days of 20, which 400 outlast."""
    review = only(told(tmp_path, 29))
    (sent,) = review.sent
    assert (sent.lane, sent.units, sent.planned, sent.sellable) == (
        "air", 600, START + timedelta(days=40), START + timedelta(days=40),
    )  # fmt: skip
    spell = review.until_sellable
    assert spell is not None
    assert (spell.days, spell.wanted, spell.sold, spell.short, spell.lowest) == (10, 200, 200, 0, 200)
    assert review.until_next is not None
    assert (review.until_next.days, review.until_next.wanted) == (1, 20)


def test_how_short_it_ran_before_the_order_came(tmp_path: Path) -> None:
    """180 on hand last nine days; on the tenth nobody is served, on the eleventh the order is there."""
    review = only(told(tmp_path, 0, text=STEADY.replace("units = 1000", "units = 200")))
    assert review.asked == {"air": 1000 - 180}
    spell = review.until_sellable
    assert spell is not None
    assert (spell.days, spell.wanted, spell.sold, spell.short, spell.lost) == (10, 200, 180, 20, 20)
    assert (spell.empty_days, spell.lowest, spell.owed) == (2, 0, 0)


def test_the_least_that_was_left_is_not_what_was_left_at_last(tmp_path: Path) -> None:
    """720 ordered on day 35 are there on day 46: 80 were left the evening before, 720 are three days later."""
    spell = only(told(tmp_path, 42, "reorder-point:safety_days=10")).until_next
    assert spell is not None
    assert (spell.days, spell.lowest) == (7, 1000 - 46 * 20)


def test_an_event_is_ahead_until_its_last_day_begins(tmp_path: Path) -> None:
    """A review ends its day, and with the last day the event."""
    sale = "[[planned.promotion]]\nname = 'Sale'\non = 2026-03-11\ndays = 2\nlift = 2.0\n"
    ahead = {day: only(told(tmp_path, day, text=STEADY + sale)).seen.ahead for day in (9, 10, 11)}
    assert [(event.first, event.days, event.lift) for event in ahead[9]] == [(START + timedelta(days=10), 2, 2.0)]
    assert ahead[10] == ahead[9]
    assert ahead[11] == ()


def test_an_order_that_never_came_within_the_days_played(tmp_path: Path) -> None:
    (sent,) = only(told(tmp_path, 55, "base-stock:units=1100,review_days=1")).sent
    assert (sent.units, sent.departed, sent.sellable) == (20, None, None)


def test_on_a_day_without_a_review_the_one_before_and_the_next_are_told(tmp_path: Path) -> None:
    weekly = told(tmp_path, 30, "reorder-point:safety_days=10")
    assert not weekly.reviewed
    assert [(review.day - START).days for review in weekly.reviews] == [28, 35]
    assert [review.asked for review in weekly.reviews] == [{}, {"air": 720}]
    last = told(tmp_path, 59, "reorder-point:safety_days=10")
    assert [(review.day - START).days for review in last.reviews] == [56]
    assert only(told(tmp_path, 35, "reorder-point:safety_days=10")).asked == {"air": 720}


def test_what_the_rule_does_not_read_is_told_too(tmp_path: Path) -> None:
    review = only(told(tmp_path, 29, "base-stock:units=700,review_days=1"))
    assert review.seen.unread == {"sales", "calendar"}
    assert review.seen.paces[28] == 20
    assert review.trigger is not None
    assert (review.trigger.point, review.trigger.level) == (None, 700)


def test_every_rule_of_a_chain_has_its_own_formula(tmp_path: Path) -> None:
    review = only(told(tmp_path, 29, f"{DAILY}+calendar-lift+budget-cap:budget=60"))
    assert [layer.rule for layer in review.layers] == [DAILY, "calendar-lift", "budget-cap:budget=60"]
    assert review.asked == {"air": 10}
    assert review.why["cut"] == 590


def test_what_the_playbook_did(tmp_path: Path) -> None:
    """180 on hand are less than the safety stock of 200: red."""
    review = only(told(tmp_path, 0, text=STEADY.replace("units = 1000", "units = 200"), playbook="alerts"))
    assert [(one.lever, one.value) for one in review.pulled if one.lever == "alert"] == [("alert", 2)]
    assert only(told(tmp_path, 0, playbook="alerts")).pulled == ()


@pytest.mark.parametrize(
    ("day", "placed", "sent"), [(0, {"van": 130}, 100), (1, {}, 0), (7, {"van": 20}, 0), (8, {}, 50)]
)
def test_what_leaves_a_hub_is_not_taken_for_what_was_ordered(
    tmp_path: Path, day: int, placed: dict[str, int], sent: int
) -> None:
    """130 of 100 are ordered on day 0 and 20 on day 7; 50 come from the factory as day 9 begins."""
    scenario = scenario_of(HUB, tmp_path)
    rule = Script(((0, "van", (130,)), (0, "road", (50,)), (7, "van", (20,))))
    when = scenario.start + timedelta(days=day)
    review = only(explained(scenario, setting(scenario, "hub"), (rule, "none", "preference"), 0, "A", when, "v"))
    assert (review.asked, review.placed, sum(one.units for one in review.sent)) == (placed, placed, sent)
    lines = [line for part in parts_told(review) for line in part.lines]
    assert any("oldest orders first" in line for line in lines) == (sum(placed.values()) != sent)


@pytest.mark.parametrize(("day", "held", "ordered"), [(25, 420, {}), (26, 400, {"air": 600})])
def test_units_set_aside_are_taken_out_of_the_position(
    tmp_path: Path, day: int, held: int, ordered: dict[str, int]
) -> None:
    """A sale of four times 20 a day is 60 more, which are set aside: 460 on hand are held as 400."""
    sale = "[[planned.promotion]]\nname = 'Sale'\non = 2026-04-05\ndays = 1\nlift = 4.0\n"
    review = only(told(tmp_path, day, "min-max:s_units=400,S_units=1000,review_days=1+calendar-lift", STEADY + sale))
    assert review.trigger is not None
    assert (review.seen.position - review.trigger.position, review.trigger.position) == (60, held)
    assert review.asked == ordered
    assert [(one.name, one.lift) for one in review.seen.ahead] == [("Sale", 4)]


def test_to_be_listened_to_changes_nothing(tmp_path: Path) -> None:
    scenario = scenario_of(TWO_PLACES, tmp_path)
    base = policy("base-stock:units=400")
    recorder = Recorder(base, 0, "new-york", frozenset(range(0, 200, 7)), {})
    (alone,), (heard,) = (play(scenario, [one], (3,), keep=(3,)) for one in (base, recorder))
    assert same_series(alone, heard)
    kept = alone.series
    assert kept is not None
    place = setting(scenario, "two").warehouses.index("new-york")
    for day, review in recorder.heard.items():
        assert kept.ordered[day, 0, place].tolist() == np.sum(list(review.units.values()), axis=0)[0].tolist()


@pytest.mark.parametrize(
    ("sku", "day", "warehouse", "fault"),
    [
        ("LAMPS", 3, None, "no SKU 'LAMPS'; did you mean 'LAMP'?"),
        ("LAMP", 60, None, "2026-04-30 is outside the season; allowed: 2026-03-01 to 2026-04-29"),
        ("LAMP", -1, None, "2026-02-28 is outside the season; allowed: 2026-03-01 to 2026-04-29"),
        ("LAMP", 3, "los-angles", "no warehouse 'los-angles'; did you mean 'los-angeles'?"),
        ("LAMP", 3, "chicago", "no lane supplies 'chicago', so nothing is ordered for it; allowed: los-angeles"),
    ],
)
def test_what_there_is_not_is_refused(tmp_path: Path, sku: str, day: int, warehouse: str | None, fault: str) -> None:
    scenario = scenario_of(STEADY + "[warehouse.chicago]\nopening = { units = 5 }\n", tmp_path)
    when = START + timedelta(days=day)
    with pytest.raises(ExplainError) as refused:
        explained(scenario, setting(scenario, "s"), (DAILY, "none", "preference"), 0, sku, when, warehouse)
    assert str(refused.value) == fault


def test_the_first_and_the_last_day_of_the_season_can_be_asked_about(tmp_path: Path) -> None:
    assert only(told(tmp_path, 0)).day == START
    last = only(told(tmp_path, 59))
    assert (last.day, last.until_next) == (START + timedelta(days=59), None)


def test_another_warehouse_can_be_asked_about(tmp_path: Path) -> None:
    scenario = scenario_of(TWO_PLACES, tmp_path)
    entry = "reorder-point", "none", "preference"
    first = explained(scenario, setting(scenario, "two"), entry, 0, "LAMP", START)
    other = explained(scenario, setting(scenario, "two"), entry, 0, "LAMP", START, "new-york")
    assert (first.warehouse, first.others) == ("los-angeles", ("new-york",))
    assert (other.warehouse, [quote.lane for quote in other.reviews[0].seen.lanes]) == ("new-york", ["sea-east"])


@pytest.mark.parametrize(
    ("terms", "unset", "written"),
    [
        ({"pace": 20, "safety_days": 10, "safety": 200}, {"safety_units"}, "200 = 20 x 10"),
        ({"pace": 20, "safety_units": 150, "safety": 150}, {"safety_days"}, "150 = 150"),
        ({"pace": 20}, {"safety_days", "safety_units"}, ""),
        ({}, set(), ""),
    ],
)
def test_of_alternatives_the_one_is_told_that_was_followed(
    terms: dict[str, float], unset: set[str], written: str
) -> None:
    assert put_in("safety = pace x safety_days, or safety_units", terms, unset) == written


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("S = pace x lead_days", "50 = 2.5 x 20"),
        ("S = pace x (lead_days + 1)", ""),  # does not hold
        ("S = steady pace x lead_days", ""),  # another pace
        ("S = pace(28) x lead_days", ""),
        ("S = max(0, position + 1) x 10 - (8 - 18) / -1", "50 = max(0, 5 + 1) x 10 - (8 - 18) / -1"),
        ("position <= S: order = S - position, otherwise 0", "5 <= 50: order = 50 - 5, otherwise 0"),
        ("S = 50, at least so much; S = 49; z = S", "50 = 50"),
        ("order = S - d", ""),
        ("S >= position", ""),
    ],
)
def test_only_equations_that_hold_and_are_known_are_told(formula: str, written: str) -> None:
    assert put_in(formula, {"pace": 2.5, "position": 5, "S": 50, "lead_days": 20}) == written


@pytest.mark.parametrize(("name", "kind"), policies(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_rule_that_ships_can_be_explained(name: str, kind: type[Policy], tmp_path: Path) -> None:
    """In both languages, each reason by a name; what it orders lifts its position to the level that it names."""
    spec = f"reorder-point+{name}" if wrapped_field(kind) else name
    review = told(tmp_path, 57, f"{spec}", PLAIN, "peak-guard").reviews[0]
    assert set(review.why) <= {key.removeprefix("explain.reasons.") for key in messages("en")}
    for language in LANGUAGES:
        with speaking(language):
            lines = [line for part in parts_told(review) for line in (part.heading, *part.lines)]
            assert all(lines)
    held = review.trigger
    if held is not None and held.point is not None and held.level is not None and len(review.layers) == 1:
        wanted = held.level - held.position if held.over <= EDGE else 0.0
        assert sum(review.asked.values()) == math.ceil(wanted - EDGE)
