"""The money ledger: every amount is booked to an account on a day."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reports.record import ACCOUNTS, INCOME
from sim.play.stock import LedgerError

FloatArray = NDArray[np.float64]
NOT_CASH = ("capital", "risk")


def per_run(amounts: FloatArray) -> FloatArray:
    """The sum inside each replication, [run] of [run, ..., sku]; along contiguous axes, whatever the batch."""
    return np.asarray(amounts.sum(axis=-1).sum(axis=-1))


class Money:
    """Accounts of a batch, [run, day] each: contiguous in days, so that sums do not depend on the batch."""

    def __init__(self, runs: int, days: int) -> None:
        self.runs, self.days = runs, days
        self.flows = {account: np.zeros((runs, days)) for account in ACCOUNTS}
        self.lent = np.zeros((runs, days))  # what factories lend: bills not paid yet, less those paid now

    def book(self, account: str, day: int, amounts: NDArray[np.floating[Any]]) -> None:
        """Book amounts of a day, [run]."""
        self.flows[account][:, day] += amounts

    def pay(self, account: str, run: int, day: int, amount: float) -> None:
        """Book one bill of one run; bills beyond the horizon are not ours."""
        if day < self.days:
            self.flows[account][run, day] += amount

    def lend(self, run: int, day: int, amount: float) -> None:
        """Put off paying an amount from a day on; a negative one is paid then. Not out of pocket, not in an account."""
        if day < self.days:
            self.lent[run, day] += amount

    def scored(self, first_day: int) -> dict[str, FloatArray]:
        """Every account's sum from a day on, [run]."""
        return {account: flow[:, first_day:].sum(axis=-1) for account, flow in self.flows.items()}

    def cash(self) -> FloatArray:
        """Money in less money out by the end of each day, [run, day]."""
        balance = self.flows["revenue"] + self.lent
        for account, flow in self.flows.items():
            if account in INCOME[1:]:
                balance += flow
            elif account != "revenue" and account not in NOT_CASH:
                balance -= flow
        return np.cumsum(balance, axis=1)

    def peak_cash(self) -> FloatArray:
        """The largest sum out of pocket, [run]."""
        return np.asarray(np.maximum(-self.cash().min(axis=1), 0.0))

    def check(self, account: str, expected: FloatArray) -> None:
        """Raise LedgerError unless an account holds what its documents add up to, [run]."""
        booked = self.flows[account].sum(axis=-1)
        wrong = np.flatnonzero(~np.isclose(booked, expected, rtol=1e-9, atol=1e-6))
        if wrong.size:
            run = int(wrong[0])
            raise LedgerError(f"{account}: booked {booked[run]}, the documents say {expected[run]}, run {run}")
