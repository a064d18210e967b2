"""The network run by OpenVINO, on the processor."""

import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import torch
from torch.export import ExportedProgram

from tolltale.backends import BF16, Ints, Scores, States
from tolltale.backends.exports import INPUTS, STATES, find_export, inputs_of, quietly
from tolltale.errors import CheckpointError
from tolltale.network import TaggerNetwork

FILE = "model.xml"


@contextmanager
def _unreported() -> Iterator[None]:
    """Keep OpenVINO from telling Google Analytics of its use, which it does unless its telemetry is missing."""
    name = "openvino_telemetry"
    known = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if known is not None:
            sys.modules[name] = known


with _unreported():
    import openvino


class OpenvinoBackend:
    """Runs an exported network with as many threads as torch would take."""

    def __init__(self, path: Path, *, hint: str) -> None:
        settings = {"INFERENCE_PRECISION_HINT": hint, "INFERENCE_NUM_THREADS": torch.get_num_threads()}
        self._model = openvino.compile_model(path, "CPU", settings)

    def __call__(self, input_ids: Ints, mask: Ints) -> tuple[Scores, States]:
        """See `Backend`."""
        values = self._model(dict(zip(INPUTS, (input_ids, mask), strict=True)))
        scores = {output.any_name: values[output] for output in self._model.outputs}
        states: States = scores.pop(STATES).astype("float16")
        return scores, states


def load(network: TaggerNetwork, precision: str, checkpoint: str | Path) -> OpenvinoBackend:  # noqa: ARG001
    """The backend of a checkpoint's export. Raises CheckpointError where there is none that fits, or no bf16."""
    if precision == BF16 and "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        # asked for it all the same, OpenVINO would compute in fp32 and not say so
        raise CheckpointError("openvino bf16: this processor does not compute in it; take precision fp32 or int8")
    path = find_export(checkpoint, "openvino", precision) / FILE
    return OpenvinoBackend(path, hint="bf16" if precision == BF16 else "f32")


def export(program: ExportedProgram, outputs: list[str], folder: Path, windows: Sequence[Ints]) -> None:
    """Write a graph into a folder, in int8 where there are windows to take its ranges from; see `capture`."""
    with quietly():
        model = openvino.convert_model(program)
    for output, name in zip(model.outputs, outputs, strict=True):
        output.get_tensor().set_names({name})
    openvino.save_model(_quantise(model, windows) if windows else model, folder / FILE, compress_to_fp16=False)


def _quantise(model: openvino.Model, windows: Sequence[Ints]) -> openvino.Model:
    """Put products into int8, with ranges fixed by what windows give.

    Of the weights' range half is used, so that sums do not overflow on processors without VNNI.
    """
    with _unreported():
        import nncf

    nncf.set_log_level(logging.ERROR)
    inputs = [inputs_of(window) for window in windows]
    with redirect_stdout(sys.stderr):  # its progress; what the command prints is the result
        return nncf.quantize(
            model,
            nncf.Dataset(inputs),
            model_type=nncf.ModelType.TRANSFORMER,
            subset_size=len(inputs),
            advanced_parameters=nncf.AdvancedQuantizationParameters(overflow_fix=nncf.OverflowFix.ENABLE),
        )
