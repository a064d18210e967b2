"""Scores as a table that people read."""

from collections.abc import Sequence

from tabulate import tabulate

from eval.measures import ALL, Measure, Row


def format_table(rows: Sequence[Row], baseline: Sequence[Row] = (), *, style: str = "simple") -> str:
    """Rows as text in a style of tabulate; where there is a baseline, its strict scores stand beside them."""
    beside = {(row.group, row.label): row for row in baseline}
    headers = ["", "P", "R", "F1", "95%", "lenient P", "R", "F1", "gold", "found"]
    if baseline:
        headers += ["rules P", "R", "F1"]
    table = [_cells(row, beside.get((row.group, row.label)) if baseline else None) for row in rows]
    if all(row.interval is None for row in rows):
        headers, table = _without(headers, 4), [_without(cells, 4) for cells in table]
    return tabulate(
        table,
        headers=headers,
        tablefmt=style,
        disable_numparse=True,
        preserve_whitespace=True,
        colalign=_alignment(headers),
    )


def _cells(row: Row, beside: Row | None) -> list[str]:
    name = row.group if row.label == ALL else f"  {row.label}"
    interval = "" if row.interval is None else f"{row.interval[0]:.3f}-{row.interval[1]:.3f}"
    counts = [str(row.n_gold), str(row.n_found)]
    cells = [name, *_numbers(row.strict), interval, *_numbers(row.lenient), *counts]
    return cells + (_numbers(beside.strict) if beside else [])


def _numbers(measure: Measure | None) -> list[str]:
    if measure is None:
        return ["", "", ""]
    return [f"{value:.3f}" for value in (measure.precision, measure.recall, measure.f1)]


def _without(cells: list[str], index: int) -> list[str]:
    return cells[:index] + cells[index + 1 :]


def _alignment(headers: list[str]) -> list[str]:
    return ["left", *("right" for _ in headers[1:])]
