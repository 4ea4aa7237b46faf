"""Every picture of a report as a file of its own."""

from collections.abc import Iterator

from reports.display.section import Report, Shown
from reports.forms.plain import file_name


def pictures(report: Report, kind: str) -> dict[str, bytes]:
    """Each picture's file by its path, `png` or `svg`."""
    return {path: shown.picture.file(kind) for path, shown in placed(report, kind)}


def placed(report: Report, kind: str) -> Iterator[tuple[str, Shown]]:
    """The pictures in their order, each with its path beside the report."""
    taken: set[str] = set()
    for section in report.sections:
        for _, part in section.named_parts:
            if isinstance(part, Shown):
                yield f"figures/{file_name(part.picture.name, taken)}.{kind}", part
