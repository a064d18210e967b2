"""Lost claims: what became of each annotated claim, a figure with its source, and how many were invented."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tabulate import tabulate

from eval.relations import Place, claim_items
from tolltale.documents import Document
from tolltale.labels import ATTRIBUTION, FIGURE

OUTCOMES = (
    "right",
    "figure missed",
    "figure with other edges",
    "figure of another kind",
    "source missed",
    "source with other edges, or another",
    "source that is not there",
)
INVENTED = "invented: no figure there"

Claims = Mapping[Place, Place | None]  # the source of each figure, None where nobody is named


def count_lost(gold: Sequence[Document], found: Sequence[Document]) -> Counter[str]:
    """One of OUTCOMES for each annotated claim, and INVENTED for each found one whose figure touches no annotated one.

    A claim is lost by its figure first: its source is looked at only where span and kind of the figure are right. A
    figure that is touched by one of its kind has `other edges`, else it is `of another kind`. The documents are those
    that `score_claims` scores, so that as many are right here as there.
    """
    counts: Counter[str] = Counter()
    for truth, guess in zip(gold, found, strict=True):
        if {FIGURE, ATTRIBUTION} <= set(truth.layers):
            counts.update(_outcomes(_claims(truth), _claims(guess)))
    return counts


def format_lost(counts: Counter[str], style: str = "simple") -> str:
    """A line an outcome, with its share of the annotated claims, of which what is invented is no part."""
    n_gold = sum(counts[outcome] for outcome in OUTCOMES)
    lines = [[outcome, counts[outcome], f"{counts[outcome] / max(n_gold, 1):.1%}"] for outcome in OUTCOMES]
    lines.append([INVENTED, counts[INVENTED], ""])
    return tabulate(lines, ["", "claims", "of annotated"], style, colalign=("left", "right", "right"))


def _claims(document: Document) -> Claims:
    return {figure: source for _, figure, source in claim_items(document).values()}


def _outcomes(gold: Claims, found: Claims) -> Iterator[str]:
    for figure, source in gold.items():
        yield _fate_of_source(source, found[figure]) if figure in found else _fate_of_figure(figure, found)
    for figure in found:
        if not any(_touch(figure, other) for other in gold):
            yield INVENTED


def _fate_of_figure(figure: Place, found: Claims) -> str:
    """What became of a figure that was not found as it is."""
    kinds = {other[0] for other in found if _touch(figure, other)}
    if not kinds:
        return "figure missed"
    return "figure with other edges" if figure[0] in kinds else "figure of another kind"


def _fate_of_source(source: Place | None, found: Place | None) -> str:
    """What became of the source of a figure that is right."""
    if source == found:
        return "right"
    if source is None:
        return "source that is not there"
    return "source missed" if found is None else "source with other edges, or another"


def _touch(place: Place, other: Place) -> bool:
    _, start, end = place
    _, other_start, other_end = other
    return start < other_end and other_start < end
