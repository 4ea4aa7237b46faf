"""Laws of chance for one value."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from scenarios.schema.base import NotNegative, Part, Positive, Share


class Fixed(Part):
    """Always the same value."""

    law: Literal["fixed"]
    value: NotNegative
    """The value itself."""


class Uniform(Part):
    """Any value between two bounds, all alike."""

    law: Literal["uniform"]
    low: NotNegative
    """Lower bound."""
    high: NotNegative
    """Upper bound, not below `low`."""


class Triangular(Part):
    """Between two bounds, most often near the mode."""

    law: Literal["triangular"]
    low: NotNegative
    """Lower bound."""
    mode: NotNegative
    """Most likely value."""
    high: NotNegative
    """Upper bound."""


class Gamma(Part):
    """A shifted gamma law. `mean` and `cv` describe the whole law, `low` included."""

    law: Literal["gamma"]
    mean: Positive
    """Mean of the whole law."""
    cv: Positive
    """Standard deviation over mean, of the whole law."""
    low: NotNegative = 0.0
    """Smallest possible value, below the mean."""


class Lognormal(Part):
    """A shifted lognormal law. `mean` and `cv` describe the whole law, `low` included."""

    law: Literal["lognormal"]
    mean: Positive
    """Mean of the whole law."""
    cv: Positive
    """Standard deviation over mean, of the whole law."""
    low: NotNegative = 0.0
    """Smallest possible value, below the mean."""


class Weibull(Part):
    """A shifted Weibull law. `mean` and `cv` describe the whole law, `low` included."""

    law: Literal["weibull"]
    mean: Positive
    """Mean of the whole law."""
    cv: Positive
    """Standard deviation over mean, of the whole law."""
    low: NotNegative = 0.0
    """Smallest possible value, below the mean."""


class Discrete(Part):
    """One of a few values."""

    law: Literal["discrete"]
    values: Annotated[tuple[NotNegative, ...], Field(strict=False, min_length=1, max_length=10_000)]
    """The possible values."""
    chances: Annotated[tuple[Share, ...], Field(strict=False)] = ()
    """The chance of each value, summing to 1; all alike when left out."""


class Empirical(Part):
    """One of the values observed, all alike likely; a value seen twice is twice as likely."""

    law: Literal["empirical"]
    values: Annotated[tuple[NotNegative, ...], Field(strict=False, min_length=1, max_length=100_000)]
    """What was observed; with `file = "days.csv"` instead, its column `value` is read into this."""


class Geometric(Part):
    """Whole numbers from 1 on: after each, the same chance to stop."""

    law: Literal["geometric"]
    mean: Annotated[float, Field(ge=1, le=1e9)]
    """Mean of the law; the chance to stop is 1 / mean."""


class Percentiles(Part):
    """What practitioners know: the usual value (P50) and the bad one (P95); read as a lognormal law."""

    usual: Positive
    """Half of all cases stay below this (P50)."""
    bad: Positive
    """One case in twenty exceeds this (P95), not below `usual`."""


def _law_tag(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("law", "percentiles"))
    if isinstance(value, Part):
        return str(getattr(value, "law", "percentiles"))
    return "number"


Law = Annotated[
    Annotated[NotNegative, Tag("number")]
    | Annotated[Fixed, Tag("fixed")]
    | Annotated[Uniform, Tag("uniform")]
    | Annotated[Triangular, Tag("triangular")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Weibull, Tag("weibull")]
    | Annotated[Discrete, Tag("discrete")]
    | Annotated[Empirical, Tag("empirical")]
    | Annotated[Geometric, Tag("geometric")]
    | Annotated[Percentiles, Tag("percentiles")],
    Discriminator(_law_tag),
]
"""A law of chance for one value; a bare number is that value, always."""


class Late(Part):
    """The mostly-on-plan, sometimes-late mixture: with a chance, extra days."""

    chance: Share
    """How often it is late."""
    days: Law
    """How many days late it then is."""
