"""Texts at the edges of what a text may be, each by what is odd about it."""

import json
from pathlib import Path

ODD = {
    "empty": "",
    "white space": " \t\r\n\u00a0\u2028\x1c",
    "no Latin letters": "東京で五人が死亡した。قُتل ١٢ شخصا على الأقل، بحسب الجيش.",
    "emoji and combining marks": "👩🏽\u200d🚒 Cinq cafe\u0301s 🇸🇾 \u0301\u0301 12\ufe0f\u20e3 dead",
    "control characters": "Five\x00 men\x1b[2J died\x07,\x85 he\x7f said\ufeff.",
    "half characters": "\ud83d Five \udfff men \ud83d \ude00 died\ud800, he said.",
    "HTML": "<p>Five &amp; six <b>died</b></p><script>alert(1)</script> <K1>12</K1>",
    "one word without end": "a" * 3000 + "9" * 3000,
}


def write_rows(path: Path) -> Path:
    """Write them as rows, each with its name for an id; returns the path."""
    path.write_text("".join(json.dumps({"id": name, "text": ODD[name]}) + "\n" for name in ODD), encoding="ascii")
    return path
