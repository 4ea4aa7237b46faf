"""Siblings, SKUs of one group: buyers take them when theirs is missing, hosts steer buyers to them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policies.routing import USUAL
from sim.luck import Luck, thinned, uniforms
from sim.play.service import Counter, product
from sim.play.stock import Stock
from sim.world.network import Network, ServiceRound

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class Families:
    """The groups of a catalogue with more than one SKU, and how units are shared out over their members."""

    def __init__(self, network: Network, runs: Sequence[int]) -> None:
        groups: dict[str, list[int]] = {}
        catalogue = {sku.id: sku.group for sku in network.scenario.sku}
        for k, sku in enumerate(network.skus):
            if (group := catalogue[sku]) is not None:
                groups.setdefault(group, []).append(k)
        families = [members for members in groups.values() if len(members) > 1]
        nothing = len(network.skus)  # stands for no SKU, where a group is smaller than the largest
        self._members = np.full((len(families), max(map(len, families), default=0)), nothing)  # [group, place]
        for family, members in zip(self._members, families, strict=True):
            family[: len(members)] = members
        self.has_sibling = np.isin(np.arange(nothing), self._members)  # [sku]
        self._odd_keys = Luck(network.scenario.seed).keys(runs, "odd sibling", network.markets, network.skus)

    def share_out(self, units: IntArray, weights: IntArray, markets: list[int], slot: int) -> IntArray:
        """Each group's total of `units` shared out over its members in proportion to `weights`, if it has any.

        Arrays are [run, market, sku] for the positions `markets`.
        """
        pad = ((0, 0), (0, 0), (0, 1))
        grouped = np.pad(weights, pad)[:, :, self._members]  # [run, market, group, place]
        totals = np.pad(units, pad)[:, :, self._members].sum(axis=-1) * grouped.any(axis=-1)
        at = np.nonzero(totals)
        luck = uniforms(np.pad(self._odd_keys[:, markets], pad)[:, :, self._members][at], slot)
        shared = np.zeros((*weights.shape[:2], weights.shape[2] + 1), np.int64)
        run, market, group = at
        shared[run[:, None], market[:, None], self._members[group]] = apportioned(totals[at], grouped[at], luck)
        return shared[..., :-1]

    def with_any(self, weights: IntArray) -> BoolArray:
        """Whether any member of a SKU's group has a weight, [run, market, sku]."""
        grouped = np.pad(weights, ((0, 0), (0, 0), (0, 1)))[:, :, self._members]
        found = np.zeros((*weights.shape[:2], weights.shape[2] + 1), bool)
        found[:, :, self._members] = grouped.any(axis=-1, keepdims=True)
        return found[..., :-1]


class Siblings:
    """Who looks for a sibling, and which of them: in proportion to what is left of each on the shelf."""

    def __init__(self, network: Network, runs: Sequence[int]) -> None:
        self._families = Families(network, runs)
        self._switches = np.array([[part.switches] for part in network.market_parts])
        self._switch_keys = Luck(network.scenario.seed).keys(runs, "switch", network.markets, network.skus)

    @classmethod
    def of(cls, network: Network, runs: Sequence[int]) -> "Siblings | None":
        """The siblings of a world in which anybody takes them."""
        if not any(part.switches for part in network.market_parts):
            return None
        siblings = cls(network, runs)
        return siblings if siblings._families.has_sibling.any() else None

    def serve(self, counter: Counter, short: IntArray, slot: int) -> tuple[IntArray, IntArray]:
        """Sell siblings to buyers who switch, of unmet units [run, market, sku].

        Answers the units switched by the SKU that was wanted, and by the SKU that was taken.
        """
        looking = thinned(short * self._families.has_sibling, self._switches, self._switch_keys, slot)
        switched, taken = np.zeros_like(short), np.zeros_like(short)
        rank = 0
        for turn in counter.router.rounds if looking.any() else ():
            if turn.kind != USUAL:
                continue
            if turn.rank > rank:
                rank = turn.rank
                (looking,) = counter.router.who_stays([looking], rank, slot)
            markets = list(turn.markets)
            while (asked := self._choices(counter, turn, looking[:, markets], slot)).any():
                got = counter.part(turn, asked, slot)
                counter.hand_over(turn, got)
                found = self._families.share_out(got, looking[:, markets], markets, slot)
                looking[:, markets] -= found
                switched[:, markets] += found
                taken[:, markets] += got
        return switched, taken

    def _choices(self, counter: Counter, turn: ServiceRound, looking: IntArray, slot: int) -> IntArray:
        """The siblings that buyers who look for one ask for at a warehouse, [run, market of the turn, sku].

        What any of them could not get there is nobody's sibling: it is gone, or kept for others.
        """
        left = counter.on_offer(turn) * ~looking.any(axis=1, keepdims=True)
        left = left if turn.skus is None else left * turn.skus
        return self._families.share_out(looking, left, list(turn.markets), slot)


class Steering:
    """A host who steers part of a livestream's buyers to siblings with stock."""

    def __init__(self, network: Network, runs: Sequence[int]) -> None:
        self._families, self._home = Families(network, runs), list(network.home)
        self._keys = Luck(network.scenario.seed).keys(runs, "steer", network.markets, network.skus)

    def steered(self, units: IntArray, share: FloatArray, stock: Stock, slot: int) -> IntArray:
        """What a livestream's buyers ask for once a share of them was steered, [run, market, sku].

        They go to siblings that are not steered from, in proportion to the stock of the market's first warehouse, and
        stay where no sibling has any.
        """
        offer = stock.on_hand[:, self._home] * (share == 0)
        moved = thinned(units * self._families.with_any(offer), share, self._keys, slot)
        if not moved.any():
            return units
        return units - moved + self._families.share_out(moved, offer, list(range(len(self._home))), slot)


def apportioned(units: IntArray, weights: IntArray, luck: NDArray[np.float64]) -> IntArray:
    """Whole units shared out over the last axis in proportion to weights: by largest remainder, ties by luck.

    `units` [row]; `weights`, some above 0 in each row, and `luck` [row, place].
    """
    total = weights.sum(axis=-1, keepdims=True)
    exact = product(weights, units[:, None])
    whole = (exact // total).astype(np.int64)
    rest = (exact % total).astype(np.int64)
    rank = np.argsort(np.argsort(-(rest + luck), axis=-1), axis=-1)
    return np.asarray(whole + (rank < units[:, None] - whole.sum(axis=-1, keepdims=True)), np.int64)
