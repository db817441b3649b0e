"""The floor of the overdue page: Starlette, Jinja2 and sqlite3, a count and 25 rows.

It knows nobody, judges no light and guards no door; it counts no further than ours does.
"""

import sqlite3
import sys
from pathlib import Path

import uvicorn
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.items import TODAY

ROWS = 25
PAGE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang='zh-CN'><title>逾期</title><p>共 {{ total }} 项</p><table>"
    "{% for row in rows %}<tr><td>{{ row[0] }}</td><td>{{ row[1] }}</td><td>{{ row[2] }}</td>"
    "<td>{{ row[3] }}</td></tr>{% endfor %}</table>{{ filling }}</html>"
)
QUERY = (
    "SELECT item.code, item.title, unit.name, item.due_on FROM item JOIN unit"
    " ON unit.id = item.unit_id WHERE item.state = 'open' AND item.due_on < ?"
    " ORDER BY item.due_on LIMIT ?"
)
COUNT = (
    "SELECT count(*) FROM"
    " (SELECT 1 FROM item WHERE state = 'open' AND due_on < ? LIMIT 10001)"  # as ours
)


def main(database: str, port: str, size: str) -> None:
    """Serve until stopped; `size` is how many characters stand round the rows."""
    connection = sqlite3.connect(Path(database), check_same_thread=False)
    filling = "督" * (int(size) // 3)

    def page(request: Request) -> HTMLResponse:
        del request
        (total,) = connection.execute(COUNT, (TODAY.isoformat(),)).fetchone()
        rows = connection.execute(QUERY, (TODAY.isoformat(), ROWS)).fetchall()
        return HTMLResponse(PAGE.render(total=total, rows=rows, filling=filling))

    app = Starlette(routes=[Route("/", page)])
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="warning")


if __name__ == "__main__":
    main(*sys.argv[1:])
