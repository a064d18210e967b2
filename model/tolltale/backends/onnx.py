"""The network run by ONNX Runtime, on the processor."""

from collections.abc import Sequence
from pathlib import Path

import onnxruntime
import torch
from torch.export import ExportedProgram

from tolltale.backends import Ints, Scores, States
from tolltale.backends.exports import INPUTS, STATES, find_export, inputs_of, quietly
from tolltale.network import TaggerNetwork

FILE = "model.onnx"


class OnnxBackend:
    """Runs an exported network with as many threads as torch would take."""

    def __init__(self, path: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]

    def __call__(self, input_ids: Ints, mask: Ints) -> tuple[Scores, States]:
        """See `Backend`."""
        values = self._session.run(self._outputs, dict(zip(INPUTS, (input_ids, mask), strict=True)))
        scores = dict(zip(self._outputs, values, strict=True))
        states: States = scores.pop(STATES).astype("float16")
        return scores, states


def load(network: TaggerNetwork, precision: str, checkpoint: str | Path) -> OnnxBackend:  # noqa: ARG001
    """The backend of a checkpoint's export. Raises CheckpointError where there is none that fits."""
    return OnnxBackend(find_export(checkpoint, "onnx", precision) / FILE)


def export(program: ExportedProgram, outputs: list[str], folder: Path, windows: Sequence[Ints]) -> None:
    """Write a graph into a folder, in int8 where there are windows to take its ranges from; see `capture`."""
    with quietly():
        exported = torch.onnx.export(program, input_names=INPUTS, output_names=outputs, dynamo=True, verbose=False)
        assert exported is not None
        exported.save(folder / FILE)
        if windows:
            _quantise(folder / FILE, windows)


def _quantise(path: Path, windows: Sequence[Ints]) -> None:
    """Put products with weights into int8, all but those of the heads, with ranges fixed by what windows give.

    Ranges that each batch sets anew (dynamic quantisation) would let a text's spans depend on the texts beside it. Of
    the weights' range half is used, so that sums do not overflow on processors without VNNI.
    """
    from onnxruntime.quantization import CalibrationMethod, quantize_static

    full = path.with_name("full.onnx")
    path.rename(full)
    quantize_static(
        full,
        path,
        _Reader(windows),
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul"],
        nodes_to_quantize=_products(full),
        calibrate_method=CalibrationMethod.MinMax,
    )
    full.unlink()


class _Reader:
    """Windows as ONNX Runtime asks for them."""

    def __init__(self, windows: Sequence[Ints]) -> None:
        self._inputs = map(inputs_of, windows)

    def get_next(self) -> dict[str, Ints] | None:
        return next(self._inputs, None)


def _products(path: Path) -> list[str]:
    """The names of the matrix products of states with weights, the heads' left out."""
    import onnx

    graph = onnx.load(path, load_external_data=False).graph
    weights = {tensor.name for tensor in graph.initializer}
    results = {output.name for output in graph.output}
    last = {name for node in graph.node if results.intersection(node.output) for name in node.input}
    products = (node for node in graph.node if node.op_type == "MatMul" and node.input[1] in weights)
    return [node.name for node in products if not last.intersection(node.output)]
