"""The network run by torch, on the processor or a GPU."""

from pathlib import Path

import torch

from tolltale.backends import BF16, Ints, Scores, States
from tolltale.errors import CheckpointError
from tolltale.network import TaggerNetwork


class TorchBackend:
    """Runs a network where its weights are; in bf16 its matrix products alone are, as autocast has it."""

    def __init__(self, network: TaggerNetwork, *, autocast: bool = False) -> None:
        self._network = network
        self._autocast = autocast

    @torch.inference_mode()
    def __call__(self, input_ids: Ints, mask: Ints) -> tuple[Scores, States]:
        """See `Backend`."""
        device = self._network.device
        with torch.autocast(device.type, torch.bfloat16, enabled=self._autocast):
            output = self._network(
                input_ids=torch.from_numpy(input_ids).to(device), attention_mask=torch.from_numpy(mask).to(device)
            )
        scores = {layer: values.cpu().numpy() for layer, values in output.logits.items()}
        return scores, output.states.half().cpu().numpy()


def load(network: TaggerNetwork, precision: str, checkpoint: str | Path) -> TorchBackend:  # noqa: ARG001
    """The backend of a network that is loaded. Raises CheckpointError where its device has no bf16."""
    if precision == BF16 and not has_bf16(network.device):
        raise CheckpointError(f"torch bf16: {network.device} does not compute in it; take precision fp32")
    return TorchBackend(network, autocast=precision == BF16)


def has_bf16(device: torch.device) -> bool:
    """Whether a device has instructions for bf16; torch would imitate them, slower than fp32."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    known: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()  # an older torch cannot say
    return device.type == "cpu" and bool(known.get("avx512_bf16") or known.get("amx_bf16") or known.get("bf16"))
