"""Serving the portal: one process on loopback, behind the site's own TLS in production."""

import uvicorn

from portal.app import served
from portal.static_files import require_parts
from services.accounts import HASHER
from services.office import open_office
from services.password_cost import require_costly

HOST = "127.0.0.1"
PORT = 8000
KEEP_ALIVE_SECONDS = 15
MOST_AT_ONCE = 200  # requests; more are told to come back


def serve(*, host: str = HOST, port: int = PORT) -> None:
    """Serve until stopped; NotConfiguredError when a part or the database is missing."""
    require_parts()
    require_costly(HASHER)
    office = open_office()
    uvicorn.run(
        served(office),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=office.settings.portal_is_public,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        limit_concurrency=MOST_AT_ONCE,
        ws="none",
    )
