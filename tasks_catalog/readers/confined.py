"""Runs a reader in a process of its own, with limits: for formats whose libraries know none.

A broken PDF may keep its reader busy for ever, a workbook with one far cell takes all memory and
ends the process. Here that ends only the child, and the answer is the usual refusal.
"""

import resource
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from pydantic import TypeAdapter

from supervision.errors import UnreadableDocumentError
from tasks_catalog.blocks import Document

MOST_MEMORY = 512 * 1024 * 1024
LEAST_SECONDS, MOST_SECONDS = 8, 120  # of computing
BYTES_PER_SECOND = 100_000  # and one more for each of these
PATIENCE = 4  # times the computing time, on a busy machine
REFUSED = 3
DOCUMENT = TypeAdapter(Document)
REFUSAL = TypeAdapter(tuple[str, str])


def read(module: str, path: Path) -> Document:
    """Return what the reader in `tasks_catalog.readers.<module>` reads, or its refusal."""
    seconds = min(LEAST_SECONDS + path.stat().st_size // BYTES_PER_SECOND, MOST_SECONDS)
    command = [sys.executable, "-m", __name__, module, str(path), str(seconds)]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, the path is an argument
            command, capture_output=True, timeout=seconds * PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(path) from error
    if child.returncode == REFUSED:
        what, advice = REFUSAL.validate_json(child.stdout)
        raise UnreadableDocumentError(what, advice=advice)
    if child.returncode != 0:
        raise _too_much(path)
    return DOCUMENT.validate_json(child.stdout)


def _too_much(path: Path) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"“{path.name}”没有能在限定的时间和内存内读完，文件可能已损坏。",
        advice="请用 WPS 或 Word 打开后另存为 .docx 或 .xlsx，再重试。",
    )


def main(module: str, path: str, seconds: str) -> int:
    """Read under limits and print the document as JSON; called in the child only."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    try:
        document = import_module(f"tasks_catalog.readers.{module}").read(Path(path))
    except UnreadableDocumentError as refusal:
        sys.stdout.buffer.write(REFUSAL.dump_json((str(refusal), refusal.advice)))
        return REFUSED
    sys.stdout.buffer.write(DOCUMENT.dump_json(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
