"""Parts of an archive and the rows in them."""

from dataclasses import dataclass
from typing import NamedTuple

from tolltale.documents import Document
from tolltale.errors import DocumentError, RowError


class Row(NamedTuple):
    """What stands at a place of an archive: a document, or the error that says why there is none.

    `position` is the line of JSON Lines or the row of Parquet, from 1, and 1 for a text; None where the file itself is
    at fault.
    """

    file: str
    position: int | None
    content: Document | RowError

    @classmethod
    def fault(cls, file: str, reason: str, position: int | None = None) -> "Row":
        """A row that is an error."""
        return cls(file, position, RowError(file, position, reason))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one file of rows, or some texts.

    `start` and `end` are bytes of JSON Lines or rows of Parquet (from 0, end exclusive; None: all that there is), and
    `first` is the position of the row at `start`. Texts are called after their path in `folder`, or after the file
    alone where that is "". `sha256` seals what the part holds; "" where nobody asked for it, or it could not be read.
    """

    files: tuple[str, ...]
    folder: str = ""
    start: int = 0
    end: int | None = None
    first: int = 1
    sha256: str = ""

    def check(self, sha256: str) -> None:
        """Raises DocumentError where the part is sealed and this is another seal."""
        if self.sha256 and sha256 != self.sha256:
            raise DocumentError(
                f"{self.files[0]}: changed while the archive was read, or is not the same on every machine"
            )


def describe(error: Exception) -> str:
    """Why a file could not be read."""
    if isinstance(error, UnicodeDecodeError):
        return f"no UTF-8; convert it first, as with `iconv -f LATIN1 -t UTF-8`: {error}"
    return " ".join(str(getattr(error, "strerror", None) or error).split())
