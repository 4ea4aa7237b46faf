"""What every answer must be, whoever gives it: no crash, and numbers one per SKU. Else a PolicyFault says where."""

import traceback
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from policies.protocol import PolicyFault

Answer = TypeVar("Answer")

MOST_UNITS = 10**12
"""[units] the largest number of units of one SKU that is taken seriously"""
REFUSED = "the lane does not carry it, see its `carries`"
NUMBERS, YES_OR_NO = "iuf", "b"
"""Kinds of arrays, as NumPy's dtypes name them."""


def asked(question: Callable[[], Answer], where: object) -> Answer:
    """The answer to a question; whatever is raised meanwhile becomes a PolicyFault that names file and line.

    `where` is anything that says in words who was asked and when.
    """
    try:
        return question()
    except PolicyFault:
        raise
    except (Exception, SystemExit) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise PolicyFault(
            f"{where} failed at {last.filename}:{last.lineno}: {type(error).__name__}: {error}"
        ) from error


def one_per_sku(value: Any, kinds: str, what: str, shape: tuple[int, ...], where: object) -> NDArray[Any]:
    """The value as an array of the full shape: one number per SKU, for every run where only one row is given."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise PolicyFault(f"{where}: {what} is no array: {error}") from error
    if array.dtype.kind not in kinds:
        wanted = "True or False" if kinds == YES_OR_NO else "numbers"
        raise PolicyFault(f"{where}: {what} holds {array.dtype}; give {wanted}, one per SKU")
    if array.shape == shape:
        return array
    try:
        if array.shape[-1:] != shape[-1:]:
            raise ValueError("not one per SKU")
        return np.broadcast_to(array, shape)
    except ValueError:
        raise PolicyFault(f"{where}: {what} has shape {array.shape}; give one number per SKU, shape {shape}") from None


def first_bad(good: NDArray[np.bool_]) -> tuple[tuple[int, ...], str]:
    """Where the first value that is not good stands, and its run in words where there are runs."""
    place = tuple(int(i[0]) for i in np.nonzero(~good))
    return place, f", run {', '.join(map(str, place[:-1]))}" if len(place) > 1 else ""
