"""Numerals: the whole number that a piece of text writes, in digits, in English words, or in both.

    twenty-three   a hundred and five   twelve hundred   two dozen   half a million   two and a half thousand   a trio
    1,200   1 200   1.200   1,00,000 (Indian)   1.2 million   2 1/2 million   three lakh   3 hundred thousand

People are counted whole: `1.200` can only be 1,200, and `1.2`, `half` and `a third` are no numbers. Before a scale a
dot is a decimal point: `1.125 million`.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

_ONES = {word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1)}
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_TENS["fourty"] = 40  # a frequent slip
_BELOW_HUNDRED = _ONES | {word: n for n, word in enumerate(_TEENS, 10)} | _TENS
_WHOLE = {"zero": 0, "nil": 0, "pair": 2, "duo": 2, "trio": 3, "quartet": 4, "quintet": 5}
_SCALES = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9}
_PACKS = {"dozen": 12, "score": 20}

UNITS: dict[str, int] = {"hundred": 100} | _SCALES | _PACKS  # what a count may be a count of

_UNIT = "|".join(UNITS)
_SMALL = rf"(?:(?:{'|'.join(_TENS)}) (?:{'|'.join(_ONES)})|{'|'.join(_BELOW_HUNDRED)})"
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+\.\d+")
_GROUPED = re.compile(r"(?!0)(?:\d{1,3}(?:(?:,\d{3})+|(?:\.\d{3})+|(?: \d{3})+)|\d{1,2}(?:,\d{2})+,\d{3})")
_HUNDREDS = re.compile(rf"(?:(?P<count>{_SMALL}|an?|\d\S*) )?hundred(?P<plural>s?)(?: (?:and )?(?P<rest>{_SMALL}))?")
_SCALE = re.compile(rf"\s*\b({'|'.join(_SCALES)})(s?)\b\s*")
_PACK = re.compile(rf"(?:(?P<count>.+) )?(?P<pack>{'|'.join(_PACKS)})(?P<plural>s?)(?: and (?P<rest>{_SMALL}))?")
_PART = re.compile(rf"(?:an? |one )?(?P<part>half|quarter|three quarters)(?: of)?(?: an?)? (?P<unit>{_UNIT})")
_AND_A_HALF = re.compile(rf"(?P<count>.+) and (?:a )?half (?P<unit>{_UNIT})s?")
_UNIT_AND_A_HALF = re.compile(rf"(?P<number>(?:.+ )?(?P<unit>{'|'.join(_SCALES | _PACKS)})) and a half")
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "three quarters": Fraction(3, 4)}


def read_number(text: str) -> int | None:
    """The number that the text writes and nothing but it, or None.

    The text is in lower case, its words (those of `twenty-three` too) separated by single spaces.
    """
    for reader in (_read_whole, _read_packs, _read_part, _read_and_a_half, _read_sum):
        value = reader(text)
        if value is not None:
            return int(value) if value.denominator == 1 else None
    return None


def _read_whole(text: str) -> Fraction | None:
    value = _WHOLE.get(text.removeprefix("a "))
    return None if value is None else Fraction(value)


def _read_packs(text: str) -> Fraction | None:
    """`a dozen`, `two dozen`, `dozen`, `four score and ten`; `dozens` is no number."""
    match = _PACK.fullmatch(text)
    if match is None or (match["plural"] and match["count"] is None):
        return None
    count = _read_count(match["count"] or "a", has_scale=True)
    rest = _read_count(match["rest"], has_scale=False) if match["rest"] else Fraction(0)
    return None if count is None or rest is None else count * _PACKS[match["pack"]] + rest


def _read_part(text: str) -> Fraction | None:
    """`half a dozen`, `a quarter of a million`."""
    match = _PART.fullmatch(text)
    return None if match is None else _PARTS[match["part"]] * UNITS[match["unit"]]


def _read_and_a_half(text: str) -> Fraction | None:
    """`two and a half million`, `a million and a half`."""
    if match := _UNIT_AND_A_HALF.fullmatch(text):
        number = read_number(match["number"])
        return None if number is None else number + Fraction(UNITS[match["unit"]], 2)
    match = _AND_A_HALF.fullmatch(text)
    count = match and _read_count(match["count"], has_scale=False)
    return (count + Fraction(1, 2)) * UNITS[match["unit"]] if match and count is not None else None


def _read_sum(text: str) -> Fraction | None:
    """`two million three hundred thousand and six`: each part smaller than the scale of the one before."""
    total, last = Fraction(0), None
    for count, scale in _split_scales(text):
        value = _read_hundreds(count, has_scale=scale > 1)
        if value is None or (last is not None and value * scale >= last):
            return None
        total, last = total + value * scale, scale
    return total


def _split_scales(text: str) -> Iterator[tuple[str, int]]:
    """The counts of a sum, each with its scale: `two thousand and six` gives (`two`, 1000), (`six`, 1)."""
    counts = _SCALE.split(text)  # count, scale, plural, count, scale, plural, ..., count
    scales = [(_SCALES[scale], plural) for scale, plural in zip(counts[1::3], counts[2::3], strict=True)]
    for place, (count, (scale, plural)) in enumerate(zip(counts[::3], [*scales, (1, "")], strict=True)):
        if place:
            if scale > 1 or "hundred" in count:  # "one thousand, two hundred"; "one thousand, six" are two numbers
                count = count.removeprefix(", ")
            count = count.removeprefix("and ")
        elif scale > 1 and not plural:
            count = count or "a"
        if count or scale > 1 or not place:
            yield count, scale


def _read_hundreds(text: str, *, has_scale: bool) -> Fraction | None:
    match = _HUNDREDS.fullmatch(text)
    if match is None or (match["plural"] and match["count"] is None):
        return _read_count(text, has_scale=has_scale)
    count = _read_count(match["count"] or "a", has_scale=True)
    rest = Fraction(0) if match["rest"] is None else _read_count(match["rest"], has_scale=False)
    return None if count is None or rest is None else count * 100 + rest


def _read_count(text: str, *, has_scale: bool) -> Fraction | None:
    if text in ("a", "an"):
        return Fraction(1)
    if re.fullmatch(_SMALL, text):
        return Fraction(sum(_BELOW_HUNDRED[word] for word in text.split()))
    if has_scale and _DECIMAL.fullmatch(text):
        return Fraction(text)
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Fraction(re.sub("[,. ]", "", text))
    return None


# Left of a pair is what may be written, right of it what takes its place, in this order.
_CHARACTERS = str.maketrans(
    dict.fromkeys("\u2010\u2011", "-")  # hyphens
    | dict.fromkeys("\u2012\u2013\u2014\u2015\u2212", " – ")  # dashes
    | dict.fromkeys('"“”„«»\u00ad\u200b\u200c\u200d\u2060\ufeff', "")  # quotation marks and what is not seen
    | dict.fromkeys("‘’", "'")
    | {
        "½": " 1/2",
        "⁄": "/",
        "(": " ( ",
        ")": " ",
        "~": "~ ",
        "≈": "~ ",
        "+": " plus ",
        "≥": ">=",
        "≤": "<=",
        "&": " and ",
        "±": " ± ",
    }
)
_REWRITTEN = [
    (re.compile(written), plain)
    for written, plain in (
        (r"\[[^\]]*\]", " "),  # an editor's note: `seven [number as heard] other`
        (r"(?<=\d)\s*-+\s*(?=\d)|\s-+\s|--+", " – "),
        (r"(?<=\w)-(?=\w)", " "),
        (r",(?!\d)|(?<!\d),", " , "),
        (r"([<>]=?)", r" \1 "),
        (r"\b(approx|ca?|est)\.", r"\1 "),
        (r"\b10s\b", "tens"),
        (r"\b100s\b", "hundreds"),
        (r"\b1,?000s\b", "thousands"),
        (r"(?<=\d)k\b", " thousand"),
        (r"(?<=\d)(?:m|mn|mln)\b", " million"),
        (r"(?<=\d)bn\b", " billion"),
        (r"\s+", " "),
        (r"(?<=\d) 1/2\b", ".5"),
        (r"(?<!\S)1/2\b", "half"),
    )
]


def normalise(phrase: str) -> str:
    """Lower case, single spaces, one sign for each kind of mark, and no marks around or a last `of`."""
    text = f" {phrase.lower().translate(_CHARACTERS)} "
    for written, plain in _REWRITTEN:
        text = written.sub(plain, text)
    return text.strip(" '").rstrip(" .,;:–").removeprefix("( ").removesuffix(" of")
