"""`python -m flows NAME [--as-of DATE]` runs one flow; `python -m flows --serve` serves all."""

import argparse
import json
import os
import sys
from datetime import date
from typing import Any

from services.scheduling import prefect_environment
from services.settings import read_settings

UNDELIVERED = ("refused", "parked", "pending", "in_doubt")
PARTLY_DELIVERED = 5


def main() -> None:
    """Set Prefect's environment before it is imported, then run or serve."""
    api_url = os.environ.get("PREFECT_API_URL")
    for name, value in prefect_environment(read_settings(), api_url=api_url).items():
        os.environ.setdefault(name, value)
    parser = argparse.ArgumentParser(prog="python -m flows")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--as-of", type=date.fromisoformat)
    parser.add_argument("--serve", action="store_true")
    arguments = parser.parse_args()
    from flows import deployments  # noqa: PLC0415 - imports Prefect

    if arguments.serve:
        deployments.serve_all()
    else:
        flow: Any = deployments.flow_named(arguments.name)
        outcome = flow(as_of=arguments.as_of)
        answer = {"schema": "duban.run/1", "flow": arguments.name, **outcome}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        if any(outcome.get(state) for state in UNDELIVERED):
            sys.exit(PARTLY_DELIVERED)


if __name__ == "__main__":
    main()
