"""Each row against the reference, replication by replication under the same luck."""

from reports.charts.differences import differences as picture_of
from reports.comparison import Comparison
from reports.display.cells import difference
from reports.display.numbers import Style, style
from reports.display.section import Head, Line, Section, Shown, Table
from reports.language.speaking import say
from reports.scores import SCORES


def differences(comparison: Comparison) -> Section | None:
    """The picture of the key scores, and all that was compared in numbers; None where nothing can be paired."""
    picture = picture_of(comparison)
    if picture is None:
        return None
    reference = comparison.rows[comparison.reference].name
    shown = Shown(picture, caption=say("page.differences_caption", reference=reference))
    return Section("differences", say("page.differences"), (shown, _table(comparison, reference)))


def _table(comparison: Comparison, reference: str) -> Table:
    names = comparison.compared_scores
    gaps = {name: comparison.differences(name) for name in names}
    styles = {name: _style(comparison, name) for name in names}
    heads = tuple(Head(SCORES[name].label, _unit(styles[name]), SCORES[name].formula) for name in names)
    lines = tuple(
        Line(comparison.rows[index].name, tuple(difference(gaps[name][index], styles[name]) for name in names))
        for index in comparison.order
        if index != comparison.reference
    )
    title, first = say("page.paired"), Head(say("page.minus", reference=reference))
    return Table("differences", title, first, heads, lines, folded=True)


def _style(comparison: Comparison, name: str) -> Style:
    means = [gap.estimate.mean for gap in comparison.differences(name).values()]
    return style(SCORES[name].unit, means, comparison.setting.currency)


def _unit(written: Style) -> str:
    """Shares differ by points, not by percent."""
    return say("page.points") if written.unit == "%" else written.unit
