"""Sentences: how far a word such as `unconfirmed` or `including` reaches."""

from itertools import pairwise

import regex

# A sentence ends at a full stop, question or exclamation mark (its quotation mark taken along) before white space and
# what may begin another, unless a title, an initial or a common abbreviation stands before it; and at an empty line.
_ABBREVIATION = (
    r"(?<!\b(?:\p{Lu}|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|Rev|Gov|Sen|Rep|St|Prof|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec))"
)
# Begun at the first or second mark of a run: asking each of a million in a row would never end.
_STOP, _GAP = rf"""(?<![.!?…]{{2}}){_ABBREVIATION}[.!?…]++["'”’»)\]]*\s+""", r"\n\s*\n"
_END = regex.compile(rf"""{_STOP}(?=["'“‘«(\[]*[\p{{Lu}}\p{{N}}])|{_GAP}""")
_END_WITHOUT_CAPITALS = regex.compile(rf"{_STOP}|{_GAP}")
_CAPITAL = regex.compile(r"\p{Lu}")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence in code points, half-open; together they cover the text."""
    end = _END if _CAPITAL.search(text) else _END_WITHOUT_CAPITALS
    edges = [0, *(match.end() for match in end.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(edges) if start < end]
