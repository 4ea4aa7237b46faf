"""Customs: desks that ours and other people's shipments queue for, examinations, bills, and goods not let in."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY, CustomsPost
from sim.play.money import Money
from sim.play.queues import Queue
from sim.world.network import money
from sim.world.sample import World
from sim.world.supply.pace import Pace
from sim.world.supply.posts import PostPassage
from sim.world.supply.tables import NEVER

IntArray = NDArray[np.int64]


class Customs:
    """Every customs post, for one batch."""

    def __init__(self, world: World, accounts: Money, counted: tuple[int, int]) -> None:
        self.network, self.money = world.network, accounts
        self.desks: dict[str, list[Queue]] = {}
        customs = self.network.scenario.customs
        self._charging = {name: part for name, part in customs.items() if part.fee or part.demurrage is not None}
        passages = {leg.name: leg for lane in world.passage.lanes for leg in lane.legs if isinstance(leg, PostPassage)}
        for name, passage in sorted(passages.items()):
            desks, queued = self.network.scenario.customs[name].desks, world.passage.others.get(name)
            if desks is not None:
                opening, days = passage.opening, Pace(passage.working)
                self.desks[name] = [
                    Queue(desks, opening, None, zip(*queued[i], strict=True) if queued else (), counted, days)
                    for i in range(len(world.runs))
                ]

    def clear(self, post: PostPassage, run: int, at: int, units: IntArray, value: float) -> tuple[int, int]:
        """When clearance of a shipment that comes at a minute begins, and when it may go on; NEVER beyond the horizon.

        `units` [sku] are worth `value` at unit cost. Where there are desks the shipment must be there now. Duty, fees
        and demurrage are paid.
        """
        day, opens = at // MINUTES_PER_DAY, post.opening(at)
        if opens == NEVER:
            return NEVER, NEVER
        minutes = post.clear.item(run, day)
        begin, end = opens, opens + minutes
        if post.name in self.desks:
            begin, end = self.desks[post.name][run].serve(at, minutes)
        if begin >= NEVER:
            return NEVER, NEVER
        released = end + post.hold.item(run, day)
        self._pay(post, run, at, end, released, units, value)
        return begin, released

    def refuses(self, post: PostPassage, run: int, at: int) -> bool:
        """Whether a shipment that came at a minute is not let in."""
        return post.refused is not None and bool(post.refused.item(run, at // MINUTES_PER_DAY))

    def send_away(self, post: PostPassage, run: int, at: int, bill: float) -> float:
        """Pay for goods that are not let in; the credit that the factory gives of its bill for those that go back."""
        refusal, day = self.network.scenario.customs[post.name].refused, at // MINUTES_PER_DAY
        if refusal is None:
            return 0.0
        self.money.pay("customs", run, day, money(refusal.fee, self.network.scenario))
        self.money.pay("goods", run, day, -bill * refusal.credit)
        return bill * refusal.credit

    def _pay(
        self, post: PostPassage, run: int, came: int, cleared: int, released: int, units: IntArray, value: float
    ) -> None:
        day, billed = came // MINUTES_PER_DAY, cleared // MINUTES_PER_DAY
        if not self.refuses(post, run, came):
            self.money.pay("duty", run, billed, post.duty_of(day, units, self.network.unit_cost, value))
        if examined := post.fee.item(run, day):
            self.money.pay("inspection", run, billed, examined)
        part = self._charging.get(post.name)
        if part is not None:
            days, fee = (released - came) / MINUTES_PER_DAY, money(part.fee, self.network.scenario)
            self.money.pay("customs", run, released // MINUTES_PER_DAY, fee + self._demurrage(part, days, units))

    def _demurrage(self, part: CustomsPost, days: float, units: IntArray) -> float:
        """What so many days at a post cost."""
        if part.demurrage is None:
            return 0.0
        volume = float((units * self.network.volume_m3).sum())
        rate = money(part.demurrage.per_m3_day, self.network.scenario) * volume
        rate += money(part.demurrage.per_day, self.network.scenario)
        return max(days - part.demurrage.free_days, 0.0) * rate
