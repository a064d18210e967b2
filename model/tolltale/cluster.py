"""The Ray cluster that archives are read on: joined, or started on this machine."""

import logging
import os
import socket

import ray
import ray.data

from tolltale.errors import TolltaleError


def start_ray(n_lost_at_most: int) -> None:
    """Join the cluster that RAY_ADDRESS names, or start one on this machine; a session that is there is used.

    Raises TolltaleError where there is none. Without an address Ray would look for a cluster in the folder where it
    notes the last one, and wait a quarter of an hour for it if it has gone.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody is told what is read here
    if not ray.is_initialized():
        address = os.environ.get("RAY_ADDRESS") or "local"
        _knock(address)
        try:
            ray.init(address, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        except Exception as error:  # some are of no other class
            raise TolltaleError(
                f"Ray did not start ({in_a_line(error)}): it gives its own processes 15 seconds, too few where all "
                "processors are taken; try again when they are not (its logs are in /tmp/ray/session_latest/logs)"
            ) from error
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # an error is raised, and told by the caller
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.max_errored_blocks = n_lost_at_most


def _knock(address: str) -> None:
    """Raise TolltaleError at once where an address has a port and nobody listens there."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if port.isdecimal():
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
        except OSError as error:
            raise TolltaleError(f"RAY_ADDRESS {address}: no cluster there ({error})") from error


def in_a_line(error: BaseException) -> str:
    """What went wrong: our own errors say it, of others the kind helps, and of many lines the first tells most."""
    lines = str(error).strip().splitlines() or [""]
    return lines[0] if isinstance(error, TolltaleError) else f"{type(error).__name__}: {lines[0]}"
