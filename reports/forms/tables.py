"""Every table of a report as CSV, as a spreadsheet opens it."""

from datetime import date

from reports.display.section import Report, Value
from reports.exchange import csv_file, defused
from reports.forms.flat import Column, flat, titled_tables
from reports.forms.plain import file_name


def tables(report: Report) -> dict[str, bytes]:
    """A file a table by its name, in UTF-8 with the mark by which spreadsheets know it; numbers are not rounded."""
    taken: set[str] = set()
    return {f"{file_name(table.id, taken)}.csv": _csv(flat(table)) for _, table in titled_tables(report)}


def _csv(columns: tuple[Column, ...]) -> bytes:
    fields = ([_field(entry.value) for entry in column.entries] for column in columns)
    return csv_file([[defused(column.head) for column in columns], *zip(*fields, strict=True)])


def _field(value: Value) -> str:
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else repr(value)
