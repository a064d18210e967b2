"""The machine that numbers were taken on."""

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import torch

from training.provenance import git_commit

_PACKAGES = ("tolltale", "torch", "transformers", "tokenizers", "numpy", "onnxruntime", "openvino")
_WIDE = (
    "avx",
    "amx",
    "fma",
    "f16c",
    "neon",
    "sve",
    "bf16",
    "dot",
    "i8mm",
)  # instructions that matrices are multiplied with
_CPU_INFO = Path("/proc/cpuinfo")


def describe_machine(device: torch.device) -> dict[str, Any]:
    """Processor, cores, instruction sets, GPU if `device` is one, versions, date, commit and what else was running."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "git_commit": git_commit(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "torch_threads": torch.get_num_threads(),
        "load_at_start": round(os.getloadavg()[0], 2),
        "instruction_sets": _instruction_sets(),
        "gpu": torch.cuda.get_device_name(device) if device.type == "cuda" else None,
        "system": platform.platform(),
        "versions": {"python": platform.python_version(), **dict(_versions())},
    }


def _instruction_sets() -> list[str]:
    there = [name for name, known in torch.cpu.get_capabilities().items() if known is True]
    return sorted(name for name in there if name.startswith(_WIDE))


def _processor() -> str:
    """The processor's name as Linux gives it, else as Python does."""
    lines = _CPU_INFO.read_text(encoding="utf-8").splitlines() if _CPU_INFO.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
