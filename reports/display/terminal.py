"""What tables in the terminal have in common."""

from typing import TYPE_CHECKING

from reports.language.speaking import say

if TYPE_CHECKING:
    from rich.table import Table


def bare_table(first: str, width: int | None = None, whole: bool = False) -> "Table":
    """A table with its first column, at least so wide; with `whole` names in it are never broken."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
    table.add_column(first, min_width=width, overflow="fold", vertical="top", no_wrap=whole)
    return table


def world_told(name: str, scenario_hash: str, seed: int) -> str:
    """Which world it is, and which luck it met."""
    return say("board.world", world=name, hash=scenario_hash[:12], seed=seed)
