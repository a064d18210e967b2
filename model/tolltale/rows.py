"""Rows: the fields of JSON objects, taken out so that every error names the field."""

import reprlib
from typing import Any, TypeVar

from tolltale.errors import DocumentError

Value = TypeVar("Value")


def take(
    item: Any, name: str, kind: type[Value] | tuple[type[Value], ...], where: str = "", *, default: Value | None = None
) -> Value:
    """A field of a JSON object at `where`; several kinds are kinds of number.

    Raises DocumentError naming the field where it is of no such kind, or null or missing without a default.
    """
    path = f"{where}.{name}" if where else name
    if not isinstance(item, dict):
        raise DocumentError(f"{where or 'row'}: expected an object, found {type(item).__name__}")
    value = default if item.get(name) is None else item[name]
    if value is None:
        raise DocumentError(f"{path}: {'is null' if name in item else 'missing'}")
    if not isinstance(value, kind) or isinstance(value, bool):
        expected = kind.__name__ if isinstance(kind, type) else "number"
        raise DocumentError(f"{path}: expected {expected}, found {type(value).__name__} {reprlib.repr(value)}")
    return value


def take_score(item: dict[str, Any], where: str) -> float | None:
    """The `score` of an object at `where`, None where it has none. Raises DocumentError if it is no probability."""
    if item.get("score") is None:
        return None
    score = take(item, "score", (int, float), where)
    if not 0 <= score <= 1:  # NaN, which JSON cannot hold, is neither
        raise DocumentError(f"{where}.score: {reprlib.repr(score)} is no probability, from 0 to 1")
    return float(score)
