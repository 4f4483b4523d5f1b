"""Which signs a font file can draw, read from its ``cmap`` table (OpenType specification, formats 4 and 12).

pygame reports sizes for signs that a font does not have, so the table itself is asked.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path


@cache
def drawn_by(file: Path) -> frozenset[int]:
    """The code points that the font in ``file`` draws.  Raises OSError, or ValueError when it is no OpenType font."""
    font = file.read_bytes()
    try:
        start = _cmap_offset(font)
        points: set[int] = set()
        (count,) = struct.unpack_from(">H", font, start + 2)
        for record in range(count):
            (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * record + 4)
            (kind,) = struct.unpack_from(">H", font, start + offset)
            if kind == 4:
                points |= _format_4(font, start + offset)
            elif kind == 12:
                points |= _format_12(font, start + offset)
    except struct.error as error:
        raise ValueError(f"{file.name} is not an OpenType font") from error
    return frozenset(points)


def _cmap_offset(font: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for table in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * table)
        if tag == b"cmap":
            return int(offset)
    raise ValueError("the font has no cmap table")


def _format_4(font: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    segments = doubled // 2
    ends = struct.unpack_from(f">{segments}H", font, at + 14)
    starts = struct.unpack_from(f">{segments}H", font, at + 16 + doubled)
    deltas = struct.unpack_from(f">{segments}h", font, at + 16 + 2 * doubled)
    ranges_at = at + 16 + 3 * doubled
    ranges = struct.unpack_from(f">{segments}H", font, ranges_at)
    points = set()
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = point + delta
            if offset:
                (listed,) = struct.unpack_from(">H", font, ranges_at + 2 * segment + offset + 2 * (point - first))
                glyph = listed + delta if listed else 0
            if glyph & 0xFFFF:
                points.add(point)
    return points


def _format_12(font: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    points: set[int] = set()
    for group in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * group)
        points.update(range(first + (glyph == 0), last + 1))
    return points
