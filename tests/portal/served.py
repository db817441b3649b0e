"""The portal on a port of its own, for browser tests: the shipped application in a thread."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from portal.app import served
from services.office import Office

START_SECONDS = 60


@contextmanager
def serving(office: Office) -> Iterator[str]:
    """Give the address of a server of the office, whose clock is the test's."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        config = uvicorn.Config(served(office), log_level="warning", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            _wait_for(server)
            yield address
        finally:
            server.should_exit = True
            thread.join()


def _wait_for(server: uvicorn.Server) -> None:
    last = time.monotonic() + START_SECONDS
    while not server.started:
        if time.monotonic() > last:
            pytest.fail("the server did not start")
        time.sleep(0.01)
