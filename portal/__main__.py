"""`python -m portal`: serves the portal, as `duban portal` and `duban up` start it."""

import argparse
import sys

from portal.serving import HOST, PORT, serve
from supervision.errors import DubanError, NotConfiguredError

FAILED, NOT_CONFIGURED = 1, 4  # docs/cli.md


def main() -> int:
    """Serve until stopped; say in one line why it cannot."""
    parser = argparse.ArgumentParser(prog="python -m portal")
    parser.add_argument("--host", default=HOST)
    parser.add_argument("--port", type=int, default=PORT)
    asked = parser.parse_args()
    try:
        serve(host=asked.host, port=asked.port)
    except DubanError as error:
        sys.stderr.write(f"错误：{error}。{error.advice}\n")
        return NOT_CONFIGURED if isinstance(error, NotConfiguredError) else FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
