"""python -m benchmarks.throughput CORPUS [--articles N] [--repeats N]

How many articles a second, from raw string to spans: the pipeline of transformers and tolltale in each backend and
precision, all in turn on the same articles, and the machine's limit beside them.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import torch
from tabulate import tabulate

from benchmarks.articles import Size, measure_size, read_articles
from benchmarks.contenders import EXACT, STOCK, STOCK_BATCHES, STOCK_WHOLE, Contender, load_contenders, share_of_spans
from benchmarks.machine import describe_machine
from benchmarks.peak import count_operations, measure_peaks
from benchmarks.results import RESULTS, draw_bars, write_results
from benchmarks.turns import Range, compare, compare_all, format_number, take_turns
from tolltale.checkpoint import default_checkpoint, load_checkpoint
from tolltale.inputs import TextCutter
from tolltale.labels import LAYERS

_STOCKS = (STOCK, STOCK_WHOLE, STOCK_BATCHES)  # to which the table gives ratios


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write what the options ask for."""
    options = _parse(arguments)
    device = torch.device(options.device)
    checkpoint = options.checkpoint or default_checkpoint()
    machine = describe_machine(device)
    texts = read_articles(options.corpus, options.articles)
    contenders, left_out = load_contenders(checkpoint, device, options.layer, texts)
    for contender in contenders:
        contender.measure(texts[: options.warm_up])
    rates = take_turns({c.name: partial(c.measure, texts) for c in contenders}, options.repeats)
    limit = measure_limit(checkpoint, device, texts, options.peak_sizes)
    shares = {c.name: share_of_spans(c, _named(EXACT, contenders)) for c in contenders}
    name = f"throughput-{device.type}"
    write_results(
        options.output,
        name,
        f"Throughput on {machine['gpu'] or 'CPU'}",
        machine,
        [
            f"{options.corpus}, {limit['articles']} articles of {limit['words_per_article']:.0f} words, "
            f"{options.repeats} repeats in turn. Medians, in brackets the least and the most.",
            _format_rates(contenders, rates, shares, limit),
            *[f"Left out: {name}: {reason}" for name, reason in left_out.items()],
            _format_limit(limit),
        ],
        {
            "corpus": options.corpus,
            "repeats": options.repeats,
            "unit": "articles a second",
            "contenders": _describe(contenders, rates, shares, limit),
            "left_out": left_out,
            "limit": limit,
        },
    )
    draw_bars(rates, "articles a second", options.output / f"{name}.png")


def measure_limit(
    checkpoint: str, device: torch.device, texts: Sequence[str], sizes: Sequence[int] = ()
) -> dict[str, Any]:
    """The machine's matrix peak, the operations that the articles need, and the speed of cutting them alone."""
    network, tokenizer = load_checkpoint(checkpoint)
    cutter = TextCutter.of(network, tokenizer)
    size = measure_size(texts, cutter)
    per_article = count_operations(checkpoint).of(size.windows) / size.n_articles
    peaks = measure_peaks(device, sizes)
    return {
        **size.describe(),
        "operations_per_article": per_article,
        "operations_per_piece": per_article / _pieces_read(size),
        "peak_operations_per_second": peaks,
        "articles_per_second_at_peak": {name: peak / per_article for name, peak in peaks.items()},
        "articles_per_second_tokenizer": _rate(lambda: tokenizer(list(texts)), len(texts)),
        "articles_per_second_cut": _rate(lambda: _cut_all(cutter, texts), len(texts)),
    }


def share_of_peak(contender: Contender, rate: float, limit: Mapping[str, Any]) -> float | None:
    """Of the operations that the matrix peak allows, those that the network needs for what was read.

    Padding and whatever else is computed counts as lost. None where the contender reads less or otherwise, or the
    peak of its precision was not measured.
    """
    peak = limit["peak_operations_per_second"].get(contender.precision)
    return rate * limit["operations_per_article"] / peak if peak and contender.name.startswith("tolltale") else None


def _rate(run: Callable[[], object], n_articles: int, repeats: int = 3) -> float:
    """Articles a second at the best of a few runs: it is a limit."""
    times = []
    for _ in range(repeats):
        started = perf_counter()
        run()
        times.append(perf_counter() - started)
    return n_articles / min(times)


def _cut_all(cutter: TextCutter, texts: Sequence[str]) -> None:
    for start in range(0, len(texts), 64):
        cutter.cut(texts[start : start + 64])


def _pieces_read(size: Size) -> float:
    return sum(size.windows) / size.n_articles


def _named(name: str, contenders: Sequence[Contender]) -> Contender:
    return next(contender for contender in contenders if contender.name == name)


def _describe(
    contenders: Sequence[Contender],
    rates: Mapping[str, Sequence[float]],
    shares: Mapping[str, float | None],
    limit: Mapping[str, Any],
) -> dict[str, dict[str, Any]]:
    compared = compare_all(rates)
    return {
        c.name: {
            **compared[c.name],
            "precision": c.precision,
            "note": c.note,
            "share_of_exact_spans": shares[c.name],
            "share_of_peak": share_of_peak(c, compared[c.name]["median"], limit),
        }
        for c in contenders
    }


def _format_rates(
    contenders: Sequence[Contender],
    rates: Mapping[str, Sequence[float]],
    shares: Mapping[str, float | None],
    limit: Mapping[str, Any],
) -> str:
    rows = [
        [
            c.name,
            Range.of(rates[c.name]),
            *[compare(rates[c.name], rates[stock]) for stock in _STOCKS],
            _percent(shares[c.name], 2),
            _percent(share_of_peak(c, Range.of(rates[c.name]).middle, limit), 0),
            c.note,
        ]
        for c in contenders
    ]
    headers = [
        "",
        "articles a second",
        *[f"times {stock}" for stock in _STOCKS],
        f"spans as {EXACT}",
        "of peak",
        "note",
    ]
    return tabulate(rows, headers, tablefmt="github", disable_numparse=True)


def _format_limit(limit: Mapping[str, Any]) -> str:
    peaks = limit["peak_operations_per_second"]
    rows = [["operations an article", f"{limit['operations_per_article'] / 1e9:.3g} billion"]]
    rows += [["operations a piece read", f"{limit['operations_per_piece'] / 1e6:.3g} million"]]
    rows += [["pieces an article, pieces read", f"{limit['pieces_per_article']}, {limit['pieces_read_per_article']}"]]
    for precision, peak in peaks.items():
        at_peak = format_number(limit["articles_per_second_at_peak"][precision])
        rows += [[f"matrix peak, {precision}", f"{peak / 1e9:,.0f} billion operations a second: {at_peak} articles"]]
    rows += [["tokenizer alone", f"{format_number(limit['articles_per_second_tokenizer'])} articles a second"]]
    rows += [["words, pieces and windows", f"{format_number(limit['articles_per_second_cut'])} articles a second"]]
    return tabulate(rows, ["limit", ""], tablefmt="github", disable_numparse=True)


def _percent(share: float | None, digits: int) -> str:
    return "" if share is None else f"{share:.{digits}%}"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    parser.add_argument("corpus", help="a .jsonl file with a `text` in each row, or a folder of marked-up .txt files")
    parser.add_argument("--articles", metavar="N", type=int, default=200, help="the first N of it (default 200)")
    parser.add_argument("--repeats", metavar="N", type=int, default=5, help="turns of each contender (default 5)")
    parser.add_argument("--warm-up", metavar="N", type=int, default=16, help="articles read before the clock runs")
    parser.add_argument("--layer", choices=LAYERS, default=LAYERS[0], help="whose head the pipeline has")
    parser.add_argument("--checkpoint", metavar="NAME", help="a folder or an id on the hub, instead of the default")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--peak-sizes", metavar="N", type=int, nargs="+", default=(), help="of the matrices multiplied")
    parser.add_argument("--output", metavar="FOLDER", type=Path, default=RESULTS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
