"""The library on the command line: `python -m matching evaluate FOLDER`, and `decisions`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from matching.measuring import decisions
from matching.measuring.dataset import Dataset, read
from matching.measuring.report import evaluate, in_words
from matching.measuring.systems import BASELINES


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching")
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("evaluate", help="measure the ranking on sets of known pairs")
    verb.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    verb.add_argument("--against", choices=sorted(BASELINES), help="measure this beside it")
    verb.add_argument("--json", action="store_true", help="print JSON, one object a set")
    verb.set_defaults(measure=_ranking)
    verb = verbs.add_parser("decisions", help="measure what learning from decisions is worth")
    verb.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    verb.set_defaults(measure=_decisions)
    return parser


def _ranking(data: Dataset, options: argparse.Namespace) -> str:
    report = evaluate(data, options.against)
    return json.dumps(report) if options.json else in_words(report)


def _decisions(data: Dataset, _: argparse.Namespace) -> str:
    return decisions.in_words(data.name, decisions.worth(data))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it worked, 1 with a sentence on stderr when a set cannot be read."""
    options = _parser().parse_args(arguments)
    for folder in options.folders:
        try:
            data = read(folder)
        except (OSError, ValueError, KeyError) as error:
            sys.stderr.write(f"{folder} is not a set that can be read: {error}\n")
            return 1
        sys.stdout.write(options.measure(data, options) + "\n")
    return 0


if __name__ == "__main__":  # pragma: no cover - the line that only a shell runs
    sys.exit(main())
