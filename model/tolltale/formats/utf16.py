"""Offsets in UTF-16 code units, as JavaScript counts, to and from ours in code points.

A character beyond U+FFFF, such as an emoji, is one code point and two code units.
"""

import re
from itertools import accumulate
from typing import Any

from tolltale.errors import DocumentError

_BLANK = re.compile(r"\\n?|\s")  # Label Studio writes a line break in a region's text as a backslash and an n


def code_units(text: str) -> list[int]:
    """The offset in code units of each code point of a text, and of its end: length `len(text) + 1`."""
    return list(accumulate((1 + (character > "\uffff") for character in text), initial=0))


def code_points(text: str) -> dict[int, int]:
    """The offset in code points for each offset in code units that cuts no character."""
    return {unit: point for point, unit in enumerate(code_units(text))}


def to_code_point(points: dict[int, int], unit: int, where: str) -> int:
    """Look an offset up in `code_points`. Raises DocumentError where it cuts a character or lies outside."""
    if unit not in points:
        raise DocumentError(
            f"{where}: offset {unit} is within a character or outside a text of {max(points)} code units"
        )
    return points[unit]


def recount(text: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with `start` and `end` in code points, whichever of the two ways of counting bears their own texts out.

    A row has `text`, a string or None where that is not known, and `where`. Raises DocumentError if neither does.
    """
    if all(_stands(text, row) for row in rows):
        return rows
    points = code_points(text)
    recounted = [{**row, "start": points.get(row["start"], -1), "end": points.get(row["end"], -1)} for row in rows]
    if all(_stands(text, row) for row in recounted):
        return recounted
    row = next(row for row in rows if not _stands(text, row))
    raise DocumentError(f"{row['where']}.text: {row['text']!r} does not stand at {row['start']} to {row['end']}")


def _stands(text: str, row: dict[str, Any]) -> bool:
    if not isinstance(row["text"], str):
        return True
    found = text[row["start"] : row["end"]] if row["start"] >= 0 else ""
    return _BLANK.sub("", found) == _BLANK.sub("", row["text"])
