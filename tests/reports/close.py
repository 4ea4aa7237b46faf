"""Comparisons with a close look at one record whose series was made by hand."""

import dataclasses

from reports.closeup.closeup import Closeup
from reports.comparison import Comparison
from reports.record import Record
from tests.reports.builder import comparison, setting


def looked_at(record: Record, **facts: object) -> Comparison:
    """A comparison of one record, all of whose replications were kept; `facts` are of the setting."""
    told = comparison((record,), **{"events": (), "title": setting().title, **facts})
    return dataclasses.replace(told, closeup=Closeup.of(record, told.setting, range(len(told.setting.skus))))
