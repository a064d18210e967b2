"""The tagger: a checkpoint made ready to read texts of any length."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path

import torch
from torch import nn
from transformers import PreTrainedTokenizerBase

from tolltale.ahead import group_documents, map_ahead
from tolltale.backends import FP32, OFFERED, TORCH, Backend, Ints, check_precision, load_backend
from tolltale.checkpoint import default_checkpoint, load_checkpoint
from tolltale.decode import Segment
from tolltale.documents import Document, Span, number_spans
from tolltale.errors import CheckpointError, TolltaleError
from tolltale.finding import Found, find, join
from tolltale.inputs import CutText, TextCutter
from tolltale.judging import Judge, Judged, WordStates, join_states
from tolltale.labels import LAYERS, LINKS
from tolltale.limits import leave_out, scale
from tolltale.linking import edges_of, tie
from tolltale.network import TaggerNetwork
from tolltale.reading import Reading


def predict(text: str, *, min_score: float | None = None) -> Reading:
    """Read one text with the default checkpoint (see `default_checkpoint`), which is loaded once and kept.

    `min_score` as in `Tagger.predict_batch`. Raises CheckpointError where there is no checkpoint, TypeError where
    `text` is no string.
    """
    return _tagger(default_checkpoint()).predict(text, min_score=min_score)


class Tagger:
    """Finds the spans of all layers in texts of any length.

    A text is read in overlapping windows and each word judged in the one where it has most context; nothing is
    cut off. Of the network's scores the best possible BIO sequence is taken, and the score of each of its spans
    is the probability of exactly these words under exactly this label (see `tolltale.decode`).
    """

    def __init__(
        self,
        network: TaggerNetwork,
        tokenizer: PreTrainedTokenizerBase,
        device: str | torch.device | None = None,
        backend: Backend | None = None,
    ) -> None:
        chosen = _device(device)
        self._network = network
        nn.Module.to(network, chosen)
        nn.Module.eval(network)
        self._tags = network.config.layer_tags
        self._cutter = TextCutter.of(network, tokenizer)
        self._judge = Judge(network, backend or load_backend(TORCH, FP32, network), self._cutter)

    @classmethod
    def from_pretrained(
        cls,
        name: str | Path | None = None,
        *,
        device: str | None = None,
        calibrated: bool = True,
        backend: str = TORCH,
        precision: str = FP32,
    ) -> "Tagger":
        """Load the checkpoint of a folder or a hub id, or the default one.

        `device` is one of torch's; without it a GPU is used where there is one. `calibrated=False` leaves scores as
        the network gives them, and none out. `backend` is what runs the network, in a `precision`: see
        `tolltale.backends.OFFERED`. All but torch are extras, run on the CPU and read what `tolltale export` wrote.
        Raises CheckpointError.
        """
        check_precision(backend, precision, OFFERED)
        name = default_checkpoint() if name is None else name
        chosen = _device(device if backend == TORCH else device or "cpu")
        if backend != TORCH and chosen.type != "cpu":
            raise CheckpointError(f"device {chosen}: the backend {backend} runs on cpu; for a GPU take {TORCH}")
        if chosen.type == "cuda" and (chosen.index or 0) >= torch.cuda.device_count():
            raise CheckpointError(f"device {chosen}: torch finds {torch.cuda.device_count()} GPUs here; take cpu")
        network, tokenizer = load_checkpoint(name)
        if not calibrated:
            network.config.calibration, network.config.min_scores = {}, {}
        nn.Module.to(network, chosen)
        return cls(network, tokenizer, chosen, load_backend(backend, precision, network, name))

    def predict(self, text: str, *, min_score: float | None = None) -> Reading:
        """Read one text; `min_score` as in `predict_batch`. Raises TypeError where it is no string."""
        return next(self.predict_batch([text], min_score=min_score))

    def predict_batch(
        self, texts: Iterable[str], *, batch_size: int = 16, min_score: float | None = None
    ) -> Iterator[Reading]:
        """Read texts and yield their readings in the same order, drawing texts as they are needed.

        Texts are read in groups (`tolltale.ahead.READ_AHEAD`), and the next is made ready in the meantime: two groups
        are drawn, or as many texts as there are, before the first reading comes out. `batch_size` is how many full
        windows (or as much in shorter ones) the network reads at a time. Spans and links that score less than
        `min_score` are left out, and the reading counts them; without it the checkpoint says which (those that are
        more often wrong than they help, but none that tells of a figure which stays), 0 leaves none out. Raises
        TypeError, naming the position (from 0), at a text that is no string, or at once where `texts` is itself one;
        and as `annotate`.
        """
        if isinstance(texts, str):
            raise TypeError("predict_batch takes several texts; for one, call predict")
        return self.annotate(map(_as_document, texts, count()), batch_size=batch_size, min_score=min_score)

    def annotate(
        self, documents: Iterable[Document], *, batch_size: int = 16, min_score: float | None = None
    ) -> Iterator[Reading]:
        """Read the texts of documents, drawn as in `predict_batch`: two groups before the first reading comes out.

        A reading keeps its `id`, `source` and `date`, not its spans. Raises TolltaleError at once where `batch_size`
        or `min_score` make no sense.
        """
        check_options(batch_size, min_score)
        return self._annotate(documents, batch_size, min_score)

    def _annotate(self, documents: Iterable[Document], batch_size: int, min_score: float | None) -> Iterator[Reading]:
        for group, cuts in map_ahead(self._cut, group_documents(documents)):
            yield from self._read(group, cuts, batch_size, min_score)
            del group, cuts  # before the next but one is drawn

    def link(self, documents: Iterable[Document], *, batch_size: int = 16) -> Iterator[Document]:
        """Tie the spans that documents already have: the same documents with the links that the network sees.

        Documents are drawn as in `annotate`. Raises TolltaleError at once where `batch_size` makes no sense.
        """
        check_options(batch_size)
        return self._link(documents, batch_size)

    def _link(self, documents: Iterable[Document], batch_size: int) -> Iterator[Document]:
        for group, cuts in map_ahead(self._cut, group_documents(documents)):
            yield from self._tie(group, cuts, batch_size)
            del group, cuts  # before the next but one is drawn

    def _tie(self, documents: list[Document], cuts: list[CutText], batch_size: int) -> Iterator[Document]:
        edges = [edges_of(document.spans, cut.words) for document, cut in zip(documents, cuts, strict=True)]
        known = self._states_of(edges, cuts, batch_size)
        for document, cut, states in zip(documents, cuts, known, strict=True):
            yield replace(document, links=tuple(tie(self._network, document.spans, cut.words, states)))

    def _cut(self, documents: list[Document]) -> list[CutText]:
        return self._cutter.cut([document.text for document in documents])

    def _read(
        self, documents: list[Document], cuts: list[CutText], batch_size: int, min_score: float | None
    ) -> Iterator[Reading]:
        config = self._network.config
        limits = config.min_scores if min_score is None else dict.fromkeys((*LAYERS, *LINKS), min_score)
        for document, cut, seen in zip(documents, cuts, self._find(cuts, batch_size), strict=True):
            found = number_spans(_span(document.text, cut, self._tags, *segment) for segment in seen.segments)
            # tied before any is left out: what has lost its partner must not take up with another
            ties = tuple(tie(self._network, found, cut.words, seen.states))
            layers = tuple(self._tags)
            reading = Reading(document.text, document.id, document.source, layers, found, ties, document.date)
            yield leave_out(scale(reading, config.calibration), limits, spare_telling=min_score is None)

    def _find(self, cuts: list[CutText], batch_size: int) -> Iterator[Found]:
        """What is found in each text: in many, read together; in one that stands alone, stretch by stretch."""
        if len(cuts) > 1:
            yield from find(self._judge.judge(cuts, batch_size))
        else:
            yield join(next(find([run])) for run in self._judge.judge_in_stretches(cuts[0], batch_size))

    def _states_of(self, words: list[Ints], cuts: list[CutText], batch_size: int) -> Iterator[WordStates]:
        """The states of some words of each text, judged as `_find` has them judged."""
        if len(cuts) > 1:
            runs: list[Iterable[Judged]] = [[run] for run in self._judge.judge(cuts, batch_size)]
        else:
            runs = [self._judge.judge_in_stretches(cuts[0], batch_size)]
        for wanted, parts in zip(words, runs, strict=True):
            yield join_states([run.states_of(wanted) for run in parts])


def check_options(batch_size: int, min_score: float | None = None) -> None:
    """Raise TolltaleError where the options of `Tagger.annotate` make no sense."""
    if batch_size < 1:
        raise TolltaleError(f"batch_size is the number of windows read at a time, 1 or more, not {batch_size}")
    if min_score is not None and not 0 <= min_score <= 1:
        raise TolltaleError(f"min_score is a probability, 0 to 1, not {min_score}")


def _device(wanted: str | torch.device | None) -> torch.device:
    try:
        return torch.device(wanted or ("cuda" if torch.cuda.is_available() else "cpu"))
    except RuntimeError as error:
        raise CheckpointError(f"device: {str(error).splitlines()[0]}") from None


@lru_cache(maxsize=1)
def _tagger(checkpoint: str) -> Tagger:
    return Tagger.from_pretrained(checkpoint)


def _as_document(text: str, position: int) -> Document:
    if not isinstance(text, str):
        raise TypeError(f"text {position} is no string but {type(text).__name__}")
    return Document(text)


def _span(text: str, cut: CutText, tags: dict[str, list[str]], layer: str, segment: Segment) -> Span:
    start, end = int(cut.words[segment.start, 0]), int(cut.words[segment.end - 1, 1])
    label = tags[layer][1 + 2 * segment.label].removeprefix("B-")
    return Span("", layer, label, start, end, text[start:end], segment.score)
