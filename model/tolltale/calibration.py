"""Calibration: from what a network makes of a score to how often it is right.

Platt scaling (Platt 1999, "Probabilistic outputs for support vector machines") of the log odds of a score: monotone,
so that what is found stays what it is, and only its score moves.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

CLAIM = "claim"  # what the scores of claims are calibrated under
SCORE_DIGITS = 4  # of the scores that are given out

Calibration = Mapping[str, Sequence[float]]  # slope and offset by layer, by kind of link, and of claims

_LEAST = 1e-6  # scores are kept off 0 and 1, where log odds end


def calibrate(score: float, key: str, calibration: Calibration) -> float:
    """The probability that stands behind a score; the score itself where nothing is known under `key`."""
    if key not in calibration:
        return score
    slope, offset = calibration[key]
    return float(1 / (1 + np.exp(-(slope * log_odds(score) + offset))))


def log_odds(scores: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """The log odds of probabilities, of the same shape."""
    kept = np.clip(np.asarray(scores, dtype=np.float64), _LEAST, 1 - _LEAST)
    odds: npt.NDArray[np.float64] = np.log(kept / (1 - kept))
    return odds
