"""How far a run has come: a bar with steps, loss and time left."""

from typing import Any

from transformers import ProgressCallback


class Progress(ProgressCallback):
    """The progress bar of transformers, with the loss in the bar instead of a line of its own at each log."""

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **kwargs: Any) -> None:
        """Show the newest loss."""
        if self.training_bar is not None and logs and "loss" in logs:
            self.training_bar.set_postfix(epoch=f"{state.epoch:.1f}", loss=f"{float(logs['loss']):.3f}")
