"""Equal service: rows that were turned until they reach the same score, and those that cannot."""

from dataclasses import dataclass

from reports.scores import SCORES


@dataclass(frozen=True)
class Target:
    """A score that every row is to reach."""

    score: str
    value: float

    def __str__(self) -> str:
        written = f"{self.value * 100:.10g}%" if SCORES[self.score].unit == "share" else f"{self.value:.10g}"
        return f"{self.score}={written}"


@dataclass(frozen=True)
class Turned:
    """A row that reached the target on the replications that chose."""

    policy: str  # as it is played
    given: str  # as the user gave it
    playbook: str
    routing: str
    parameter: str
    value: float
    reached: float  # mean of the score while choosing


@dataclass(frozen=True)
class LeftOut:
    """A row that cannot be compared at equal service."""

    given: str
    playbook: str
    routing: str
    why: str
    nearest: str | None  # the nearest that was played, None where nothing was
    reached: float | None  # the mean of its score while choosing


@dataclass(frozen=True)
class EqualService:
    """How a comparison was brought to equal service."""

    target: Target
    runs: int  # replications that chose, from number 0 on
    turned: tuple[Turned, ...]  # by row
    left_out: tuple[LeftOut, ...]
