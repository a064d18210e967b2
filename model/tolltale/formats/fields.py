"""Fields: what readers of foreign formats share, so that every error names the place and the field."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tolltale.errors import DocumentError
from tolltale.labels import LAYER_OF, LAYERS


@contextmanager
def locate(where: str) -> Iterator[None]:
    """Put `where` before the message of a DocumentError, and turn what cannot be read into one."""
    try:
        yield
    except json.JSONDecodeError as error:
        raise DocumentError(f"{where}: no JSON: {error}") from None
    except DocumentError as error:
        raise DocumentError(f"{where}: {error}") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a nest
        raise DocumentError(f"{where}: cannot be read: {error}") from None


def read_text(path: Path) -> str:
    """The text of a file, line breaks untouched. Raises DocumentError where there is none or it is no UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: no text in UTF-8 can be read there: {error}") from None


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
