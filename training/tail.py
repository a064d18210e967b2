"""The mean of a network's weights over the last steps of a run."""

from pathlib import Path
from typing import Any, cast

from safetensors.torch import load_model, save_model
from torch.optim.swa_utils import AveragedModel
from transformers import TrainerCallback, TrainerState

from tolltale.network import TaggerNetwork

_FILE = "mean.safetensors"  # in the folder of a saved state


class TailMean(TrainerCallback):
    """Keeps the mean over the last `share` of a run's steps; a share of 0 keeps none.

    Weights that still move about a minimum are better in the mean than at any one step, and their scores nearer to
    probabilities (Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization").
    """

    def __init__(self, network: TaggerNetwork, share: float) -> None:
        self._network, self._share = network, share
        self._mean: AveragedModel | None = None

    @property
    def network(self) -> TaggerNetwork:
        """What is to be scored and kept: the mean once it has begun, the network itself before."""
        return self._network if self._mean is None else cast(TaggerNetwork, self._mean.module)

    def on_step_end(self, args: Any, state: TrainerState, control: Any, **kwargs: Any) -> None:
        """Take the step into the mean, if it is one of the last."""
        if state.max_steps - state.global_step < self._share * state.max_steps:
            self._begun().update_parameters(self._network)

    def save(self, folder: Path) -> None:
        """Write the mean, if it has begun, beside a saved state."""
        if self._mean is not None:
            save_model(self._mean, str(folder / _FILE))

    def load(self, folder: Path) -> None:
        """Take up the mean of a saved state, if it had begun there."""
        if (folder / _FILE).is_file():
            load_model(self._begun(), folder / _FILE)

    def _begun(self) -> AveragedModel:
        if self._mean is None:
            self._mean = AveragedModel(self._network)
        return self._mean
