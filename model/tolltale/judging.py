"""Judging: the scores of tags and the states of a text's words, from the windows in which they are read.

A long text is judged in stretches that follow on each other. Of each, the states at the edges of spans alone are kept;
what follows its last rest waits for the next, so that a text without any rest is held whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from tolltale.backends import Backend, Ints, Scores, States
from tolltale.buckets import bucket
from tolltale.inputs import CutText, TextCutter, pad
from tolltale.network import TaggerNetwork
from tolltale.rests import find_last_rest

STRETCH = 65_536  # pieces of a text (or a batch, where that is more) that are judged before its spans are taken


@dataclass(frozen=True)
class WordStates:
    """The states of some of a text's words: their numbers, (words,), in order, and the states, (words, width)."""

    words: Ints
    states: States

    def places(self, words: npt.ArrayLike) -> Ints:
        """Where the states of words stand, in the shape of `words`; each has to be among `self.words`."""
        places: Ints = np.searchsorted(self.words, words)
        return places


@dataclass(frozen=True)
class Judged:
    """What the network makes of a run of words.

    start: the number of the first in the text. scores: of their tags by layer, (words, tags). states: (words, width).
    """

    start: int
    scores: Scores
    states: States

    def split(self, place: int) -> tuple["Judged", "Judged"]:
        """The words before and those after a place, counted from the first of them."""
        before = {layer: values[:place] for layer, values in self.scores.items()}
        after = {layer: values[place:] for layer, values in self.scores.items()}
        start = self.start + place
        return Judged(self.start, before, self.states[:place]), Judged(start, after, self.states[place:])

    def states_of(self, words: Ints) -> WordStates:
        """The states of those of a text's words, in order, that are among these."""
        inside = words[(words >= self.start) & (words < self.start + len(self.states))]
        return WordStates(inside, self.states[inside - self.start])


class Judge:
    """Has the words of texts judged by a network."""

    def __init__(self, network: TaggerNetwork, backend: Backend, cutter: TextCutter) -> None:
        self._backend = backend
        self._cutter = cutter
        self._tags = network.config.layer_tags
        self._window = network.config.window
        self._width = network.width

    def judge(self, cuts: Sequence[CutText], batch_size: int) -> list[Judged]:
        """The words that the windows of each text judge, all texts at once; `batch_size` is in full windows."""
        judged = [self._blank(cut) for cut in cuts]
        windows = [(i, window) for i, cut in enumerate(cuts) for window in cut.windows]
        rows = [self._cutter.frame(cuts[i], window) for i, window in windows]
        for group in bucket([len(row) for row in rows], most_cells=batch_size * self._window):
            scores, states = self._read_windows([rows[k] for k in group])
            for row, k in enumerate(group):
                i, window = windows[k]
                places = self._cutter.places(cuts[i], window, window.judged_start, window.judged_end)
                words = slice(window.judged_start - judged[i].start, window.judged_end - judged[i].start)
                judged[i].states[words] = states[row, places]
                for layer, values in judged[i].scores.items():
                    values[words] = scores[layer][row, places]
        return judged

    def judge_in_stretches(self, cut: CutText, batch_size: int) -> Iterator[Judged]:
        """The words of a text run by run; each but the last ends at a rest of all layers, which no span crosses."""
        n_windows = max(batch_size, STRETCH // self._window)
        starts = range(0, max(1, len(cut.windows)), n_windows)
        held: list[Judged] = []
        for start in starts:
            stretch = replace(cut, windows=cut.windows[start : start + n_windows])
            run = _join_runs([*held, *self.judge([stretch], batch_size)])
            place = len(run.states) if start == starts[-1] else find_last_rest(run.scores.values())
            done, after = run.split(place)
            yield done
            held = [after]

    def _read_windows(self, rows: list[Ints]) -> tuple[Scores, States]:
        """What the network makes of framed windows; see `Backend`."""
        return self._backend(pad(rows, self._cutter.pad_id), pad([np.ones_like(row) for row in rows], 0))

    def _blank(self, cut: CutText) -> Judged:
        start, end = (cut.windows[0].judged_start, cut.windows[-1].judged_end) if cut.windows else (0, 0)
        scores = {layer: np.zeros((end - start, len(names)), np.float32) for layer, names in self._tags.items()}
        return Judged(start, scores, np.zeros((end - start, self._width), np.float16))


def join_states(parts: Sequence[WordStates]) -> WordStates:
    """The states of words of runs that follow on each other, one run at least."""
    return WordStates(np.concatenate([part.words for part in parts]), np.concatenate([part.states for part in parts]))


def _join_runs(runs: Sequence[Judged]) -> Judged:
    """Runs that follow on each other as one."""
    scores = {layer: np.concatenate([run.scores[layer] for run in runs]) for layer in runs[0].scores}
    return Judged(runs[0].start, scores, np.concatenate([run.states for run in runs]))
