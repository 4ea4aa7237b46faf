"""Customs: desks that ours and other people's shipments queue for, examinations, bills, and goods not let in."""

import numpy as np
from numpy.typing import NDArray

from scenarios.schema import MINUTES_PER_DAY
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
        passages = {leg.name: leg for lane in world.passage.lanes for leg in lane.legs if isinstance(leg, PostPassage)}
        for name, passage in sorted(passages.items()):
            desks, queued = self.network.scenario.customs[name].desks, world.passage.others.get(name)
            if desks is not None:
                opening, days = passage.opening, Pace(passage.working)
                self.desks[name] = [
                    Queue(desks, opening, None, zip(*queued[i], strict=True) if queued else (), counted, days)
                    for i in range(len(world.runs))
                ]

    def clear(self, post: PostPassage, run: int, at: int, units: IntArray) -> tuple[int, int]:
        """When clearance of a shipment that comes at a minute begins, and when it may go on; NEVER beyond the horizon.

        Where there are desks the shipment must be there now. Duty, fees and demurrage are paid.
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
        self._pay(post, run, at, end, released, units)
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

    def _pay(self, post: PostPassage, run: int, came: int, cleared: int, released: int, units: IntArray) -> None:
        network, day = self.network, came // MINUTES_PER_DAY
        part, billed = network.scenario.customs[post.name], cleared // MINUTES_PER_DAY
        worth = units * network.unit_cost
        if not self.refuses(post, run, came):
            self.money.pay("duty", run, billed, float((worth * post.duty_on(day)).sum()))
        self.money.pay("inspection", run, billed, post.fee.item(run, day))
        fee = money(part.fee, network.scenario)
        if part.demurrage is not None:
            days = max((released - came) / MINUTES_PER_DAY - part.demurrage.free_days, 0.0)
            volume = float((units * network.volume_m3).sum())
            rate = money(part.demurrage.per_m3_day, network.scenario) * volume
            fee += days * (rate + money(part.demurrage.per_day, network.scenario))
        self.money.pay("customs", run, released // MINUTES_PER_DAY, fee)
