"""What a unit costs beyond its price until it is on the shelf: freight, duty, what its factories charge over it."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.world import laws
from sim.world.network import Network, still
from sim.world.supply.freight import Tariff
from sim.world.supply.moments import leg_moments
from sim.world.supply.posts import duty_steps
from sim.world.supply.ways import Way, price_level

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class LandedCost:
    """The landed cost of a unit on one way, as far as tariffs are announced."""

    def __init__(self, network: Network, way: Way) -> None:
        self.network = network
        self._usual = Tariff.of(network, way).of_one + _surcharge(network, way) * network.unit_cost
        self._posts = list(_days_to_the_shelf(network, way))
        self._tariffs: dict[tuple[str, int], tuple[FloatArray, IntArray]] = {}
        self._known: dict[tuple[tuple[str, int, int], ...], FloatArray] = {}

    def __call__(self, shelved: float, known_on: int) -> FloatArray:
        """Of a unit that is planned to be on the shelf on a day, as far as is known on another, [sku]."""
        steps = []
        for post, before in self._posts:
            known = self._announced(post, known_on)
            _, tariff = self._tariff(post, known, known_on)
            at_post = min(max(math.floor(shelved - before), 0), len(tariff) - 1)
            steps.append((post, known, int(tariff[at_post])))
        return self._sum(tuple(steps))

    def _sum(self, steps: tuple[tuple[str, int, int], ...]) -> FloatArray:
        """The landed cost under the tariff steps of every post: post, steps known, step that holds."""
        if steps not in self._known:
            duty = sum((self._tariffs[post, known][0][step] for post, known, step in steps), np.zeros(()))
            self._known[steps] = still(self._usual + duty * self.network.unit_cost)
        return self._known[steps]

    def _announced(self, post: str, known_on: int) -> int:
        """How many steps of a post's tariff are announced by a day."""
        steps = self.network.scenario.customs[post].duty_steps
        return sum(self.network.day(step.on) - step.announced_days <= known_on for step in steps)

    def _tariff(self, post: str, known: int, known_on: int) -> tuple[FloatArray, IntArray]:
        if (post, known) not in self._tariffs:
            self._tariffs[post, known] = duty_steps(self.network, post, known_on)
        return self._tariffs[post, known]


def _days_to_the_shelf(network: Network, way: Way) -> list[tuple[str, float]]:
    """Each customs post of a way, and the mean days from coming there until goods are on the shelf."""
    legs = way.part.legs
    last = laws.mean(network.scenario.warehouse[way.part.to].put_away_days)
    means = [sum(mean for mean, _ in leg_moments(network, way.part, leg)) for leg in legs]
    return [(leg.post, sum(means[i:]) + last) for i, leg in enumerate(legs) if leg.post is not None]


def _surcharge(network: Network, way: Way) -> FloatArray:
    """What the factories of a way charge over the unit cost, as a share of it, [sku]: of the first in turn."""
    over = np.array([price_level(network.scenario.supplier[name], way.rush) - 1.0 for name in way.factories])
    mean = over @ way.shares if len(over) else np.zeros(len(network.skus))
    return np.array([over[turn[0]] if turn else mean[k] for k, turn in enumerate(way.turns)])
