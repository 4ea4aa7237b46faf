"""What every table of a scenario is made of: the base class, and numbers with their bounds."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MINUTES_PER_DAY = 1440
EVERY = "*"
"""Stands for every id in a list of markets or SKUs."""

Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
Units = Annotated[int, Field(ge=0, le=10**12)]
Factor = Annotated[float, Field(ge=0, le=1_000, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Amount = (
    NotNegative
    | Annotated[dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], NotNegative], Field(min_length=1, max_length=1)]
)
"""Money: a number in the scenario's currency, or `{ CNY = 44.0 }` converted by `fx`."""
Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Holiday = Literal["spring-festival", "golden-week"]
"""Holidays of Chinese factories, their dates computed for every year."""
Months = Annotated[
    tuple[Annotated[float, Field(gt=0, le=1_000)], ...], Field(strict=False, min_length=12, max_length=12)
]
"""A factor for each month, January to December."""


class Part(BaseModel):
    """A table of a scenario file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class Closure(Part):
    """Days on which a place does not work."""

    on: date
    """First closed day."""
    days: Annotated[int, Field(ge=1, le=366)]
    """How many days it stays closed."""
