"""What can go wrong with what a user hands in; every message names the thing and what to do."""


class TolltaleError(ValueError):
    """Bad input: the message is meant for the user, and no traceback is needed to act on it."""


class DocumentError(TolltaleError):
    """A document breaks the schema or the mark-up; the message names the field or the place."""


class CheckpointError(TolltaleError):
    """A checkpoint is missing, incomplete or made for something else."""
