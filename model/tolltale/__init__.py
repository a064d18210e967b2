"""Tolltale reads reporting on conflict: how many were harmed, who says so, and how that source stands to it.

>>> from tolltale import predict
>>> reading = predict("At least five villagers were killed, the army said.")
>>> [(span.label, span.text) for span in reading.spans]
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tolltale.claims import Claim
    from tolltale.disputes import Dispute
    from tolltale.documents import Document, Link, Span
    from tolltale.errors import CheckpointError, DocumentError, TolltaleError
    from tolltale.reading import Reading
    from tolltale.tables import claims_table
    from tolltale.tagger import Tagger, predict

__all__ = [
    "CheckpointError",
    "Claim",
    "Dispute",
    "Document",
    "DocumentError",
    "Link",
    "Reading",
    "Span",
    "Tagger",
    "TolltaleError",
    "claims_table",
    "predict",
]

_MODULES = ("documents", "errors", "claims", "disputes", "reading", "tables", "tagger")


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that the pure parts load without torch (PEP 562)."""
    from importlib import import_module

    if name in __all__:
        for module in _MODULES:
            found = getattr(import_module(f"{__name__}.{module}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
