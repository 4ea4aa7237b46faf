"""A cluster of machines in place of this one's processes: dask, through joblib's own backend.

Batches go to whoever is free, and a worker that dies has its batch played again by another; results do not depend on
who played them. Workers need the same versions, and the files that rules or worlds are read from.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

ANSWERS_WITHIN = 10.0
"""Seconds after which a scheduler that has not answered is taken for silent."""
ADDRESS = re.compile(r"((tcp|tls|ws|wss)://)?[^/\s]+:\d+|inproc://\S+")
"""What is called at all: of anything else, dask says late and at length that it is none."""


class ClusterError(Exception):
    """A cluster that cannot be used. The message says why."""


class AddressError(ClusterError):
    """What was given as the address of a cluster is none."""


@contextmanager
def on_cluster(address: str) -> Iterator[int]:
    """Inside it, batches are played on the cluster of a dask scheduler; yields how many it plays at a time.

    Raises AddressError when the address is none; ClusterError when dask is not installed, nobody answers, or nobody
    works there.
    """
    if not ADDRESS.fullmatch(address):
        raise AddressError(f"--cluster {address!r}: is no address of a scheduler; allowed: tcp://HOST:PORT")
    try:
        from distributed import Client
    except ImportError as fault:
        raise ClusterError("--cluster needs the extra: pip install 'stocktide[cluster]'") from fault
    from joblib import parallel_config

    try:
        _hear(address)
        client = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, ImportError) as fault:
        raise ClusterError(f"--cluster {address}: no dask scheduler answers there: {fault}") from fault
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(f"--cluster {address}: the scheduler has no workers")
        with parallel_config(backend="dask", client=client):
            yield threads


def _hear(address: str) -> None:
    """OSError where nobody speaks: a scheduler greets whoever calls by TCP, and dask would wait for it without end."""
    kind, _, place = address.rpartition("://")
    if kind not in ("", "tcp"):
        return
    host, _, port = place.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), ANSWERS_WITHIN) as line:
        if not line.recv(1):
            raise ConnectionError("it hangs up")
