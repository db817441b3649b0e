"""The portal as a process of its own, for `bench.pages`: as shipped, but its clock stands."""

import sys
from datetime import datetime

import uvicorn

from portal.app import served
from services.office import Office, open_office


def main(port: str, now: str) -> None:
    """Serve until stopped."""
    moment = datetime.fromisoformat(now)
    opened = open_office()
    office = Office(opened.settings, opened.engine, lambda: moment)
    uvicorn.run(served(office), host="127.0.0.1", port=int(port), log_level="warning", ws="none")


if __name__ == "__main__":
    main(*sys.argv[1:])
