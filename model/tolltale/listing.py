"""A reading as lines for a person at a terminal."""

from tolltale.reading import Reading
from tolltale.wording import on_one_line


def format_listing(reading: Reading) -> str:
    """The spans layer by layer, one a line: offsets, label, score, text (line breaks shown as spaces)."""
    width = len(str(len(reading.text)))
    lines = []
    for layer in reading.layers:
        spans = reading.layer(layer)
        lines.append(f"{layer}s" if spans else f"no {layer}s")
        for span in spans:
            place = f"{span.start:{width}}-{span.end:<{width}}"
            lines.append(f"  {place}  {span.label:10}  {span.score:.2f}  {on_one_line(span.text)}")
    return "\n".join(lines)
