"""The limit: how fast the machine multiplies matrices, and how many operations the network needs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.utils.benchmark import Timer
from torch.utils.flop_counter import FlopCounterMode

from tolltale.backends.torch import has_bf16
from tolltale.checkpoint import load_checkpoint
from tolltale.network import TaggerNetwork

CPU_SIZES = (1024, 2048, 4096)  # of square matrices
GPU_SIZES = (4096, 8192, 16384)
_KINDS = {"fp32": torch.float32, "bf16": torch.bfloat16}
_LENGTHS = (32, 64)  # pieces; two suffice, for the operations of a window grow as a * length + b * length ** 2


@dataclass(frozen=True)
class Operations:
    """What the encoder and its heads compute in matrix products, two operations a multiplication and addition."""

    linear: float  # a piece
    square: float  # a pair of pieces of one window

    def of(self, windows: Iterable[int]) -> float:
        """The operations of windows of so many pieces, no padding."""
        return sum(self.linear * length + self.square * length**2 for length in windows)


def measure_peaks(device: torch.device, sizes: Sequence[int] = (), *, seconds: float = 1.0) -> dict[str, float]:
    """Operations a second of torch's matrix product in fp32, and in bf16 where the device has it.

    Of the `sizes` the fastest counts; each is run for `seconds`.
    """
    sizes = sizes or (GPU_SIZES if device.type == "cuda" else CPU_SIZES)
    kinds = {name: kind for name, kind in _KINDS.items() if name != "bf16" or has_bf16(device)}
    return {
        name: max(2 * size**3 / _time_product(size, kind, device, seconds) for size in sizes)
        for name, kind in kinds.items()
    }


def count_operations(checkpoint: str | Path) -> Operations:
    """Count the operations of a checkpoint's network, for encoders in which every piece attends to every other."""
    network, _ = load_checkpoint(checkpoint)
    network.eval()
    network.set_attn_implementation("eager")  # the counter knows its products; those of fused kernels on the CPU not
    short, long = _LENGTHS
    first, second = (_count(network, length) / length for length in _LENGTHS)
    square = (second - first) / (long - short)
    return Operations(first - square * short, square)


@torch.inference_mode()
def _count(network: TaggerNetwork, length: int) -> float:
    pieces = torch.zeros(1, length, dtype=torch.long)
    with FlopCounterMode(display=False) as counter:
        network(input_ids=pieces, attention_mask=torch.ones_like(pieces))
    return float(counter.get_total_flops())


def _time_product(size: int, kind: torch.dtype, device: torch.device, seconds: float) -> float:
    """The median time of a product of two square matrices, in seconds."""
    left, right = (torch.randn(size, size, device=device).to(kind) for _ in range(2))
    timer = Timer("left @ right", globals={"left": left, "right": right}, num_threads=torch.get_num_threads())
    return float(timer.blocked_autorange(min_run_time=seconds).median)
