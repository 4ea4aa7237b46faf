"""Mean waits of queues whose customers come at random, first come, first served."""

from dataclasses import dataclass
from math import factorial


@dataclass(frozen=True)
class ErlangC:
    """A queue with exponential times between customers and of service."""

    share_that_waits: float
    wait: float  # mean, before service
    waiting: float  # mean number of customers


def erlang_c(rate: float, served: float, servers: int) -> ErlangC:
    """M/M/c, for customers that come and that a server serves in a unit of time."""
    offered = rate / served
    full = offered**servers / factorial(servers) / (1 - offered / servers)
    waits = full / (sum(offered**busy / factorial(busy) for busy in range(servers)) + full)
    wait = waits / (servers * served - rate)
    return ErlangC(waits, wait, rate * wait)


def one_server_wait(rate: float, service: float, square: float) -> float:
    """Mean wait in M/G/1 for mean and mean square of the time of service (Pollaczek and Khinchine)."""
    return rate * square / (2 * (1 - rate * service))


def unit_wait(rate: float, units: int, service: float) -> float:
    """Mean wait of a unit where containers of so many units come at random and a unit is always served in this time.

    A container waits as in M/G/1, and a unit for half of the others of its container besides.
    """
    whole = units * service
    return one_server_wait(rate, whole, whole**2) + (units - 1) / 2 * service
