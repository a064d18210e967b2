"""Results: a table to read, the same numbers as JSON, and bars."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.turns import Range

RESULTS = Path(__file__).parent / "results"


def write_results(
    folder: Path, name: str, title: str, machine: Mapping[str, Any], sections: Sequence[str], data: Mapping[str, Any]
) -> None:
    """Write NAME.md and NAME.json into a folder, and print the first."""
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n\n".join([f"# {title}", format_machine(machine), *sections]) + "\n"
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    written = json.dumps({"title": title, "machine": machine, **data}, indent=2)
    (folder / f"{name}.json").write_text(written + "\n", encoding="utf-8")
    print(text)


def format_machine(machine: Mapping[str, Any]) -> str:
    """The machine in a sentence or two."""
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    gpu = f"{machine['gpu']}; " if machine["gpu"] else ""
    return (
        f"{machine['date']}, commit {machine['git_commit'][:12]}: {gpu}{machine['processor']}, {machine['cores']} "
        f"cores ({machine['torch_threads']} threads of torch; {' '.join(machine['instruction_sets'])}), load "
        f"{machine['load_at_start']} at the start. {machine['system']}; {versions}."
    )


def draw_bars(rates: Mapping[str, Sequence[float]], unit: str, path: Path) -> None:
    """A bar for each contender, to the median, with a line from its least to its most."""
    from matplotlib import pyplot  # an extra

    ranges = [Range.of(own) for own in rates.values()]
    middles = [each.middle for each in ranges]
    spread = [[each.middle - each.least for each in ranges], [each.most - each.middle for each in ranges]]
    figure, axis = pyplot.subplots(figsize=(9, 1.2 + 0.45 * len(ranges)))
    bars = axis.barh(list(rates), middles, xerr=spread, color="#0072B2", ecolor="0.3", height=0.6)
    axis.bar_label(bars, [f"{middle:,.3g}" for middle in middles], padding=6, fontsize=9)
    axis.invert_yaxis()
    axis.margins(x=0.12)
    axis.set_xlabel(unit)
    axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)
