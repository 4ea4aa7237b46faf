"""What is not modelled: printed in every report, so that nobody reads more into a number than it holds."""

from reports.language.speaking import say

NOT_MODELLED = ("reviews", "age", "worth", "bins", "cartons", "roads", "parts", "taxes", "prices")


def not_modelled() -> tuple[str, ...]:
    """What the program does not know of, a sentence each."""
    return tuple(say(f"not_modelled.{part}") for part in NOT_MODELLED)
