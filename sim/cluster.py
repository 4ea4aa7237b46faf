"""A cluster of machines in place of this one's processes: dask, through joblib's own backend.

Batches go to whoever is free, and a worker that dies has its batch played again by another; results do not depend on
who played them. Workers need the same versions, and the files that rules or worlds are read from.
"""

from collections.abc import Iterator
from contextlib import contextmanager

ANSWERS_WITHIN = 10.0
"""Seconds after which a scheduler that has not answered is taken for silent."""


class ClusterError(Exception):
    """A cluster that cannot be used. The message says why."""


@contextmanager
def on_cluster(address: str) -> Iterator[int]:
    """Inside it, batches are played on the cluster of a dask scheduler; yields how many it plays at a time.

    Raises ClusterError when dask is not installed, nobody answers, or nobody works there.
    """
    try:
        from distributed import Client
    except ImportError as fault:
        raise ClusterError("--cluster needs the extra: pip install 'stocktide[cluster]'") from fault
    from joblib import parallel_config

    try:
        client = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError, ImportError) as fault:
        raise ClusterError(f"--cluster {address}: no dask scheduler answers there: {fault}") from fault
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ClusterError(f"--cluster {address}: the scheduler has no workers")
        with parallel_config(backend="dask", client=client):
            yield threads
