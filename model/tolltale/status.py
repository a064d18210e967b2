"""Exit statuses: how a command ends, whatever goes wrong in it."""

import sys
from collections.abc import Callable

from tolltale.errors import TolltaleError
from tolltale.outputs import drop_standard_output


def run_command(command: Callable[[], int | None], *, speaks: Callable[[], bool] = lambda: True) -> int:
    """Run a command; its exit status, 0 where it returns none.

    2 for a TolltaleError or OSError and 130 for Ctrl-C, each with one line on standard error where the process
    `speaks`; 141 where who read standard output has gone (`| head`).
    """
    try:
        status = command() or 0
        if sys.stdout is not None:  # it may be closed from the start
            sys.stdout.flush()  # what cannot be written is met here, where it can be told, and not as the process ends
    except BrokenPipeError:
        status, error = 141, ""
    except (TolltaleError, OSError) as failure:
        status, error = 2, str(failure)
    except KeyboardInterrupt:
        status, error = 130, "stopped"
    else:
        return status
    drop_standard_output()
    if error and speaks():
        print(f"error: {error}", file=sys.stderr)
    return status
