"""Backends: what can run the network. Torch always can; the others are extras and read an export of the weights."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from tolltale.errors import CheckpointError

if TYPE_CHECKING:
    from tolltale.network import TaggerNetwork

TORCH = "torch"
FP32, BF16, INT8 = "fp32", "bf16", "int8"

# What can be run and measured, and of that what is offered: what `python -m eval.parity` has shown to find the spans
# of torch in full precision, or nearly so.
PRECISIONS: dict[str, tuple[str, ...]] = {
    TORCH: (FP32, BF16),
    "onnx": (FP32, INT8),
    "openvino": (FP32, BF16, INT8),
}
OFFERED: dict[str, tuple[str, ...]] = {TORCH: (FP32, BF16), "onnx": (FP32,), "openvino": (FP32,)}

Ints = npt.NDArray[np.int64]
Scores = dict[str, npt.NDArray[np.float32]]  # by layer, (..., tags)
States = npt.NDArray[np.float16]  # (..., width)


class Backend(Protocol):
    """Runs the network over windows."""

    def __call__(self, input_ids: Ints, mask: Ints) -> tuple[Scores, States]:
        """Read windows that are filled up to the longest of them.

        input_ids, mask: (windows, pieces), the mask 1 where there is a piece and 0 in the padding.
        Returns the scores, by layer (windows, pieces, tags), unnormalised, and the states, (windows, pieces, width).
        """


def load_backend(name: str, precision: str, network: "TaggerNetwork", checkpoint: str | Path = "") -> Backend:
    """A backend by its name, ready to read; all but torch read the export beside a checkpoint's weights.

    Raises CheckpointError, saying what to run, where there is no such combination, its extra is not installed, its
    export missing or made from other weights, or its precision not one of the machine.
    """
    check_precision(name, precision, PRECISIONS)
    with needing_extra(name):
        backend: Backend = import_module(f"{__name__}.{name}").load(network, precision, checkpoint)
    return backend


def check_precision(name: str, precision: str, known: Mapping[str, Sequence[str]]) -> None:
    """Raise CheckpointError where a backend is not known in a precision."""
    if precision not in known.get(name, ()):
        others = ", ".join(f"{name} {precision}" for name, precisions in known.items() for precision in precisions)
        raise CheckpointError(f"{name} {precision} is not offered; take one of {others}")


@contextmanager
def needing_extra(name: str) -> Iterator[None]:
    """Turn a package that is missing into a CheckpointError that says which extra brings it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise CheckpointError(f"{error.name} is not installed; run `pip install 'tolltale[{name}]'`") from error
