"""Fields: what readers of foreign formats share, so that every error names the place and the field."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tolltale.errors import DocumentError
from tolltale.labels import LAYER_OF, LAYERS

Value = TypeVar("Value")


@contextmanager
def locate(where: str) -> Iterator[None]:
    """Put `where` before the message of a DocumentError, and turn what JSON refuses into one."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise DocumentError(f"{where}: no JSON: {error}") from None
    except DocumentError as error:
        raise DocumentError(f"{where}: {error}") from None


def read_text(path: Path) -> str:
    """The text of a file, line breaks untouched. Raises DocumentError where there is none or it is no UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: no text in UTF-8 can be read there: {error}") from None


def take(item: Any, name: str, kind: type[Value], where: str = "", *, default: Value | None = None) -> Value:
    """A field of a JSON object. Raises DocumentError naming it where it is no `kind`, or missing without a default."""
    path = f"{where}.{name}" if where else name
    if not isinstance(item, dict):
        raise DocumentError(f"{where or 'row'}: expected an object, found {type(item).__name__}")
    value = default if item.get(name) is None else item[name]
    if value is None:
        raise DocumentError(f"{path}: missing")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise DocumentError(f"{path}: expected {kind.__name__}, found {type(value).__name__} {value!r}")
    return value


def name_of(*candidates: Any) -> str:
    """The first of several ids that is given, as a string: tools number what has no id of its own."""
    return str(next((candidate for candidate in candidates if candidate is not None), ""))


def layer_of(label: str, where: str) -> str:
    """The layer of a label. Raises DocumentError where it is none of ours."""
    if label not in LAYER_OF:
        raise DocumentError(f"{where}: {label!r} is none of {', '.join(LAYER_OF)}")
    return LAYER_OF[label]


def join_layers(declared: list[str], used: Sequence[str]) -> list[str]:
    """The layers that a document says it is annotated for, and those that its spans are in."""
    return declared + [layer for layer in LAYERS if layer in used and layer not in declared]
