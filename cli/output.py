"""What commands print: JSON and tables on stdout, talk on stderr, colours only on a terminal."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

OK = 0
FAILED = 1
WRONG_USAGE = 2
FINDINGS = 3
NOT_CONFIGURED = 4
PARTLY_DELIVERED = 5


def plain(value: Any) -> Any:  # noqa: ANN401 - anything a service returns
    """Return a value as JSON knows it: dates as ISO text, records as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, (Path, UUID)) else value


def print_json(schema: str, answer: dict[str, Any]) -> None:
    """Print one answer as one object: its schema first, then its fields."""
    document = {"schema": f"duban.{schema}/1", **plain(answer)}
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def say(text: str) -> None:
    """Print a line for people; it may be read beside JSON, so it goes to stderr."""
    sys.stderr.write(text + "\n")


def show(text: str) -> None:
    """Print a line that is the answer itself."""
    sys.stdout.write(text + "\n")


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table; piped into a file it keeps its columns and has no colour."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_lines=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console = Console()
    Console(width=None if console.is_terminal else 160).print(table)
