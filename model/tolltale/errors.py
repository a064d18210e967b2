"""What can go wrong with what a user hands in; every message names the thing and what to do."""


class TolltaleError(ValueError):
    """Bad input: the message is meant for the user, and no traceback is needed to act on it."""


class DocumentError(TolltaleError):
    """A document breaks the schema or the mark-up; the message names the field or the place."""


class RowError(DocumentError):
    """A row of a file could not be read; `position` is its line or row, from 1, None where the file is at fault."""

    def __init__(self, file: str, position: int | None, reason: str) -> None:
        super().__init__(f"{file}: {reason}" if position is None else f"{file}:{position}: {reason}")
        self.file, self.position, self.reason = file, position, reason


class CheckpointError(TolltaleError):
    """A checkpoint is missing, incomplete or made for something else."""
