"""The hours of a working day: several spans, each within one day."""

import re
from collections.abc import Sequence

Span = tuple[int, int]
"""Minutes after midnight, from and to; 1440 is 24:00."""

DEFAULT_SPANS: tuple[Span, ...] = ((8 * 60 + 30, 12 * 60), (14 * 60, 17 * 60 + 30))
"""08:30-12:00 and 14:00-17:30: seven hours. A calendar version may say otherwise."""

_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])", re.ASCII)


def check_spans(*, spans: Sequence[Span]) -> None:
    """Raise ValueError unless there is at least one span and all are ordered, apart and within the day."""
    if not spans:
        raise ValueError("a working day needs at least one span of hours")
    edge = 0
    for begin, end in spans:
        if not edge <= begin < end <= 24 * 60:
            raise ValueError(f"hours out of order: {_clock(begin)}-{_clock(end)}")
        edge = end


def parse_spans(*, text: str) -> tuple[Span, ...]:
    """Read "08:30-12:00, 14:00-17:30". Raises ValueError with the part that cannot be read."""
    spans = tuple(_parse_span(part.strip()) for part in text.split(","))
    check_spans(spans=spans)
    return spans


def write_spans(*, spans: Sequence[Span]) -> str:
    """The text that `parse_spans` reads back to the same value."""
    return ", ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in spans)


def _parse_span(part: str) -> Span:
    edges = [_CLOCK.fullmatch(edge.strip()) for edge in part.split("-")]
    if len(edges) != 2 or not all(edges):
        raise ValueError(f"hours must look like 08:30-12:00, not {part!r}")
    begin, end = (int(edge[1]) * 60 + int(edge[2]) for edge in edges if edge)
    return begin, end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
