"""`tolltale export`: a checkpoint's network in the form that another backend reads, kept beside its weights."""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from transformers import PreTrainedTokenizerBase

from tolltale.archives import cut_archive, read_part
from tolltale.backends import BF16, FP32, INT8, OFFERED, PRECISIONS, TORCH, Ints, check_precision, needing_extra
from tolltale.backends.exports import export_name, hash_weights, write_record
from tolltale.backends.graph import capture
from tolltale.checkpoint import default_checkpoint, folder_of, is_checkpoint, load_checkpoint
from tolltale.errors import CheckpointError, RowError, TolltaleError
from tolltale.inputs import TextCutter
from tolltale.network import TaggerNetwork
from tolltale.outputs import whole

SAMPLE = Path(__file__).parent / "backends" / "sample.jsonl"  # of our own corpus (CC BY 4.0)
MOST_WINDOWS = 300  # that set the ranges of int8; more change little


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done; 2, or 130 after Ctrl-C, when nothing was written, as standard error says."""
    parser = argparse.ArgumentParser(prog="tolltale export", description=__doc__)
    parser.add_argument("--backend", choices=[name for name in PRECISIONS if name != TORCH], required=True)
    parser.add_argument("--precision", choices=(FP32, BF16, INT8), default=FP32, help="default fp32")
    parser.add_argument("--checkpoint", metavar="NAME", help="a folder or an id on the hub, instead of the default")
    parser.add_argument(
        "--texts", metavar="FILE", help="rows with a `text` like those to be read: they set the ranges of int8"
    )
    parser.add_argument("--output", metavar="FOLDER", type=Path, help="put the checkpoint and its export there")
    options = parser.parse_args(arguments)
    try:
        name = options.checkpoint or default_checkpoint()
        folder = export(name, options.backend, options.precision, texts=options.texts, output=options.output)
    except (TolltaleError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("error: stopped; nothing was written", file=sys.stderr)
        return 130
    print(folder)
    if options.precision not in OFFERED[options.backend]:
        name = f"{options.backend} {options.precision}"
        print(
            f"{name} is not offered, for its parity is not shown; `python -m eval.parity` alone reads it",
            file=sys.stderr,
        )
    return 0


def export(
    name: str | Path, backend: str, precision: str, *, texts: str | Path | None = None, output: Path | None = None
) -> Path:
    """Write what `Tagger.from_pretrained(..., backend=..., precision=...)` reads, whole or not at all.

    It goes into the folder of the checkpoint, or with a copy of the checkpoint into `output`. `texts` are rows whose
    texts set the ranges of numbers for int8; without them a sample of our own corpus does. Returns the folder of the
    export. Raises TolltaleError or OSError.
    """
    if texts is not None and precision != INT8:
        raise TolltaleError(f"texts set the ranges of {INT8}, and {precision} has none: leave them out")
    check_precision(backend, precision, PRECISIONS)
    if backend == TORCH:
        raise CheckpointError("torch reads a checkpoint as it is; export it for one of the other backends")
    with needing_extra(backend):
        module = import_module(f"tolltale.backends.{backend}")
    network, tokenizer = load_checkpoint(name)
    windows = list(islice(_windows(texts or SAMPLE, network, tokenizer), MOST_WINDOWS)) if precision == INT8 else []
    if precision == INT8 and not windows:
        raise TolltaleError(f"{texts}: no text in it, and int8 needs some")
    with (
        _naming_another_place(),
        _place(name, output) as checkpoint,
        whole(checkpoint / export_name(backend, precision), folder=True, replace=True) as folder,
    ):
        folder.mkdir()
        with needing_extra(backend):
            module.export(*capture(network.eval()), folder, windows)
        write_record(folder, folder_of(name), texts=texts and str(texts), tolltale=version("tolltale"))
    return (output or Path(name)) / export_name(backend, precision)


def _windows(texts: str | Path, network: TaggerNetwork, tokenizer: PreTrainedTokenizerBase) -> Iterator[Ints]:
    """What the network reads of the texts in a file, window by window. Raises RowError at a bad row."""
    cutter = TextCutter.of(network, tokenizer)
    for part in cut_archive([str(texts)]):
        for row in read_part(part):
            if isinstance(row.content, RowError):
                raise row.content
            for cut in cutter.cut([row.content.text]):
                yield from (cutter.frame(cut, window) for window in cut.windows)


@contextmanager
def _place(name: str | Path, output: Path | None) -> Iterator[Path]:
    """The checkpoint's folder to write an export into: its own, or a copy that gets the name `output` when whole."""
    source = folder_of(name)
    if output is None and not Path(name).is_dir():
        raise CheckpointError(f"{name} is kept in the hub's cache; name a folder of yours with --output")
    if output is None or (is_checkpoint(output) and hash_weights(output) == hash_weights(source)):
        yield output or source
        return
    if output.exists():
        raise CheckpointError(f"{output}: is there and holds something else; name a new folder with --output")
    with whole(output, folder=True) as folder:
        folder.mkdir()
        for path in filter(Path.is_file, source.iterdir()):
            shutil.copyfile(path, folder / path.name)
        yield folder


@contextmanager
def _naming_another_place() -> Iterator[None]:
    """Turn a folder that may not be written into a CheckpointError that says what to do."""
    try:
        yield
    except PermissionError as error:
        raise CheckpointError(f"{error.filename}: may not be written; name a folder of yours with --output") from None
