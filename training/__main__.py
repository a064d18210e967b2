"""python -m training CONFIG.yaml [key.sub=value ...]"""

import argparse
import sys
from collections.abc import Sequence

import datasets
from accelerate import PartialState
from transformers.utils import logging

from tolltale.status import run_command
from training.run import run
from training.settings import load_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 (with one line on standard error) for input that is unsound."""
    parser = argparse.ArgumentParser(prog="python -m training", description="Train the tagger from a config.")
    parser.add_argument("config", help="a YAML file, such as configs/quickstart.yaml")
    parser.add_argument("overrides", nargs="*", metavar="key.sub=value", help="settings to change")
    options = parser.parse_args(arguments)
    datasets.disable_progress_bars()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    return run_command(lambda: _train(options), speaks=lambda: PartialState().is_main_process)


def _train(options: argparse.Namespace) -> None:
    run(load_settings(options.config, options.overrides))


if __name__ == "__main__":
    sys.exit(main())
