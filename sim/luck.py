"""All luck: a draw is keyed by what and when, never by order of use.

The generator of a stream is set from (seed, replication, name) alone, so adding a SKU, a lane or a policy moves no
other draw, and results do not depend on workers, batches or the order of tables in the file.
"""

import hashlib
from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

_GOLDEN = 0x9E3779B97F4A7C15
_64_BITS = (1 << 64) - 1
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_UNIT = np.uint64(0xD1342543DE82EF95)


class Luck:
    """Streams of one seed. One bit generator serves them all: it is re-keyed, which is cheaper than making another."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._bits = np.random.PCG64DXSM(0)
        self._generator = np.random.Generator(self._bits)
        self._names: dict[tuple[str, ...], bytes] = {}

    def stream(self, replication: int, *name: str) -> np.random.Generator:
        """The generator of one named stream at its beginning. It is valid until the next call."""
        digest = hashlib.blake2b(
            self._name(name) + replication.to_bytes(8, "little"), digest_size=32, key=self.seed.to_bytes(8, "little")
        ).digest()
        self._bits.state = {
            "bit_generator": "PCG64DXSM",
            "state": {
                "state": int.from_bytes(digest[:16], "little"),
                "inc": int.from_bytes(digest[16:], "little") | 1,
            },
            "has_uint32": 0,
            "uinteger": 0,
        }
        return self._generator

    def key(self, replication: int, *name: str) -> int:
        """A 64-bit key of a named stream, for `uniforms`."""
        message = self._name(name) + replication.to_bytes(8, "little")
        return int.from_bytes(
            hashlib.blake2b(message, digest_size=8, key=self.seed.to_bytes(8, "little")).digest(), "little"
        )

    def keys(
        self, replications: Sequence[int], use: str, markets: Sequence[str], skus: Sequence[str]
    ) -> NDArray[np.uint64]:
        """64-bit keys of one use of luck, [run, market, sku]: a key for every run and one for every name, mixed."""
        of_runs = np.array([self.key(run, use) for run in replications], np.uint64)
        of_names = np.array([[self.key(0, use, market, sku) for sku in skus] for market in markets], np.uint64)
        return _mixed(of_runs[:, None, None] + of_names)

    def _name(self, name: tuple[str, ...]) -> bytes:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = hashlib.blake2b("\0".join(name).encode(), digest_size=24).digest()
        return known


def beside(luck: np.random.Generator) -> np.random.Generator:
    """Another generator for the same name, which meets none of the luck to come of the first."""
    return np.random.Generator(cast(np.random.PCG64DXSM, luck.bit_generator).jumped())


def uniforms(keys: NDArray[np.uint64], when: int | NDArray[np.signedinteger]) -> NDArray[np.float64]:
    """Uniform numbers in [0, 1) hashed from keys and a slot, or many: luck at use, nothing stored (splitmix64)."""
    if isinstance(when, int):
        z = keys + np.uint64(_GOLDEN * (when + 1) & _64_BITS)
    else:
        z = keys + (when + 1).astype(np.uint64) * np.uint64(_GOLDEN)
    return np.asarray((_mixed(z) >> np.uint64(11)) * 2.0**-53, np.float64)


def unit_uniforms(keys: NDArray[np.uint64], units: NDArray[np.int64], when: int) -> NDArray[np.float64]:
    """Uniform numbers in [0, 1) of single units: the j-th of a key and a slot has the same luck however many follow."""
    return uniforms(keys + units.astype(np.uint64) * _UNIT, when)


def _mixed(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of 64 made to depend on all others (the finish of splitmix64)."""
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    return z ^ (z >> np.uint64(31))


def thinned(
    units: NDArray[np.int64],
    share: float | NDArray[np.float64],
    keys: NDArray[np.uint64],
    when: int | NDArray[np.signedinteger],
) -> NDArray[np.int64]:
    """A share of whole units, [...], rounded by luck hashed from keys and a slot; never less with a higher share."""
    expected = units * share
    whole = np.floor(expected).astype(np.int64)
    return np.asarray(whole + (uniforms(keys, when) < expected - whole), np.int64)
