"""Windows: how a text of any length is laid before an encoder that reads a few hundred pieces at once.

Windows overlap, and each word is judged in the one where it stands furthest from an edge that cuts text off.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words that is read together, and the part of it that is judged; both half-open.

    The judged parts of a text's windows follow on each other and cover it.
    """

    start: int
    end: int
    judged_start: int
    judged_end: int


def plan_windows(n_pieces: npt.ArrayLike, *, capacity: int, overlap: int) -> list[Window]:
    """Lay windows over a text whose word k takes `n_pieces[k]` pieces.

    `capacity` is the most pieces a window may hold, `overlap` the most that two neighbours share (the last
    window reaches back further, as far as it can hold). Raises ValueError where the overlap is not below the
    capacity, or a word is longer than what a window holds beside the overlap.
    """
    sizes = np.asarray(n_pieces, dtype=np.int64)
    room = capacity - overlap
    if not 0 <= overlap < capacity:
        raise ValueError(f"an overlap of {overlap} pieces needs a window that holds more, not {capacity}")
    if sizes.max(initial=0) > room:
        raise ValueError(f"a word of {sizes.max()} pieces does not fit a window's {room} beside the overlap")
    bounds = _bounds(np.concatenate([[0], np.cumsum(sizes)]), capacity, overlap)
    cuts = [_middle(sizes, right[0], left[1]) for left, right in pairwise(bounds)]
    judged = pairwise([0, *cuts, len(sizes)])
    return [Window(*bound, *part) for bound, part in zip(bounds, judged, strict=False)]


def _bounds(total: npt.NDArray[np.int64], capacity: int, overlap: int) -> list[tuple[int, int]]:
    n_words = len(total) - 1
    bounds = []
    start = end = 0
    while end < n_words:
        end = int(np.searchsorted(total, total[start] + capacity, side="right")) - 1
        if end == n_words:
            start = int(np.searchsorted(total, total[end] - capacity, side="left"))
        bounds.append((start, end))
        start = int(np.searchsorted(total, total[end] - overlap, side="left"))
    return bounds


def _middle(sizes: npt.NDArray[np.int64], start: int, end: int) -> int:
    shared = np.cumsum(sizes[start:end])
    return start + int(np.searchsorted(shared, shared[-1] / 2)) if len(shared) else start
