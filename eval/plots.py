"""Plots of scores; matplotlib is asked for only here."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from eval.reliability import Reliability, bin_outcomes
from tolltale.errors import TolltaleError


def check_plots() -> None:
    """Raise TolltaleError where nothing can be drawn: worth asking before what is drawn is measured."""
    if find_spec("matplotlib") is None:
        raise TolltaleError("plots need matplotlib: pip install 'tolltale[plots]'")


def draw_reliability(measured: Sequence[Reliability], path: Path) -> None:
    """A panel for each kind of score: of what scored so much, how much was right, before and after scaling."""
    from matplotlib import pyplot  # an extra

    figure, axes = pyplot.subplots(2, -(-len(measured) // 2), figsize=(12, 6.5), sharex=True, sharey=True)
    for axis, kind in zip(axes.flat, measured, strict=False):
        axis.plot([0, 1], [0, 1], color="0.8", linewidth=1)
        for outcomes, name, colour in ((kind.outcomes, "before", "#E69F00"), (kind.scaled, "after", "#0072B2")):
            score, right, _ = bin_outcomes(outcomes).T
            axis.plot(score, right, marker="o", markersize=4, color=colour, label=name)
        axis.set_title(
            f"{kind.key} ({len(kind.outcomes)}), error {kind.errors[0]:.3f} to {kind.errors[1]:.3f}", fontsize=9
        )
    for axis in axes.flat[len(measured) :]:
        axis.axis("off")
    axes.flat[0].legend(frameon=False)
    figure.supxlabel("score")
    figure.supylabel("share that is right")
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
