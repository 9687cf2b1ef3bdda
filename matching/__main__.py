"""The library on the command line: `python -m matching evaluate FOLDER`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from matching.measuring.dataset import read
from matching.measuring.report import evaluate, in_words
from matching.measuring.systems import BASELINES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching")
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("evaluate", help="measure the ranking on sets of known pairs")
    verb.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    verb.add_argument("--against", choices=sorted(BASELINES), help="measure this beside it")
    verb.add_argument("--json", action="store_true", help="print JSON, one object a set")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it worked, 1 with a sentence on stderr when a set cannot be read."""
    options = _parser().parse_args(arguments)
    for folder in options.folders:
        try:
            data = read(folder)
        except (OSError, ValueError, KeyError) as error:
            sys.stderr.write(f"{folder} is not a set that can be read: {error}\n")
            return 1
        report = evaluate(data, options.against)
        sys.stdout.write((json.dumps(report) if options.json else in_words(report)) + "\n")
    return 0


if __name__ == "__main__":  # pragma: no cover - the line that only a shell runs
    sys.exit(main())
