"""Where labels go beside their marks, so that none covers another."""

from collections.abc import Sequence

from reports.charts.style import printable, shortened
from reports.comparison import Row

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points
Point = tuple[float, float]

_DISTANCES = (8.0, 16.0, 26.0, 38.0, 52.0, 68.0)
_DIRECTIONS = (
    (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1), (0, -1),
    (1, 0.5), (-1, 0.5), (1, -0.5), (-1, -0.5), (0.5, 1), (-0.5, 1), (0.5, -1), (-0.5, -1),
)  # fmt: skip


def row_label(row: Row, letters: int) -> str:
    """A row's name in lines of so many letters: a long one goes on below with what it does besides ordering."""
    if len(row.name) <= letters:
        return printable(row.name)
    return "\n".join(shortened(part, letters) for part in (row.policy, row.beside) if part)


def placed(points: Sequence[Point], sizes: Sequence[Point], frame: Box, taken: Sequence[Box] = ()) -> tuple[Box, ...]:
    """A box for each label, near its point, inside the frame and clear of marks and of one another if there is room."""
    marks = [(x - 5, y - 5, x + 5, y + 5) for x, y in points] + list(taken)
    boxes: list[Box] = []
    for point, size in zip(points, sizes, strict=True):
        options = [_box(point, size, way, far) for far in _DISTANCES for way in _DIRECTIONS]
        boxes.append(min(options, key=lambda box: _cost(box, frame, marks, boxes)))
    return tuple(boxes)


def _box(point: Point, size: Point, way: tuple[float, float], far: float) -> Box:
    x, y = point
    width, height = size
    left = x + way[0] * far - (width if way[0] < 0 else width / 2 if way[0] == 0 else 0)
    middle = y + way[1] * far * (0.9 if way[0] else 1.2)
    return left, middle - height / 2, left + width, middle + height / 2


def _cost(box: Box, frame: Box, marks: Sequence[Box], boxes: Sequence[Box]) -> float:
    outside = max(frame[0] - box[0], 0) + max(frame[1] - box[1], 0) + max(box[2] - frame[2], 0)
    outside += max(box[3] - frame[3], 0)
    return 1000 * outside + 10 * sum(_shared(box, one) for one in boxes) + sum(_shared(box, one) for one in marks)


def _shared(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def lanes(spans: Sequence[tuple[float, float]], most: int) -> tuple[int | None, ...]:
    """A line for each label along an axis, the lowest free; None when all lines are taken there."""
    ends: list[float] = []
    chosen: list[int | None] = []
    for left, right in spans:
        free = next((i for i, end in enumerate(ends) if end < left), len(ends))
        if free == most:
            chosen.append(None)
            continue
        ends[free : free + 1] = [right]
        chosen.append(free)
    return tuple(chosen)
